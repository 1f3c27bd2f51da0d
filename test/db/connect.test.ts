import { createServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Database, OutcomeUnknown } from '../../src/db/connect.ts';
import { until } from '../../src/db/embedded/process.ts';
import { type OwnServer, startOwnPostgres } from '../support/servers.ts';
import { expectAllToWork, fate, LOST } from './fixtures/fate.ts';

let server: OwnServer;
let db: Database;
beforeAll(async () => {
  server = await startOwnPostgres();
});
afterAll(() => server.discard());
beforeEach(async () => {
  await server.start();
  db = connect(server.url, { max: 4 });
  await db.sql`drop table if exists entry`;
  await db.sql`create table entry (id serial primary key, word text not null, pair int)`;
});
afterEach(() => db.close());

/** Resolves when the server works on a query that contains the text. */
async function isBusyWith(text: string): Promise<void> {
  const seen = await until(async () => {
    const rows =
      await db.sql`select 1 from pg_stat_activity where state = 'active' and query like ${`%${text}%`} and pid <> pg_backend_pid()`;
    return rows.length > 0 ? true : undefined;
  }, 5_000);
  expect(seen).toBe(true);
}

describe('when Postgres crashes in mid transaction', { timeout: 30_000 }, () => {
  const crash = () => server.stop('immediate');

  test('while the transaction is idle, its next query rejects and the pool recovers', async () => {
    const outcome = fate(
      db.transaction(async (tx) => {
        await tx`insert into entry (word) values ('one')`;
        await crash();
        await nextTurn();
        await tx`insert into entry (word) values ('two')`;
      }),
    );
    expect(await outcome).toMatch(LOST);
    await server.start();
    await expectAllToWork(db);
    expect(await db.sql`select * from entry`).toHaveLength(0);
  });

  test('while the transaction is idle and asks nothing more, its COMMIT rejects', async () => {
    const outcome = fate(
      db.transaction(async (tx) => {
        await tx`insert into entry (word) values ('one')`;
        await crash();
      }),
    );
    expect(await outcome).toMatch(LOST);
    await server.start();
    await expectAllToWork(db);
  });

  test('while a query runs, that rejects', async () => {
    const outcome = fate(db.transaction((tx) => tx`select pg_sleep(60) as busy`));
    await isBusyWith('as busy');
    await crash();
    expect(await outcome).toMatch(LOST);
    await server.start();
    await expectAllToWork(db);
  });

  test('while many pipelined queries wait behind one, all of them reject, and none is run later outside of the transaction', async () => {
    const fates: Promise<string>[] = [];
    const outcome = fate(
      db.transaction(async (tx) => {
        fates.push(fate(tx`select pg_sleep(${60}) as busy`));
        for (let i = 0; i < 20; i += 1) fates.push(fate(tx`insert into entry (word) values (${`waits ${i}`})`));
        await tx`select 1`;
      }),
    );
    await isBusyWith('as busy');
    await crash();
    expect(await outcome).toMatch(LOST);
    for (const one of await Promise.all(fates)) expect(one).toMatch(LOST);
    await server.start();
    await expectAllToWork(db);
    expect(await db.sql`select * from entry`).toHaveLength(0);
  });

  test('while it commits, the outcome is said to be unknown', async () => {
    await db.sql.unsafe(`
      create or replace function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return null; end $$;
      create constraint trigger slow after insert on entry deferrable initially deferred for each row execute function slow()`);
    const outcome = db.transaction(async (tx) => void tx`insert into entry (word) values ('one')`.execute());
    const seen = expect(outcome).rejects.toThrow(OutcomeUnknown);
    await isBusyWith('commit');
    await crash();
    await seen;
    await server.start();
    await expectAllToWork(db);
  });

  test('a whole crowd is refused at once while it is away, and served when it is back', async () => {
    let isOn = true;
    const acknowledged: number[] = [];
    const unknown: number[] = [];
    const odd = new Set<string>();
    let next = 0;
    const crowd = Array.from({ length: 16 }, async (_, index) => {
      while (isOn) {
        const pair = next++;
        try {
          if (index % 2 === 0) await db.sql`select ${pair}::int`;
          else {
            await db.transaction(async (tx) => {
              tx`insert into entry (word, pair) values ('left', ${pair})`.execute();
              await tx`insert into entry (word, pair) values ('right', ${pair})`;
            });
            acknowledged.push(pair);
          }
        } catch (error) {
          const { code } = error as { code?: string };
          if (error instanceof OutcomeUnknown) unknown.push(pair);
          else if (!/^(CONNECTION_CLOSED|ECONN|EPIPE|57P0)/.test(code ?? '')) odd.add(String(error));
          await nextTurn();
        }
      }
    });
    for (let round = 0; round < 3; round += 1) {
      const before = acknowledged.length;
      expect(await until(() => (acknowledged.length > before + 50 ? true : undefined), 10_000)).toBe(true);
      await crash();
      await server.start();
    }
    await expectAllToWork(db);
    isOn = false;
    expect(await fate(Promise.all(crowd))).toBe('done');
    expect([...odd]).toEqual([]);
    const rows = await db.sql<{ pair: number; n: number }[]>`select pair, count(*)::int as n from entry group by pair`;
    expect(rows.every(({ n }) => n === 2)).toBe(true);
    const stored = new Set(rows.map(({ pair }) => pair));
    expect(acknowledged.filter((pair) => !stored.has(pair))).toEqual([]);
    expect([...stored].filter((pair) => !acknowledged.includes(pair) && !unknown.includes(pair))).toEqual([]);
  });
});

describe('a connection that is lost alone', { timeout: 30_000 }, () => {
  test('ends only its own transaction', async () => {
    const kept = db.transaction(async (tx) => {
      await tx`insert into entry (word) values ('kept')`;
      const other = db.transaction(async (victim) => {
        const [row] = await victim<{ pid: number }[]>`select pg_backend_pid() as pid`;
        await tx`select pg_terminate_backend(${row?.pid ?? 0}, 5000)`;
        await victim`select 1`;
      });
      expect(await fate(other)).toMatch(LOST);
    });
    expect(await fate(kept)).toBe('done');
    await expectAllToWork(db);
  });

  test('takes with it the queries that still waited in its transaction', async () => {
    const fates: Promise<string>[] = [];
    const outcome = fate(
      db.transaction(async (tx) => {
        fates.push(fate(tx`select pg_sleep(${60}) as busy`));
        for (let i = 0; i < 20; i += 1) fates.push(fate(tx`insert into entry (word) values (${`waits ${i}`})`));
        await tx`select 1`;
      }),
    );
    await isBusyWith('as busy');
    await db.sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where query like '%as busy' and pid <> pg_backend_pid()`;
    expect(await outcome).toMatch(LOST);
    for (const one of await Promise.all(fates)) expect(one).toMatch(LOST);
    await expectAllToWork(db);
    expect(await db.sql`select * from entry`).toHaveLength(0);
  });

  test('is refused in time when the server takes it and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    const address = await until(() => silent.address() ?? undefined, 1_000);
    const port = typeof address === 'object' ? address.port : 0;
    const away = connect(`postgres://nobody@127.0.0.1:${port}/none`, { connectWithin: 200 });
    try {
      const started = performance.now();
      expect(await fate(away.sql`select 1`)).toBe('CONNECT_TIMEOUT');
      expect(await fate(away.transaction((tx) => tx`select 1`))).toBe('CONNECT_TIMEOUT');
      expect(performance.now() - started).toBeLessThan(2_000);
    } finally {
      await away.close();
      silent.close();
    }
    const nobody = connect(`postgres://nobody@127.0.0.1:${port}/none`);
    expect(await fate(nobody.sql`select 1`)).toBe('ECONNREFUSED');
    await nobody.close();
  });

  test('is refused with the words of the server', async () => {
    const wrong = connect(server.url.replace(/[^/]*$/, 'missing'));
    expect(await fate(wrong.sql`select 1`)).toBe('3D000');
    await wrong.close();
  });
});
