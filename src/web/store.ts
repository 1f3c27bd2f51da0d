/** The figures that an operator watches, read from what is open. */
import type { Database } from '../db/database.ts';

/** Resolves when the database answers; rejects when it cannot be reached. */
export async function answers({ sql }: Database): Promise<void> {
  await sql`select 1`;
}

/** Seconds are those of the oldest; 0 when there is none. */
interface Figures {
  readonly due: number;
  readonly overdue_update_seconds: number;
  readonly unsent_seconds: number;
  readonly parked: number;
  readonly waiting: number;
}

/** What is late, in the database's own time. */
export async function figures(db: Database): Promise<Figures> {
  const [row] = await db.sql<[Figures]>`
    select
      (select count(*)::int from bellman.timer where parked_at is null and due_at < bellman.now() - interval '10 seconds'
        and (lease_until is null or lease_until <= clock_timestamp())) as due,
      coalesce((select extract(epoch from bellman.now() - min(due_at))::float8 from bellman.timer
        where parked_at is null and due_at < bellman.now() and part = 'plan'), 0) as overdue_update_seconds,
      coalesce((select extract(epoch from bellman.now() - min(not_before))::float8 from bellman.delivery
        where state in ('waiting', 'sending', 'unknown') and not_before < bellman.now()), 0) as unsent_seconds,
      (select count(*)::int from bellman.timer where parked_at is not null) as parked,
      (select count(*)::int from bellman.delivery where state in ('waiting', 'sending', 'unknown')) as waiting`;
  return row;
}
