/** To which record a channel, or a message that was kept, belongs. */
import type { RecordId } from '../core/record.ts';
import type { Projection } from '../core/statement.ts';
import type { Database } from '../db/database.ts';

export const timelinePlaces: Projection = {
  name: 'timeline_place',
  key: 'id',
  columns: { id: 'text', place: 'text', record: 'text' },
  sql: (d) => `
    insert into bellman.timeline_place (place, record_id, since) select d.place, d.record, bellman.now() from ${d}
    on conflict (place, record_id) do nothing`,
};

export const timelineMessages: Projection = {
  name: 'timeline_message',
  key: 'message',
  columns: { message: 'text', record: 'text' },
  sql: (d) => `
    insert into bellman.timeline_message (message, record_id) select d.message, d.record from ${d}
    on conflict (message) do nothing`,
};

/** The record that a channel belongs to: of several the one that is open, then the newest there. */
export async function recordAt({ sql }: Pick<Database, 'sql'>, place: string): Promise<RecordId | undefined> {
  const [row] = await sql<{ record: RecordId }[]>`
    select t.record_id as record from bellman.timeline_place t join bellman.record r on r.id = t.record_id
    where t.place = ${place} order by r.status in ('resolved', 'closed'), t.since desc limit 1`;
  return row?.record;
}

/** The record whose timeline holds a message. */
export async function recordOfMessage({ sql }: Pick<Database, 'sql'>, message: string): Promise<RecordId | undefined> {
  const [row] = await sql<
    { record: RecordId }[]
  >`select record_id as record from bellman.timeline_message where message = ${message}`;
  return row?.record;
}
