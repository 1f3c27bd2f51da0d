import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer, connect as dial } from 'node:net';
import { delimiter, join } from 'node:path';
import { connect as dialSecurely } from 'node:tls';
import { promisify } from 'node:util';
import { until } from '../../src/db/embedded/process.ts';

const run = promisify(execFile);

/** What a Redis server says of itself. */
export type RedisFacts = { version: string; policy: string };

/**
 * Asks the server at a `redis:` or `rediss:` address for its version and eviction policy, without changing anything.
 * @throws Error when it does not answer as Redis within two seconds.
 */
export async function askRedis(url: string): Promise<RedisFacts> {
  const { protocol, hostname, port, username, password } = new URL(url);
  const address = { host: hostname || '127.0.0.1', port: Number(port || 6379) };
  const socket = protocol === 'rediss:' ? dialSecurely({ ...address, servername: hostname }) : dial(address);
  const words = [username, password].filter((word) => word !== '').map(decodeURIComponent);
  const lines = [...(password === '' ? [] : [['AUTH', ...words]]), ['INFO', 'everything'], ['QUIT']];
  let answer = '';
  try {
    await new Promise<void>((resolve, reject) => {
      socket.setTimeout(2_000, () => reject(new Error('no answer within 2 s')));
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        answer += chunk.toString('utf8');
      });
      socket.on('close', () => resolve());
      for (const line of lines)
        socket.write(`*${line.length}\r\n${line.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`);
    });
  } finally {
    socket.destroy();
  }
  const version = /^redis_version:(\S+)/m.exec(answer)?.[1];
  if (version === undefined) throw new Error(answer.split('\r\n').find((line) => line.startsWith('-')) ?? 'not a Redis server');
  return { version, policy: /^maxmemory_policy:(\S+)/m.exec(answer)?.[1] ?? 'unknown' };
}

/**
 * The program `redis-server`: from the PATH, else from Debian's package, which is installed if we are root.
 * @throws Error with one line that says why there is none.
 */
export async function redisProgram(): Promise<string> {
  const found = inPath('redis-server');
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0) throw new Error('redis-server is not in the PATH, and only root can install it');
  if (inPath('apt-get') === undefined)
    throw new Error('redis-server is not in the PATH, and there is no apt-get to install it with');
  // RUNLEVEL keeps the package from starting a service of its own.
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }, timeout: 120_000 };
  const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'], options);
  try {
    await install().catch(() => run('apt-get', ['update'], options).then(install));
  } catch (error) {
    throw new Error(`redis-server is not in the PATH and could not be installed: ${String(error).split('\n')[0]}`);
  }
  const installed = inPath('redis-server') ?? inPath('redis-server', '/usr/bin');
  if (installed === undefined) throw new Error('redis-server is not there although its package was installed');
  return installed;
}

function inPath(name: string, path = process.env.PATH ?? ''): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * Starts a Redis server of our own on 127.0.0.1 in `folder`, without persistence unless `keep`, and waits until it answers.
 * @throws Error with its last words when it does not come up.
 */
export async function spawnRedis(folder: string, port: number, keep: boolean): Promise<ChildProcess> {
  const persistence = keep ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
  const args = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
    ...persistence,
  ];
  const child = spawn(await redisProgram(), args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.on('error', (error) => {
    said += error.message;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said = (said + text).slice(-4_000);
    });
  }
  const up = await until(async () => {
    if (child.exitCode !== null || child.pid === undefined) return false;
    return (await askRedis(`redis://127.0.0.1:${port}`).catch(() => undefined)) === undefined ? undefined : true;
  }, 10_000);
  if (up !== true) throw new Error(`redis-server did not start on port ${port}: ${said.trim()}`);
  return child;
}

/** A port on 127.0.0.1 that nobody listens on in this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
