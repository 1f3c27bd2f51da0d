/** What somebody is waited for, over all plans, from the table of updates: by index, however many plans there are. */
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { readable } from '../core/records.ts';
import type { Database } from '../db/database.ts';

/** An update that waits for somebody. */
export interface Waiting {
  readonly update: string;
  readonly record: RecordId;
  /** What the record is called. */
  readonly title: string;
  readonly audience: string;
  readonly outcome: 'upcoming' | 'drafting' | 'awaiting release';
  readonly due: Instant;
}

/** Whoever is waited for may nearly always know of the record: of so many times more than are shown the first ones are looked at. */
const LOOKED_AT = 20;

/**
 * The updates that wait for this person, what is due first coming first: texts that were asked for, drafts to release, and whatever
 * is overdue. `as`: the persons and roles as which they are waited for. Their rows are found first and alone, by the index of whom is
 * waited for: most people have few, whatever waits for others.
 */
export const waitingForThem = (
  { sql }: Database,
  { person, as }: { readonly person: PersonId; readonly as: readonly string[] },
  most: number,
): Promise<readonly Waiting[]> =>
  sql<Waiting[]>`
    with theirs as materialized (
      select id, record_id, audience, outcome, due_at from bellman.comms_update
      where outcome in ('upcoming', 'drafting', 'awaiting release', 'leaving') and waits_for ?| ${[...as]}::text[]),
    first as (
      select * from theirs where outcome in ('drafting', 'awaiting release') or (outcome = 'upcoming' and due_at <= (select bellman.now()))
      order by due_at, id limit ${most * LOOKED_AT})
    select u.id as "update", u.record_id as record, r.title, u.audience, u.outcome, extract(epoch from u.due_at)::float8 * 1000 as due
    from first u
    join bellman.record r on r.id = u.record_id
    where ${readable({ sql }, person)}
    order by u.due_at, u.id limit ${most}`;
