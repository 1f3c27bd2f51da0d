/** The updates of all plans as rows, kept by projection: ledger, due lists, punctuality, and which record `UPD-7` belongs to. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
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
    /** Who is waited for while it is prepared: the writer's id, or the ids of those who may release it. */
    waitsFor: jsonb('waits_for'),
  },
  (t) => [
    index('comms_update_record').on(t.recordId, t.openedAt),
    uniqueIndex('comms_update_number').on(t.number).where(sql`number is not null`),
    index('comms_update_open').on(t.dueAt).where(sql`outcome in ('upcoming', 'drafting', 'awaiting release', 'leaving')`),
    index('comms_update_ended').on(t.releasedAt, t.audience).where(sql`released_at is not null`),
  ],
);
