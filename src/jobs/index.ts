/**
 * What rings and who answers: BullMQ is the doorbell, never the list (design section 6). Everything that is due stands in Postgres;
 * the queue wakes workers for it at once, and the sweeper finds within a second whatever the queue lost.
 */
import type { Clock } from '../core/clock.ts';
import type { Bell, Doorbell } from '../core/doorbell.ts';
import type { Instant, Span } from '../core/instant.ts';
import type { Database } from '../db/database.ts';
import { isAway } from '../db/database.ts';
import { ringQueue } from './queue.ts';
import { ringer } from './ringer.ts';
import { single } from './single.ts';
import { type Sweep, startSweeper } from './sweeper.ts';

export { inboundFinisher } from './inbound.ts';
export type { Sweep } from './sweeper.ts';

/** What is done when a bell rings. Each resolves when what was due is done; it may be called while it runs. */
export interface Handlers {
  /** Stays until the instant for what becomes due meanwhile. */
  timers(until?: Instant): Promise<void>;
  deliveries(): Promise<void>;
  inbound(): Promise<void>;
}

export interface JobsParts {
  readonly db: Database;
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Keeps installations in one Redis, or in one database, apart: letters, digits and dashes. */
  readonly prefix: string;
  /** Absent in a process that does no work of this kind (`BELLMAN_ROLE=bot`): then it only rings. */
  readonly handlers?: Handlers | undefined;
  readonly clock: Clock;
  readonly log: { warn(detail: object, message: string): void };
  readonly sweepEvery?: Span;
}

export interface Jobs {
  readonly doorbell: Doorbell;
  /** For health and heartbeat: the last sweep that reached the database, and what it found due and unclaimed. */
  lastSweep(): Sweep | undefined;
  /** Sweeps at once, as a test does after it has moved the clock. */
  sweep(): Promise<void>;
  /** Stops to take rings and to sweep. The handlers' own work is ended by who made them, before. */
  close(): Promise<void>;
}

/** The same trouble is said again after so long. */
const SAID_AGAIN_AFTER: Span = 30_000;

/** Starts queue, worker and sweeper. Rejects only when Postgres is away and the queue is in it. */
export async function startJobs(parts: JobsParts): Promise<Jobs> {
  const { db, clock, handlers, log } = parts;
  const said = new Map<string, number>();
  const onTrouble = (what: string, error: unknown): void => {
    // A server that is away gives the same trouble many times a second.
    const now = performance.now();
    if (now - (said.get(what) ?? Number.NEGATIVE_INFINITY) < SAID_AGAIN_AFTER) return;
    said.set(what, now);
    log.warn({ error }, what);
  };
  const timersAtOnce = single(async () => handlers?.timers());
  const inbound = single(async () => handlers?.inbound());

  async function answer(bell: Bell, until?: Instant): Promise<void> {
    if (!handlers) return;
    try {
      switch (bell) {
        case 'timers':
          return await (until === undefined ? timersAtOnce() : handlers.timers(until));
        case 'deliveries':
          return await handlers.deliveries();
        case 'inbound':
          return await inbound();
        default:
          return bell satisfies never;
      }
    } catch (error) {
      // The rows stand; the sweeper comes by within a second. While Postgres is away the sweeper says so.
      if (!isAway(error)) onTrouble(`The work on ${bell} was broken off`, error);
    }
  }

  const queue = await ringQueue({
    ...parts,
    prefix: parts.prefix.replace(/[^\w-]/gu, '-'),
    onRing: handlers && (({ bell, until }) => answer(bell, until)),
    onTrouble,
  });
  const doorbell = ringer({ queue, clock, onTrouble, onRingAtOnce: (bell) => void answer(bell) });
  const sweeper = startSweeper({
    db,
    clock,
    onTrouble,
    onDue: (bell) => void answer(bell),
    ...(parts.sweepEvery === undefined ? {} : { every: parts.sweepEvery }),
  });
  return {
    doorbell,
    lastSweep: sweeper.lastSweep,
    sweep: sweeper.sweep,
    async close() {
      sweeper.close();
      await queue.close();
    },
  };
}
