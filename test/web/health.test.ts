import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/db/database.ts';
import { beat } from '../../src/regular.ts';
import { clockRuns, type HealthParts, readiness } from '../../src/web/health.ts';
import { eventually, type House, startHouse } from '../support/bellman.ts';

let house: House;
let listener: Server;
let calls = 0;
let url: string;
const health = (more: Partial<HealthParts> = {}): HealthParts => ({
  db: house.db,
  held: () => undefined,
  stopping: () => false,
  lastSweep: () => house.bellman.jobs.lastSweep()?.sweptAt ?? 0,
  sweeps: true,
  ...more,
});

beforeAll(async () => {
  house = await startHouse();
  listener = createServer((_request, response) => {
    calls += 1;
    response.end();
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  await house.bellman.jobs.sweep();
});
afterAll(async () => {
  listener.close();
  await house.stop();
});

describe('readiness', () => {
  test('is told by /readyz, and so is why not', async () => {
    expect(await readiness(health())).toEqual({ ready: true });
    expect(await readiness(health({ held: () => 'a copy' }))).toEqual({ ready: false, why: 'held: a copy' });
    expect(await readiness(health({ stopping: () => true }))).toEqual({ ready: false, why: 'stopping' });
    const away = connect('postgres://nobody@127.0.0.1:1/none');
    expect(await readiness(health({ db: away }))).toEqual({ ready: false, why: 'the records cannot be reached' });
    expect((await fetch(`${house.bellman.url}/readyz`)).status).toBe(200);
  });

  test('of a Bellman that was told to hold is 503 with the reason', async () => {
    const silent = await startHouse({ environment: { BELLMAN_HOLD: 'true' } });
    const answer = await fetch(`${silent.bellman.url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ ready: false, why: expect.stringContaining('held') });
    await silent.stop();
  });
});

describe('the heartbeat', () => {
  test('is sent while the clock runs', async () => {
    await eventually('the clock runs', () => clockRuns(health()));
    expect(await beat(url, health())).toBe(true);
    expect(calls).toBe(1);
  });

  test('is silent while nobody sweeps, nothing may be sent, or something due lies about', async () => {
    const before = calls;
    expect(await beat(url, health({ lastSweep: () => Date.now() - 60_000 }))).toBe(false);
    expect(await beat(url, health({ held: () => 'a copy' }))).toBe(false);
    const idle = await startHouse({ environment: { BELLMAN_ROLE: 'bot' } });
    await idle.db
      .sql`insert into bellman.timer (record_id, key, due_at, part, command) values ('RFC-1', 'x', bellman.now() - interval '1 minute', 'change', '{}')`;
    expect(await beat(url, health({ db: idle.db, sweeps: false }))).toBe(false);
    await idle.stop();
    expect(calls).toBe(before);
  });
});

test('the metrics tell the oldest overdue update and the oldest unsent delivery', async () => {
  const text = await (await fetch(`${house.bellman.url}/metrics`)).text();
  expect(text).toMatch(/^bellman_oldest_overdue_update_seconds 0$/m);
  expect(text).toMatch(/^bellman_oldest_unsent_delivery_seconds \d/m);
});
