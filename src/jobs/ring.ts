/** What rings, and how BullMQ is used for it, whatever it stands on. */
import type { Job, Queue, Worker } from 'bullmq';
import type { Bell } from '../core/doorbell.ts';
import type { Instant, Span } from '../core/instant.ts';

/** One ring, as it lies in the queue. */
export interface Ring {
  readonly bell: Bell;
  /** The worker stays until then. */
  readonly until?: Instant;
}

export interface RingQueueParts {
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Of letters, digits and dashes: keeps installations in one Redis, or in one database, apart. */
  readonly prefix: string;
  /** Absent in a process that only rings. */
  readonly onRing?: ((ring: Ring) => Promise<void>) | undefined;
  readonly onTrouble: (what: string, error: unknown) => void;
}

export type Rings = Queue<Ring, void, Bell>;
export type Ringers = Worker<Ring, void, Bell>;

/** A queue that is open on one of its drivers. */
export interface Opened {
  readonly queue: Rings;
  readonly worker: Ringers | undefined;
  disconnect(): Promise<void>;
}

/** Rings that are worked on at the same time in one process: they wait more than they work. */
const AT_ONCE = 16;
const EVENTS_KEPT = 100;
/** After trouble with its connection a worker asks again so often; BullMQ's own default is 15 s. */
const RETRY_AFTER: Span = 1000;

export const workerOptions = { concurrency: AT_ONCE, runRetryDelay: RETRY_AFTER } as const;
export const queueOptions = { streams: { events: { maxLen: EVENTS_KEPT } } } as const;
/** A worker's handler from what is done with a ring. */
export const handling = (onRing: (ring: Ring) => Promise<void>) => (job: Job<Ring, void, Bell>) => onRing(job.data);
