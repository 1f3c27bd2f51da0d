/** Lists of incidents and problems, from the table of records. */
import type { PersonId, RecordId, RecordKind } from '../core/record.ts';
import type { Database } from '../db/database.ts';

/** One record in a list. */
export interface Listed {
  readonly id: RecordId;
  readonly title: string;
  readonly status: string;
  readonly owner: PersonId | null;
}

export const SHOWN = 20;

/** The newest records of a kind, one more than are shown so that a list knows whether there are more. */
export async function recordList(
  db: Database,
  kind: RecordKind,
  which: 'open' | 'major' | 'resolved' | 'all',
): Promise<readonly Listed[]> {
  return db.sql<Listed[]>`
    select id, title, status, owner from bellman.record
    where kind = ${kind} and (${which} = 'all' or status = ${which} or (${which} = 'open' and status <> 'resolved'))
    order by number desc limit ${SHOWN + 1}`;
}

/** The titles of some records; a record that does not exist is missing from it. */
export async function titlesOf(db: Database, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.sql<{ id: string; title: string }[]>`select id, title from bellman.record where id = any(${[...ids]})`;
  return new Map(rows.map(({ id, title }) => [id, title]));
}
