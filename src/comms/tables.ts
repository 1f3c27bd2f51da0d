/** The updates of all plans as rows, kept by projection: ledger, due lists, punctuality, and which record `UPD-7` belongs to. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { bellman } from '../db/tables.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const commsUpdate = bellman.table(
  'comms_update',
  {
    /** `PRB-1.3`: the third update of the record's plan. */
    id: text('id').primaryKey(),
    recordId: text('record_id').notNull(),
    /** 7 of `UPD-7`, once it is released. */
    number: integer('number'),
    audience: text('audience').notNull(),
    phase: text('phase').notNull(),
    /** upcoming, drafting, awaiting release, leaving, released, skipped, replaced, stopped, corrected, retracted. */
    outcome: text('outcome').notNull(),
    openedAt: moment('opened_at').notNull(),
    dueAt: moment('due_at').notNull(),
    releasedAt: moment('released_at'),
    /** Who released or skipped it: their ids. */
    by: jsonb('by'),
    late: boolean('late').notNull().default(false),
    exercise: boolean('exercise').notNull().default(false),
    /** Who is waited for while it is prepared: the writer's id, or the ids of those who may release it, or the role that may. */
    waitsFor: jsonb('waits_for'),
  },
  (t) => [
    index('comms_update_record').on(t.recordId, t.openedAt),
    uniqueIndex('comms_update_number').on(t.number).where(sql`number is not null`),
    index('comms_update_open').on(t.dueAt).where(sql`outcome in ('upcoming', 'drafting', 'awaiting release', 'leaving')`),
    index('comms_update_waiting')
      .using('gin', t.waitsFor)
      .where(sql`outcome in ('upcoming', 'drafting', 'awaiting release', 'leaving')`),
    index('comms_update_month').on(t.dueAt, t.audience).where(sql`outcome <> 'replaced'`),
    index('comms_update_ended').on(t.releasedAt, t.audience).where(sql`released_at is not null`),
  ],
);

/** Who has seen an update: a row for each person, written without the record's lock. Only the sums enter the record. */
export const commsSeen = bellman.table(
  'comms_seen',
  {
    updateId: text('update_id').notNull(),
    personId: text('person_id').notNull(),
    recordId: text('record_id').notNull(),
    /** The identity that pressed, so that two identities that are joined later count once. */
    platform: text('platform').notNull(),
    userId: text('user_id').notNull(),
    at: moment('at').notNull(),
    /** Whether the sum in the record has it. */
    counted: boolean('counted').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.updateId, t.personId] }),
    index('comms_seen_uncounted').on(t.recordId).where(sql`not counted`),
  ],
);

/** Questions of readers as rows, kept by projection: who still waits for an answer, over all plans. */
export const commsQuestion = bellman.table(
  'comms_question',
  {
    /** `PRB-1.q3`: the third question about the record. */
    id: text('id').primaryKey(),
    recordId: text('record_id').notNull(),
    number: integer('number').notNull(),
    audience: text('audience').notNull(),
    askedAt: moment('asked_at').notNull(),
    /** open, to all, answered, answered to all, left. */
    status: text('status').notNull(),
  },
  (t) => [
    index('comms_question_open').on(t.askedAt).where(sql`status in ('open', 'to all')`),
    index('comms_question_record').on(t.recordId),
  ],
);
