/** Who is known: persons and their identities on the platforms. Roles, boards and audiences are parts of ORG-1. */
import { boolean, index, integer, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { bellman } from '../db/tables.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const person = bellman.table('person', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email'),
  phone: text('phone'),
  timeZone: text('time_zone').notNull().default('UTC'),
  active: boolean('active').notNull().default(true),
  createdAt: moment('created_at').notNull(),
});

export const identity = bellman.table(
  'identity',
  {
    platform: text('platform').notNull(),
    userId: text('user_id').notNull(),
    personId: text('person_id').notNull(),
    handle: text('handle').notNull(),
    bot: boolean('bot').notNull().default(false),
    guest: boolean('guest').notNull().default(false),
    lastUsedAt: moment('last_used_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.userId] }),
    index('identity_person').on(t.personId),
    index('identity_handle').on(t.platform, t.handle),
  ],
);

/** One-time codes that join an identity to a person; ten minutes, used once. */
export const linkCode = bellman.table('link_code', {
  code: text('code').primaryKey(),
  personId: text('person_id').notNull(),
  platform: text('platform').notNull(),
  expiresAt: moment('expires_at').notNull(),
  tries: integer('tries').notNull().default(0),
});
