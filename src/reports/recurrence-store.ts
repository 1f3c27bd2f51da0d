/** Finding incidents that are alike and have no problem: the same category, and a title that is written alike. */
import type { Instant } from '../core/instant.ts';
import type { Database } from '../db/database.ts';
import { type Alike, WINDOW } from './recurrence.ts';

/** How alike two titles must be, by their trigrams. */
const ALIKE = 0.45;
const MOST_ALIKE = 200;
/** So many new ones are looked at in one go; the rest in the next. */
const AT_ONCE = 25;

const iso = (at: Instant): string => new Date(at).toISOString();

interface New extends Alike {
  readonly category: string | null;
  readonly raised: Instant;
}

/** The next incidents that were raised after a moment, oldest first. Private ones never count: who is told may not know of them. */
export async function raisedAfter({ sql }: Database, after: Instant): Promise<readonly New[]> {
  const rows = await sql<{ id: string; title: string; category: string | null; raised: Date }[]>`
    select f.id, f.title, f.category, f.raised_at as raised from bellman.record_fact f
    where f.kind = 'INC' and f.raised_at > ${iso(after)}::timestamptz and f.problem is null and not f.guarded
    order by f.raised_at limit ${AT_ONCE}`;
  return rows.map((row) => ({ ...row, raised: row.raised.getTime() }));
}

/** Those like it in the time before it, itself among them, oldest first. */
export const incidentsLike = ({ sql }: Database, { title, category, raised }: New): Promise<readonly Alike[]> => sql<Alike[]>`
    select f.id, f.title from bellman.record_fact f
    where f.kind = 'INC' and f.raised_at > ${iso(raised - WINDOW)}::timestamptz and f.raised_at <= ${iso(raised)}::timestamptz + interval '1 ms'
      and f.problem is null and not f.guarded and f.category is not distinct from ${category}::text and similarity(f.title, ${title}) >= ${ALIKE}
    order by f.raised_at, f.id limit ${MOST_ALIKE}`;
