/** What the operator commands read, without a lock: for showing it. */
import type { Place } from '../chat/port.ts';
import type { RecordId } from '../core/record.ts';
import type { Database } from '../db/database.ts';

/** Whether a Bellman has ever been started on this database. */
export async function isOurs({ sql }: Database): Promise<boolean> {
  const [found] = await sql<{ there: boolean }[]>`select to_regclass('bellman.journal') is not null as there`;
  return found?.there ?? false;
}

/** The open deliveries of one place, by state. */
interface Waiting {
  readonly place: Place;
  readonly waiting: number;
  readonly sending: number;
  readonly unknown: number;
  readonly oldest: Date;
}

/** Where deliveries are open, the most urgent places first. */
export const waitingByPlace = ({ sql }: Database): Promise<readonly Waiting[]> => sql<Waiting[]>`
    select place, min(created_at) as oldest, count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'sending')::int as sending, count(*) filter (where state = 'unknown')::int as unknown
    from bellman.delivery where state in ('waiting', 'sending', 'unknown') group by place order by min(urgency), place`;

interface Due {
  readonly record: RecordId;
  readonly key: string;
  readonly due: Date;
}

/** The timers that are due and not parked, the longest due first. */
export const dueTimers = ({ sql }: Database): Promise<readonly Due[]> => sql<Due[]>`
    select record_id as record, key, due_at as due from bellman.timer where due_at <= bellman.now() and parked_at is null order by due_at`;
