/** What is Slack's own: signatures, retries, threads, closed direct messages, clicks that come too late. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { slack } from '../../../adapters/slack/index.ts';
import { card, controls, text } from '../../../src/chat/card.ts';
import type { Intent, Reply } from '../../../src/chat/port.ts';
import { refusalCard } from '../../../src/chat/refusals/index.ts';
import { privately } from '../../../src/chat/registry.ts';
import { refuse } from '../../../src/core/refusal.ts';
import { type SlackSetup, slackSetup, type Way } from './setup.ts';

let setup: SlackSetup;
let intents: Intent[];
let answer: (intent: Intent) => Promise<Reply>;

const said = (words = 'heard') => privately(card('Answer', [text(words)]));
const buttons = privately(
  card('With buttons', [text('press'), controls({ label: 'Go', action: 'a.b', record: 'RFC-1', value: '2' })]),
);
const form: Reply = {
  kind: 'form',
  form: {
    doing: 'rfc new',
    input: {},
    title: 'New RFC',
    submit: 'Send',
    sections: [{ title: '', fields: [{ name: 'title', label: 'Title', kind: 'line', optional: false }] }],
  },
};
const away: Reply = { kind: 'card', card: refusalCard(refuse('records-away')), to: 'private', away: true };

async function start(way: Way = 'http'): Promise<void> {
  setup = await slackSetup(way, {
    registry: undefined as never,
    names: async () => (person) => ({ name: person }),
  });
  await setup.platform.start((intent) => {
    intents.push(intent);
    return answer(intent);
  });
}

beforeEach(async () => {
  intents = [];
  answer = async () => said();
});

afterEach(async () => {
  await setup.platform.stop();
  await setup.stop();
});

describe('a request to /slack/events', () => {
  beforeEach(() => start());

  test('that was signed by somebody else, changed or is too old is answered 401, and nothing is done', async () => {
    const { slack: fake } = setup;
    const { raw } = await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    const old = Math.floor(Date.now() / 1000) - 301;
    expect((await fake.replay(raw, { signature: 'v0=00' })).status).toBe(401);
    expect((await fake.replay(raw, { signature: `v0=${'0'.repeat(64)}` })).status).toBe(401);
    expect((await fake.replay(raw, { body: `${raw.body}&x=1` })).status).toBe(401);
    expect((await fake.replay(raw, { timestamp: old })).status).toBe(401);
    expect((await fake.replay(raw, { timestamp: old + 900 })).status).toBe(401);
    expect(intents).toHaveLength(1);
  });

  test('that comes again is answered the same, and asked once', async () => {
    const { slack: fake } = setup;
    const first = await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    const second = await fake.replay(first.raw);
    expect(second.body).toBe(first.body);
    expect(intents).toHaveLength(1);
  });

  test('of Slack’s own kinds is answered as Slack wants it', async () => {
    const { slack: fake, platform } = setup;
    expect((await fake.verifyUrl('abc')).json).toEqual({ challenge: 'abc' });
    expect((await fake.openHome('anna')).status).toBe(200);
    expect((await fake.shortcut('anna', 'nothing-of-ours')).status).toBe(200);
    expect((await platform.handle(new Request('http://x/slack/events'))).status).toBe(405);
    const huge = new Request('http://x/slack/events', { method: 'POST', body: 'x'.repeat(1_000_001) });
    expect((await platform.handle(huge)).status).toBe(413);
    expect(intents).toEqual([]);
  });

  test('before the start and after the stop is answered 503', async () => {
    const { slack: fake, platform } = setup;
    await platform.stop();
    expect((await fake.command('anna', '/rfc', 'list')).status).toBe(503);
    expect((await fake.mention('anna', 'cab', 'rfc list')).status).toBe(503);
  });

  test('says who asks, as Slack knows them', async () => {
    const { slack: fake } = setup;
    fake.addUser({ id: 'U7', name: 'guest', isGuest: true, tz: 'Asia/Tokyo' });
    await fake.command('guest', '/rfc', 'list', { channel: 'cab' });
    await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    expect(intents[0]?.from).toMatchObject({ guest: true, timeZone: 'Asia/Tokyo', bot: false });
    expect(intents[1]?.from).toEqual({
      platform: 'slack',
      user: 'U1',
      handle: 'anna',
      name: 'Anna Visser',
      email: 'anna@example.org',
      timeZone: 'Europe/Amsterdam',
      bot: false,
      guest: false,
    });
    expect(fake.calls.filter(({ method }) => method === 'users.info')).toHaveLength(2);
  });

  test('is refused while Slack does not say who asks, and works again when it does', async () => {
    const { slack: fake } = setup;
    fake.fault({ method: 'users.info', kind: '500-before' });
    const { json } = await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    expect(JSON.stringify(json)).toContain('I do not know who this is');
    expect(intents).toEqual([]);
    await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    expect(intents).toHaveLength(1);
  });
});

describe('a command', () => {
  beforeEach(() => start());

  test('has the words after the slash, and mentions as ids', async () => {
    await setup.slack.command('anna', '/bellman', 'role grant <@U2|bram> admin &amp; more', { channel: 'cab' });
    expect(intents[0]).toMatchObject({
      kind: 'words',
      words: 'bellman role grant <@U2|bram> admin & more',
      at: 'slack/channel/C1',
    });
    expect(intents[0]?.key).toMatch(/^slack:.+/);
    expect(intents[0]?.address).toMatchObject({
      channel: 'C1',
      user: 'U1',
      trigger_id: expect.any(String),
      response_url: expect.any(String),
    });
  });

  test('is answered in the body: only to the asker, or in the channel', async () => {
    const { slack: fake } = setup;
    expect((await fake.command('anna', '/rfc', 'list', { channel: 'cab' })).json).toMatchObject({
      response_type: 'ephemeral',
      text: 'Answer',
    });
    answer = async () => ({ kind: 'card', card: card('Open', [text('x')]), to: 'here' });
    expect((await fake.command('anna', '/rfc', 'list', { channel: 'cab' })).json).toMatchObject({ response_type: 'in_channel' });
    expect(fake.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
  });

  test('that gets a private card with buttons finds it in the direct messages, with a note where it was said', async () => {
    const { slack: fake } = setup;
    answer = async () => buttons;
    expect((await fake.command('anna', '/rfc', 'mine', { channel: 'cab' })).body).toBe('');
    const direct = await fake.waitForDirect('anna', 'With buttons');
    expect(fake.buttons(direct)).toEqual(['Go']);
    const note = await fake.waitForEphemeral('anna', 'see your direct messages');
    expect(JSON.stringify(note.blocks)).toContain(`https://slack.com/app_redirect?channel=${direct.channel}`);
    expect(fake.buttons(note)).toEqual([]);
  });

  test('in the direct messages themselves needs no note', async () => {
    const { slack: fake } = setup;
    answer = async () => buttons;
    await fake.command('anna', '/rfc', 'mine');
    await fake.waitForDirect('anna', 'With buttons');
    await setup.platform.stop();
    expect(fake.ephemerals('anna')).toEqual([]);
  });

  test('whose asker takes no direct messages shows the card without its buttons, and says why', async () => {
    const { slack: fake } = setup;
    answer = async () => buttons;
    await fake.command('cees', '/rfc', 'mine', { channel: 'cab' });
    const seen = await fake.waitForEphemeral('cees', 'press');
    expect(fake.buttons(seen)).toEqual([]);
    expect(JSON.stringify(seen.blocks)).toContain('I cannot write to you directly');
  });

  test('whose form does not open gets a button that opens it', async () => {
    const { slack: fake } = setup;
    answer = async () => form;
    fake.fault({ method: 'views.open', kind: { error: 'expired_trigger_id' } });
    expect((await fake.command('anna', '/rfc', 'new', { channel: 'cab' })).status).toBe(200);
    const direct = await fake.waitForDirect('anna', 'New RFC');
    await fake.press('anna', direct, 'Open');
    expect(intents[1]).toMatchObject({ kind: 'press', action: 'form.open', value: 'rfc new' });
    await fake.waitForView('anna', 'New RFC');
  });

  test('is answered inside three seconds while Slack itself hangs', async () => {
    const { slack: fake } = setup;
    answer = async () => form;
    fake.fault({ method: 'views.open', kind: 'hang-before' });
    const sent = await fake.command('anna', '/rfc', 'new', { channel: 'cab' });
    expect(sent).toMatchObject({ status: 200, late: false });
    await fake.waitForDirect('anna', 'New RFC');
  });

  test('whose answer is too late for the body gets it all the same', async () => {
    const { slack: fake } = setup;
    answer = async () => {
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
    answer = async () => privately({ title: 'T'.repeat(200), tone: 'neutral', blocks: [], summary: 's' });
    const { json } = await setup.slack.command('anna', '/rfc', 'list', { channel: 'cab' });
    expect(JSON.stringify(json)).toMatch(/Something failed on our side while the answer was shown \(ref [0-9A-F]{4}\)/);
    expect(setup.logged.some(({ level }) => level === 'error')).toBe(true);
  });
});

describe('a form', () => {
  beforeEach(() => start());

  async function opened() {
    answer = async () => form;
    await setup.slack.command('anna', '/rfc', 'new', { channel: 'cab' });
    return setup.slack.waitForView('anna', 'New RFC');
  }

  test('comes back with its key, its doing and where it was asked for, and its answer goes there', async () => {
    const { slack: fake } = setup;
    const view = await opened();
    answer = async () => said('RFC-1 is raised');
    expect(await fake.submit(view, { Title: 'Move' })).toMatchObject({ status: 200, body: '', action: 'close' });
    expect(intents[1]).toMatchObject({
      kind: 'submit',
      key: `slack:${view.id}`,
      doing: 'rfc new',
      answers: { title: 'Move' },
      at: 'slack/channel/C1',
    });
    expect((await fake.waitForEphemeral('anna', 'RFC-1 is raised')).channel).toBe('C1');
  });

  test('stays open while the records are away, so that nothing that was written is lost', async () => {
    const { slack: fake } = setup;
    const view = await opened();
    answer = async () => away;
    const sent = await fake.submit(view, { Title: 'Move' });
    expect(sent).toMatchObject({ action: 'errors', errors: { Title: expect.stringContaining('cannot be reached') } });
    answer = async () => said();
    expect(await fake.submit(view)).toMatchObject({ action: 'close' });
  });

  test('that is sent twice is asked about once', async () => {
    const { slack: fake } = setup;
    const view = await opened();
    answer = async () => said('RFC-1 is raised');
    const { raw } = await fake.submit(view, { Title: 'Move' });
    await fake.replay(raw);
    expect(intents).toHaveLength(2);
    await setup.platform.stop();
    expect(fake.ephemerals('anna')).toHaveLength(1);
  });

  test('answers where it can when the first way is closed', async () => {
    const { slack: fake } = setup;
    const view = await opened();
    answer = async () => said('RFC-1 is raised');
    fake.fault({ method: 'response_url', kind: '429', retryAfter: 60 });
    await fake.submit(view, { Title: 'Move' });
    await fake.waitForCall('chat.postEphemeral');
    await fake.waitForEphemeral('anna', 'RFC-1 is raised');
  });
});

describe('an event', () => {
  beforeEach(() => start());

  test('while the records are away is answered 503, and done when Slack sends it again', async () => {
    const { slack: fake } = setup;
    answer = async () => away;
    const { raw, status } = await fake.mention('anna', 'cab', 'rfc list');
    expect(status).toBe(503);
    expect(fake.ephemerals('anna')).toEqual([]);
    answer = async () => said();
    expect((await fake.replay(raw, { resign: true, retryNum: 1 })).status).toBe(200);
    expect(intents.map(({ key }) => key)).toEqual([intents[0]?.key, intents[0]?.key]);
    expect(fake.ephemerals('anna')).toHaveLength(1);
  });

  test('is answered only when it was dealt with', async () => {
    const { slack: fake } = setup;
    const dealing = Promise.withResolvers<Reply>();
    const asked = Promise.withResolvers<void>();
    answer = () => {
      asked.resolve();
      return dealing.promise;
    };
    const sending = fake.mention('anna', 'cab', 'rfc list');
    await asked.promise;
    // A whole other request comes and goes meanwhile, so that an early answer would have arrived.
    await fake.verifyUrl();
    expect(fake.sent.map(({ raw }) => raw.payload.type)).toEqual(['url_verification']);
    dealing.resolve(said());
    expect((await sending).status).toBe(200);
  });

  test('has the words after the mention, and is answered in its thread', async () => {
    const { slack: fake } = setup;
    answer = async () => ({ kind: 'card', card: card('Open', [text('x')]), to: 'here' });
    const { message } = await fake.mention('anna', 'cab', 'rfc list');
    expect(intents[0]).toMatchObject({ words: 'rfc list', at: 'slack/channel/C1' });
    expect(await fake.waitForMessage('cab', 'Open')).toMatchObject({ thread_ts: message.ts, unfurl_links: false });
  });

  test('in a thread answers the asker alone in that thread', async () => {
    const { slack: fake } = setup;
    const root = fake.write('bram', 'cab', 'something broke');
    await fake.mention('anna', 'cab', 'rfc list', { thread_ts: root.ts });
    expect(await fake.waitForEphemeral('anna', 'heard')).toMatchObject({ thread_ts: root.ts });
  });

  test('that asks for a form gets a button that opens it', async () => {
    const { slack: fake } = setup;
    answer = async () => form;
    await fake.mention('anna', 'cab', 'rfc new');
    const seen = await fake.waitForMessage('cab', 'New RFC');
    await fake.press('anna', seen, 'Open');
    expect(intents[1]).toMatchObject({ kind: 'press', action: 'form.open', value: 'rfc new' });
    await fake.waitForView('anna', 'New RFC');
  });

  test('of a direct message is a command, too, with or without a slash', async () => {
    const { slack: fake } = setup;
    await fake.say('anna', 'anna', '/rfc list');
    expect(intents[0]).toMatchObject({ words: 'rfc list', at: 'slack/person/U1' });
    expect(await fake.waitForDirect('anna', 'heard')).not.toHaveProperty('onlyFor');
  });

  test('of anything that nobody says to us is left alone', async () => {
    const { slack: fake } = setup;
    await fake.say('anna', 'cab', 'rfc list');
    const base = { type: 'message', channel: 'DU1', channel_type: 'im', ts: '1.1', text: 'rfc list' };
    await fake.event({ ...base, user: fake.bot.userId, bot_id: fake.bot.botId });
    await fake.event({ ...base, user: 'U1', subtype: 'message_changed' });
    await fake.event({ ...base, user: 'U1', text: '' });
    await fake.event({ type: 'reaction_added', user: 'U1', reaction: 'eyes', item: { channel: 'C1' } });
    expect(intents).toEqual([]);
  });

  test('whose answer comes too fast for Slack is sent again by Slack', async () => {
    const { slack: fake } = setup;
    fake.fault({ method: 'chat.postEphemeral', kind: '429' });
    fake.fault({ method: 'conversations.open', kind: '429' });
    const { status, raw } = await fake.mention('anna', 'cab', 'rfc list');
    expect(status).toBe(503);
    expect((await fake.replay(raw, { resign: true, retryNum: 1 })).status).toBe(200);
    await fake.waitForEphemeral('anna', 'heard');
  });
});

describe('by socket', () => {
  beforeEach(() => start('socket'));

  test('an envelope is acknowledged when it was dealt with, and not while the records are away', async () => {
    const { slack: fake } = setup;
    answer = async () => away;
    const sending = fake.mention('anna', 'cab', 'rfc list');
    await fake.waitFor(() => fake.calls.some(({ method }) => method === 'users.info'));
    expect(fake.sockets.acknowledged).toEqual([]);
    answer = async () => said();
    await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    expect(fake.sockets.acknowledged).toHaveLength(1);
    fake.sockets.drop();
    expect((await sending).status).toBe(0);
  });

  test('the connection comes back after Slack moved it, and after it was cut', async () => {
    const { slack: fake } = setup;
    fake.sockets.disconnect();
    await fake.waitFor(() => fake.sockets.connections === 0);
    await fake.waitForSocket();
    fake.fault({ method: 'apps.connections.open', kind: '500-before' });
    fake.sockets.drop();
    await fake.waitFor(() => fake.sockets.connections === 0);
    await fake.waitForSocket();
    expect((await fake.command('anna', '/rfc', 'list')).status).toBe(200);
  });

  test('nothing is taken over HTTP', async () => {
    const request = new Request('http://x/slack/events', { method: 'POST', body: '{}' });
    expect((await setup.platform.handle(request)).status).toBe(404);
  });
});

describe('the start', () => {
  beforeEach(() => start());
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const names = async () => (person: string) => ({ name: person });

  test('fails in plain words when Slack does not take the app token', async () => {
    const { slack: fake } = setup;
    const wrong = slack({ botToken: fake.botToken, appToken: 'xapp-wrong', apiUrl: fake.apiUrl, log, names });
    await expect(wrong.start(async () => said())).rejects.toThrow('Slack does not accept the token: set SLACK_APP_TOKEN anew');
    await wrong.stop();
  });

  test('needs a signing secret unless there is an app token', () => {
    expect(() => slack({ botToken: 'xoxb-1', signingSecret: '', log, names })).toThrow('SLACK_SIGNING_SECRET');
  });

  test('does not wait for a Slack that cannot be reached', async () => {
    const alone = slack({ botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: 'http://127.0.0.1:9/', log, names });
    await alone.start(async () => said());
    await alone.stop();
  });
});
