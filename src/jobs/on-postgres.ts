/** The queue of rings on BullMQ's Postgres backend, in its own schema of Bellman's database. */
import { createPostgresBackend, DEFAULT_SCHEMA, type PgPool, runMigrations, withBackend } from 'bullmq';
import pg from 'pg';
import type { Bell } from '../core/doorbell.ts';
import {
  handling,
  type Opened,
  queueOptions,
  type Ring,
  type Ringers,
  type RingQueueParts,
  type Rings,
  workerOptions,
} from './ring.ts';

/** Opens the queue on BullMQ's Postgres backend. Rejects when Postgres is away. */
export async function onPostgres({ databaseUrl, prefix, onRing, onTrouble }: RingQueueParts): Promise<Opened> {
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
