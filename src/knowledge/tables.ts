/** What the search for similar records reads: problems and known errors with their words, kept by projection. */
import { sql } from 'drizzle-orm';
import { customType, index, text } from 'drizzle-orm/pg-core';
import { bellman } from '../db/tables.ts';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

export const similar = bellman.table(
  'similar',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull().default(''),
    /** What it looks like: a known error's symptom, a problem's details. */
    symptom: text('symptom').notNull().default(''),
    workaround: text('workaround').notNull().default(''),
    /** The affected items, as they were named. */
    items: text('items').notNull().default(''),
    /** Whether it still counts: an open problem, a known error that was not retired. */
    status: text('status').notNull().default('open'),
    words: tsvector('words').generatedAlwaysAs(
      sql`setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', symptom), 'B') || setweight(to_tsvector('english', items), 'B') || setweight(to_tsvector('english', workaround), 'D')`,
    ),
  },
  (t) => [
    index('similar_words').using('gin', t.words).where(sql`status = 'open'`),
    index('similar_title').using('gin', sql`title gin_trgm_ops`).where(sql`status = 'open'`),
  ],
);
