import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConsoleStore, StoreChange } from '../../adapters/console/store.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { consoleStore } from '../../src/web/console-store.ts';
import { eventually } from '../support/bellman.ts';
import { freshDatabase } from '../support/database.ts';

const CAB = 'console/channel/cab';
let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: Database;
let store: ConsoleStore;

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url, { pool: 4, name: 'test' });
  store = consoleStore(db);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

test('people and channels stand in the order in which they came, each once', async () => {
  for (const handle of ['kevin', 'anna', 'kevin']) await store.addPerson({ handle, name: handle, title: '' });
  for (const name of ['cab', 'all', 'cab']) await store.addChannel(name);
  expect((await store.people()).map(({ handle }) => handle)).toEqual(['kevin', 'anna']);
  expect(await store.channels()).toEqual(['cab', 'all']);
});

test('a message is kept as it was, edited and removed', async () => {
  const content = { kind: 'text', text: 'Größe "quoted" \\ 👩‍👩‍👧 \u202Eabc' };
  const added = await store.add({ place: CAB, author: 'kevin', content });
  expect(added).toEqual({
    id: expect.stringMatching(/^\d+$/),
    place: CAB,
    author: 'kevin',
    content,
    at: expect.any(Number),
    version: 1,
  });
  expect(await store.edit(added.id, { kind: 'text', text: 'New' })).toBe(true);
  expect(await store.message(added.id)).toEqual({ ...added, content: { kind: 'text', text: 'New' }, version: 2 });
  expect(await store.remove(added.id)).toBe(true);
  expect(await store.remove(added.id)).toBe(false);
  expect(await store.edit(added.id, {})).toBe(false);
  expect(await store.message(added.id)).toBeUndefined();
});

test('an id that is none finds nothing', async () => {
  expect(await store.message('passing-1')).toBeUndefined();
  expect(await store.edit('1; drop table x', {})).toBe(false);
  expect(await store.remove('')).toBe(false);
});

test('a repeat with the same key is the first message, also when both come at once', async () => {
  const message = { place: CAB, content: { kind: 'text', text: 'Once' }, key: 'kevin:1' };
  const added = await Promise.all([store.add(message), store.add(message), store.add(message)]);
  expect(new Set(added.map(({ id }) => id)).size).toBe(1);
});

test('twins of a delivery are found, oldest first', async () => {
  const twin = { place: 'console/channel/twins', content: {}, delivery: 'd1' };
  const ids = [(await store.add(twin)).id, (await store.add(twin)).id];
  expect((await store.byDelivery(twin.place, 'd1', new Date(0))).map(({ id }) => id)).toEqual(ids);
  expect(await store.byDelivery(twin.place, 'd1', new Date(Date.now() + 3_600_000))).toEqual([]);
  expect(await store.byDelivery(CAB, 'd1', new Date(0))).toEqual([]);
});

test('each place gives its last messages, without what only others may read', async () => {
  const place = 'console/channel/long';
  const texts: string[] = [];
  for (let at = 0; at < 5; at += 1) texts.push((await store.add({ place, content: { at } })).id);
  const secret = await store.add({ place, only: 'anna', content: {} });
  const other = await store.add({ place: 'console/person/anna', content: {} });
  const latest = async (reader: string) => (await store.latest([place, 'console/person/anna'], reader, 3)).map(({ id }) => id);
  expect(await latest('anna')).toEqual([...texts.slice(3), secret.id, other.id]);
  expect(await latest('kevin')).toEqual([...texts.slice(2), other.id]);
  expect((await store.before(place, 'kevin', texts[3] ?? '', 2)).map(({ id }) => id)).toEqual(texts.slice(1, 3));
});

test('every process hears of every change, also after its connection was cut', async () => {
  const heard: StoreChange[] = [];
  const stop = await store.watch((change) => heard.push(change));
  const { id } = await consoleStore(db).add({ place: CAB, content: {} });
  await eventually('the message', () => heard.some((change) => change.kind === 'message' && change.id === id));
  await db.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`;
  await eventually('the word that some may have been missed', () => heard.some(({ kind }) => kind === 'again'));
  const { id: later } = await store.add({ place: CAB, content: {} });
  await store.remove(later);
  await eventually('the removal', () => heard.some((change) => change.kind === 'removed' && change.id === later));
  await stop();
});
