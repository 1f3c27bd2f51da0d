/** Whether this process may speak for this database. Pure. */
import type { InstanceFile } from './file.ts';

export interface Known {
  /** `BELLMAN_HOLD`. */
  readonly hold: boolean;
  readonly dataDir: string;
  /** What the database says of itself; undefined in a new one. */
  readonly row: { readonly id: string; readonly mark: number; readonly held: string | null } | undefined;
  /** Which database of which server this is. */
  readonly database: string;
  readonly file: InstanceFile | undefined;
  /** The furthest mark of this installation in the audit file. */
  readonly audited: number | undefined;
  /** Another process is seen at work on this very database. */
  readonly alive: boolean;
}

export type Verdict =
  | { readonly is: 'new' }
  | { readonly is: 'running'; readonly id: string; readonly mark: number }
  /** `all`: it is the database that is not right, so every process on it must be silent. */
  | { readonly is: 'held'; readonly reason: string; readonly all: boolean };

const held = (reason: string, all = false): Verdict => ({ is: 'held', reason, all });

/**
 * Decides at start, and again while held. Only the database that this machine spoke for last, and not behind what it knew then, goes
 * on by itself (design section 9). A machine that knows nothing of the database joins those that are seen at work on it.
 */
export function decideInstance({ hold, dataDir, row, database, file, audited, alive }: Known): Verdict {
  if (hold) return held('BELLMAN_HOLD is true.');
  if (!row) return { is: 'new' };
  if (row.held !== null) return held(row.held);
  const known = file?.id === row.id ? file : undefined;
  const furthest = Math.max(known?.mark ?? 0, audited ?? 0);
  if (furthest > row.mark)
    return held(`The database was taken back to an older state: it stands at ${row.mark}, and had come to ${furthest}.`, true);
  if (known?.database === database || alive) return { is: 'running', id: row.id, mark: row.mark };
  if (known) return held(`The database is a copy of the one that ${dataDir} belongs to, or was moved.`);
  if (file) return held(`The database belongs to another installation than ${dataDir}.`);
  return held(`The database was in use before, ${dataDir} does not know it, and no other Bellman is at work on it.`);
}
