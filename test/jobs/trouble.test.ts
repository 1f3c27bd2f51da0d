/** Servers that die: only ones of our own. */
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { freshDatabase } from '../support/database.ts';
import { startOwnPostgres, startOwnRedis } from '../support/servers.ts';
import { postgresBackend, redisBackend } from './backends.ts';
import { until, whole } from './whole.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const backends = [['Redis'], ['Postgres']] as const;

describe.each(backends)('timers on %s', (name) => {
  test('fire when they are due, each once', async ({ skip }) => {
    const backend = name === 'Redis' ? redisBackend() : postgresBackend();
    if (!backend) return skip('There is no Redis here');
    const database = await freshDatabase();
    undo.push(database.drop, backend.clean);
    const running = await whole(database.url, backend);
    undo.push(running.close);
    await running.spread(600, 1000, 2000);
    await until(async () => (await running.fired()) === 600);
    const late = await running.lateness();
    console.log(`${name}: 600 timers within 2 s: p50 ${late.p50.toFixed(0)} ms, p99 ${late.p99.toFixed(0)} ms late`);
    // To the millisecond at which a journal entry is dated.
    expect(late.early).toBeGreaterThan(-2);
    expect(late.most).toBeLessThan(1500);
    expect(running.troubles).toEqual([]);
  });
});

describe('Redis', () => {
  test('that is flushed, killed and brought back costs nothing but the delay', { timeout: 40_000 }, async ({ skip }) => {
    const own = await startOwnRedis().catch((error) => skip(error.message));
    undo.push(own.discard);
    const backend = redisBackend(own.url);
    if (!backend) throw new Error('There is a Redis');
    const database = await freshDatabase();
    undo.push(database.drop);
    const running = await whole(database.url, backend);
    undo.push(running.close);
    await running.spread(300, 500, 2500);
    const redis = new Redis(own.url);
    await redis.flushall();
    redis.disconnect();
    await until(async () => (await running.fired()) >= 100);
    await own.stop('immediate');
    await until(async () => (await running.fired()) === 300);
    expect((await running.lateness()).most).toBeLessThan(2500);
    running.jobs.doorbell.ring('timers');
    await own.start();
    await running.db.sql`drop table due`;
    await running.spread(50, 500, 500);
    await until(async () => (await running.fired()) === 350);
  });

  test('that is not there at all is done without', async () => {
    const database = await freshDatabase();
    undo.push(database.drop);
    const backend = redisBackend('redis://127.0.0.1:1');
    if (!backend) throw new Error('There is an address');
    const running = await whole(database.url, backend);
    undo.push(running.close);
    await running.spread(20, 100, 500);
    await until(async () => (await running.fired()) === 20);
    expect((await running.lateness()).most).toBeLessThan(2500);
    expect(running.troubles[0]).toContain('Redis cannot be reached');
  });
});

describe.each(backends)('Postgres', (name) => {
  test(`that is killed and comes back is worked with again, the queue on ${name}`, { timeout: 60_000 }, async ({ skip }) => {
    const backend = name === 'Redis' ? redisBackend() : postgresBackend();
    if (!backend) return skip('There is no Redis here');
    const own = await startOwnPostgres();
    undo.push(own.discard, backend.clean);
    await migrate(own.url);
    const running = await whole(own.url, backend);
    undo.push(running.close);
    await running.spread(200, 300, 1500);
    await until(async () => (await running.fired()) >= 50);
    await own.stop('immediate');
    const before = running.jobs.lastSweep()?.sweptAt ?? 0;
    running.jobs.doorbell.ring('timers');
    running.jobs.doorbell.ring('deliveries', running.clock.after(700));
    await own.start();
    await until(async () => (await running.fired().catch(() => 0)) === 200, 30_000);
    await until(() => (running.jobs.lastSweep()?.sweptAt ?? 0) > before);
    const twice = await running.db.sql`select record_id from bellman.journal group by record_id having count(*) > 1`;
    expect(twice).toEqual([]);
    const parked = await running.db.sql`select key from bellman.timer`;
    expect(parked).toEqual([]);
  });
});
