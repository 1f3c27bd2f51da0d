/** Where the timeline of a record is gathered, and which messages it holds; kept by projection. */
import { index, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { bellman } from '../db/tables.ts';

/** The channels that belong to records. */
export const timelinePlace = bellman.table(
  'timeline_place',
  {
    place: text('place').notNull(),
    recordId: text('record_id').notNull(),
    since: timestamp('since', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.place, t.recordId] })],
);

/** The messages that were captured, so that their edits and deletions are followed. */
export const timelineMessage = bellman.table(
  'timeline_message',
  {
    /** The place and the platform's own id of the message. */
    message: text('message').primaryKey(),
    recordId: text('record_id').notNull(),
  },
  (t) => [index('timeline_message_record').on(t.recordId)],
);
