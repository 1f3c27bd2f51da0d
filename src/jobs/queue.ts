/**
 * The queue of rings on BullMQ: on Redis, or on BullMQ's Postgres backend in its own schema of Bellman's database.
 * Only the driver that is used is loaded.
 */
import type { Span } from '../core/instant.ts';
import type { Opened, Ring, RingQueueParts } from './ring.ts';

export interface RingQueue {
  /** Puts a ring in; one with the same id that has not begun stands for it, one that has begun is followed by it. */
  add(id: string, ring: Ring, delay: Span): Promise<void>;
  close(): Promise<void>;
}

/** Jobs leave nothing behind: the truth is in Bellman's own tables. */
const LEAVE_NOTHING = { removeOnComplete: true, removeOnFail: true } as const;
/** How long a stop waits for a connection that may be gone. */
const CLOSE_LIMIT: Span = 3000;

/** Opens the queue. With Redis away it opens all the same and goes on by itself when Redis is back. */
export async function ringQueue(parts: RingQueueParts): Promise<RingQueue> {
  const { queue, worker, disconnect } = await open(parts);
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

/** Each driver has a file of its own, whose imports are its own: in the bundle as well only the one that is used is loaded. */
async function open(parts: RingQueueParts): Promise<Opened> {
  if (parts.redisUrl === undefined) return (await import('./on-postgres.ts')).onPostgres(parts);
  return (await import('./on-redis.ts')).onRedis(parts, parts.redisUrl);
}
