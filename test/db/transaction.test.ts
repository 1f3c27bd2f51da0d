import type postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Database } from '../../src/db/connect.ts';
import { type OwnServer, startOwnPostgres } from '../support/servers.ts';
import { expectAllToWork, fate } from './fixtures/fate.ts';

let server: OwnServer;
let db: Database;
beforeAll(async () => {
  server = await startOwnPostgres();
});
afterAll(() => server.discard());
beforeEach(async () => {
  db = connect(server.url, { max: 4 });
  await db.sql`drop table if exists entry`;
  await db.sql`create table entry (id serial primary key, word text not null, pair int)`;
});
afterEach(() => db.close());

describe('a transaction', { timeout: 30_000 }, () => {
  const words = async (): Promise<string[]> => (await db.sql`select word from entry order by id`).map((row) => row.word);

  test('gives each pipelined query its own answer', async () => {
    for (let round = 0; round < 3; round += 1) {
      const answers = await db.transaction((tx) =>
        Promise.all(Array.from({ length: 30 }, (_, i) => tx`select ${i}::int as n, ${`w${i}`} as w`)),
      );
      expect(answers.map(([row]) => [row?.n, row?.w])).toEqual(Array.from({ length: 30 }, (_, i) => [i, `w${i}`]));
    }
  });

  test('commits what was executed and never awaited', async () => {
    await db.transaction(async (tx) => {
      tx`insert into entry (word) values (${'one'})`.execute();
      tx`insert into entry (word) values (${'two'})`.execute();
    });
    expect(await words()).toEqual(['one', 'two']);
  });

  test('composes fragments and helpers', async () => {
    await db.transaction(async (tx) => {
      await tx`insert into entry ${tx([{ word: 'one' }, { word: 'two' }])}`;
      const [row] = await tx`select count(*)::int as n from entry where ${tx`word in ${tx(['one', 'three'])}`}`;
      expect(row?.n).toBe(1);
    });
  });

  test('fails with a query that was never awaited, and stores nothing', async () => {
    const outcome = db.transaction(async (tx) => {
      tx`insert into entry (word) values ('one')`.execute();
      tx`insert into entry (word) values (null)`.execute();
      tx`insert into entry (word) values ('three')`.execute();
    });
    await expect(outcome).rejects.toMatchObject({ code: '23502' });
    expect(await words()).toEqual([]);
  });

  test('fails with the cause, not with what follows from it', async () => {
    const outcome = db.transaction(async (tx) => {
      tx`select 1 / 0`.execute();
      await tx`select 1`;
    });
    await expect(outcome).rejects.toMatchObject({ code: '22012' });
    await expectAllToWork(db);
  });

  test('stores nothing when a value cannot be sent, however the queries travel', async () => {
    // Twice: the second time the statements are known to the connection, and everything travels at once.
    for (const bad of [new Date(Number.NaN), undefined, new Date(Number.NaN), undefined]) {
      const outcome = db.transaction(async (tx) => {
        const insert = (word: string, at: unknown) =>
          tx`insert into entry (word, pair) select ${word}, extract(year from ${at as Date}::timestamptz)::int`.execute();
        const good = [insert('one', new Date()), insert('two', new Date())];
        insert('bad', bad);
        insert('four', new Date());
        await Promise.allSettled(good);
      });
      expect(await fate(outcome)).toMatch(/Invalid time value|UNDEFINED_VALUE/);
      await db.transaction(
        (tx) => tx`insert into entry (word, pair) select ${'good'}, extract(year from ${new Date()}::timestamptz)::int`,
      );
    }
    expect(await words()).toEqual(['good', 'good', 'good', 'good']);
    await expectAllToWork(db);
  });

  test('does not let COMMIT overtake a value that cannot be sent', async () => {
    const one = connect(server.url, { max: 1 });
    try {
      // postgres.js sends what it has gathered at once when that passes 1024 bytes: one of these lengths makes it do so
      // exactly with the COMMIT.
      for (let length = 820; length < 1020; length += 10) {
        const known = (tx: postgres.ISql, at: Date, filler: string) => [
          tx`select ${at}::timestamptz`.execute(),
          tx`select ${filler}::text`.execute(),
        ];
        await one.transaction(async (tx) => void known(tx, new Date(), ''));
        const outcome = one.transaction(async (tx) => {
          tx.unsafe(`insert into entry (word) values ($1) /* ${length} */`, ['partial'], { prepare: true }).execute();
          known(tx, new Date(Number.NaN), 'x'.repeat(length));
        });
        expect(await fate(outcome)).toMatch('Invalid time value');
      }
    } finally {
      await one.close();
    }
    expect(await words()).toEqual([]);
  });

  test('rolls back when its work throws, after what was under way', async () => {
    const outcome = db.transaction(async (tx) => {
      tx`insert into entry (word) values ('one')`.execute();
      throw new Error('changed my mind');
    });
    await expect(outcome).rejects.toThrow('changed my mind');
    expect(await words()).toEqual([]);
  });

  test('can go on after an error that it rolled back to a savepoint', async () => {
    await db.transaction(async (tx) => {
      await tx`insert into entry (word) values ('one')`;
      await tx`savepoint before`;
      await tx`insert into entry (word) values (null)`.catch(() => tx`rollback to before`);
      await tx`insert into entry (word) values ('two')`;
    });
    expect(await words()).toEqual(['one', 'two']);
  });

  test('takes nothing after its end, and no cursors', async () => {
    let kept: postgres.ReservedSql | undefined;
    await db.transaction(async (tx) => {
      kept = tx;
      await expect(tx`select 1`.cursor(1, () => undefined)).rejects.toThrow('Cursors');
      expect(() => tx.begin(() => undefined)).toThrow('transaction()');
    });
    await expect(kept?.unsafe('select 1')).rejects.toThrow('is over');
    await expect(db.sql`begin`).rejects.toThrow('transaction()');
  });

  test('waits its turn when all connections are in use, and closing waits for it', async () => {
    const twelve = Array.from({ length: 12 }, (_, i) =>
      db.transaction((tx) => tx`insert into entry (word, pair) values ('x', ${i})`),
    );
    await Promise.all(twelve);
    expect(await words()).toHaveLength(12);
    const last = db.transaction(async (tx) => {
      await tx`select pg_sleep(0.05)`;
      await tx`insert into entry (word) values ('last')`;
    });
    const closed = db.close();
    await expect(db.sql`select 1`).rejects.toMatchObject({ code: 'CONNECTION_ENDED' });
    expect(await fate(last)).toBe('done');
    expect(await fate(closed)).toBe('done');
  });
});

test('values of all kinds come back as they went', { timeout: 30_000 }, async () => {
  const at = new Date('2030-01-02T03:04:05.678Z');
  const hard = ['', 'NULL', 'a,b', '{"}', 'back\\slash', '"', 'ä\n'];
  const [row] = await db.sql`select ${hard}::text[] as words, ${[1, 2]}::int[] as numbers, ${[]}::int[] as none,
    ${db.sql.array([at])} as times, ${db.sql.array([true, false])} as answers, ${[null, 'x']}::text[] as gaps,
    ${[[1, 2], [3, 4]]}::int[] as nested, ${db.sql.json({ a: [1, 'x"'] })} as one, ${db.sql.array([db.sql.json({ a: 1 }), db.sql.json({ b: '"' })], 3802)} as many,
    '[0:1]={7,8}'::int[] as bounds, ${db.sql.array(['p', 'q'])} as helped, ${at} as at, ${Buffer.from('äö')} as bytes`;
  expect(row).toEqual({
    words: hard,
    numbers: [1, 2],
    none: [],
    times: [at],
    answers: [true, false],
    gaps: [null, 'x'],
    nested: [
      [1, 2],
      [3, 4],
    ],
    one: { a: [1, 'x"'] },
    many: [{ a: 1 }, { b: '"' }],
    bounds: [7, 8],
    helped: ['p', 'q'],
    at,
    bytes: Buffer.from('äö'),
  });
  expect(await db.sql`select 'x' = any(${['x', 'y']}) as yes`).toEqual([{ yes: true }]);
});
