/**
 * The queue of rings on BullMQ: on Redis, or on BullMQ's Postgres backend in its own schema of Bellman's database.
 * Only the driver that is used is loaded.
 */
import type { Job, PgPool, Queue, Worker } from 'bullmq';
import type { Bell } from '../core/doorbell.ts';
import type { Instant, Span } from '../core/instant.ts';

/** One ring, as it lies in the queue. */
export interface Ring {
  readonly bell: Bell;
  /** The worker stays until then. */
  readonly until?: Instant;
}

export interface RingQueue {
  /** Puts a ring in; one with the same id that has not begun stands for it, one that has begun is followed by it. */
  add(id: string, ring: Ring, delay: Span): Promise<void>;
  close(): Promise<void>;
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

/** Rings that are worked on at the same time in one process: they wait more than they work. */
const AT_ONCE = 16;
/** Jobs leave nothing behind: the truth is in Bellman's own tables. */
const LEAVE_NOTHING = { removeOnComplete: true, removeOnFail: true } as const;
const EVENTS_KEPT = 100;
/** After trouble with its connection a worker asks again so often; BullMQ's own default is 15 s. */
const RETRY_AFTER: Span = 1000;
/** How long a stop waits for a connection that may be gone. */
const CLOSE_LIMIT: Span = 3000;

type Rings = Queue<Ring, void, Bell>;
type Ringers = Worker<Ring, void, Bell>;

/** Opens the queue. With Redis away it opens all the same and goes on by itself when Redis is back. */
export async function ringQueue(parts: RingQueueParts): Promise<RingQueue> {
  const { queue, worker, disconnect } = await (parts.redisUrl === undefined ? onPostgres(parts) : onRedis(parts, parts.redisUrl));
  const trouble = (error: Error) => parts.onTrouble('The queue has trouble; the sweeper goes on', error);
  queue.on('error', trouble);
  worker?.on('error', trouble);
  return {
    async add(id, ring, delay) {
      // No job id: BullMQ silently ignores a job whose id is active or kept.
      await queue.add(ring.bell, ring, { delay, deduplication: { id, keepLastIfActive: true }, ...LEAVE_NOTHING });
    },
    async close() {
      const closed = Promise.allSettled([worker?.close(), queue.close()]);
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT).unref())]);
      await disconnect();
    },
  };
}

interface Opened {
  readonly queue: Rings;
  readonly worker: Ringers | undefined;
  disconnect(): Promise<void>;
}

const workerOptions = { concurrency: AT_ONCE, runRetryDelay: RETRY_AFTER } as const;
const queueOptions = { streams: { events: { maxLen: EVENTS_KEPT } } } as const;
const handling = (onRing: (ring: Ring) => Promise<void>) => (job: Job<Ring, void, Bell>) => onRing(job.data);

async function onRedis({ prefix, onRing, onTrouble }: RingQueueParts, redisUrl: string): Promise<Opened> {
  const [{ Queue, Worker }, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null, connectionName: `${prefix} rings` });
  connection.on('error', (error) => onTrouble('Redis cannot be reached; the sweeper goes on', error));
  const queue: Rings = new Queue('rings', { connection, prefix, ...queueOptions });
  const worker = onRing && new Worker<Ring, void, Bell>('rings', handling(onRing), { connection, prefix, ...workerOptions });
  return { queue, worker, disconnect: async () => connection.disconnect() };
}

async function onPostgres({ databaseUrl, prefix, onRing, onTrouble }: RingQueueParts): Promise<Opened> {
  const [{ createPostgresBackend, DEFAULT_SCHEMA, runMigrations, withBackend }, { default: pg }] = await Promise.all([
    import('bullmq'),
    import('pg'),
  ]);
  // A ready pool: the only thing that BullMQ's ES modules accept. One connection of it listens for the worker.
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 4,
    keepAlive: true,
    application_name: `${prefix} rings`,
    options: `-c search_path=${DEFAULT_SCHEMA}`,
    connectionTimeoutMillis: 3000,
  });
  pool.on('error', (error) => onTrouble("The queue's connection to Postgres broke; the sweeper goes on", error));
  const client = await pool.connect();
  try {
    await runMigrations(client, DEFAULT_SCHEMA);
  } finally {
    client.release();
  }
  const on = withBackend(createPostgresBackend);
  // BullMQ describes the part of a pool that it uses a little narrower than pg's own types are.
  const connection = pool as unknown as PgPool;
  const name = `${prefix}-rings`;
  const queue = new on.Queue<Ring, void, Bell>(name, { connection, ...queueOptions });
  const worker = onRing && new on.Worker<Ring, void, Bell>(name, handling(onRing), { connection, ...workerOptions });
  return {
    // The backend's type is all that differs from a queue on Redis.
    queue: queue as unknown as Rings,
    worker: worker as unknown as Ringers | undefined,
    disconnect: () => pool.end(),
  };
}
