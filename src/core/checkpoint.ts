/**
 * Checkpoints: once an hour all chain heads are summed up in one Merkle root, signed, and told outside the database, so that a cut
 * tail or a rewrite by the database's owner is found (S5).
 */
import { appendAudit, auditTail } from '../db/audit-file.ts';
import type { Database } from '../db/database.ts';
import { sqlState } from '../db/database.ts';
import { type AuditKey, fingerprint, type PublicKey } from './audit-key.ts';
import { DAY, HOUR, type Instant, SECOND, type Span } from './instant.ts';
import { contentHash, type Head } from './journal.ts';
import { merkleRoot } from './merkle.ts';
import { ORG, type RecordId } from './record.ts';
import { deliveryId } from './save.ts';

export interface Checkpoint {
  /** From 1, without gaps. */
  readonly number: number;
  readonly at: Instant;
  /** How many journal entries the heads stand for. */
  readonly entries: number;
  readonly records: number;
  readonly root: string;
  /** The root of the checkpoint before; 64 zeros for the first. */
  readonly previous: string;
  readonly key: PublicKey;
  readonly signature: string;
}

export const NO_ROOT = '0'.repeat(64);

/** What is signed. */
export const signedText = ({ number, at, entries, records, root, previous, key }: Omit<Checkpoint, 'signature'>): string =>
  [
    `Bellman checkpoint ${number}`,
    `at ${new Date(at).toISOString()}`,
    `${entries} entries in ${records} records`,
    `root ${root}`,
    `previous ${previous}`,
    `key ${fingerprint(key)} ${key}`,
  ].join('\n');

/** A checkpoint as it is stored, written to the audit file and posted. */
export const checkpointText = (checkpoint: Checkpoint): string => `${signedText(checkpoint)}\nsignature ${checkpoint.signature}`;

const TEXT =
  /Bellman checkpoint (\d{1,9})\s+at (\S+)\s+(\d{1,15}) entries in (\d{1,15}) records\s+root ([0-9a-f]{64})\s+previous ([0-9a-f]{64})\s+key ([0-9a-f]{16}) ([A-Za-z0-9+/]{43}=)\s+signature ([A-Za-z0-9+/]{86}==)/gu;

/** Every checkpoint in a text, also with what a chat's copy puts around it: code fences, quote signs, other line ends. */
export function checkpointsIn(text: string): readonly Checkpoint[] {
  return [...text.replaceAll(/[`*>|\u200b]/gu, ' ').matchAll(TEXT)].map(
    ([, number, at = '', entries, records, root = '', previous = '', , key = '', signature = '']) => ({
      number: Number(number),
      at: Date.parse(at),
      entries: Number(entries),
      records: Number(records),
      root,
      previous,
      key,
      signature,
    }),
  );
}

export interface CheckpointParts {
  readonly db: Database;
  readonly key: AuditKey;
  /** Where it is written besides the database. */
  readonly auditFile?: string;
  /** What is posted, and where: stored as deliveries in the checkpoint's own transaction, so that no post is lost. */
  readonly announce?: (text: string, checkpoint: Checkpoint) => readonly { readonly place: string; readonly content: object }[];
  /** Not sooner after the last one than this; an hour unless said otherwise. */
  readonly every?: Span;
}

/** The advisory lock of whoever makes a checkpoint. */
const CHECKPOINT_LOCK = 4_170_003;
/** Timers that ring a little early must not skip a whole hour. */
const EARLY: Span = 10 * SECOND;
const TAKEN = '23505';

/**
 * Makes a checkpoint if one is due; may be called often and by any number of processes. Undefined: none was due, nothing has
 * changed within a day, another process makes it, or another key than ours signed the last one and is still at work.
 * All heads are read in one snapshot, so that changes in flight are wholly in it or wholly in the next.
 * The audit file gets this one and any that a crash kept from it; throws when it cannot be written, the checkpoint then stands.
 */
export async function makeCheckpoint(parts: CheckpointParts): Promise<Checkpoint | undefined> {
  let made: Checkpoint | undefined;
  try {
    made = await store(parts);
  } catch (error) {
    if (sqlState(error) === TAKEN) return undefined;
    throw error;
  }
  if (made && parts.auditFile !== undefined) await writeOut(parts.db, parts.auditFile, made);
  return made;
}

interface Last {
  readonly number: number;
  readonly at: Date;
  readonly root: string;
  readonly body: string;
}

function store({ db, key, announce, every = HOUR }: CheckpointParts): Promise<Checkpoint | undefined> {
  return db.transaction(async ({ sql }) => {
    await sql`set transaction isolation level repeatable read`;
    const [mine] = await sql<{ mine: boolean; now: number }[]>`
      select pg_try_advisory_xact_lock(${CHECKPOINT_LOCK}) as mine, extract(epoch from bellman.now())::float8 * 1000 as now`;
    if (!mine?.mine) return undefined;
    const now = Math.floor(mine.now);
    const [last] = await sql<Last[]>`select number, at, root, body from bellman.checkpoint order by number desc limit 1`;
    const age = last ? now - last.at.getTime() : Number.POSITIVE_INFINITY;
    if (age < every - EARLY) return undefined;
    const lastKey = last && checkpointsIn(last.body)[0]?.key;
    // Machines that do not share a key file would take turns; one goes on for as long as it lives.
    if (lastKey !== undefined && lastKey !== key.publicKey && age < 2 * every) return undefined;

    const rows = await sql<{ id: RecordId; seq: number; hash: string; covered: boolean }[]>`
      select r.id, r.seq, r.hash, coalesce(h.seq = r.seq and h.hash = r.hash, false) as covered from bellman.record r
      left join lateral (select seq, hash from bellman.checkpoint_head where record_id = r.id order by number desc limit 1) h on true`;
    const moved = rows.filter(({ covered }) => !covered);
    if (last && moved.length === 0 && age < DAY - EARLY) return undefined;

    const heads = new Map<RecordId, Head>(rows.map(({ id, seq, hash }) => [id, { seq, hash }]));
    const unsigned = {
      number: (last?.number ?? 0) + 1,
      at: now,
      entries: rows.reduce((sum, { seq }) => sum + seq, 0),
      records: rows.length,
      root: merkleRoot(heads),
      previous: last?.root ?? NO_ROOT,
      key: key.publicKey,
    };
    const checkpoint: Checkpoint = { ...unsigned, signature: key.sign(signedText(unsigned)) };
    const { number, entries, root, previous, signature } = checkpoint;
    const at = new Date(now).toISOString();
    const text = checkpointText(checkpoint);
    await sql`insert into bellman.checkpoint (number, at, entries, root, previous_root, signature, body)
      values (${number}, ${at}, ${entries}, ${root}, ${previous}, ${signature}, ${text})`;
    await sql`insert into bellman.checkpoint_head (number, record_id, seq, hash)
      select ${number}::int, id, seq, hash
      from jsonb_to_recordset(${JSON.stringify(moved)}::text::jsonb) d(id text, seq int, hash text)`;
    for (const { place, content } of announce?.(text, checkpoint) ?? []) {
      await sql`insert into bellman.delivery (id, record_id, place, platform, content, content_hash, not_before, created_at)
        values (${deliveryId()}, ${ORG}, ${place}, ${place.slice(0, place.indexOf('/'))},
          ${JSON.stringify(content)}::text::jsonb, ${contentHash(content)}, ${at}, ${at})`;
    }
    return checkpoint;
  });
}

/** Appends `made`, and those before it that the file lacks. A file that has none starts with `made`. */
async function writeOut(db: Database, file: string, made: Checkpoint): Promise<void> {
  const written = checkpointsIn(auditTail(file)).at(-1)?.number ?? made.number - 1;
  const missed = await db.sql<{ body: string }[]>`
    select body from bellman.checkpoint where number > ${written} and number < ${made.number} order by number`;
  for (const text of [...missed.map(({ body }) => body), checkpointText(made)]) appendAudit(file, `\n${text}\n`);
}
