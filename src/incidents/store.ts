/** Lists of incidents and problems, from the table of records. */
import { LISTED } from '../chat/list-card.ts';
import type { PersonId, RecordKind } from '../core/record.ts';
import { type Listed, readable } from '../core/records.ts';
import type { Database } from '../db/database.ts';

/** The newest records of a kind of which somebody may know, one more than a list shows. */
export const recordList = (
  { sql }: Database,
  kind: RecordKind,
  which: 'open' | 'major' | 'resolved' | 'closed' | 'all',
  reader: PersonId,
): Promise<readonly Listed[]> => sql<Listed[]>`
    select r.id, r.title, r.status, r.owner from bellman.record r
    where r.kind = ${kind} and (${which} = 'all' or r.status = ${which} or (${which} = 'open' and r.status not in ('resolved', 'closed')))
      and ${readable({ sql }, reader)}
    order by r.number desc limit ${LISTED + 1}`;
