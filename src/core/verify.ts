/** Checking the journal's chains: the first bad entry of each record is named (S5). */
import type { Database, Transaction } from '../db/database.ts';
import { entryHash, type Head, wordsHash } from './journal.ts';
import type { RecordId } from './record.ts';

export interface BadEntry {
  readonly record: RecordId;
  /** The first entry that is not as it was written; one past the last when the tail was cut. */
  readonly seq: number;
  readonly why: string;
}

export interface Chains {
  /** In the order of the records' ids. */
  readonly bad: readonly BadEntry[];
  readonly entries: number;
  readonly records: number;
}

interface JournalRow {
  readonly record_id: string;
  readonly seq: number;
  readonly actor: string;
  readonly type: string;
  readonly at: Date;
  readonly body: string;
  readonly hash: string;
  readonly salt: string | null;
  readonly words: object | null;
}

const ROWS_AT_ONCE = 2000;

/** Every record whose chain is not whole, with its first bad entry. An empty answer: all is as it was written. */
export const verifyChains = async (db: Database): Promise<readonly BadEntry[]> =>
  (await inSnapshot(db, (sql) => chainsIn(sql))).bad;

/** Reads in one snapshot, so that what happens meanwhile cannot look like a fault. */
export const inSnapshot = <T>(db: Database, read: (sql: Transaction['sql']) => Promise<T>): Promise<T> =>
  db.transaction(async ({ sql }) => {
    await sql`set transaction isolation level repeatable read, read only`;
    return read(sql);
  });

/** Reads rows in portions, whatever their number. The query must be complete in itself: it takes no parameters. */
export async function* inPortions<Row extends object>(sql: Transaction['sql'], name: string, query: string): AsyncGenerator<Row> {
  await sql.unsafe(`declare ${name} no scroll cursor for ${query}`);
  for (;;) {
    const rows = await sql.unsafe<Row[]>(`fetch ${ROWS_AT_ONCE} from ${name}`);
    yield* rows;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await sql.unsafe(`close ${name}`);
}

/** All chains, within one snapshot. */
export async function chainsIn(sql: Transaction['sql']): Promise<Chains> {
  const bad = new Map<RecordId, BadEntry>();
  const heads = new Map<RecordId, Head>();
  let entries = 0;
  const rows = inPortions<JournalRow>(
    sql,
    'chains',
    `select j.record_id, j.seq, j.actor, j.type, j.at, j.body, j.hash, w.salt, w.words from bellman.journal j
     left join bellman.journal_words w on w.record_id = j.record_id and w.seq = j.seq order by j.record_id, j.seq`,
  );
  for await (const row of rows) {
    entries += 1;
    const before = heads.get(row.record_id) ?? { seq: 0, hash: '' };
    heads.set(row.record_id, { seq: row.seq, hash: row.hash });
    if (bad.has(row.record_id)) continue;
    const why = wrongIn(row, before);
    if (why) bad.set(row.record_id, { record: row.record_id, seq: before.seq + 1, why });
  }
  const records = await sql<{ id: string; seq: number; hash: string }[]>`select id, seq, hash from bellman.record`;
  for (const { id, seq, hash } of records) {
    const head = heads.get(id) ?? { seq: 0, hash: '' };
    heads.delete(id);
    if (!bad.has(id) && (head.seq !== seq || head.hash !== hash)) bad.set(id, { record: id, ...unlike(head, seq) });
  }
  for (const id of heads.keys()) if (!bad.has(id)) bad.set(id, { record: id, seq: 1, why: 'the record itself is missing' });
  return { bad: [...bad.values()].sort((a, b) => (a.record < b.record ? -1 : 1)), entries, records: records.length };
}

/** How the journal's last entry and the record's own note of it differ. */
function unlike(head: Head, seq: number): Pick<BadEntry, 'seq' | 'why'> {
  if (head.seq < seq) return { seq: head.seq + 1, why: 'the last entries are missing' };
  if (head.seq > seq) return { seq: seq + 1, why: 'an entry was added of which the record does not know' };
  return { seq, why: 'it is not the entry that the record knows as its last' };
}

function wrongIn(row: JournalRow, before: Head): string | undefined {
  if (row.seq !== before.seq + 1) return 'an entry is missing';
  if (entryHash(before.hash, row.seq, row.body) !== row.hash) return 'its text is not what was written';
  const body = read(row.body);
  if (!body) return 'its text was never written by Bellman';
  if (body.by !== row.actor || body.what !== row.type || Date.parse(body.at) !== row.at.getTime())
    return 'its columns are not what was written';
  // Erased words leave their hash behind; words that are there must be those that were written.
  if (row.words !== null && row.salt !== null && wordsHash(row.salt, row.words) !== body.words)
    return 'its words are not what was written';
  return undefined;
}

interface Body {
  readonly at: string;
  readonly by: string;
  readonly what: string;
  readonly words?: string;
}

function read(body: string): Body | undefined {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null ? (read as Body) : undefined;
  } catch {
    return undefined;
  }
}
