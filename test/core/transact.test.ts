import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { when } from '../../src/core/ask.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { accept, BELLMAN, type Part } from '../../src/core/record.ts';
import { isRefusal, refuse } from '../../src/core/refusal.ts';
import { type Change, type Outcome, transactor } from '../../src/core/transact.ts';
import { verifyChains } from '../../src/core/verify.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/** A part as small as can be: it counts, up to a hundred. */
type Counted = { readonly count: number };
type Count = { readonly type: 'count'; readonly by: number } | { readonly type: 'later' };
type CountEvent = { readonly type: 'counted'; readonly by: number; readonly words?: { readonly note: string } };
const counter: Part<Counted, Count, CountEvent> = {
  name: 'counter',
  initial: { count: 0 },
  heading: ({ count }) => ({ title: `Counted ${count}`, status: 'open' }),
  decide: ({ count }, command) =>
    command.type === 'later'
      ? accept()
      : count + command.by > 1000
        ? refuse('too-much', { count })
        : accept({ type: 'counted', by: command.by, words: { note: 'erasable' } }),
  evolve: ({ count }, { by }) => ({ count: count + by }),
};
const reactions = [
  when<CountEvent, 'counted'>('counter', 'counted', (event, view, context) => [
    { ask: 'say', to: { place: 'console/channel/general' }, content: { title: `${view.id} at ${view.state(counter).count}` } },
    ...(event.by === 7
      ? [{ ask: 'timer', key: 'soon', at: context.now + 60_000, part: 'counter', command: { type: 'later' } } as const]
      : []),
    ...(event.by === 9 ? [{ ask: 'command', part: 'counter', command: { type: 'count', by: 1 } as Count } as const] : []),
  ]),
];

let database: TestDatabase;
let db: Database;
let transact: (changes: readonly Change[]) => Promise<readonly Outcome[]>;

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url, { pool: 20 });
  transact = transactor({ db, house: house([counter as AnyPart], reactions), doorbell: silentDoorbell });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const raise = async (by = 1) => {
  const [outcome] = await transact([
    { record: { raise: 'RFC' }, part: 'counter', command: { type: 'count', by } as Count, by: BELLMAN },
  ]);
  if (!outcome || !('record' in outcome)) throw new Error('Nothing was raised');
  return outcome.record;
};
const count = (record: string, by: number, more: Partial<Change> = {}): Change => ({
  record,
  part: 'counter',
  command: { type: 'count', by } as Count,
  by: BELLMAN,
  ...more,
});

describe('a change', () => {
  test('stores state, journal and what follows together', async () => {
    const record = await raise(7);
    const [row] =
      await db.sql`select r.title, p.state, (select count(*)::int from bellman.journal j where j.record_id = r.id) as entries,
      (select count(*)::int from bellman.delivery d where d.record_id = r.id) as said,
      (select count(*)::int from bellman.timer t where t.record_id = r.id) as timers
      from bellman.record r join bellman.part p on p.record_id = r.id where r.id = ${record}`;
    expect(row).toEqual({ title: 'Counted 7', state: { count: 7 }, entries: 1, said: 1, timers: 1 });
  });

  test('that is refused leaves nothing behind', async () => {
    const record = await raise();
    const [outcome] = await transact([count(record, 2000)]);
    expect(outcome).toEqual(refuse('too-much', { count: 1 }));
    const [row] = await db.sql`select count(*)::int as entries from bellman.journal where record_id = ${record}`;
    expect(row?.entries).toBe(1);
  });

  test('that raises a record and is refused leaves no gap in the numbers', async () => {
    const before = await raise();
    await transact([{ ...count('', 5000), record: { raise: 'RFC' } }]);
    const after = await raise();
    expect(Number(after.slice(4))).toBe(Number(before.slice(4)) + 1);
  });

  test('to an unknown record is refused', async () => {
    const [outcome] = await transact([count('RFC-99999', 1)]);
    expect(outcome).toEqual(refuse('unknown-record', { record: 'RFC-99999' }));
  });

  test('brings its reaction’s own command into the same transaction', async () => {
    const record = await raise();
    const [outcome] = await transact([count(record, 9)]);
    expect(outcome && 'events' in outcome && outcome.events.map((event) => (event as CountEvent).by)).toEqual([9, 1]);
  });

  test('sent twice under one key is done once and answered the same', async () => {
    const record = await raise();
    const reply = (outcome: unknown) => ({ said: isRefusal(outcome) ? 'no' : 'yes' });
    const once = count(record, 5, { inbound: { key: `${record} once`, reply } });
    const outcomes = (await Promise.all([transact([once]), transact([once]), transact([once])])).flat();
    expect(outcomes.filter((outcome) => 'events' in outcome)).toHaveLength(1);
    expect(
      outcomes.filter((outcome) => 'repeated' in outcome).map((outcome) => 'repeated' in outcome && outcome.repeated),
    ).toEqual([{ said: 'yes' }, { said: 'yes' }]);
    const [row] = await db.sql`select state from bellman.part where record_id = ${record}`;
    expect(row?.state).toEqual({ count: 6 });
  });

  test('whose timer was moved does nothing', async () => {
    const record = await raise(7);
    const [outcome] = await transact([count(record, 1, { timer: { key: 'soon', dueAt: Date.now() - 1000 } })]);
    expect(outcome).toEqual({ superseded: true });
  });
});

describe('many changes at once', () => {
  test('of one record are all counted', async () => {
    const record = await raise();
    await Promise.all(Array.from({ length: 100 }, () => transact([count(record, 1)])));
    const [row] =
      await db.sql`select p.state, r.seq from bellman.part p join bellman.record r on r.id = p.record_id where r.id = ${record}`;
    expect(row).toEqual({ state: { count: 101 }, seq: 101 });
  });

  test('of many records in one transaction decide each for itself', async () => {
    const records = await Promise.all(Array.from({ length: 10 }, () => raise()));
    const outcomes = await transact(records.map((record, at) => count(record, at === 3 ? 5000 : 2)));
    expect(outcomes.map((outcome) => isRefusal(outcome))).toEqual(records.map((_, at) => at === 3));
  });
});

describe('the journal', () => {
  test('verifies when it is whole, and refuses to be changed', async () => {
    expect(await verifyChains(db)).toEqual([]);
    await expect(db.sql`update bellman.journal set actor = 'p1'`).rejects.toMatchObject({ code: '23001' });
    await expect(db.sql`delete from bellman.journal`).rejects.toMatchObject({ code: '23001' });
    await expect(db.sql`truncate bellman.journal`).rejects.toMatchObject({ code: '23001' });
  });

  test('names the first bad entry when somebody went around the triggers', async () => {
    const record = await raise();
    await transact([count(record, 1)]);
    await db.transaction(async ({ sql }) => {
      await sql`set local session_replication_role = replica`;
      await sql`update bellman.journal set body = replace(body, 'counted', 'invented') where record_id = ${record} and seq = 2`;
    });
    expect(await verifyChains(db)).toEqual([expect.objectContaining({ record, seq: 2 })]);
  });
});

test('a short change costs two round trips', async () => {
  const record = await raise();
  const sent: string[] = [];
  const counting = connect(database.url, { pool: 1, debug: (query) => sent.push(query) });
  const once = transactor({ db: counting, house: house([counter as AnyPart], []), doorbell: silentDoorbell });
  await once([count(record, 1)]);
  sent.length = 0;
  await once([count(record, 1)]);
  // begin travels with the locks and the read, commit with the one write.
  expect(sent.map((query) => query.trim().split(/\s+/u)[0])).toEqual(['begin', 'select', 'with', 'commit']);
  await counting.close();
});
