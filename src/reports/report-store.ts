/** The figures behind the reports, from the table of what is counted. What is private counts only for those who may know of it. */
import type { Instant } from '../core/instant.ts';
import { ORG, type PersonId } from '../core/record.ts';
import type { Database } from '../db/database.ts';
import { monthNumber } from './fact.ts';
import type { Figures, GroupRow, NamedRecord, Period, PriorityRow } from './report.ts';
import { type Schedules, schedules } from './schedules.ts';
import { countable } from './trends-store.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** What happened from `from` up to, not including, `to`. */
export async function figuresOf(db: Database, { from, to }: Period, reader: PersonId): Promise<Figures> {
  const { sql } = db;
  const may = countable(db, reader);
  const [raised, resolved] = await Promise.all([
    sql`select count(*) filter (where f.kind = 'INC')::int as raised, count(*) filter (where f.kind = 'INC' and f.major_ever)::int as major,
        count(*) filter (where f.kind = 'INC' and f.highest <= 1)::int as high,
        count(*) filter (where f.kind = 'INC' and f.problem is null)::int as alone,
        count(*) filter (where f.kind = 'PRB')::int as "problemsRaised"
      from bellman.record_fact f where f.kind in ('INC', 'PRB') and f.raised_at >= ${iso(from)}::timestamptz
        and f.raised_at < ${iso(to)}::timestamptz and ${may}`,
    sql`select count(*) filter (where f.kind = 'INC')::int as resolved, count(*) filter (where f.kind = 'PRB')::int as "problemsResolved",
        count(*) filter (where f.kind = 'INC' and f.tier = 1)::int as "firstTier",
        count(*) filter (where f.kind = 'INC' and f.tier is not null)::int as tiered,
        count(*) filter (where f.kind = 'INC' and f.moves > 0)::int as moved,
        percentile_cont(0.5) within group (order by extract(epoch from f.resolved_at - f.raised_at)) filter (where f.kind = 'INC') * 1000 as median,
        percentile_cont(0.9) within group (order by extract(epoch from f.resolved_at - f.raised_at)) filter (where f.kind = 'INC') * 1000 as ninetieth
      from bellman.record_fact f where f.kind in ('INC', 'PRB') and f.resolved_month between ${monthNumber(from)} and ${monthNumber(to)}
        and f.resolved_at >= ${iso(from)}::timestamptz and f.resolved_at < ${iso(to)}::timestamptz and ${may}`,
  ]);
  // The columns are those of the two halves.
  return { ...raised[0], ...resolved[0] } as unknown as Figures;
}

/** How many incidents and problems are unresolved now. */
export async function unresolvedNow(
  db: Database,
  reader: PersonId,
): Promise<{ readonly unresolved: number; readonly problems: number }> {
  const [row] = await db.sql<[{ unresolved: number; problems: number }]>`
    select count(*) filter (where f.kind = 'INC')::int as unresolved, count(*) filter (where f.kind = 'PRB')::int as problems
    from bellman.record_fact f where f.resolved_at is null and f.kind in ('INC', 'PRB') and ${countable(db, reader)}`;
  return row;
}

/** Each priority: what is unresolved now, and how fast those resolved in the period were. */
export const prioritiesOf = (db: Database, { from, to }: Period, reader: PersonId): Promise<readonly PriorityRow[]> => db.sql<
  PriorityRow[]
>`
    select f.priority, count(*) filter (where f.resolved_at is null)::int as unresolved, count(f.resolved_at)::int as resolved,
      percentile_cont(0.5) within group (order by extract(epoch from f.resolved_at - f.raised_at)) * 1000 as median,
      percentile_cont(0.9) within group (order by extract(epoch from f.resolved_at - f.raised_at)) * 1000 as ninetieth
    from bellman.record_fact f where f.kind = 'INC' and ${countable(db, reader)} and (f.resolved_at is null
      or (f.resolved_month between ${monthNumber(from)} and ${monthNumber(to)} and f.resolved_at >= ${iso(from)}::timestamptz
        and f.resolved_at < ${iso(to)}::timestamptz))
    group by f.priority order by f.priority`;

/** Of the problems raised in the period that have a target response time: how many, and on how many the work began in time. */
export async function targetsOf(
  db: Database,
  { from, to }: Period,
  reader: PersonId,
): Promise<{ readonly due: number; readonly met: number }> {
  const [row] = await db.sql<[{ due: number; met: number }]>`
    select count(*)::int as due, count(*) filter (where (p.state ->> 'begun')::float8 <= (p.state ->> 'due')::float8)::int as met
    from bellman.record_fact f join bellman.part p on p.record_id = f.id and p.name = 'target' and p.state ? 'due'
    where f.kind = 'PRB' and f.raised_at >= ${iso(from)}::timestamptz and f.raised_at < ${iso(to)}::timestamptz and ${countable(db, reader)}`;
  return row;
}

/** Each resolver group: what it has, what it resolved in the period, and how many of those had come to it from another tier. */
export const groupsOf = (db: Database, { from, to }: Period, reader: PersonId): Promise<readonly GroupRow[]> => db.sql<
  GroupRow[]
>`
    select f.resolver_group as "group", count(*) filter (where f.resolved_at is null)::int as unresolved,
      count(f.resolved_at)::int as resolved, count(*) filter (where f.resolved_at is not null and f.moves > 0)::int as moved
    from bellman.record_fact f where f.kind = 'INC' and f.resolver_group is not null and ${countable(db, reader)} and (f.resolved_at is null
      or (f.resolved_month between ${monthNumber(from)} and ${monthNumber(to)} and f.resolved_at >= ${iso(from)}::timestamptz
        and f.resolved_at < ${iso(to)}::timestamptz))
    group by f.resolver_group order by unresolved desc, resolved desc limit 20`;

const NAMED = 5;

type Row = { id: string; title: string; raised: Date; resolved: Date | null };
const named = (rows: readonly Row[]): readonly NamedRecord[] =>
  rows.map(({ id, title, raised, resolved }) => ({ id, title, raised: raised.getTime(), resolved: resolved?.getTime() ?? null }));

/** The incidents that have been unresolved for longest. */
export const oldestOf = async (db: Database, reader: PersonId): Promise<readonly NamedRecord[]> =>
  named(
    await db.sql<Row[]>`
    select f.id, f.title, f.raised_at as raised, f.resolved_at as resolved from bellman.record_fact f
    where f.kind = 'INC' and f.resolved_at is null and ${countable(db, reader)} order by f.raised_at limit ${NAMED}`,
  );

/** The newest major incidents of the period. */
export const majorsOf = async (db: Database, { from, to }: Period, reader: PersonId): Promise<readonly NamedRecord[]> =>
  named(
    await db.sql<Row[]>`
    select f.id, f.title, f.raised_at as raised, f.resolved_at as resolved from bellman.record_fact f
    where f.kind = 'INC' and (f.major_ever or f.highest <= 1) and f.major_ever and f.raised_month between ${monthNumber(from)} and ${monthNumber(to)}
      and f.raised_at >= ${iso(from)}::timestamptz and f.raised_at < ${iso(to)}::timestamptz and ${countable(db, reader)}
    order by f.raised_at desc limit ${NAMED}`,
  );

/** The schedules as they stand, read without a lock: for looking whether something is due, never for deciding. */
export async function schedulesNow(db: Database): Promise<Schedules> {
  const [row] = await db.sql<{ state: Schedules }[]>`
    select state from bellman.part where record_id = ${ORG} and name = ${schedules.name}`;
  return row?.state ?? schedules.initial;
}

/** What Bellman's clock says. */
export async function nowOf(db: Database): Promise<Instant> {
  const [row] = await db.sql<[{ now: Date }]>`select bellman.now() as now`;
  return row.now.getTime();
}
