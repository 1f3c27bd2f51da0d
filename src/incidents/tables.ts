/** The channels of incidents that are to be made, or into which somebody is to be invited; kept by projection, worked off by `channel-worker.ts`. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import { bellman } from '../db/tables.ts';

export const incidentChannel = bellman.table(
  'incident_channel',
  {
    recordId: text('record_id').primaryKey(),
    platform: text('platform').notNull(),
    name: text('name').notNull(),
    guarded: boolean('guarded').notNull(),
    /** Who belongs into it: their ids. */
    people: jsonb('people').notNull(),
    /** Counts what was asked for, so that what is asked for meanwhile is not taken for done. */
    asked: integer('asked').notNull().default(1),
    done: integer('done').notNull().default(0),
    tries: integer('tries').notNull().default(0),
    nextAt: timestamp('next_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (t) => [index('incident_channel_due').on(t.nextAt).where(sql`done < asked`)],
);
