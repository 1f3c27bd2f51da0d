/**
 * Checking the checkpoints, and the journal by them. The heads that each covers are kept beside it (`checkpoint_head`) and proven by
 * its signed root; each of them must still be in the journal. So a chain that was rewritten with all its hashes is found, and named.
 */
import type { Database, Transaction } from '../db/database.ts';
import { fingerprint, isSigned, type PublicKey } from './audit-key.ts';
import { type Checkpoint, checkpointsIn, checkpointText, NO_ROOT, signedText } from './checkpoint.ts';
import type { Instant } from './instant.ts';
import type { Head } from './journal.ts';
import { merkleRoot } from './merkle.ts';
import type { RecordId } from './record.ts';
import { type BadEntry, chainsIn, inPortions, inSnapshot } from './verify.ts';

export interface BadCheckpoint {
  readonly checkpoint: number;
  readonly why: string;
}

/** A set of checkpoints that somebody kept outside the database: pasted from a channel, or the audit file. */
export interface Kept {
  /** How people are told where they come from. */
  readonly from: string;
  readonly checkpoints: readonly Checkpoint[];
}

export interface Audit {
  /** The first bad entry of each record, of the chains first; then what is wrong with the checkpoints. */
  readonly bad: readonly (BadEntry | BadCheckpoint)[];
  readonly entries: number;
  readonly records: number;
  readonly checkpoints: number;
  /** The last checkpoint, and how many entries are younger. */
  readonly last?: { readonly number: number; readonly at: Instant; readonly younger: number };
}

type Sql = Transaction['sql'];

/** Checks everything in one snapshot: chains, checkpoints, the journal by the checkpoints, and those by what was kept outside. */
export const audit = (db: Database, trusted: readonly PublicKey[], kept: readonly Kept[] = []): Promise<Audit> =>
  inSnapshot(db, async (sql) => {
    const chains = await chainsIn(sql);
    const stored = await storedCheckpoints(sql);
    const rewritten = (await rewrittenIn(sql)).filter(({ record }) => !chains.bad.some((bad) => bad.record === record));
    const bad = [...chains.bad, ...rewritten, ...stored.bad, ...(await badRoots(sql, stored.good, trusted))];
    for (const { from, checkpoints } of kept) bad.push(...unlikeKept(from, checkpoints, stored, trusted));
    const last = stored.good.at(-1);
    return {
      bad,
      entries: chains.entries,
      records: chains.records,
      checkpoints: stored.good.length + stored.bad.length,
      ...(last ? { last: { number: last.number, at: last.at, younger: chains.entries - last.entries } } : {}),
    };
  });

interface Stored {
  readonly good: readonly Checkpoint[];
  readonly bad: readonly BadCheckpoint[];
}

/** The checkpoints whose columns say what their text says. */
async function storedCheckpoints(sql: Sql): Promise<Stored> {
  const rows = await sql<
    { number: number; at: Date; entries: number; root: string; previous_root: string; signature: string; body: string }[]
  >`select number, at, entries, root, previous_root, signature, body from bellman.checkpoint order by number`;
  const good: Checkpoint[] = [];
  const bad: BadCheckpoint[] = [];
  for (const row of rows) {
    const [read] = checkpointsIn(row.body);
    const same =
      read !== undefined &&
      checkpointText(read) === row.body &&
      read.number === row.number &&
      read.at === row.at.getTime() &&
      read.entries === row.entries &&
      read.root === row.root &&
      read.previous === row.previous_root &&
      read.signature === row.signature;
    if (same) good.push(read);
    else bad.push({ checkpoint: row.number, why: 'its text and its columns differ' });
  }
  return { good, bad };
}

/** Entries that a checkpoint has seen and that the journal no longer has as they were: the first of each record. */
async function rewrittenIn(sql: Sql): Promise<readonly BadEntry[]> {
  const rows = await sql<{ record_id: string; number: number; seq: number; before: number; left: number; there: boolean }[]>`
    select distinct on (h.record_id) h.record_id, h.number, h.seq, j.hash is not null as there,
      coalesce((select max(b.seq) from bellman.checkpoint_head b where b.record_id = h.record_id and b.number < h.number), 0) as before,
      coalesce((select max(l.seq) from bellman.journal l where l.record_id = h.record_id), 0) as left
    from bellman.checkpoint_head h left join bellman.journal j on j.record_id = h.record_id and j.seq = h.seq
    where j.hash is distinct from h.hash order by h.record_id, h.number`;
  return rows.map(({ record_id: record, number, seq, before, left, there }) => {
    if (!there) return { record, seq: left + 1, why: `it was there at checkpoint ${number} and was taken away` };
    // Each hash covers all before it, so that only a span can be named: from what the checkpoint before saw.
    const which = before + 1 === seq ? '' : `, or one of those up to ${seq},`;
    return { record, seq: before + 1, why: `it${which} was rewritten after checkpoint ${number}` };
  });
}

/** Signatures, links, and roots made anew from the heads that are kept beside. Stops at the first checkpoint whose root is not right. */
async function badRoots(
  sql: Sql,
  checkpoints: readonly Checkpoint[],
  trusted: readonly PublicKey[],
): Promise<readonly BadCheckpoint[]> {
  const bad: BadCheckpoint[] = [];
  const heads = new Map<RecordId, Head>();
  const rows = inPortions<{ number: number; record_id: string; seq: number; hash: string }>(
    sql,
    'heads',
    'select number, record_id, seq, hash from bellman.checkpoint_head order by number',
  );
  let next = await rows.next();
  let before: Checkpoint | undefined;
  for (const checkpoint of checkpoints) {
    const moved: RecordId[] = [];
    while (!next.done && next.value.number <= checkpoint.number) {
      const { record_id, seq, hash } = next.value;
      heads.set(record_id, { seq, hash });
      moved.push(record_id);
      next = await rows.next();
    }
    const why = untrusted(checkpoint, trusted) ?? unlinked(checkpoint, before);
    if (why) bad.push({ checkpoint: checkpoint.number, why });
    if (merkleRoot(heads) !== checkpoint.root) {
      bad.push({ checkpoint: checkpoint.number, why: wrongRoot(moved, before) });
      break;
    }
    before = checkpoint;
  }
  return bad;
}

const NAMED = 5;

function wrongRoot(moved: readonly RecordId[], before: Checkpoint | undefined): string {
  const named = moved.length === 0 ? 'a record' : moved.slice(0, NAMED).join(', ');
  const more = moved.length > NAMED ? ` or ${moved.length - NAMED} more` : '';
  const since = before ? `after checkpoint ${before.number}` : 'before it';
  return `its list of heads does not give the root that was signed: look at what was written ${since} in ${named}${more}`;
}

function untrusted(checkpoint: Checkpoint, trusted: readonly PublicKey[]): string | undefined {
  if (!isSigned(signedText(checkpoint), checkpoint.signature, checkpoint.key)) return 'its signature does not fit its text';
  if (trusted.includes(checkpoint.key)) return undefined;
  return `it is signed with the key ${fingerprint(checkpoint.key)}, which is not known here; if it is an older one of yours, add --key ${checkpoint.key}`;
}

function unlinked(checkpoint: Checkpoint, before: Checkpoint | undefined): string | undefined {
  if (checkpoint.number !== (before?.number ?? 0) + 1) return 'the one before it is missing';
  if (checkpoint.previous !== (before?.root ?? NO_ROOT)) return 'it does not follow from the one before';
  return undefined;
}

/** What was kept outside must be in the database, word for word. */
function unlikeKept(
  from: string,
  kept: readonly Checkpoint[],
  stored: Stored,
  trusted: readonly PublicKey[],
): readonly BadCheckpoint[] {
  const byNumber = new Map(stored.good.map((checkpoint) => [checkpoint.number, checkpoint]));
  const newest = Math.max(0, ...byNumber.keys());
  return kept.flatMap((checkpoint): BadCheckpoint[] => {
    const { number } = checkpoint;
    const found = byNumber.get(number);
    const told = (why: string) => [{ checkpoint: number, why: `${from}: ${why}` }];
    const foreign = untrusted(checkpoint, trusted);
    if (foreign) return told(foreign);
    if (found && signedText(found) === signedText(checkpoint)) return [];
    if (found)
      return told('the database has another one of this number: the journal was rewritten, or an older state was restored');
    if (number > newest)
      return told(`the database ends with checkpoint ${newest}: its end was cut off, or an older state was restored`);
    return told('the database does not have it');
  });
}
