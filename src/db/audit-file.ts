/**
 * The audit file: what is kept outside the database so that the database alone cannot be taken back unseen. It is only ever
 * appended to: checkpoints, how far the installation had come (`mark`), and where an operator let it go on (`resumed`).
 */
import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname } from 'node:path';

/** Enough for a month of marks, which are ten minutes apart, and its checkpoints. */
const TAIL_BYTES = 1_000_000;

/** Appends in one write, so that lines of several processes do not mix. The file is readable by its owner only. */
export function appendAudit(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, text.endsWith('\n') ? text : `${text}\n`, { mode: 0o600 });
}

/** The whole file; empty when there is none. */
export function readAudit(file: string): string {
  return read(file, Number.POSITIVE_INFINITY);
}

/** The last megabyte of the file; empty when there is none. */
export function auditTail(file: string): string {
  return read(file, TAIL_BYTES);
}

function read(file: string, most: number): string {
  let open: number;
  try {
    open = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  try {
    const { size } = fstatSync(open);
    if (size <= most) return readFileSync(open, 'utf8');
    const tail = Buffer.alloc(most);
    readSync(open, tail, 0, most, size - most);
    return tail.toString('utf8');
  } finally {
    closeSync(open);
  }
}

/** How far an installation had come. */
export const markLine = (id: string, mark: number, at: Date): string => `mark ${mark} of ${id} at ${at.toISOString()}\n`;

/** `checkpoint` is the last one of the state that goes on: later ones belong to a state that was given up. */
export const resumedLine = (id: string, checkpoint: number, at: Date): string =>
  `resumed as ${id} at ${at.toISOString()} after checkpoint ${checkpoint}\n`;

/** A place in the file where an operator let an older state go on. */
export const RESUMED = /^resumed as \S+ at (\S+) after checkpoint (\d+)$/gmu;

/** The furthest mark that the file knows of an installation. */
export function lastMark(file: string, id: string): number | undefined {
  const marks = [...auditTail(file).matchAll(/^mark (\d+) of (\S+) at /gmu)].filter(([, , of]) => of === id);
  return marks.length === 0 ? undefined : Math.max(...marks.map(([, mark]) => Number(mark)));
}
