/** Records as lists name them, read without locks: for showing, never for deciding. */
import type { Database } from '../db/database.ts';
import type { PersonId, RecordId } from './record.ts';
import { type Refusal, refuse } from './refusal.ts';

/** One record in a list. */
export interface Listed {
  readonly id: RecordId;
  readonly title: string;
  readonly status: string;
  readonly owner: PersonId | null;
}

/** The titles of some records; a record that does not exist is missing from it. */
export async function titlesOf(db: Database, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.sql<{ id: string; title: string }[]>`select id, title from bellman.record where id = any(${[...ids]})`;
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** The first of these that does not exist, as the refusal `unknown-record`. Records are never deleted: what exists now stays. */
export async function unknownAmong(db: Database, ids: readonly RecordId[]): Promise<Refusal | undefined> {
  const titles = await titlesOf(db, ids);
  const unknown = ids.find((id) => !titles.has(id));
  return unknown === undefined ? undefined : refuse('unknown-record', { record: unknown });
}
