/** Reading the journal over all records, for the auditor. */
import type { Instant } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import { readable } from '../core/records.ts';
import type { Database } from '../db/database.ts';

/**
 * An entry as it is exported: enough to check it without us. `hash` is the SHA-256 of `previous`, `seq` and `body`, with line ends
 * between; the words' hash in `body` is that of `salt`, a line end and the words as JSON with sorted keys.
 */
export interface ExportedEntry {
  readonly record: string;
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  /** What the actor is called now; null when nobody is known by that id. */
  readonly name: string | null;
  readonly type: string;
  readonly previous: string;
  readonly hash: string;
  readonly body: string;
  readonly salt: string | null;
  /** Null: there were none, they were erased, or the record is private and none of the reader's. */
  readonly words: object | null;
}

const ROWS_AT_ONCE = 1000;

/**
 * Every entry from `from` up to, not including, `to`, oldest first; in portions, whatever their number. The words of a private record
 * only its own people get; without them the chain can still be checked.
 */
export async function* entriesBetween(
  { sql }: Database,
  from: Instant,
  to: Instant,
  reader: PersonId,
): AsyncGenerator<ExportedEntry> {
  let after = { at: new Date(from).toISOString(), record: '', seq: 0 };
  for (;;) {
    const rows = await sql<(ExportedEntry & { exact: string })[]>`
      select j.record_id as record, j.seq, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, j.at::text as exact,
        j.actor, coalesce(p.name, case j.actor when 'bellman' then 'Bellman' end) as name, j.type,
        coalesce((select b.hash from bellman.journal b where b.record_id = j.record_id and b.seq = j.seq - 1), '') as previous,
        j.hash, j.body, case when k.may then w.salt end as salt, case when k.may then w.words end as words
      from bellman.journal j
      left join lateral (select ${readable({ sql }, reader)} as may from bellman.record r where r.id = j.record_id) k on true
      left join bellman.journal_words w on w.record_id = j.record_id and w.seq = j.seq
      left join bellman.person p on p.id = j.actor
      where j.at >= ${after.at}::timestamptz and (j.at, j.record_id, j.seq) > (${after.at}::timestamptz, ${after.record}, ${after.seq}::int)
        and j.at < ${new Date(to).toISOString()}::timestamptz
      order by j.at, j.record_id, j.seq limit ${ROWS_AT_ONCE}`;
    for (const { exact, ...entry } of rows) {
      yield entry;
      after = { at: exact, record: entry.record, seq: entry.seq };
    }
    if (rows.length < ROWS_AT_ONCE) return;
  }
}
