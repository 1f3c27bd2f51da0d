import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Clock, databaseClock } from '../../src/core/clock.ts';
import type { Bell } from '../../src/core/doorbell.ts';
import type { Instant } from '../../src/core/instant.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { type Handlers, type Jobs, startJobs } from '../../src/jobs/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { type Backend, postgresBackend, redisBackend } from './backends.ts';

interface Call {
  readonly bell: Bell;
  readonly at: number;
  readonly until?: Instant | undefined;
}

/** Handlers that note when they are called, and stand still while the gate is closed. */
function noting() {
  const calls: Call[] = [];
  let gate: Promise<void> = Promise.resolve();
  let open: () => void = () => {};
  const note = async (bell: Bell, until?: Instant): Promise<void> => {
    calls.push({ bell, at: Date.now(), until });
    await gate;
  };
  const handlers: Handlers = {
    timers: (until) => note('timers', until),
    deliveries: () => note('deliveries'),
    inbound: () => note('inbound'),
  };
  return {
    calls,
    handlers,
    close: () => {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    open: () => open(),
    of: (bell: Bell) => calls.filter((call) => call.bell === bell),
  };
}

async function until(isSo: () => boolean, limit = 6000): Promise<void> {
  const end = Date.now() + limit;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`It was not so within ${limit} ms: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const backends: readonly (readonly [string, () => Backend | undefined])[] = [
  ['Redis', redisBackend],
  ['Postgres', postgresBackend],
];

describe.each(backends)('the doorbell on %s', (_name, open) => {
  let backend: Backend;
  let database: TestDatabase;
  let db: Database;
  let clock: Clock;
  const started: Jobs[] = [];
  const troubles: string[] = [];

  beforeEach(async ({ skip }) => {
    const found = open();
    if (!found) return skip('There is no Redis here');
    backend = found;
    database = await freshDatabase();
    db = connect(database.url, { pool: 4 });
    clock = await databaseClock(db);
    troubles.length = 0;
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((jobs) => jobs.close()));
    await backend?.clean();
    await db?.close();
    await database?.drop();
  });

  async function start(handlers?: Handlers): Promise<Jobs> {
    const jobs = await startJobs({
      db,
      clock,
      handlers,
      redisUrl: backend.redisUrl,
      databaseUrl: database.url,
      prefix: backend.prefix,
      log: { warn: (detail, message) => void troubles.push(`${message} ${String((detail as { error?: unknown }).error)}`) },
    });
    started.push(jobs);
    return jobs;
  }

  test('is heard in another process, at once', async () => {
    const worker = noting();
    await start(worker.handlers);
    const { doorbell } = await start();
    for (const bell of ['timers', 'deliveries', 'inbound'] as const) doorbell.ring(bell);
    await until(() => new Set(worker.calls.map(({ bell }) => bell)).size === 3);
    expect(troubles).toEqual([]);
  });

  test('wakes the workers of its own process without the way through the queue', async () => {
    const worker = noting();
    const { doorbell } = await start(worker.handlers);
    doorbell.ring('deliveries');
    expect(worker.of('deliveries')).toHaveLength(1);
    doorbell.ring('deliveries', clock.now() - 5000);
    expect(worker.of('deliveries')).toHaveLength(2);
  });

  test('rung while its worker is busy is heard when the worker is done', async () => {
    const worker = noting();
    await start(worker.handlers);
    const { doorbell } = await start();
    worker.close();
    doorbell.ring('timers');
    await until(() => worker.of('timers').length === 1);
    // The first is surely being worked on; these two are for what it cannot have seen any more.
    doorbell.ring('timers');
    doorbell.ring('timers');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(worker.of('timers')).toHaveLength(1);
    worker.open();
    await until(() => worker.of('timers').length >= 2);
  });

  test('rung a hundred times in a moment wakes a few times, the last time after the last ring', async () => {
    const worker = noting();
    await start(worker.handlers);
    const { doorbell } = await start();
    let last = 0;
    for (let n = 0; n < 100; n += 1) {
      doorbell.ring('deliveries');
      last = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await until(() => (worker.of('deliveries').at(-1)?.at ?? 0) >= last);
    expect(worker.of('deliveries').length).toBeLessThan(15);
  });

  test('for later wakes once for a second, when that second begins, and has the worker stay to its end', async () => {
    const worker = noting();
    await start(worker.handlers);
    const { doorbell } = await start();
    const second = Math.ceil((Date.now() + 1200) / 1000) * 1000;
    const instant = clock.after(second - Date.now());
    for (const ms of [100, 400, 900]) doorbell.ring('timers', instant + ms);
    // A second sender, as another process would be.
    (await start()).doorbell.ring('timers', instant + 500);
    await until(() => worker.of('timers').length > 0);
    const [call] = worker.of('timers');
    expect(call?.at).toBeGreaterThanOrEqual(second - 20);
    expect(call?.at).toBeLessThan(second + 400);
    expect((call?.until ?? 0) - instant).toBeGreaterThanOrEqual(950);
    expect((call?.until ?? 0) - instant).toBeLessThan(1100);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(worker.of('timers')).toHaveLength(1);
  });

  test('a handler that fails is said, and the next ring is heard', async () => {
    const worker = noting();
    let broken = true;
    await start({
      ...worker.handlers,
      inbound: async () => {
        if (broken) throw new Error('broken');
        return worker.handlers.inbound();
      },
    });
    const { doorbell } = await start();
    doorbell.ring('inbound');
    await until(() => troubles.length > 0);
    broken = false;
    doorbell.ring('inbound');
    await until(() => worker.of('inbound').length > 0);
  });

  test('what nobody rang for is found by the sweeper, and what is claimed is left alone', async () => {
    await db.sql`insert into bellman.timer (record_id, key, due_at, part, command) values ('RFC-1', 'a', bellman.now(), 'x', '{}')`;
    await db.sql`insert into bellman.inbound (key, state, intent, received_at) values ('k', 'pending', '{}', bellman.now())`;
    await db.sql`insert into bellman.delivery (id, record_id, place, platform, content, content_hash, not_before, created_at)
      values ('d', 'RFC-1', 'memory/channel/c', 'memory', '{}', '', bellman.now(), bellman.now())`;
    const worker = noting();
    const jobs = await start(worker.handlers);
    await until(() => new Set(worker.calls.map(({ bell }) => bell)).size === 3);
    expect(jobs.lastSweep()).toMatchObject({
      timers: expect.any(Number),
      deliveries: expect.any(Number),
      inbound: expect.any(Number),
    });
    for (const table of ['timer', 'inbound', 'delivery'])
      await db.sql.unsafe(`update bellman.${table} set lease_until = clock_timestamp() + interval '1 minute'`);
    await jobs.sweep();
    await jobs.sweep();
    const before = worker.calls.length;
    await jobs.sweep();
    expect(worker.calls).toHaveLength(before);
    expect(jobs.lastSweep()).toMatchObject({ timers: undefined, deliveries: undefined, inbound: undefined, dirty: false });
  });

  test('a clock that was moved is followed by the next sweep', async () => {
    const worker = noting();
    const jobs = await start(worker.handlers);
    await db.sql`insert into bellman.timer (record_id, key, due_at, part, command)
      values ('RFC-1', 'a', bellman.now() + interval '2 days', 'x', '{}')`;
    await jobs.sweep();
    expect(worker.of('timers')).toEqual([]);
    await db.sql`insert into bellman.clock (base, started_at, rate) values (clock_timestamp() + interval '3 days', clock_timestamp(), 1)`;
    await jobs.sweep();
    await until(() => worker.of('timers').length > 0);
    expect(clock.now() - Date.now()).toBeGreaterThan(2.9 * 86_400_000);
  });
});
