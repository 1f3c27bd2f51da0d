/** Commands and forms on Slack: bodies, direct messages, clicks that come too late. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { card, text } from '../../../src/chat/card.ts';
import { privately } from '../../../src/chat/registry.ts';
import { asking, away, buttons, form, said } from './asking.ts';

const asked = asking();

describe('a command', () => {
  beforeEach(() => asked.start());

  test('has the words after the slash, and mentions as ids', async () => {
    await asked.setup.slack.command('anna', '/bellman', 'role grant <@U2|bram> admin &amp; more', { channel: 'cab' });
    expect(asked.intents[0]).toMatchObject({
      kind: 'words',
      words: 'bellman role grant <@U2|bram> admin & more',
      at: 'slack/channel/C1',
    });
    expect(asked.intents[0]?.key).toMatch(/^slack:.+/);
    expect(asked.intents[0]?.address).toMatchObject({
      channel: 'C1',
      user: 'U1',
      trigger_id: expect.any(String),
      response_url: expect.any(String),
    });
  });

  test('is answered in the body: only to the asker, or in the channel', async () => {
    const { slack: fake } = asked.setup;
    expect((await fake.command('anna', '/rfc', 'list', { channel: 'cab' })).json).toMatchObject({
      response_type: 'ephemeral',
      text: 'Answer',
    });
    asked.answer = async () => ({ kind: 'card', card: card('Open', [text('x')]), to: 'here' });
    expect((await fake.command('anna', '/rfc', 'list', { channel: 'cab' })).json).toMatchObject({ response_type: 'in_channel' });
    expect(fake.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
  });

  test('that gets a private card with buttons finds it in the direct messages, with a note where it was said', async () => {
    const { slack: fake } = asked.setup;
    asked.answer = async () => buttons;
    expect((await fake.command('anna', '/rfc', 'mine', { channel: 'cab' })).body).toBe('');
    const direct = await fake.waitForDirect('anna', 'With buttons');
    expect(fake.buttons(direct)).toEqual(['Go']);
    const note = await fake.waitForEphemeral('anna', 'see your direct messages');
    expect(JSON.stringify(note.blocks)).toContain(`https://slack.com/app_redirect?channel=${direct.channel}`);
    expect(fake.buttons(note)).toEqual([]);
  });

  test('in the direct messages themselves needs no note', async () => {
    const { slack: fake } = asked.setup;
    asked.answer = async () => buttons;
    await fake.command('anna', '/rfc', 'mine');
    await fake.waitForDirect('anna', 'With buttons');
    await asked.setup.platform.stop();
    expect(fake.ephemerals('anna')).toEqual([]);
  });

  test('whose asker takes no direct messages shows the card without its buttons, and says why', async () => {
    const { slack: fake } = asked.setup;
    asked.answer = async () => buttons;
    await fake.command('cees', '/rfc', 'mine', { channel: 'cab' });
    const seen = await fake.waitForEphemeral('cees', 'press');
    expect(fake.buttons(seen)).toEqual([]);
    expect(JSON.stringify(seen.blocks)).toContain('I cannot write to you directly');
  });

  test('whose form does not open gets a button that opens it', async () => {
    const { slack: fake } = asked.setup;
    asked.answer = async () => form;
    fake.fault({ method: 'views.open', kind: { error: 'expired_trigger_id' } });
    expect((await fake.command('anna', '/rfc', 'new', { channel: 'cab' })).status).toBe(200);
    const direct = await fake.waitForDirect('anna', 'New RFC');
    await fake.press('anna', direct, 'Open');
    expect(asked.intents[1]).toMatchObject({ kind: 'press', action: 'form.open', value: 'rfc new' });
    await fake.waitForView('anna', 'New RFC');
  });

  test('is answered inside three seconds while Slack itself hangs', async () => {
    const { slack: fake } = asked.setup;
    asked.answer = async () => form;
    fake.fault({ method: 'views.open', kind: 'hang-before' });
    const sent = await fake.command('anna', '/rfc', 'new', { channel: 'cab' });
    expect(sent).toMatchObject({ status: 200, late: false });
    await fake.waitForDirect('anna', 'New RFC');
  });

  test('whose answer is too late for the body gets it all the same', async () => {
    const { slack: fake } = asked.setup;
    asked.answer = async () => {
      const late = Date.now() + 3000;
      vi.spyOn(Date, 'now').mockReturnValue(late);
      return said('late, but here');
    };
    const { body } = await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    vi.restoreAllMocks();
    expect(body).toBe('');
    await fake.waitForEphemeral('anna', 'late, but here');
    expect(fake.responses).toHaveLength(1);
  });

  test('whose answer cannot be shown says so, and not that nothing was changed', async () => {
    asked.answer = async () => privately({ title: 'T'.repeat(200), tone: 'neutral', blocks: [], summary: 's' });
    const { json } = await asked.setup.slack.command('anna', '/rfc', 'list', { channel: 'cab' });
    expect(JSON.stringify(json)).toMatch(/Something failed on our side while the answer was shown \(ref [0-9A-F]{4}\)/);
    expect(asked.setup.logged.some(({ level }) => level === 'error')).toBe(true);
  });
});

describe('a form', () => {
  beforeEach(() => asked.start());

  async function opened() {
    asked.answer = async () => form;
    await asked.setup.slack.command('anna', '/rfc', 'new', { channel: 'cab' });
    return asked.setup.slack.waitForView('anna', 'New RFC');
  }

  test('comes back with its key, its doing and where it was asked for, and its answer goes there', async () => {
    const { slack: fake } = asked.setup;
    const view = await opened();
    asked.answer = async () => said('RFC-1 is raised');
    expect(await fake.submit(view, { Title: 'Move' })).toMatchObject({ status: 200, body: '', action: 'close' });
    expect(asked.intents[1]).toMatchObject({
      kind: 'submit',
      key: `slack:${view.id}`,
      doing: 'rfc new',
      answers: { title: 'Move' },
      at: 'slack/channel/C1',
    });
    expect((await fake.waitForEphemeral('anna', 'RFC-1 is raised')).channel).toBe('C1');
  });

  test('stays open while the records are away, so that nothing that was written is lost', async () => {
    const { slack: fake } = asked.setup;
    const view = await opened();
    asked.answer = async () => away;
    const sent = await fake.submit(view, { Title: 'Move' });
    expect(sent).toMatchObject({ action: 'errors', errors: { Title: expect.stringContaining('cannot be reached') } });
    asked.answer = async () => said();
    expect(await fake.submit(view)).toMatchObject({ action: 'close' });
  });

  test('that is sent twice is asked about once', async () => {
    const { slack: fake } = asked.setup;
    const view = await opened();
    asked.answer = async () => said('RFC-1 is raised');
    const { raw } = await fake.submit(view, { Title: 'Move' });
    await fake.replay(raw);
    expect(asked.intents).toHaveLength(2);
    await asked.setup.platform.stop();
    expect(fake.ephemerals('anna')).toHaveLength(1);
  });

  test('answers where it can when the first way is closed', async () => {
    const { slack: fake } = asked.setup;
    const view = await opened();
    asked.answer = async () => said('RFC-1 is raised');
    fake.fault({ method: 'response_url', kind: '429', retryAfter: 60 });
    await fake.submit(view, { Title: 'Move' });
    await fake.waitForCall('chat.postEphemeral');
    await fake.waitForEphemeral('anna', 'RFC-1 is raised');
  });
});
