/** The queue of rings on Redis. */
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Bell } from '../core/doorbell.ts';
import { handling, type Opened, queueOptions, type Ring, type RingQueueParts, type Rings, workerOptions } from './ring.ts';

/** Opens the queue on Redis; with Redis away it opens all the same. */
export async function onRedis({ prefix, onRing, onTrouble }: RingQueueParts, redisUrl: string): Promise<Opened> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null, connectionName: `${prefix} rings` });
  connection.on('error', (error) => onTrouble('Redis cannot be reached; the sweeper goes on', error));
  const queue: Rings = new Queue('rings', { connection, prefix, ...queueOptions });
  const worker = onRing && new Worker<Ring, void, Bell>('rings', handling(onRing), { connection, prefix, ...workerOptions });
  return { queue, worker, disconnect: async () => connection.disconnect() };
}
