/** Lists of reviews, and those whose timeline is to be sent. */
import { LISTED } from '../chat/list-card.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { type Listed, readable } from '../core/records.ts';
import type { Database } from '../db/database.ts';
import { type Review, review } from './review.ts';

/** The newest reviews of which somebody may know, one more than a list shows. */
export const reviewList = (
  { sql }: Database,
  which: 'open' | 'closed' | 'all',
  reader: PersonId,
): Promise<readonly Listed[]> => sql<Listed[]>`
    select r.id, r.title, r.status, r.owner from bellman.record r
    where r.kind = 'REV' and (${which} = 'all' or (r.status = 'closed') = (${which} = 'closed')) and ${readable({ sql }, reader)}
    order by r.number desc limit ${LISTED + 1}`;

/** Reviews whose timeline was not sent, and what Bellman's clock says; read without a lock. */
export async function unprepared({
  sql,
}: Database): Promise<readonly { readonly id: RecordId; readonly state: Review; readonly now: Instant }[]> {
  const rows = await sql<{ id: RecordId; state: Review; now: Date }[]>`
    select r.id, p.state, bellman.now() as now from bellman.record r
    join bellman.part p on p.record_id = r.id and p.name = ${review.name}
    where r.kind = 'REV' and r.status = 'planned' order by r.number limit 100`;
  return rows.map(({ now, ...row }) => ({ ...row, now: now.getTime() }));
}
