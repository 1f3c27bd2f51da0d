/** The updates of all plans in Postgres: kept by projection from the plans' events, read for lists and figures. */

import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { readable } from '../core/records.ts';
import type { Projection } from '../core/statement.ts';
import type { Database } from '../db/database.ts';

/** A row of the projection `comms_update`; what is absent stays as it was. Times as ISO 8601 in UTC. */
export interface UpdateRow {
  /** `PRB-1.3`. */
  readonly id: string;
  readonly recordId: RecordId;
  readonly number?: number | undefined;
  readonly audience?: string | undefined;
  readonly phase?: string | undefined;
  readonly outcome: string;
  readonly openedAt?: string | undefined;
  readonly dueAt?: string | undefined;
  readonly releasedAt?: string | undefined;
  readonly by?: readonly PersonId[] | undefined;
  readonly late?: boolean | undefined;
  readonly exercise?: boolean | undefined;
  readonly waitsFor?: readonly PersonId[] | undefined;
}

export const updates: Projection = {
  name: 'comms_update',
  key: 'id',
  columns: {
    id: 'text',
    recordId: 'text',
    number: 'int',
    audience: 'text',
    phase: 'text',
    outcome: 'text',
    openedAt: 'timestamptz',
    dueAt: 'timestamptz',
    releasedAt: 'timestamptz',
    by: 'jsonb',
    late: 'bool',
    exercise: 'bool',
    waitsFor: 'jsonb',
  },
  sql: (d) => `
    insert into bellman.comms_update as u
      (id, record_id, number, audience, phase, outcome, opened_at, due_at, released_at, by, late, exercise, waits_for)
    select d.id, "recordId", d.number, coalesce(d.audience, o.audience, ''), coalesce(d.phase, o.phase, ''), d.outcome,
      coalesce("openedAt", bellman.now()), coalesce("dueAt", o.due_at, bellman.now()), "releasedAt", d.by, coalesce(d.late, false),
      coalesce(d.exercise, false), "waitsFor"
    from ${d} left join bellman.comms_update o on o.id = d.id
    on conflict (id) do update set number = coalesce(excluded.number, u.number), audience = excluded.audience, phase = excluded.phase,
      outcome = excluded.outcome, due_at = excluded.due_at,
      released_at = coalesce(excluded.released_at, u.released_at), by = coalesce(excluded.by, u.by), late = excluded.late or u.late,
      exercise = excluded.exercise or u.exercise, waits_for = coalesce(excluded.waits_for, u.waits_for)`,
};

/** What asks that a row is kept. */
export const projected = (row: UpdateRow) => ({ ask: 'project', into: updates.name, row: { ...row } }) as const;

/** An instant as a projection's column takes it. */
export const momentOf = (at: Instant): string => new Date(at).toISOString();

/** The record and the id in its plan of an update by its number: 7 of `UPD-7`; undefined too where the reader may not know of the record. */
export async function updateByNumber(
  db: Database,
  number: number,
  reader: PersonId,
): Promise<{ readonly record: RecordId; readonly update: string } | undefined> {
  const [row] = await db.sql<{ record: RecordId; update: string }[]>`
    select u.record_id as record, u.id as "update" from bellman.comms_update u
    join bellman.record r on r.id = u.record_id and ${readable(db, reader)} where u.number = ${number}`;
  return row;
}
