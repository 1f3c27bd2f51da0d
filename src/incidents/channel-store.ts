/** Channels that are to be made, in Postgres: asked for with the event, done when the platform has done it. */
import type { PersonId, RecordId } from '../core/record.ts';
import type { Projection } from '../core/statement.ts';
import type { Database } from '../db/database.ts';

export interface WantedChannel {
  readonly recordId: RecordId;
  readonly platform: string;
  readonly name: string;
  readonly guarded: boolean;
  readonly people: readonly PersonId[];
}

export const channels: Projection = {
  name: 'incident_channel',
  key: 'recordId',
  columns: { recordId: 'text', platform: 'text', name: 'text', guarded: 'bool', people: 'jsonb' },
  sql: (d) => `
    insert into bellman.incident_channel as c (record_id, platform, name, guarded, people, next_at)
    select "recordId", platform, name, guarded, people, bellman.now() from ${d}
    on conflict (record_id) do update set platform = excluded.platform, name = excluded.name, guarded = excluded.guarded,
      people = excluded.people, asked = c.asked + 1, tries = 0, next_at = excluded.next_at`,
};

/** What asks for a channel with these people in it. */
export const channelWanted = (row: WantedChannel) => ({ ask: 'project', into: channels.name, row: { ...row } }) as const;

/** What is due, oldest first. */
export const dueChannels = ({
  sql,
}: Pick<Database, 'sql'>): Promise<readonly (WantedChannel & { asked: number; tries: number })[]> =>
  sql<(WantedChannel & { asked: number; tries: number })[]>`
    select record_id as "recordId", platform, name, guarded, people, asked, tries from bellman.incident_channel
    where done < asked and next_at <= bellman.now() order by next_at limit 20`;

/** As much as was asked for until then is done. */
export async function channelDone({ sql }: Pick<Database, 'sql'>, record: RecordId, asked: number): Promise<void> {
  await sql`update bellman.incident_channel set done = greatest(done, ${asked}) where record_id = ${record}`;
}

/** It is tried again after so many seconds. */
export async function channelLater({ sql }: Pick<Database, 'sql'>, record: RecordId, seconds: number): Promise<void> {
  await sql`update bellman.incident_channel set tries = tries + 1, next_at = bellman.now() + ${seconds} * interval '1 second'
    where record_id = ${record}`;
}
