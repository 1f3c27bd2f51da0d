/**
 * Bellman's time as a process knows it between two looks at the database: what `bellman.now()` said last, carried on by this
 * process's own monotonic clock at the rate of the database's clock. For delays only: what is decided reads `bellman.now()` itself.
 */
import type { Database } from '../db/database.ts';
import type { Instant, Span } from './instant.ts';

export interface Clock {
  /** About what `bellman.now()` would say. */
  now(): Instant;
  /** The real milliseconds until then; 0 when it is past, Infinity when the clock stands still. */
  delayUntil(at: Instant): Span;
  /** The instant that it will be in so many real milliseconds. */
  after(real: Span): Instant;
  /** Takes over what the database said: its time and rate, asked at `askedAt` of `performance.now()`. */
  set(reading: Reading): void;
}

/** What the database's clock said, and when by `performance.now()`. */
export interface Reading {
  readonly now: Instant;
  readonly rate: number;
  readonly askedAt: number;
}

/** A clock that goes on from a reading. */
export function clockFrom(first: Reading): Clock {
  let reading = first;
  const now = (): Instant => reading.now + (performance.now() - reading.askedAt) * reading.rate;
  return {
    now,
    delayUntil: (at) => (at <= now() ? 0 : (at - now()) / reading.rate),
    after: (real) => now() + real * reading.rate,
    set: (next) => {
      reading = next;
    },
  };
}

/** Asks the database for its time and rate. */
export async function readClock(db: Database): Promise<Reading> {
  const before = performance.now();
  const [row] = await db.sql<{ now: number; rate: number }[]>`
    select extract(epoch from bellman.now())::float8 * 1000 as now, coalesce((select rate from bellman.clock), 1) as rate`;
  return { now: row?.now ?? Date.now(), rate: row?.rate ?? 1, askedAt: (before + performance.now()) / 2 };
}

/** The database's clock. It is set anew by every sweep, so that one that was moved is followed within a second. */
export const databaseClock = async (db: Database): Promise<Clock> => clockFrom(await readClock(db));
