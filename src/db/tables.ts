/**
 * The tables that every room shares: records with their parts and journal, timers, deliveries, inbound requests.
 * Rooms keep what is only theirs in their own `tables.ts`.
 */
import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

export const bellman = pgSchema('bellman');

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** One row per record; its row lock serialises everything that happens to the record. `seq` and `hash` are the journal's head. */
export const record = bellman.table(
  'record',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    number: integer('number').notNull(),
    title: text('title').notNull().default(''),
    status: text('status').notNull().default(''),
    owner: text('owner'),
    /** How far it may be known: public, sensitive, private or confidential. */
    class: text('class').notNull().default('sensitive'),
    /** Who may read it while it is private or confidential: persons and roles. */
    people: jsonb('people').notNull().default(sql`'[]'::jsonb`),
    seq: integer('seq').notNull().default(0),
    hash: text('hash').notNull().default(''),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [
    index('record_list').on(t.kind, t.status, t.number),
    uniqueIndex('record_kind_number').on(t.kind, t.number),
    // The private records of somebody, without a look at everybody else's.
    index('record_people').using('gin', t.people).where(sql`class in ('private', 'confidential')`),
  ],
);

/** The last number given to a record (or an update) of a kind: numbers have no gaps. */
export const recordNumber = bellman.table('record_number', {
  kind: text('kind').primaryKey(),
  last: integer('last').notNull(),
});

/** The state of one part (change, ballot, plan, ...) of one record. */
export const part = bellman.table(
  'part',
  {
    recordId: text('record_id').notNull(),
    name: text('name').notNull(),
    state: jsonb('state').notNull(),
  },
  (t) => [primaryKey({ columns: [t.recordId, t.name] })],
);

/** Links between records, kept in both directions. */
export const recordLink = bellman.table(
  'record_link',
  {
    fromId: text('from_id').notNull(),
    toId: text('to_id').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.fromId, t.toId] }), index('record_link_to').on(t.toId)],
);

/** Append-only: triggers refuse UPDATE, DELETE and TRUNCATE. `body` is the exact text that entered the chain. */
export const journal = bellman.table(
  'journal',
  {
    recordId: text('record_id').notNull(),
    seq: integer('seq').notNull(),
    at: moment('at').notNull(),
    actor: text('actor').notNull(),
    type: text('type').notNull(),
    body: text('body').notNull(),
    hash: text('hash').notNull(),
  },
  // Rows come in the order of their time, for which a block range index is enough; it costs an insert next to nothing.
  (t) => [primaryKey({ columns: [t.recordId, t.seq] }), index('journal_at').using('brin', t.at)],
);

/** Free text of a journal entry, kept beside the chain so that erasing it leaves the chain whole. */
export const journalWords = bellman.table(
  'journal_words',
  {
    recordId: text('record_id').notNull(),
    seq: integer('seq').notNull(),
    salt: text('salt').notNull(),
    words: jsonb('words'),
  },
  (t) => [primaryKey({ columns: [t.recordId, t.seq] })],
);

/** Signed summaries of all chain heads; each names the one before. */
export const checkpoint = bellman.table('checkpoint', {
  number: integer('number').primaryKey(),
  at: moment('at').notNull(),
  entries: integer('entries').notNull(),
  root: text('root').notNull(),
  previousRoot: text('previous_root').notNull(),
  signature: text('signature').notNull(),
  body: text('body').notNull(),
});

/**
 * Which heads a checkpoint was the first to cover: a row for each record that moved since the checkpoint before.
 * The heads under checkpoint n are each record's last row up to n. Append-only.
 */
export const checkpointHead = bellman.table(
  'checkpoint_head',
  {
    number: integer('number').notNull(),
    recordId: text('record_id').notNull(),
    seq: integer('seq').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.recordId, t.number] })],
);

/** Something that must happen at a time: a command for one part of one record. */
export const timer = bellman.table(
  'timer',
  {
    recordId: text('record_id').notNull(),
    key: text('key').notNull(),
    dueAt: moment('due_at').notNull(),
    part: text('part').notNull(),
    command: jsonb('command').notNull(),
    leaseHolder: text('lease_holder'),
    leaseUntil: moment('lease_until'),
    failures: integer('failures').notNull().default(0),
    parkedAt: moment('parked_at'),
  },
  (t) => [primaryKey({ columns: [t.recordId, t.key] }), index('timer_due').on(t.dueAt).where(sql`parked_at is null`)],
);

/** One update, notice or live card to one place. */
export const delivery = bellman.table(
  'delivery',
  {
    id: text('id').primaryKey(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    recordId: text('record_id').notNull(),
    place: text('place').notNull(),
    platform: text('platform').notNull(),
    urgency: integer('urgency').notNull().default(5),
    content: jsonb('content').notNull(),
    contentHash: text('content_hash').notNull(),
    live: text('live'),
    updateId: text('update_id'),
    state: text('state').notNull().default('waiting'),
    attempt: integer('attempt').notNull().default(0),
    notBefore: moment('not_before').notNull(),
    firstSentAt: moment('first_sent_at'),
    leaseUntil: moment('lease_until'),
    looks: integer('looks').notNull().default(0),
    externalId: text('external_id'),
    sentAt: moment('sent_at'),
    error: text('error'),
    dirty: boolean('dirty').notNull().default(false),
    editedAt: moment('edited_at'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('delivery_open').on(t.notBefore).where(sql`state in ('waiting', 'sending', 'unknown')`),
    index('delivery_place_open').on(t.place, t.seq).where(sql`state in ('waiting', 'sending', 'unknown')`),
    index('delivery_dirty').on(t.place).where(sql`dirty`),
    index('delivery_live').on(t.recordId, t.live).where(sql`live is not null`),
    index('delivery_record').on(t.recordId, t.seq),
    index('delivery_update').on(t.updateId).where(sql`update_id is not null`),
    index('delivery_said').on(t.recordId, t.place, t.seq).where(sql`update_id is not null`),
  ],
);

/** Who drains a place at the moment. */
export const placeLease = bellman.table('place_lease', {
  place: text('place').primaryKey(),
  holder: text('holder').notNull(),
  until: moment('until').notNull(),
});

/** Permits left for one method class of one installation; a 429 pauses the class. */
export const rate = bellman.table('rate', {
  key: text('key').primaryKey(),
  tokens: doublePrecision('tokens').notNull(),
  filledAt: moment('filled_at').notNull(),
  pausedUntil: moment('paused_until'),
});

/** Requests that change something, under their own key, with the answer that they got. */
export const inbound = bellman.table(
  'inbound',
  {
    key: text('key').primaryKey(),
    state: text('state').notNull(),
    intent: jsonb('intent'),
    reply: jsonb('reply'),
    receivedAt: moment('received_at').notNull(),
    leaseUntil: moment('lease_until'),
    attempts: integer('attempts').notNull().default(0),
  },
  (t) => [
    index('inbound_pending').on(t.receivedAt).where(sql`state = 'pending'`),
    index('inbound_old').using('brin', t.receivedAt),
  ],
);

/** Answers of a form that a platform asks in several steps. */
export const formDraft = bellman.table('form_draft', {
  id: text('id').primaryKey(),
  asker: text('asker').notNull(),
  doing: text('doing').notNull(),
  input: jsonb('input').notNull(),
  answers: jsonb('answers').notNull(),
  expiresAt: moment('expires_at').notNull(),
});

/** Which installation this database belongs to, and how far it had come: a copy is noticed by it. */
export const instance = bellman.table('instance', {
  only: boolean('only').primaryKey().default(true),
  id: text('id').notNull(),
  mark: integer('mark').notNull().default(0),
  held: text('held'),
});

/** A lease by name, for what only one process may do (the Discord gateway). */
export const processLease = bellman.table('process_lease', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  until: moment('until').notNull(),
});

/** Only in a database made for a test or the demo: what time it is there. */
export const clock = bellman.table('clock', {
  only: boolean('only').primaryKey().default(true),
  base: moment('base').notNull(),
  startedAt: moment('started_at').notNull(),
  rate: doublePrecision('rate').notNull(),
});
