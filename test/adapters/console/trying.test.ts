import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asking, json, type State } from './asking.ts';
import { fakeBellman } from './fake-bellman.ts';
import { type Listener, listen } from './listen.ts';
import { memoryStore } from './memory-store.ts';
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

describe('trying with more', () => {
  test('people and channels can be added, twice without harm, and are there for everybody', async () => {
    const kate = await listenAs('kate');
    for (let time = 0; time < 2; time += 1) {
      await page.post('/console/people', { handle: 'ada', name: 'Ada Park', title: 'Network engineer' });
      await page.post('/console/channels', { name: 'network' });
    }
    await kate.hears(({ event, data }) => event === 'channels' && (data as string[]).includes('network'));
    const { people, channels } = await state('ada');
    expect(people.filter(({ handle }) => handle === 'ada')).toHaveLength(1);
    expect(channels.filter((name) => name === 'network')).toHaveLength(1);
    expect(await page.console.channel('network')).toBe('console/channel/network');
  });

  test.each([
    ['/console/people', { handle: 'bellman', name: 'Impostor' }, 'handle: This is Bellman itself'],
    ['/console/people', { handle: 'A/B', name: 'Slash' }, 'handle: Use a to z'],
    ['/console/people', { handle: 'empty', name: ' ' }, 'name:'],
    ['/console/channels', { name: 'a b' }, 'name: Use a to z'],
    ['/console/say', { as: 'nobody', channel: 'cab', text: 'x', key: 'k' }, 'Nobody on the console is called "nobody"'],
    ['/console/say', { as: 'kevin', channel: 'nowhere', text: 'x', key: 'k' }, 'no channel #nowhere'],
    ['/console/say', { as: 'kevin', channel: 'cab', text: 'x' }, 'key:'],
    ['/console/say', { as: 'kevin', channel: 'cab', text: 'x'.repeat(20_001), key: 'k' }, 'text:'],
  ])('%s with %j is told what is wrong', async (path, body, problem) => {
    const response = await page.post(path, body);
    expect(response.status).toBe(400);
    expect((await json<{ problem: string }>(Promise.resolve(response))).problem).toContain(problem);
  });

  test('far too much at once is refused', async () => {
    expect((await page.post('/console/say', { text: 'x'.repeat(300_000) })).status).toBe(413);
  });

  test('earlier messages are read page by page', async () => {
    for (let at = 0; at < 70; at += 1) await post(`d${at}`, `Card ${at}`);
    const { messages } = await state('kate');
    expect(messages).toHaveLength(60);
    const { messages: earlier } = await json<State>(page.get(`/console/messages?as=kate&channel=cab&before=${messages[0]?.id}`));
    expect(earlier).toHaveLength(10);
  });
});

describe('when something is away', () => {
  test('the store: plain text is not claimed to be said, and words that were answered still are', async () => {
    page.store.fails = true;
    const plain = await page.post('/console/say', { as: 'kevin', channel: 'cab', text: 'Good morning', key: 'k1' });
    expect(plain.status).toBe(503);
    expect(await plain.json()).toEqual({ problem: 'The records cannot be reached; nothing was changed.' });
    expect(await say('kevin', '/rfc fly', 'k2')).toMatchObject({ kind: 'card', to: 'private' });
  });

  test('Bellman itself: nobody is answered after the stop, and open pages are let go', async () => {
    const kate = await listenAs('kate');
    await page.console.stop();
    await kate.ended;
    expect((await page.post('/console/say', { as: 'kate', channel: 'cab', text: '/rfc list', key: 'k1' })).status).toBe(503);
  });

  test('a restart: everything is still there, and the samples are not laid twice', async () => {
    await post('d1', 'Before');
    const { store } = page;
    await page.stop();
    page = await served(bellman.dispatch, { store });
    const { messages, people } = await state('kevin');
    expect(messages).toHaveLength(1);
    expect(people).toHaveLength(10);
  });

  test('a console without anybody begins with the sample bank', async () => {
    expect((await state('charles')).me).toEqual({ handle: 'charles', name: 'Charles', title: 'CIO' });
    expect((await memoryStore().people()).length).toBe(0);
  });
});
