/** Reading the journal of one record, for people. */
import type { Database } from '../db/database.ts';
import type { Instant } from './instant.ts';
import type { PersonId, RecordId } from './record.ts';
import { readable } from './records.ts';

export interface HistoryEntry {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: PersonId;
  /** `part.event`, for example `ballot.voted`. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Absent when the event had none, or when they were erased. */
  readonly words?: Readonly<Record<string, unknown>>;
}

/** Everything that happened to a record, oldest first; nothing for somebody who may not know of it. */
export async function history(db: Database, record: RecordId, reader: PersonId): Promise<readonly HistoryEntry[]> {
  const rows = await db.sql<
    { seq: number; at: Date; actor: string; type: string; body: string; words: Record<string, unknown> | null }[]
  >`
    select j.seq, j.at, j.actor, j.type, j.body, w.words from bellman.journal j
    left join bellman.journal_words w on w.record_id = j.record_id and w.seq = j.seq
    join bellman.record r on r.id = j.record_id and ${readable(db, reader)}
    where j.record_id = ${record} order by j.seq`;
  return rows.map(({ seq, at, actor, type, body, words }) => ({
    seq,
    at: at.getTime(),
    actor,
    type,
    data: (JSON.parse(body) as { data?: Record<string, unknown> }).data ?? {},
    ...(words ? { words } : {}),
  }));
}

/** Everybody who ever did something with a record, at most so many; nobody for somebody who may not know of it. */
export async function actorsIn(db: Database, record: RecordId, reader: PersonId, most: number): Promise<readonly PersonId[]> {
  const rows = await db.sql<{ actor: PersonId }[]>`
    select distinct j.actor from bellman.journal j
    join bellman.record r on r.id = j.record_id and ${readable(db, reader)}
    where j.record_id = ${record} limit ${most}`;
  return rows.map(({ actor }) => actor);
}
