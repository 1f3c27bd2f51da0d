import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { card, text } from '../../../src/chat/card.ts';
import { type ChatPlatform, type Post, placeOf } from '../../../src/chat/port.ts';
import { registry } from '../../../src/chat/registry.ts';
import type { FakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { adapterFor, CAB, serverOf } from './setup.ts';

const THREAD = placeOf({ platform: 'discord', kind: 'thread', id: '3001' });
const names = (person: string) => ({ name: person });
const since = () => new Date(Date.now() - 60_000);

let fake: FakeDiscord;
let platform: ChatPlatform;
/** Another process on the same server: it remembers nothing of the first. */
const another = () => adapterFor(fake, { registry: registry([]), names: async () => names }, { guildId: fake.guildId }).platform;

beforeEach(async () => {
  fake = await serverOf();
  platform = another();
});
afterEach(() => fake.close());

const post = (delivery: string, record = 'PRB-1', words = 'The update'): Post => ({
  delivery,
  record,
  card: card(words, [text('More.')]),
});
const rest = (path: string, init: RequestInit = {}) =>
  fetch(`${fake.apiUrl}/v10${path}`, {
    ...init,
    headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
  }).then((answer) => answer.json());
const threadsThere = async (): Promise<readonly { id: string; name: string }[]> => {
  const active = (await rest(`/guilds/${fake.guildId}/threads/active`)) as { threads: { id: string; name: string }[] };
  const archived = (await rest('/channels/3001/threads/archived/public')) as { threads: { id: string; name: string }[] };
  return [...active.threads, ...archived.threads];
};

describe('a record’s thread in a channel', () => {
  test('is made with its first update, and has those that follow; each record has its own', async () => {
    await platform.post(THREAD, post('d1'), names);
    await platform.post(THREAD, post('d2'), names);
    await platform.post(THREAD, post('d3', 'PRB-2'), names);
    expect((await threadsThere()).map(({ name }) => name)).toEqual(['PRB-1', 'PRB-2']);
    expect(fake.messages('cab')).toEqual([]);
  });

  test('is not made a second time by another process, or after a crash', async () => {
    const first = await platform.post(THREAD, post('d1'), names);
    const second = await another().post(THREAD, post('d2'), names);
    expect(second.externalId.split('/')[0]).toBe(first.externalId.split('/')[0]);
    expect(await threadsThere()).toHaveLength(1);
  });

  test('is found again when it was archived, and made anew when it was deleted', async () => {
    const { externalId } = await platform.post(THREAD, post('d1'), names);
    const [thread = ''] = externalId.split('/');
    await rest(`/channels/${thread}`, { method: 'PATCH', body: JSON.stringify({ archived: true, locked: true }) });
    expect((await another().post(THREAD, post('d2'), names)).externalId.startsWith(`${thread}/`)).toBe(true);
    await rest(`/channels/${thread}`, { method: 'DELETE' });
    const next = await platform.post(THREAD, post('d3'), names);
    expect(next.externalId.startsWith(`${thread}/`)).toBe(false);
    expect(await threadsThere()).toHaveLength(1);
  });

  test('is told from that of a record whose number begins the same', async () => {
    await platform.post(THREAD, post('d1', 'PRB-10'), names);
    await another().post(THREAD, post('d2', 'PRB-1'), names);
    expect((await threadsThere()).map(({ name }) => name)).toEqual(['PRB-10', 'PRB-1']);
  });

  test('can be looked through, and what stands there changed, linked and taken back', async () => {
    const posted = await platform.post(THREAD, post('d1'), names);
    await platform.post(CAB, post('d1'), names);
    const other = another();
    expect(await other.find(THREAD, 'd1', since())).toEqual([posted]);
    expect(await other.find(THREAD, 'd2', since())).toEqual([]);
    await other.edit(THREAD, posted.externalId, post('d1', 'PRB-1', 'Changed'), names);
    expect(await other.find(THREAD, 'd1', since())).toEqual([posted]);
    expect(await other.permalink(THREAD, posted.externalId)).toBe(
      `https://discord.com/channels/${fake.guildId}/${posted.externalId}`,
    );
    await other.remove(THREAD, posted.externalId);
    expect(await other.find(THREAD, 'd1', since())).toEqual([]);
  });
});

describe('naming a thread', () => {
  test('is no trouble where one can be made', async () => {
    expect(await platform.checkPlace(THREAD)).toBeUndefined();
  });

  test('is refused where Bellman may not write, with the step to take', async () => {
    fake.addChannel({ id: '3007', name: 'closed', botCanSend: false });
    const refusal = await platform.checkPlace(placeOf({ platform: 'discord', kind: 'thread', id: '3007' }));
    expect(refusal).toMatchObject({
      refused: 'place-closed',
      facts: { why: expect.stringContaining('Create Public Threads'), step: expect.any(String) },
    });
  });
});
