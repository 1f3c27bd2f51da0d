import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { bornAt } from './process.ts';

/** Another Bellman works on this data folder. The message is one line that names the folder and its process. */
export class DataInUse extends Error {
  readonly folder: string;
  readonly pid: number;
  constructor(folder: string, holder: Holder) {
    const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
    super(
      `The data folder ${folder} is in use by another Bellman (process ${holder.pid}${where}): stop that one, or set DATA_DIR.`,
    );
    this.name = 'DataInUse';
    this.folder = folder;
    this.pid = holder.pid;
  }
}

/** A lock that is held until `release`. */
export type Held = { release(): void };

type Holder = { pid: number; born: string; host: string };

const BEAT = 5_000;
const SILENT = 4 * BEAT;

/**
 * Takes `<dataDir>/bellman.lock` for this process. A lock whose holder is dead is taken over; process ids that were
 * given out again are told apart by the time at which the process was born. A holder on another host (a container
 * that shares the folder) cannot be looked at, so there the file's heartbeat decides.
 * @throws DataInUse when somebody alive holds it, this process included.
 */
export function holdData(dataDir: string): Held {
  const folder = resolve(dataDir);
  const file = join(folder, 'bellman.lock');
  const mine = JSON.stringify({ pid: process.pid, born: bornAt(process.pid) ?? '', host: hostname() } satisfies Holder);
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, mine, { mode: 0o600 });
  try {
    // A link, not an exclusive open: the name then never shows a lock that is not yet written.
    for (let attempt = 0; !linked(own, file); attempt++) {
      const found = readHolder(file);
      if (found !== undefined && (attempt > 9 || isAlive(found.holder, file))) throw new DataInUse(folder, found.holder);
      if (found !== undefined) removeStale(file, found.text);
    }
  } finally {
    rmSync(own, { force: true });
  }
  const beat = setInterval(() => touch(file), BEAT).unref();
  return {
    release() {
      clearInterval(beat);
      if (readHolder(file)?.text === mine) rmSync(file, { force: true });
    },
  };
}

function linked(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): { holder: Holder; text: string } | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return { holder: JSON.parse(text) as Holder, text };
  } catch {
    // Cut short by a full disk or a power cut: nobody alive wrote it, because a lock is linked only when complete.
    return { holder: { pid: 0, born: '', host: hostname() }, text };
  }
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.host === hostname()) return holder.pid > 0 && bornAt(holder.pid) === holder.born;
  try {
    return Date.now() - statSync(file).mtimeMs < SILENT;
  } catch {
    return false;
  }
}

/** Removes exactly the lock that was judged dead: if somebody else was quicker and took it over, theirs is put back. */
function removeStale(file: string, text: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, 'utf8') !== text) linked(aside, file);
  rmSync(aside, { force: true });
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // The folder was removed under us; Postgres will say so more loudly than a lock could.
  }
}
