import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import postgres from 'postgres';
import { findRunning, launch, openCluster, type Running, resetPassword, type StopMode, shutDown } from './embedded/cluster.ts';
import { holdData } from './embedded/lock.ts';
import { until } from './embedded/process.ts';
import { readServerFile, type ServerFile, urlOf, writeServerFile } from './embedded/server-file.ts';

export { DataInUse } from './embedded/lock.ts';

/**
 * The embedded Postgres, running. `adopted`: it was left over by a Bellman that was killed. `stop` ends it, adopted or
 * not, waits until it is gone and lets the data folder go; `immediate` is a crash on purpose.
 */
export type Embedded = { url: string; adopted: boolean; stop(mode?: StopMode): Promise<void> };

const TAKEN_OVER_WITHIN = 60_000;

/**
 * Starts the embedded Postgres on the data in `<dataDir>/postgres`, makes them at the first start, or takes over the
 * server that a killed Bellman left behind. Ready when this resolves: the database `bellman` is there, UTF-8 whatever
 * the environment says. The server listens on 127.0.0.1 only; address, password and process are in
 * `<dataDir>/server.json`.
 * @throws DataInUse when another Bellman works on this folder; Error with the server's own words when it does not come up.
 */
export async function startEmbedded(options: { dataDir: string; log: (line: string) => void }): Promise<Embedded> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const held = holdData(dataDir);
  try {
    const { server, running, adopted } = (await adopt(dataDir, options.log)) ?? (await start(dataDir, options.log));
    let stopping: Promise<void> | undefined;
    const stop = async (mode: StopMode): Promise<void> => {
      await shutDown(running, mode);
      const { pid: _, ...stopped } = server;
      writeServerFile(dataDir, stopped);
      held.release();
    };
    return {
      url: urlOf(server),
      adopted,
      stop: (mode = 'fast') => {
        stopping ??= stop(mode);
        return stopping;
      },
    };
  } catch (error) {
    held.release();
    throw error;
  }
}

/** The address of the embedded server that works on this data folder in this moment, whoever started it. */
export function readServer(dataDir: string): string | undefined {
  const server = readServerFile(dataDir);
  const running = findRunning(join(resolve(dataDir), 'postgres'));
  if (server === undefined || running?.status !== 'ready') return undefined;
  return urlOf({ ...server, port: running.port });
}

type Started = { server: ServerFile; running: Running; adopted: boolean };

async function adopt(dataDir: string, log: (line: string) => void): Promise<Started | undefined> {
  const data = join(dataDir, 'postgres');
  const found = findRunning(data);
  if (found === undefined) return undefined;
  const running = await settled(data);
  if (running === undefined) return undefined;
  const known = readServerFile(dataDir);
  if (known !== undefined) {
    const server = { ...known, port: running.port, pid: running.pid };
    try {
      if (await ensureDatabase(server)) {
        writeServerFile(dataDir, server);
        log(`Took over the embedded Postgres (process ${running.pid}) that was left running on ${dataDir}.`);
        return { server, running, adopted: true };
      }
    } catch (error) {
      log(`The embedded Postgres (process ${running.pid}) that was left running does not answer: ${String(error)}`);
    }
  }
  await shutDown(running, 'fast');
  return undefined;
}

/** The left-over server once it takes connections, or `undefined` once it is gone: it may be starting or stopping. */
async function settled(data: string): Promise<Running | undefined> {
  const answer = await until(() => {
    const running = findRunning(data);
    return running === undefined || running.status === 'ready' ? { running } : undefined;
  }, TAKEN_OVER_WITHIN);
  return answer === undefined ? findRunning(data) : answer.running;
}

async function start(dataDir: string, log: (line: string) => void): Promise<Started> {
  const known = readServerFile(dataDir);
  const password = known?.password ?? randomBytes(24).toString('base64url');
  const account = { host: '127.0.0.1', user: 'bellman', database: 'bellman', password };
  // Written before the data are made with it: a crash between the two must not lose the password.
  if (known === undefined) writeServerFile(dataDir, { ...account, port: 0 });
  const cluster = await openCluster(dataDir, password, log);
  let running = await launch(cluster, known?.port);
  try {
    if (!(await ensureDatabase({ ...account, port: running.port }))) {
      log(`The password in ${dataDir}/server.json is not that of the data beside it: setting it anew.`);
      await shutDown(running, 'fast');
      resetPassword(cluster, password);
      running = await launch(cluster, running.port);
      await ensureDatabase({ ...account, port: running.port });
    }
    const server = { ...account, port: running.port, pid: running.pid };
    writeServerFile(dataDir, server);
    return { server, running, adopted: false };
  } catch (error) {
    await shutDown(running, 'fast');
    throw error;
  }
}

/**
 * Connects with the stored password, which proves that the server is ours, and makes the database if it is missing.
 * `false`: the server does not know this password.
 */
async function ensureDatabase(server: ServerFile): Promise<boolean> {
  const refusal = await ask(urlOf(server), 'select 1');
  if (refusal?.code === '28P01') return false;
  if (refusal?.code !== '3D000') {
    if (refusal !== undefined) throw refusal;
    return true;
  }
  const failure = await ask(urlOf(server, 'postgres'), `create database "${server.database}"`);
  if (failure !== undefined) throw failure;
  return true;
}

/** Runs one statement on a connection of its own; resolves to what Postgres said against it, if anything. */
async function ask(url: string, statement: string): Promise<postgres.PostgresError | undefined> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, fetch_types: false, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
    return undefined;
  } catch (error) {
    if (error instanceof postgres.PostgresError) return error;
    throw error;
  } finally {
    await sql.end();
  }
}
