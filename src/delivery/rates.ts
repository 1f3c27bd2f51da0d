/**
 * Rates: one row of permits for each method class of an installation, filled as time goes by and taken in the claim.
 * A platform that says "too many" pauses the class for everybody. In real time, as the platforms' own.
 */
import type { Span } from '../core/instant.ts';
import type { Database, Sql } from '../db/database.ts';

/** Permits a second for a class, how many at once, and under which key they are counted. */
export interface Rate {
  readonly key: string;
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * The CTEs `permit` (one row when a permit was taken; without a limit there always is one, but in a pause) and `pause` (the real milliseconds until there is one, null if there are).
 * Expects the CTE `t` with `real`.
 */
export function permit(sql: Sql, rate: Rate) {
  const { key, perSecond, burst } = rate;
  if (!Number.isFinite(perSecond))
    return sql`
      pause as (select extract(epoch from r.paused_until - t.real)::float8 * 1000 as wait
        from bellman.rate r, t where r.key = ${key} and r.paused_until > t.real),
      permit as (select 1 as one where not exists (select from pause))`;
  const left = sql`least(${burst}::float8, r.tokens + extract(epoch from (select real from t) - r.filled_at)::float8 * ${perSecond}::float8)`;
  return sql`permit as (
      insert into bellman.rate as r (key, tokens, filled_at) select ${key}::text, ${burst}::float8 - 1, real from t
      on conflict (key) do update set tokens = ${left} - 1, filled_at = excluded.filled_at
        where (r.paused_until is null or r.paused_until <= excluded.filled_at) and ${left} >= 1
      returning 1 as one),
    pause as (
      select greatest((1 - ${left}) / ${perSecond}::float8, extract(epoch from r.paused_until - (select real from t))::float8, 0.001) * 1000 as wait
      from bellman.rate r where r.key = ${key})`;
}

/** Pauses a class for so many real milliseconds, as its platform told. */
export async function pauseRate(db: Database, { key }: Rate, after: Span): Promise<void> {
  await db.sql`
    insert into bellman.rate as r (key, tokens, filled_at, paused_until)
    values (${key}, 0, clock_timestamp(), clock_timestamp() + ${after}::float8 * interval '1 ms')
    on conflict (key) do update set tokens = least(r.tokens, 0), filled_at = excluded.filled_at,
      paused_until = greatest(r.paused_until, excluded.paused_until)`;
}

/** Gives a permit back that was taken for nothing: nothing had to be said. */
export async function returnPermit(db: Database, { key, perSecond, burst }: Rate): Promise<void> {
  if (!Number.isFinite(perSecond)) return;
  await db.sql`update bellman.rate r set tokens = least(${burst}::float8, r.tokens + 1) where r.key = ${key}`;
}
