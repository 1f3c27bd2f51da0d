/** What the console keeps. Its people are users of that platform only; persons and identities are `people`'s. */
import { bigserial, index, integer, jsonb, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { bellman } from '../db/tables.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const consolePerson = bellman.table('console_person', {
  handle: text('handle').primaryKey(),
  name: text('name').notNull(),
  title: text('title').notNull().default(''),
  seq: bigserial('seq', { mode: 'number' }).notNull(),
});

export const consoleChannel = bellman.table('console_channel', {
  name: text('name').primaryKey(),
  seq: bigserial('seq', { mode: 'number' }).notNull(),
});

/** Everything said on the console. `only` names the one person who may read it, `author` who said it; Bellman, if null. */
export const consoleMessage = bellman.table(
  'console_message',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    place: text('place').notNull(),
    only: text('only'),
    author: text('author'),
    content: jsonb('content').notNull(),
    delivery: text('delivery'),
    key: text('key'),
    at: moment('at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('console_message_place').on(t.place, t.id),
    index('console_message_delivery').on(t.delivery),
    uniqueIndex('console_message_key').on(t.key),
  ],
);

/** What stands on a public page, by delivery: posting it again changes nothing. */
export const pagePost = bellman.table(
  'page_post',
  {
    delivery: text('delivery').primaryKey(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    /** `status` or `press`. */
    page: text('page').notNull(),
    recordId: text('record_id').notNull(),
    updateId: text('update_id').notNull(),
    card: jsonb('card').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [index('page_post_page').on(t.page, t.seq), index('page_post_update').on(t.updateId)],
);
