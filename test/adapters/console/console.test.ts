import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { consolePlatform } from '../../../adapters/console/index.ts';
import { card, text } from '../../../src/chat/card.ts';
import { PlatformError } from '../../../src/chat/port.ts';
import { isRefusal } from '../../../src/core/refusal.ts';
import { asking, CAB } from './asking.ts';
import { ballotCard, fakeBellman, fakeNames, fakeRegistry, rfcForm } from './fake-bellman.ts';
import { type Listener, listen } from './listen.ts';
import { type Served, served } from './served.ts';

let page: Served;
let bellman: ReturnType<typeof fakeBellman>;
const listeners: Listener[] = [];

beforeEach(async () => {
  bellman = fakeBellman();
  page = await served(bellman.dispatch);
});
afterEach(async () => {
  for (const listener of listeners.splice(0)) listener.close();
  await page.stop();
});

const listenAs = async (handle: string): Promise<Listener> => {
  const listener = await listen(page, handle);
  listeners.push(listener);
  return listener;
};
const { state, say, post } = asking(() => page);

describe('saying', () => {
  test('a command reaches the dispatch in the neutral form, with who, where and which key', async () => {
    await say('kevin', '/rfc list', 'k1');
    expect(bellman.asked).toEqual([
      {
        kind: 'words',
        words: 'rfc list',
        key: 'console:kevin:k1',
        at: CAB,
        address: { user: 'kevin', place: CAB },
        from: {
          platform: 'console',
          user: 'kevin',
          handle: 'kevin',
          name: 'Kevin',
          timeZone: 'Europe/Berlin',
          bot: false,
          guest: false,
        },
      },
    ]);
  });

  test('an answer for everybody is heard by everybody, once', async () => {
    const neil = await listenAs('neil');
    const answer = await say('kevin', '/rfc list', 'k1');
    expect(answer).toMatchObject({ kind: 'card', to: 'here', message: { place: CAB, private: false } });
    await neil.hears(({ event, data }) => event === 'message' && (data as { id: string }).id === answer.message.id);
    expect(neil.heard.filter(({ event }) => event === 'message')).toHaveLength(1);
  });

  test('a private answer, and the command that asked for it, are seen by the asker alone, also after a reload', async () => {
    const [kevin, neil] = [await listenAs('kevin'), await listenAs('neil')];
    const answer = await say('kevin', '/rfc fly', 'k1');
    expect(answer).toMatchObject({ kind: 'card', to: 'private', message: { private: true } });
    await kevin.hears(({ data }) => (data as { id?: string }).id === answer.message.id);
    await post('d1', 'For all');
    await neil.hears(({ event }) => event === 'message');
    expect(neil.heard.filter(({ event }) => event === 'message')).toHaveLength(1);
    expect((await state('kevin')).messages).toHaveLength(3);
    expect((await state('neil')).messages).toHaveLength(1);
  });

  test('plain text stands in the channel and asks nothing of Bellman', async () => {
    expect(await say('kevin', 'Good morning', 'k1')).toEqual({ kind: 'nothing' });
    expect(bellman.asked).toEqual([]);
    expect((await state('neil')).messages).toMatchObject([{ author: 'kevin', content: { kind: 'text', text: 'Good morning' } }]);
  });

  test('a mention of the bot and a direct message are words to it', async () => {
    await say('kevin', '@Bellman, rfc list', 'k1');
    await say('kevin', 'rfc list', 'k2', { direct: true });
    expect(bellman.asked.map(({ at, ...rest }) => [at, 'words' in rest ? rest.words : ''])).toEqual([
      [CAB, 'rfc list'],
      ['console/person/kevin', 'rfc list'],
    ]);
  });

  test('a mention that asks for a form is answered aloud with a button that opens it', async () => {
    const answer = await say('kevin', '@bellman rfc new', 'k1');
    expect(answer).toMatchObject({
      to: 'here',
      message: {
        content: { card: { blocks: [{}, { controls: [{ label: 'Open', action: 'form.open', record: '', value: 'rfc new' }] }] } },
      },
    });
  });

  test('direct messages are read by nobody else', async () => {
    const neil = await listenAs('neil');
    await say('kevin', 'rfc list', 'k1', { direct: true });
    await post('d1', 'For all');
    await neil.hears(({ event }) => event === 'message');
    expect(neil.heard.filter(({ event }) => event === 'message')).toHaveLength(1);
    expect((await state('neil')).messages).toHaveLength(1);
  });

  test('a repeat with the same key says nothing twice', async () => {
    for (let time = 0; time < 3; time += 1) {
      await say('kevin', 'Good morning', 'k1');
      await say('kevin', '/rfc fly', 'k2');
    }
    expect((await state('kevin')).messages).toHaveLength(3);
    expect(new Set(bellman.asked.map(({ key }) => key)).size).toBe(1);
  });

  test('the same key of two people is not the same', async () => {
    await say('kevin', 'Good morning', 'k1');
    await say('neil', 'Good morning', 'k1');
    expect((await state('kate')).messages).toHaveLength(2);
  });
});

describe('pressing and filling in', () => {
  test('a button carries its routing key and the place of its card', async () => {
    const { externalId } = await page.console.post(
      CAB,
      { delivery: 'd1', record: 'RFC-7', card: ballotCard(0) },
      await fakeNames(),
    );
    await page.post('/console/press', {
      as: 'kate',
      direct: true,
      message: externalId,
      action: 'ballot.approve',
      record: 'RFC-7',
      value: '3',
      key: 'k1',
    });
    expect(bellman.asked).toMatchObject([{ kind: 'press', action: 'ballot.approve', record: 'RFC-7', value: '3', at: CAB }]);
  });

  test("somebody else's direct message is no place to press in", async () => {
    const { externalId } = await post('d1', 'For Neil', 'console/person/neil');
    await page.post('/console/press', { as: 'kate', message: externalId, action: 'a', record: 'RFC-7', key: 'k1' });
    expect(bellman.asked).toMatchObject([{ at: 'console/person/kate' }]);
  });

  test('a form comes with handles in place of person ids, and keeps whoever is not on the console', async () => {
    const { form } = await say('kevin', '/rfc new', 'k1');
    const fields = new Map(form.sections.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)));
    expect(fields.get('owner')).toMatchObject({ initial: 'kevin' });
    expect(fields.get('told')).toMatchObject({ initial: 'kate,neil' });
    expect(fields.get('implementer')).toMatchObject({ initial: 'p-away', choices: [{ value: 'p-away', label: 'Away' }] });
  });

  test('a form that is sent back is told per field, and its next answer is kept under the same key', async () => {
    const submit = async (start: string) =>
      (
        await page.post('/console/submit', {
          as: 'kevin',
          channel: 'cab',
          doing: 'rfc new',
          input: {},
          answers: { start },
          key: 'f1',
        })
      ).json();
    expect(await submit('soon')).toMatchObject({ kind: 'mend', fields: { start: expect.stringContaining('not a time') } });
    expect(await submit('now')).toMatchObject({ kind: 'card', to: 'private', message: { content: { kind: 'card' } } });
    expect((await state('kevin')).messages).toHaveLength(1);
  });

  test('an answer that comes late reaches the asker alone', async () => {
    const [kevin, neil] = [await listenAs('kevin'), await listenAs('neil')];
    const address = { user: 'kevin', place: CAB };
    await page.console.replyPrivately(address, card('Done now', [text({ person: 'p-neil' })]), await fakeNames());
    const { data } = await kevin.hears(({ event }) => event === 'message');
    expect(data).toMatchObject({ private: true, content: { card: { blocks: [{ text: [{ person: 'neil', name: 'Neil' }] }] } } });
    expect(neil.heard.filter(({ event }) => event === 'message')).toEqual([]);
  });
});

describe('delivering', () => {
  test('what is posted, edited and removed is seen live, in that order', async () => {
    const kate = await listenAs('kate');
    const { externalId } = await post('d1', 'First');
    await page.console.edit(CAB, externalId, { delivery: 'd1', record: 'RFC-7', card: card('Second') }, await fakeNames());
    await page.console.remove(CAB, externalId);
    await kate.hears(({ event }) => event === 'removed');
    expect((await state('kate')).messages).toEqual([]);
  });

  test('twins are found, oldest first; nothing hides them', async () => {
    const [first, second] = [await post('d1', 'Once'), await post('d1', 'Once')];
    expect(await page.console.find(CAB, 'd1', new Date(0))).toEqual([first, second]);
    expect(await page.console.find(CAB, 'd2', new Date(0))).toEqual([]);
    expect(await page.console.find('console/channel/ecab', 'd1', new Date(0))).toEqual([]);
    expect(await page.console.find(CAB, 'd1', new Date(Date.now() + 60_000))).toEqual([]);
  });

  test('a place that does not exist is refused, and so is an edit of nothing', async () => {
    await expect(post('d1', 'Lost', 'console/channel/nowhere')).rejects.toMatchObject({ outcome: 'refused' });
    await expect(post('d1', 'Lost', 'slack/channel/C1')).rejects.toMatchObject({ outcome: 'refused' });
    const names = await fakeNames();
    await expect(
      page.console.edit(CAB, '99', { delivery: 'd1', record: 'RFC-7', card: card('Lost') }, names),
    ).rejects.toMatchObject({ outcome: 'refused' });
    await page.console.remove(CAB, '99');
  });

  test('a store that fails leaves it unknown whether something was posted', async () => {
    page.store.fails = true;
    await expect(post('d1', 'Perhaps')).rejects.toSatisfy(
      (error) => error instanceof PlatformError && error.outcome === 'unknown',
    );
  });

  test('a process that only delivers posts without having started, and open pages see it', async () => {
    const kate = await listenAs('kate');
    const names = await fakeNames();
    const worker = consolePlatform({
      store: page.store,
      registry: fakeRegistry,
      names: fakeNames,
      audiences: async () => [],
      log: { warn: () => {} },
    });
    const { externalId } = await worker.post(CAB, { delivery: 'd1', record: 'RFC-7', card: card('From afar') }, names);
    await kate.hears(({ data }) => (data as { id?: string }).id === externalId);
    await worker.openForm({ user: 'kate', place: CAB }, rfcForm, names);
    const { data } = await kate.hears(({ data }) => (data as { content?: { kind: string } }).content?.kind === 'form');
    expect(data).toMatchObject({ private: true, content: { form: { title: 'Raise a change' } } });
  });

  test('people and channels are found by id, handle and name', async () => {
    expect(await page.console.describe('@Kevin')).toMatchObject({ platform: 'console', user: 'kevin', name: 'Kevin' });
    expect(await page.console.describe('nobody')).toBeUndefined();
    expect(await page.console.channel('#CAB')).toBe(CAB);
    expect(await page.console.channel('nowhere')).toBeUndefined();
    expect(await page.console.openDirect('kevin')).toBe('console/person/kevin');
    await expect(page.console.openDirect('nobody')).rejects.toMatchObject({ outcome: 'refused' });
    expect(await page.console.checkPlace(CAB)).toBeUndefined();
    expect(isRefusal(await page.console.checkPlace('console/channel/nowhere'))).toBe(true);
    const thread = await page.console.checkPlace(CAB.replace('channel', 'thread'));
    expect(thread).toMatchObject({ refused: 'place-closed', facts: { step: 'Name the channel itself.' } });
  });
});
