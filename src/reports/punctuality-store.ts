/** How punctual updates were, for each audience, over a time: from the table of updates by its index on due times. */
import type { Instant } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import { readable } from '../core/records.ts';
import type { Database } from '../db/database.ts';

export interface Punctuality {
  readonly audience: string;
  /** How many were due. */
  readonly due: number;
  readonly onTime: number;
  readonly late: number;
  readonly skipped: number;
  /** Those still not released. */
  readonly open: number;
  /** Of those that left late: how late the middle one was, in milliseconds; null when none was late. */
  readonly delay: number | null;
}

/**
 * The updates that fell due from `from` up to, not including, `to`, each audience by itself. Exercises do not count, nor do statements
 * that only held a place, updates that gave way to another one, nor records that the reader may not know of.
 */
export const punctualityOf = (
  { sql }: Database,
  from: Instant,
  to: Instant,
  reader: PersonId,
): Promise<readonly Punctuality[]> => sql<Punctuality[]>`
    select u.audience, count(*)::int as due,
      count(*) filter (where u.released_at is not null and not u.late)::int as "onTime",
      count(*) filter (where u.released_at is not null and u.late)::int as late,
      count(*) filter (where u.outcome = 'skipped')::int as skipped,
      count(*) filter (where u.released_at is null and u.outcome <> 'skipped')::int as open,
      percentile_cont(0.5) within group (order by extract(epoch from u.released_at - u.due_at)) filter (where u.late) * 1000 as delay
    from bellman.comms_update u join bellman.record r on r.id = u.record_id
    where u.due_at >= ${new Date(from).toISOString()}::timestamptz and u.due_at < ${new Date(to).toISOString()}::timestamptz
      and u.outcome <> 'replaced' and u.phase <> 'holding' and not u.exercise and ${readable({ sql }, reader)}
    group by u.audience order by u.audience`;
