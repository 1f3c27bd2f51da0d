/** Checking the journal's chains: the first bad entry of each record is named (S5). */
import type { Database } from '../db/database.ts';
import { entryHash, wordsHash } from './journal.ts';
import type { RecordId } from './record.ts';

export interface BadEntry {
  readonly record: RecordId;
  /** The first entry that is not as it was written; one past the last when the tail was cut. */
  readonly seq: number;
  readonly why: string;
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
export async function verifyChains(db: Database): Promise<readonly BadEntry[]> {
  const bad = new Map<RecordId, BadEntry>();
  const heads = new Map<RecordId, { seq: number; hash: string }>();
  const cursor = db.sql<JournalRow[]>`
    select j.record_id, j.seq, j.actor, j.type, j.at, j.body, j.hash, w.salt, w.words from bellman.journal j
    left join bellman.journal_words w on w.record_id = j.record_id and w.seq = j.seq
    order by j.record_id, j.seq`.cursor(ROWS_AT_ONCE);
  for await (const rows of cursor) {
    for (const row of rows) {
      if (bad.has(row.record_id)) continue;
      const head = heads.get(row.record_id) ?? { seq: 0, hash: '' };
      const why = wrongIn(row, head);
      if (why) bad.set(row.record_id, { record: row.record_id, seq: head.seq + 1, why });
      heads.set(row.record_id, { seq: row.seq, hash: row.hash });
    }
  }
  const records = await db.sql<{ id: string; seq: number; hash: string }[]>`select id, seq, hash from bellman.record`;
  for (const { id, seq, hash } of records) {
    const head = heads.get(id) ?? { seq: 0, hash: '' };
    if (!bad.has(id) && (head.seq !== seq || head.hash !== hash))
      bad.set(id, { record: id, seq: head.seq + 1, why: 'the last entries are missing' });
  }
  return [...bad.values()];
}

function wrongIn(row: JournalRow, before: { readonly seq: number; readonly hash: string }): string | undefined {
  if (row.seq !== before.seq + 1) return 'an entry is missing';
  if (entryHash(before.hash, row.seq, row.body) !== row.hash) return 'its text is not what was written';
  const body = JSON.parse(row.body) as { at: string; by: string; what: string; words?: string };
  if (body.by !== row.actor || body.what !== row.type || Date.parse(body.at) !== row.at.getTime())
    return 'its columns are not what was written';
  // Erased words leave their hash behind; words that are there must be those that were written.
  if (row.words !== null && row.salt !== null && wordsHash(row.salt, row.words) !== body.words)
    return 'its words are not what was written';
  return undefined;
}
