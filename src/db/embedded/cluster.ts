import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Account, accountFor, giveTo } from './account.ts';
import { findBinaries } from './binaries.ts';
import { bornAt, until } from './process.ts';

/** Where a cluster's files are and as whom its programs run. */
export type Cluster = { data: string; logFile: string; bin: string; account: Account | undefined };

/** A server that serves a cluster: its process, told apart from later ones with the same id, and its port. */
export type Running = { pid: number; born: string; port: number; status: string };

/** How a server is stopped: `fast` closes everything in order, `immediate` drops everything as in a crash. */
export type StopMode = 'fast' | 'immediate';

const SUPERUSER = 'bellman';
const RECOVERY = 300_000;
const LARGEST_LOG = 5_000_000;
// Linux gives out ids below 2^22.
const NO_PROCESS = 2 ** 22 + 1;

/** The cluster in `<dataDir>/postgres`. When there are no data, they are made, with this password for the superuser. */
export async function openCluster(dataDir: string, password: string, log: (line: string) => void): Promise<Cluster> {
  const data = join(dataDir, 'postgres');
  const account = accountFor(data);
  const cluster = { data, logFile: join(dataDir, 'postgres.log'), bin: await findBinaries(account, log), account };
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(cluster, password);
  else if (account !== undefined && statSync(data).uid === 0) giveTo(account, data);
  return cluster;
}

/**
 * As root on Linux the data folder is entered while still root and then named by the link to the process's own
 * folder: so the unprivileged server needs no way through the folders above, which only root may be able to enter.
 */
function pathFor(cluster: Cluster, data: string): string {
  return cluster.account !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : data;
}

function environment(): NodeJS.ProcessEnv {
  // Nothing of the caller's: a stray PGDATA or LANG must not change what the server does.
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function initialise(cluster: Cluster, password: string): void {
  // Made under another name and renamed at the end, so that a crash half-way is never taken for data.
  const fresh = `${cluster.data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const secret = `${cluster.data}.secret`;
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  if (cluster.account !== undefined) {
    for (const path of [fresh, secret]) chownSync(path, cluster.account.uid, cluster.account.gid);
  }
  const input = openSync(secret, 'r');
  try {
    const args = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
    args.push('--auth=scram-sha-256', `--username=${SUPERUSER}`, '--pwfile=/dev/stdin', '-D', pathFor(cluster, fresh));
    const made = spawnSync(join(cluster.bin, 'initdb'), args, {
      ...cluster.account,
      cwd: fresh,
      env: environment(),
      encoding: 'utf8',
      stdio: [input, 'pipe', 'pipe'],
    });
    if (made.status !== 0)
      throw new Error(`The embedded Postgres could not be set up: ${made.error?.message ?? made.stderr.trim()}`);
  } finally {
    closeSync(input);
    rmSync(secret, { force: true });
  }
  if (existsSync(cluster.data) && readdirSync(cluster.data).length > 0) {
    throw new Error(`The folder ${cluster.data} holds something that is not a Postgres database: move it away.`);
  }
  renameSync(fresh, cluster.data);
}

/** Gives the cluster's superuser a new password, for when the old one was lost. The server must not be running. */
export function resetPassword(cluster: Cluster, password: string): void {
  const statement = `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'\n`;
  const options = { ...cluster.account, cwd: cluster.data, env: environment(), input: statement, encoding: 'utf8' } as const;
  const done = spawnSync(join(cluster.bin, 'postgres'), ['--single', '-D', pathFor(cluster, cluster.data), 'postgres'], options);
  if (done.status !== 0)
    throw new Error(`The embedded Postgres's password could not be set: ${done.error?.message ?? done.stderr}`);
}

/** The server that works on the data in this moment, whoever started it. */
export function findRunning(data: string): Running | undefined {
  const lines = readPidFile(data);
  const pid = Number(lines[0]);
  const born = pid > 0 ? bornAt(pid) : undefined;
  if (born === undefined || !worksIn(pid, data)) return undefined;
  return { pid, born, port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
}

function readPidFile(data: string): string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function worksIn(pid: number, data: string): boolean {
  // Elsewhere there is no such look; connecting with the stored password then decides.
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return false;
  }
}

/**
 * Postgres refuses to start while any process has the id in its pid file, even one that merely got it after a reboot.
 * The id is then replaced by one that cannot exist; the rest stays, because Postgres finds in it whether children of a
 * killed server still use the data.
 */
function disownPidFile(data: string): void {
  const [pid, ...rest] = readPidFile(data);
  if (process.platform !== 'linux' || pid === undefined || bornAt(Number(pid)) === undefined) return;
  writeFileSync(join(data, 'postmaster.pid'), [NO_PROCESS, ...rest].join('\n'));
}

/**
 * Starts the server on the given port if that is free, else on another, and waits until it takes connections. It is
 * the head of its own session, so that a Ctrl-C in the terminal does not reach it.
 * @throws Error with the end of the server's log when it does not come up.
 */
export async function launch(cluster: Cluster, wanted: number | undefined): Promise<Running> {
  if (findRunning(cluster.data) === undefined) disownPidFile(cluster.data);
  for (let attempt = 1; ; attempt++) {
    const started = await launchOn(cluster, await freePort(attempt === 1 ? wanted : undefined));
    if (typeof started !== 'string') return started;
    // Somebody else can take the port between our look and the server's; children of a killed server take a moment to go.
    if (attempt === 50 || !/Address already in use|still in use/.test(started)) {
      throw new Error(`The embedded Postgres did not start: ${started}`);
    }
    await pause(100);
  }
}

async function launchOn(cluster: Cluster, port: number): Promise<Running | string> {
  const before = existsSync(cluster.logFile) ? statSync(cluster.logFile).size : 0;
  const keep = before < LARGEST_LOG;
  const logFile = openSync(cluster.logFile, keep ? 'a' : 'w', 0o600);
  chmodSync(cluster.logFile, 0o600);
  let child: ChildProcess;
  try {
    child = spawn(join(cluster.bin, 'postgres'), ['-D', pathFor(cluster, cluster.data), ...settings(port)], {
      ...cluster.account,
      cwd: cluster.data,
      env: environment(),
      detached: true,
      stdio: ['ignore', logFile, logFile],
    });
  } finally {
    closeSync(logFile);
  }
  let failure: string | undefined;
  child.on('error', (error) => {
    failure = error.message;
  });
  child.unref();
  const outcome = await until(() => {
    if (failure !== undefined) return failure;
    if (child.exitCode !== null || child.signalCode !== null)
      return readFileSync(cluster.logFile, 'utf8')
        .slice(keep ? before : 0)
        .trim();
    const running = findRunning(cluster.data);
    return running?.pid === child.pid && running?.status === 'ready' ? running : undefined;
  }, RECOVERY);
  if (outcome === undefined) child.kill('SIGQUIT');
  return outcome ?? `not ready after ${RECOVERY / 1000} s, see ${cluster.logFile}`;
}

function settings(port: number): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    cluster_name: 'bellman',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function freePort(wanted: number | undefined): Promise<number> {
  const tried = await listenOnce(wanted ?? 0);
  return tried ?? (await listenOnce(0)) ?? 0;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: '127.0.0.1' }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}

/** Stops a server and waits until its process is gone; a fast stop that takes 30 s becomes an immediate one. */
export async function shutDown(running: Running, mode: StopMode): Promise<void> {
  const isGone = () => (bornAt(running.pid) === running.born ? undefined : true);
  for (const signal of mode === 'fast' ? (['SIGINT', 'SIGQUIT'] as const) : (['SIGQUIT'] as const)) {
    if (isGone()) return;
    try {
      process.kill(running.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    if (await until(isGone, 30_000)) return;
  }
  throw new Error(`The embedded Postgres (process ${running.pid}) does not stop.`);
}
