/** Records as lists name them, read without locks: for showing, never for deciding. */
import type { Database } from '../db/database.ts';
import { isPrivate } from './reading.ts';
import type { DataClass, PersonId, RecordId } from './record.ts';
import { type Refusal, refuse } from './refusal.ts';

/** One record in a list. */
export interface Listed {
  readonly id: RecordId;
  readonly title: string;
  readonly status: string;
  readonly owner: PersonId | null;
  /** Of a problem: how many incidents of it there were, and how often it was met without one. */
  readonly incidents?: number | null;
}

/** The SQL that holds for those rows `r` of the table of records of which somebody may know (S3): what every list and search asks. */
export const readable = ({ sql }: Pick<Database, 'sql'>, reader: PersonId) =>
  sql`(r.class in ('public', 'sensitive') or r.people ?| (select bellman.standing(${reader})))`;

/** The titles of some records, for somebody; a record that does not exist, or that is none of theirs, is missing from it. */
export async function titlesOf(db: Database, ids: readonly RecordId[], reader: PersonId): Promise<ReadonlyMap<RecordId, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.sql<{ id: string; title: string }[]>`
    select r.id, r.title from bellman.record r where r.id = any(${[...ids]}) and ${readable(db, reader)}`;
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** The first of these that does not exist for somebody, as the refusal `unknown-record`. Records are never deleted: what exists now stays. */
export async function unknownAmong(db: Database, ids: readonly RecordId[], reader: PersonId): Promise<Refusal | undefined> {
  const titles = await titlesOf(db, ids, reader);
  const unknown = ids.find((id) => !titles.has(id));
  return unknown === undefined ? undefined : refuse('unknown-record', { record: unknown });
}

/** Whether only a record's own people may know of it. */
export async function isHidden({ sql }: Pick<Database, 'sql'>, record: RecordId): Promise<boolean> {
  const [row] = await sql<{ class: DataClass }[]>`select class from bellman.record where id = ${record}`;
  return row !== undefined && isPrivate(row.class);
}
