import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts';
import { databaseName, newRun } from './names.ts';
import { askRedis, freePort, spawnRedis } from './redis-server.ts';

/** A server for the tests. `what` says in one line which; `stop` ends it only if we started it. */
export type Server = { url: string; what: string; stop(): Promise<void> };

/** No server, and why. */
export type Missing = { url: undefined; what: string; stop(): Promise<void> };

/**
 * A server of our own that a test may break. `stop` ends it, in order or `immediate` as in a crash; `start` brings it
 * back on the same port and data, so `url` stays; `discard` stops it and removes its data.
 */
export type OwnServer = {
  url: string;
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  discard(): Promise<void>;
};

// Copying a database through the log came with 15.
const OLDEST = 150_000;

const nothing = async (): Promise<void> => undefined;

/**
 * A Postgres in which we may make databases named `bellman_test_...`: the one in DATABASE_URL, else one on
 * 127.0.0.1:5432 that trusts us, else an embedded one in a temporary folder. The URL leads to its database `postgres`,
 * or to the one that DATABASE_URL names.
 */
export async function findPostgres(): Promise<Server> {
  const given = process.env.DATABASE_URL;
  const users = new Set(['postgres', 'root', userInfo().username]);
  const local = [...users].map((user) => `postgres://${encodeURIComponent(user)}@127.0.0.1:5432/postgres`);
  const refusals: string[] = [];
  for (const url of [...(given === undefined ? [] : [given]), ...local]) {
    try {
      const version = await tryPostgres(url);
      const from = url === given ? 'from DATABASE_URL' : `at 127.0.0.1:5432 as ${new URL(url).username}`;
      return { url, what: [`Postgres ${version} ${from}`, ...refusals].join('; '), stop: nothing };
    } catch (error) {
      if (url === given) refusals.push(`DATABASE_URL cannot be used: ${message(error)}`);
    }
  }
  const own = await startOwnPostgres();
  return { url: own.url, what: ['Postgres of our own in a temporary folder', ...refusals].join('; '), stop: own.discard };
}

/** The server's version, once it has made and dropped a database for us. */
async function tryPostgres(url: string): Promise<string> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, fetch_types: false, onnotice: () => undefined });
  try {
    const name = databaseName(newRun(), 'probe');
    await sql.unsafe(`create database ${name}`);
    await sql.unsafe(`drop database ${name}`);
    const [row] = await sql<{ version: string; number: number }[]>`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number`;
    if (row === undefined || row.number < OLDEST) throw new Error(`Postgres ${row?.version} is older than 15`);
    return row.version.split(' ')[0] ?? row.version;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * A Redis: the one in REDIS_URL, else one on 127.0.0.1:6379, else one of our own, for which Debian's package is
 * installed if need be and allowed. A found one is never flushed, stopped or configured.
 */
export async function findRedis(): Promise<Server | Missing> {
  const given = process.env.REDIS_URL;
  const refusals: string[] = [];
  for (const url of [...(given === undefined ? [] : [given]), 'redis://127.0.0.1:6379']) {
    try {
      const { version, policy } = await askRedis(url);
      // Anything else drops jobs when memory runs out, so tests on it would prove nothing.
      if (policy !== 'noeviction') throw new Error(`its maxmemory-policy is ${policy}, not noeviction`);
      const from = url === given ? 'from REDIS_URL' : 'at 127.0.0.1:6379';
      return { url, what: [`Redis ${version} ${from}`, ...refusals].join('; '), stop: nothing };
    } catch (error) {
      if (url === given) refusals.push(`REDIS_URL cannot be used: ${message(error)}`);
    }
  }
  try {
    const own = await startOwnRedis();
    return { url: own.url, what: ['Redis of our own in a temporary folder', ...refusals].join('; '), stop: own.discard };
  } catch (error) {
    return { url: undefined, what: ['no Redis', message(error), ...refusals].join('; '), stop: nothing };
  }
}

/**
 * Starts an embedded Postgres in a temporary folder; the URL leads to an empty database `bellman`.
 * @throws Error with the server's own words when it does not come up.
 */
export async function startOwnPostgres(): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bellman-postgres-test-'));
  const open = () => startEmbedded({ dataDir: folder, log: () => undefined });
  let running: Embedded | undefined = await open();
  const { url } = running;
  let stopping = Promise.resolve();
  const stop = (mode: 'fast' | 'immediate' = 'fast'): Promise<void> => {
    const stopped = running;
    running = undefined;
    if (stopped !== undefined) stopping = stopped.stop(mode);
    return stopping;
  };
  return {
    url,
    stop,
    async start() {
      await stopping;
      running ??= await open();
      if (running.url !== url) throw new Error(`The port of ${url} was taken while the server was away`);
    },
    async discard() {
      await stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Starts a Redis of our own; with `keep` it writes everything down, so that it has it again after any stop.
 * @throws Error with one line when there is no Redis program, or with the server's own words when it does not come up.
 */
export async function startOwnRedis(options: { keep?: boolean } = {}): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bellman-redis-test-'));
  const port = await freePort();
  const open = () => spawnRedis(folder, port, options.keep ?? false);
  const discardFolder = () => rmSync(folder, { recursive: true, force: true });
  let running = await open().catch((error) => {
    discardFolder();
    throw error;
  });
  const isUp = () => running.exitCode === null && running.signalCode === null;
  const stop = async (mode: 'fast' | 'immediate' = 'fast'): Promise<void> => {
    if (!isUp()) return;
    const gone = once(running, 'exit');
    running.kill(mode === 'fast' ? 'SIGTERM' : 'SIGKILL');
    await gone;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    stop,
    async start() {
      if (!isUp()) running = await open();
    },
    async discard() {
      await stop('immediate');
      discardFolder();
    },
  };
}

function message(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return (message || code || String(error)).split('\n')[0] ?? '';
}
