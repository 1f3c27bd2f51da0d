/** Who is known: persons, their identities on the platforms, and who is on an audience's list. Roles, boards and audiences are parts of ORG-1. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { bellman } from '../db/tables.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const person = bellman.table(
  'person',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    email: text('email'),
    phone: text('phone'),
    timeZone: text('time_zone').notNull().default('UTC'),
    /** What was said by hand, which no platform overwrites: an IANA zone, and a language as BCP 47 names it. */
    zone: text('zone'),
    language: text('language'),
    active: boolean('active').notNull().default(true),
    createdAt: moment('created_at').notNull(),
  },
  // Who reads at a mail address.
  (t) => [index('person_email').on(sql`lower(${t.email})`).where(sql`email is not null`)],
);

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

/** The versions of an audience's list. ORG-1 says which one is in force; one that was never confirmed is forgotten. */
export const audienceVersion = bellman.table(
  'audience_version',
  {
    list: text('list').notNull(),
    version: integer('version').notNull(),
    kind: text('kind').notNull(),
    /** What it was made from: a group, a file's name. */
    of: text('of').notNull(),
    count: integer('count').notNull(),
    madeAt: moment('made_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.list, t.version] })],
);

/** Who is on one version of a list; `list` is the audience's key. Whoever unsubscribed stays so in every later version. */
export const audienceMember = bellman.table(
  'audience_member',
  {
    list: text('list').notNull(),
    version: integer('version').notNull(),
    place: text('place').notNull(),
    person: text('person'),
    name: text('name'),
    phone: text('phone'),
    zone: text('zone'),
    language: text('language'),
    unsubscribedAt: moment('unsubscribed_at'),
  },
  (t) => [primaryKey({ columns: [t.list, t.version, t.place] }), index('audience_member_place').on(t.list, t.place)],
);
