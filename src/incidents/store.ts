/** Lists of incidents and problems, from the table of records. */
import { LISTED } from '../chat/list-card.ts';
import type { RecordKind } from '../core/record.ts';
import type { Listed } from '../core/records.ts';
import type { Database } from '../db/database.ts';

/** The newest records of a kind, one more than a list shows. */
export const recordList = (
  { sql }: Database,
  kind: RecordKind,
  which: 'open' | 'major' | 'resolved' | 'all',
): Promise<readonly Listed[]> => sql<Listed[]>`
    select id, title, status, owner from bellman.record
    where kind = ${kind} and (${which} = 'all' or status = ${which} or (${which} = 'open' and status <> 'resolved'))
    order by number desc limit ${LISTED + 1}`;
