/** What trends and reports are counted from: a narrow row for each incident and problem, kept by projection from its events. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, text, timestamp } from 'drizzle-orm/pg-core';
import { bellman } from '../db/tables.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const recordFact = bellman.table(
  'record_fact',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    /** Whether only its own people may know of it, so that each reader has to be asked about. */
    guarded: boolean('guarded').notNull().default(false),
    /** What it is called, while it may be one of several alike: for incidents. */
    title: text('title').notNull().default(''),
    category: text('category'),
    subCategory: text('sub_category'),
    site: text('site'),
    items: text('items'),
    /** 0 critical to 4 planned, now and at its worst. */
    priority: integer('priority').notNull(),
    highest: integer('highest').notNull(),
    major: boolean('major').notNull().default(false),
    majorEver: boolean('major_ever').notNull().default(false),
    /** The support tier that has it, the first that had it, and how often it went from one to another. */
    tier: integer('tier'),
    firstTier: integer('first_tier'),
    moves: integer('moves').notNull().default(0),
    resolverGroup: text('resolver_group'),
    status: text('status').notNull(),
    raisedAt: moment('raised_at').notNull(),
    resolvedAt: moment('resolved_at'),
    closedAt: moment('closed_at'),
    /** Months of UTC, as the year times twelve and the month from 0: counting them is cheap. */
    raisedMonth: integer('raised_month').notNull(),
    resolvedMonth: integer('resolved_month'),
    closedMonth: integer('closed_month'),
    closure: text('closure'),
    /** The first problem that an incident belongs to. */
    problem: text('problem'),
  },
  (t) => [
    index('record_fact_resolved').on(t.kind, t.resolvedMonth, t.tier, t.firstTier, t.guarded),
    index('record_fact_unresolved').on(t.kind, t.category, t.subCategory, t.tier).where(sql`resolved_at is null`),
    index('record_fact_worst').on(t.kind, t.raisedMonth, t.highest).where(sql`major_ever or highest <= 1`),
    index('record_fact_at').on(t.kind, t.raisedAt),
    index('record_fact_guarded').on(t.kind).where(sql`guarded`),
  ],
);

/**
 * The answers to the trend questions: what each change of a row above adds to a count or takes from it, put together every so often.
 * Private rows are not in it.
 */
export const recordTally = bellman.table(
  'record_tally',
  {
    question: text('question').notNull(),
    /** 0: of now. */
    month: integer('month').notNull(),
    group: text('group').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [index('record_tally_question').on(t.question, t.month, t.group, t.count)],
);
