import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { joining } from '../../src/core/join.ts';
import { accept, BELLMAN, type Part } from '../../src/core/record.ts';
import { isRefusal, refuse } from '../../src/core/refusal.ts';
import { type Change, type Outcome, type Transact, transactor } from '../../src/core/transact.ts';
import { verifyChains } from '../../src/core/verify.ts';
import { connect, type Database, OutcomeUnknown } from '../../src/db/database.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

type Count = { readonly type: 'count' } | { readonly type: 'refuse' } | { readonly type: 'break' };
const counter: Part<{ readonly count: number }, Count, { readonly type: 'counted' }> = {
  name: 'counter',
  initial: { count: 0 },
  heading: () => ({ title: 'Counter', status: 'open' }),
  decide: (_state, { type }) => {
    if (type === 'break') throw new Error('The rule is broken');
    return type === 'refuse' ? refuse('no') : accept({ type: 'counted' });
  },
  evolve: ({ count }) => ({ count: count + 1 }),
};

let keys = 0;
const asked = (record: Change['record'], type: Count['type'] = 'count', key = `key ${keys++}`): Change => ({
  record,
  part: 'counter',
  command: { type } as Count,
  by: BELLMAN,
  inbound: { key, reply: (outcome) => ({ said: isRefusal(outcome) ? 'no' : 'yes' }) },
});

describe('what joins', () => {
  /** Decides when it is let go, and notes what came together. */
  function held() {
    const together: string[][] = [];
    const gates: (() => void)[] = [];
    const join = joining(async (changes, patience) => {
      together.push(changes.map(({ inbound, record }) => `${inbound?.key ?? record}${patience === undefined ? '' : '+'}`));
      await new Promise<void>((open) => gates.push(open));
      return changes.map(() => ({ superseded: true }) as Outcome);
    });
    const open = async () => {
      for (const gate of gates.splice(0)) gate();
      await new Promise((resolve) => setImmediate(resolve));
    };
    return { together, join, open };
  }
  const all = async (run: ReturnType<typeof held>, changes: readonly Change[]) => {
    const done = Promise.all(changes.map((change) => run.join([change])));
    for (let at = 0; at < changes.length; at += 1) await run.open();
    return done;
  };

  test('is nothing, while there is room for each', async () => {
    const run = held();
    await all(
      run,
      ['a', 'b', 'c', 'd'].map((key) => asked('RFC-1', 'count', key)),
    );
    expect(run.together).toEqual([['a'], ['b'], ['c'], ['d']]);
  });

  test('is what waited meanwhile, with little patience for locks', async () => {
    const run = held();
    const outcomes = await all(
      run,
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => asked('RFC-1', 'count', key)),
    );
    expect(run.together).toEqual([['a'], ['b'], ['c'], ['d'], ['e+', 'f+', 'g+']]);
    expect(outcomes).toHaveLength(7);
  });

  test('is never the same request twice', async () => {
    const run = held();
    await all(
      run,
      ['a', 'b', 'c', 'd', 'same', 'e', 'same'].map((key) => asked('RFC-1', 'count', key)),
    );
    expect(run.together.slice(4)).toEqual([['same+', 'e+'], ['same']]);
  });

  test('is never ORG-1, a new record, several changes, or what nobody asked for', async () => {
    const run = held();
    const { inbound: _inbound, ...unasked } = asked('RFC-9');
    const busy = ['a', 'b', 'c', 'd'].map((key) => run.join([asked('RFC-1', 'count', key)]));
    const alone = [
      run.join([asked('ORG-1', 'count', 'org')]),
      run.join([asked({ raise: 'RFC' }, 'count', 'new')]),
      run.join([unasked]),
      run.join([asked('RFC-1', 'count', 'x'), asked('RFC-2', 'count', 'y')]),
    ];
    expect(run.together.slice(4)).toEqual([['org'], ['new'], ['RFC-9'], ['x', 'y']]);
    await run.open();
    await Promise.all([...busy, ...alone]);
  });

  test('is not done again when it may have been stored', async () => {
    let calls = 0;
    const join = joining(async (changes) => {
      calls += 1;
      await new Promise((resolve) => setImmediate(resolve));
      if (changes.length > 1) throw new OutcomeUnknown(new Error('lost'));
      return [{ superseded: true }];
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 7 }, () => join([asked('RFC-1')])));
    expect(outcomes.map(({ status }) => status)).toEqual([...Array(4).fill('fulfilled'), ...Array(3).fill('rejected')]);
    expect(calls).toBe(5);
  });
});

describe('joined changes in Postgres', () => {
  let database: TestDatabase;
  let db: Database;
  let transact: Transact;
  let records: readonly string[];
  beforeAll(async () => {
    database = await freshDatabase();
    db = connect(database.url);
    transact = transactor({ db, house: house([counter as AnyPart], []), doorbell: silentDoorbell });
    const raised = await transact(Array.from({ length: 20 }, () => ({ ...asked({ raise: 'RFC' }) })));
    records = raised.flatMap((outcome) => ('record' in outcome ? [outcome.record] : []));
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });
  const count = async (record = '') => {
    const [row] = await db.sql<
      { count: number }[]
    >`select (state ->> 'count')::int as count from bellman.part where record_id = ${record}`;
    return row?.count;
  };

  test('are all counted, each with its own outcome', async () => {
    const types = Array.from({ length: 120 }, (_, at) => (at % 3 === 0 ? 'refuse' : 'count'));
    const outcomes = (await Promise.all(types.map((type, at) => transact([asked(records[at % 5] ?? '', type)])))).flat();
    expect(outcomes.map((outcome) => isRefusal(outcome))).toEqual(types.map((type) => type === 'refuse'));
    const counts = await Promise.all(records.slice(0, 5).map(count));
    expect(counts.reduce<number>((sum, n) => sum + (n ?? 0), 0)).toBe(5 + 80);
    expect(await verifyChains(db)).toEqual([]);
  });

  test('answer a request that comes twice at once in the same way', async () => {
    const [, , , , , record = ''] = records;
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, at) => transact([asked(record, 'count', `twice ${at % 20}`)])),
    );
    expect(outcomes.flat().filter((outcome) => 'events' in outcome)).toHaveLength(20);
    expect(await count(record)).toBe(21);
  });

  test('do not fail for the sake of one that breaks', async () => {
    const all = records.map((record, at) => transact([asked(record, at === 10 ? 'break' : 'count')]));
    const outcomes = await Promise.allSettled(all);
    expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(records.map((_, at) => at === 10));
  });

  test('do not fail for the sake of one whose record is busy', async () => {
    const other = connect(database.url, { pool: 1 });
    const outcomes = await other.transaction(async ({ sql }) => {
      await sql`select from bellman.record where id = ${records[12] ?? ''} for update`;
      return Promise.allSettled(records.map((record) => transact([asked(record)])));
    });
    await other.close();
    expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(records.map((_, at) => at === 12));
    expect(outcomes[12]).toMatchObject({ reason: { code: '55P03' } });
  });
});
