/**
 * Timers that are due: claimed by lease, fired as commands through `transact`, parked when they cannot be (design section 6).
 * The truth is the timer's row. Firing locks the record and rechecks the row, so a timer that was claimed twice fires once and
 * one that was moved meanwhile does not fire. Leases are in real time, also where Bellman's clock is quickened.
 */
import { type Database, isAway, isContended } from '../db/database.ts';
import type { Clock } from './clock.ts';
import type { Instant, Span } from './instant.ts';
import { BELLMAN, type RecordId, type Typed } from './record.ts';
import { isRefusal } from './refusal.ts';
import type { Change, Transact } from './transact.ts';

/** How many timers are claimed at once, and fired in one transaction. */
export const BATCH = 500;
/** After so many failures a timer is parked. */
export const MOST_FAILURES = 5;
const LEASE: Span = 10_000;
/** A failed timer waits 1, 2, 4, 8 s. */
const FIRST_WAIT: Span = 1000;
/** Somebody else may set a timer within the second for which a worker stays; it looks again at least so often. */
const LONGEST_SLEEP: Span = 250;
/** Batches of one process at the same time: while one waits for Postgres, another is decided. */
const LANES = 2;
/** Timers fired alone at the same time, after their batch failed. */
const ALONE_AT_ONCE = 4;

export interface DueTimer {
  readonly record: RecordId;
  readonly key: string;
  readonly dueAt: Instant;
  readonly part: string;
  readonly command: Typed;
}

export interface Claim {
  /** In the order in which they are due. */
  readonly timers: readonly DueTimer[];
  /** When the next one is due that is not due yet. */
  readonly next: Instant | undefined;
}

/** Claims timers that are due and that nobody else has, the longest due first, in one statement. */
export async function claimDue(db: Database, holder: string, batch: number = BATCH, lease: Span = LEASE): Promise<Claim> {
  const rows = await db.sql<(Partial<DueTimer> & { next: number | null })[]>`
    with t as materialized (select bellman.now() as at, clock_timestamp() as real),
    due as (
      select record_id, key from bellman.timer
      where parked_at is null and due_at <= (select at from t) and (lease_until is null or lease_until <= (select real from t))
      order by due_at limit ${batch} for update skip locked),
    claimed as (
      update bellman.timer m set lease_holder = ${holder}, lease_until = (select real from t) + ${lease} * interval '1 ms'
      from due where m.record_id = due.record_id and m.key = due.key
      returning m.record_id, m.key, extract(epoch from m.due_at)::float8 * 1000 as due, m.part, m.command)
    select n.next, c.record_id as record, c.key, c.due as "dueAt", c.part, c.command
    from (select (select extract(epoch from due_at)::float8 * 1000 from bellman.timer
      where parked_at is null and due_at > (select at from t) order by due_at limit 1) as next) n
    left join claimed c on true order by c.due`;
  return {
    // The join yields one row without a timer when none is due.
    timers: rows.filter((row): row is DueTimer & { next: number | null } => typeof row.record === 'string'),
    next: rows[0]?.next ?? undefined,
  };
}

export interface TimerParts {
  readonly db: Database;
  readonly transact: Transact;
  readonly clock: Clock;
  /** Different in every process. */
  readonly holder: string;
  /** Told once when a timer is parked: it must be journaled, and the admins told. */
  readonly onParked: (timer: DueTimer, error: unknown) => Promise<void> | void;
  /** Told of everything else that went wrong. */
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly batch?: number;
}

export interface Timers {
  /** Fires everything that is due; stays until `until` for what becomes due meanwhile. Rejects when Postgres is away. */
  run(until?: Instant): Promise<void>;
  /** Ends the stays. What is being fired is finished. */
  close(): void;
}

/** The worker of timers. Any number of them may run against one database. */
export function timers({ db, transact, clock, holder, onParked, onTrouble, batch = BATCH }: TimerParts): Timers {
  let busy = 0;
  let closed = false;
  /** Something was claimed and not fired, because the work was broken off. */
  let owed = false;
  const queue: (() => void)[] = [];
  const sleepers = new Set<() => void>();

  async function inLane<T>(work: () => Promise<T>): Promise<T> {
    if (busy >= LANES) await new Promise<void>((go) => queue.push(go));
    else busy += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else busy -= 1;
    }
  }

  /** Gives back what is owed. What another lane is firing just now may be claimed twice by that, and still fires once. */
  async function payBack(): Promise<void> {
    await db.sql`
      update bellman.timer set lease_holder = null, lease_until = null
      where parked_at is null and due_at <= (select bellman.now()) and lease_holder = ${holder}`;
    owed = false;
  }

  /** Claims and fires until nothing is due; tells when the next one is. */
  async function drain(): Promise<Instant | undefined> {
    if (owed) await payBack();
    for (;;) {
      if (closed) return undefined;
      let beside: Promise<unknown> | undefined;
      const claim = await inLane(async () => {
        const claimed = await claimDue(db, holder, batch);
        if (claimed.timers.length === batch && busy < LANES) {
          beside = drain();
          // It is awaited below; until then its failure is not unhandled.
          beside.catch(() => {});
        }
        if (claimed.timers.length > 0) await fire(claimed.timers);
        return claimed;
      });
      await beside;
      if (claim.timers.length === 0) return claim.next;
    }
  }

  async function fire(due: readonly DueTimer[]): Promise<void> {
    try {
      tellRefusals(due, await transact(due.map(changeOf)));
    } catch (error) {
      // Not their fault: they are given back when Postgres is there again.
      if (isAway(error)) throw error;
      if (due.length === 1 && due[0]) return failed(due[0], error);
      const rest = [...due];
      const alone = async (): Promise<void> => {
        for (let next = rest.shift(); next; next = rest.shift()) await fire([next]);
      };
      await Promise.all(Array.from({ length: ALONE_AT_ONCE }, alone));
    }
  }

  function tellRefusals(due: readonly DueTimer[], outcomes: Awaited<ReturnType<Transact>>): void {
    for (const [at, outcome] of outcomes.entries())
      if (isRefusal(outcome))
        onTrouble(`The timer ${due[at]?.key} of ${due[at]?.record} was refused: ${outcome.refused}`, outcome);
  }

  async function failed(timer: DueTimer, error: unknown): Promise<void> {
    // A lock that was not had is somebody else's doing; it is tried again without being counted.
    const counts = !isContended(error);
    onTrouble(`The timer ${timer.key} of ${timer.record} failed`, error);
    const [row] = await db.sql<{ parked: boolean }[]>`
      update bellman.timer set failures = failures + ${counts ? 1 : 0}, lease_holder = null,
        lease_until = clock_timestamp() + power(2, least(failures, 6)) * ${FIRST_WAIT} * interval '1 ms',
        parked_at = case when failures + ${counts ? 1 : 0} >= ${MOST_FAILURES} then bellman.now() end
      where record_id = ${timer.record} and key = ${timer.key} and lease_holder = ${holder}
      returning parked_at is not null as parked`;
    if (row?.parked) await onParked(timer, error);
  }

  function sleep(real: Span): Promise<void> {
    return new Promise((resolve) => {
      const awake = () => {
        clearTimeout(timeout);
        sleepers.delete(awake);
        resolve();
      };
      const timeout = setTimeout(awake, real);
      sleepers.add(awake);
    });
  }

  return {
    async run(until) {
      try {
        for (;;) {
          const next = await drain();
          if (closed || until === undefined || next === undefined || next > until) return;
          await sleep(Math.min(clock.delayUntil(next), LONGEST_SLEEP));
        }
      } catch (error) {
        owed = true;
        throw error;
      }
    },
    close() {
      closed = true;
      for (const awake of sleepers) awake();
    },
  };
}

const changeOf = ({ record, key, dueAt, part, command }: DueTimer): Change => ({
  record,
  part,
  command,
  by: BELLMAN,
  timer: { key, dueAt },
});
