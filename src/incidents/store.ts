/** Lists of incidents and problems, from the table of records. */
import { LISTED } from '../chat/list-card.ts';
import type { PersonId, RecordKind } from '../core/record.ts';
import { type Listed, readable } from '../core/records.ts';
import type { Database } from '../db/database.ts';

/**
 * The newest records of a kind of which somebody may know, one more than a list shows; problems with how often they were met.
 * Each status that there is gives its newest: looking for a rare one among all would read a million rows.
 */
export const recordList = (
  { sql }: Database,
  kind: RecordKind,
  which: 'open' | 'major' | 'resolved' | 'closed' | 'all',
  reader: PersonId,
): Promise<readonly Listed[]> => sql<Listed[]>`
    with recursive statuses as (
      (select r.status from bellman.record r where r.kind = ${kind} order by r.status limit 1)
      union all
      select (select r.status from bellman.record r where r.kind = ${kind} and r.status > s.status order by r.status limit 1)
      from statuses s where s.status is not null),
    newest as (
      select n.* from statuses s, lateral (
        select r.id, r.title, r.status, r.owner, r.kind, r.number from bellman.record r
        where r.kind = ${kind} and r.status = s.status and ${readable({ sql }, reader)} order by r.number desc limit ${LISTED + 1}) n
      where ${which} = 'all' or s.status = ${which} or (${which} = 'open' and s.status not in ('resolved', 'closed'))
      order by n.number desc limit ${LISTED + 1})
    select n.id, n.title, n.status, n.owner,
      case when n.kind = 'PRB' then
        (select count(*) from bellman.record_link l where l.from_id = n.id and l.to_id like 'INC-%')::int
        + coalesce((select (p.state ->> 'again')::int from bellman.part p where p.record_id = n.id and p.name = 'problem'), 0)
      end as incidents
    from newest n order by n.number desc`;
