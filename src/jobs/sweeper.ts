/**
 * The sweeper: looks every second for whatever is due and unclaimed, without the queue. So a ring that was lost, a flushed Redis
 * or a week off costs nothing but the delay.
 */
import type { Clock, Reading } from '../core/clock.ts';
import type { Bell } from '../core/doorbell.ts';
import type { Instant, Span } from '../core/instant.ts';
import type { Database } from '../db/database.ts';

/** What a sweep found: since when, by Bellman's clock, something of each bell waits unclaimed. */
export interface Due {
  readonly now: Instant;
  readonly timers: Instant | undefined;
  readonly deliveries: Instant | undefined;
  /** Whether a live card shows less than its record. */
  readonly dirty: boolean;
  readonly inbound: Instant | undefined;
}

/** The last sweep that reached the database. */
export interface Sweep extends Due {
  /** By this process's own clock, in milliseconds since 1970. */
  readonly sweptAt: number;
}

export interface Sweeper {
  /** The last sweep that reached the database; undefined before the first one. */
  lastSweep(): Sweep | undefined;
  /** Sweeps at once, as a test does after it has moved the clock. Never rejects. */
  sweep(): Promise<void>;
  close(): void;
}

export interface SweeperParts {
  readonly db: Database;
  readonly clock: Clock;
  /** Called for each bell of which something is due. */
  readonly onDue: (bell: Bell) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly every?: Span;
}

const EVERY: Span = 1000;

/** Starts to sweep, at once: what became due while nobody ran is found without waiting. */
export function startSweeper({ db, clock, onDue, onTrouble, every = EVERY }: SweeperParts): Sweeper {
  let last: Sweep | undefined;
  let running: Promise<void> | undefined;
  let away = false;

  async function once(): Promise<void> {
    try {
      const { reading, due } = await lookForDue(db);
      clock.set(reading);
      last = { ...due, sweptAt: Date.now() };
      away = false;
      if (due.timers !== undefined) onDue('timers');
      if (due.deliveries !== undefined || due.dirty) onDue('deliveries');
      if (due.inbound !== undefined) onDue('inbound');
    } catch (error) {
      // Said once for each time that it is away.
      if (!away) onTrouble('The sweeper cannot look; it tries again each second', error);
      away = true;
    }
  }

  const sweep = (): Promise<void> => {
    running ??= once().finally(() => {
      running = undefined;
    });
    return running;
  };
  const interval = setInterval(sweep, every);
  void sweep();
  return { lastSweep: () => last, sweep, close: () => clearInterval(interval) };
}

/** Looks once, in one statement that only touches the indexes of what is open. */
export async function lookForDue(db: Database): Promise<{ readonly reading: Reading; readonly due: Due }> {
  const before = performance.now();
  const [row] = await db.sql<
    { now: number; rate: number; timers: number | null; deliveries: number | null; dirty: boolean; inbound: number | null }[]
  >`
    with t as materialized (select bellman.now() as at, clock_timestamp() as real)
    select extract(epoch from t.at)::float8 * 1000 as now, coalesce((select rate from bellman.clock), 1) as rate,
      (select extract(epoch from due_at)::float8 * 1000 from bellman.timer
        where parked_at is null and due_at <= t.at and (lease_until is null or lease_until <= t.real)
        order by due_at limit 1) as timers,
      (select extract(epoch from not_before)::float8 * 1000 from bellman.delivery
        where state in ('waiting', 'sending', 'unknown') and not_before <= t.at and (lease_until is null or lease_until <= t.real)
        order by not_before limit 1) as deliveries,
      exists (select from bellman.delivery where dirty and state = 'sent'
        and (edited_at is null or edited_at <= t.real - interval '2 s')) as dirty,
      (select extract(epoch from received_at)::float8 * 1000 from bellman.inbound
        where state = 'pending' and (lease_until is null or lease_until <= t.real) order by received_at limit 1) as inbound
    from t`;
  if (!row) throw new Error('The sweep came back empty');
  return {
    reading: { now: row.now, rate: row.rate, askedAt: (before + performance.now()) / 2 },
    due: {
      now: row.now,
      timers: row.timers ?? undefined,
      deliveries: row.deliveries ?? undefined,
      dirty: row.dirty,
      inbound: row.inbound ?? undefined,
    },
  };
}
