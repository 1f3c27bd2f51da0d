/** What alerts are known by, and the keys of those who send them: neither belongs into the journal. */
import { index, text, timestamp } from 'drizzle-orm/pg-core';
import { bellman } from '../db/tables.ts';

/** Which incident an alert belongs to. */
export const alert = bellman.table(
  'alert',
  {
    /** A hash over its source and the key that it has there. */
    id: text('id').primaryKey(),
    recordId: text('record_id').notNull(),
  },
  (t) => [index('alert_record').on(t.recordId)],
);

/** What a source's requests are checked with; ORG-1 says which key is a source's. */
export const alertKey = bellman.table('alert_key', {
  id: text('id').primaryKey(),
  /** SHA-256 of the secret, in hex; the secret itself is kept nowhere. */
  hash: text('hash').notNull(),
  madeAt: timestamp('made_at', { withTimezone: true, mode: 'date' }).notNull(),
});
