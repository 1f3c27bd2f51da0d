/** A whole Bellman for a test: on a database of its own, with the chosen platforms, and a clock that the test moves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { logger } from '../../src/log.ts';
import { type Bellman, type Rehearsal, startBellman } from '../../src/main.ts';
import { freshDatabase, testServers } from './database.ts';

export const QUEUES = ['redis', 'postgres'] as const;
export type QueueBackend = (typeof QUEUES)[number];

export interface House {
  readonly bellman: Bellman;
  readonly db: Database;
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** Moves Bellman's clock on and lets the sweeper look. */
  readonly advance: (ms: number) => Promise<void>;
  /** What Bellman's clock says. */
  readonly now: () => Promise<number>;
  /** Stops Bellman and starts it again on the same data. */
  readonly restart: (environment?: Readonly<Record<string, string>>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface HouseOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly queue?: QueueBackend;
  /** When the clock starts; it runs at the usual rate from there. */
  readonly startsAt?: string;
  readonly rehearsal?: Rehearsal;
}

/** Why the queue backend cannot be tested here, if so: for `test.skipIf`. */
export const queueMissing = (queue: QueueBackend): string | undefined =>
  queue === 'redis' && testServers().redis === undefined ? 'no Redis was found' : undefined;

/** Starts a Bellman. Whoever starts it stops it. */
export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const database = await freshDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'bellman-test-'));
  const db = connect(database.url, { pool: 4, name: 'test' });
  const base = options.startsAt ?? new Date().toISOString();
  await db.sql`insert into bellman.clock (base, started_at, rate) values (${base}, clock_timestamp(), 1)`;
  const { redis } = testServers();
  const environment = (more: Readonly<Record<string, string>> = {}) =>
    readConfig({
      DATABASE_URL: database.url,
      PORT: '0',
      CONSOLE_PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
      ...(options.queue === 'redis' && redis !== undefined ? { REDIS_URL: redis } : {}),
      ...options.environment,
      ...more,
    });
  const start = (more?: Readonly<Record<string, string>>) => {
    const config = environment(more);
    return startBellman(config, logger(config.LOG_LEVEL), options.rehearsal);
  };
  let bellman = await start();
  return {
    get bellman() {
      return bellman;
    },
    db,
    databaseUrl: database.url,
    dataDir,
    async advance(ms) {
      await db.sql`update bellman.clock set base = bellman.now() + ${ms} * interval '1 ms', started_at = clock_timestamp()`;
      await bellman.jobs.sweep();
    },
    async now() {
      const [row] = await db.sql<[{ now: Date }]>`select bellman.now() as now`;
      return row.now.getTime();
    },
    async restart(more) {
      await bellman.stop();
      bellman = await start(more);
    },
    async stop() {
      await bellman.stop();
      await db.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Looks until `look` gives something, at most `limit` milliseconds; then throws with what was waited for. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  limit = 8000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${limit} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
