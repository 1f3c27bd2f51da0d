/** The ledger of a record's updates: when each was due, released and delivered, and where it could not be. Read without locks. */
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { readable } from '../core/records.ts';
import type { Database } from '../db/database.ts';

/** One update, with what became of its deliveries. */
export interface LedgerRow {
  /** `PRB-1.3`. */
  readonly id: string;
  /** 7 of `UPD-7`. */
  readonly number: number | null;
  readonly audience: string;
  readonly phase: string;
  readonly outcome: string;
  readonly due: Instant;
  readonly released: Instant | null;
  readonly by: readonly PersonId[] | null;
  readonly late: boolean;
  readonly exercise: boolean;
  /** When it arrived first and last. */
  readonly delivered: Instant | null;
  readonly deliveredLast: Instant | null;
  /** How many places it was to reach, and how many of them it did, could not, or perhaps did. */
  readonly places: number;
  readonly sent: number;
  readonly failed: number;
  readonly unsure: number;
  /** How many persons said that they have seen it. */
  readonly seen: number;
}

/**
 * Every update of a record, in the order in which they began; none when the reader may not know of the record. A place that gets an
 * update in several parts is one place, and has it when it has all of them.
 */
export const ledgerOf = ({ sql }: Database, record: RecordId, reader: PersonId): Promise<readonly LedgerRow[]> =>
  sql<LedgerRow[]>`
    select u.id, u.number, u.audience, u.phase, u.outcome, extract(epoch from u.due_at)::float8 * 1000 as due,
      extract(epoch from u.released_at)::float8 * 1000 as released, u.by, u.late, u.exercise,
      extract(epoch from d.first)::float8 * 1000 as delivered, extract(epoch from d.last)::float8 * 1000 as "deliveredLast",
      coalesce(d.places, 0) as places, coalesce(d.sent, 0) as sent, coalesce(d.failed, 0) as failed, coalesce(d.unsure, 0) as unsure,
      (select count(distinct coalesce(i.person_id, s.person_id))::int from bellman.comms_seen s
        left join bellman.identity i on i.platform = s.platform and i.user_id = s.user_id where s.update_id = u.id) as seen
    from bellman.comms_update u join bellman.record r on r.id = u.record_id
    left join lateral (
      select min(p.first) as first, max(p.last) as last, count(*)::int as places, count(*) filter (where p.sent)::int as sent,
        count(*) filter (where p.failed)::int as failed, count(*) filter (where p.unsure and not p.failed)::int as unsure
      from (
        select min(sent_at) as first, max(sent_at) as last, bool_and(state = 'sent') as sent,
          bool_or(state in ('failed', 'cancelled')) as failed, bool_or(state in ('unsure', 'left')) as unsure
        from bellman.delivery where update_id = u.id group by place) p) d on true
    where u.record_id = ${record} and ${readable({ sql }, reader)}
    order by u.opened_at, length(u.id), u.id`;
