import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/db/database.ts';
import { type House, openHouse, somewhere, until } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const nothingOpen = (): Promise<boolean> => house.nothingOpen();

describe('order', () => {
  test('a place reads everything once and in its order, however many workers there are', async () => {
    const places = Array.from({ length: 6 }, somewhere);
    const record = await house.raise();
    for (let number = 0; number < 10; number += 1) for (const place of places) await house.say(record, place, `${number}`);
    const workers = [house.worker(), house.worker(), house.worker()];
    await until(nothingOpen, () => Promise.all(workers.map((worker) => worker.run())));
    for (const place of places)
      expect(house.platform.titles(place)).toEqual(Array.from({ length: 10 }, (_, number) => `${number}`));
    expect(house.platform.mostAtOnceInAPlace).toBe(1);
    expect(house.troubles).toEqual([]);
    const [leases] = await house.db.sql<{ n: number }[]>`select count(*)::int as n from bellman.place_lease`;
    expect(leases?.n).toBe(0);
  });

  test('the most urgent places go first', async () => {
    const record = await house.raise();
    for (let number = 0; number < 20; number += 1) await house.say(record, somewhere(), `ordinary ${number}`);
    await house.say(record, somewhere(), 'danger', { urgency: 0 });
    await house.say(record, somewhere(), 'customers', { urgency: 3 });
    const worker = house.worker({ parallel: 1 });
    await until(nothingOpen, () => worker.run());
    // Both have slots of their own besides the one.
    expect([...house.platform.titles().slice(0, 2)].sort()).toEqual(['customers', 'danger']);
  });

  test('what comes while the place is being drained is sent without another ring', async () => {
    const place = somewhere();
    const record = await house.raise();
    let go: () => void = () => {};
    house.platform.gate = new Promise((resolve) => {
      go = resolve;
    });
    await house.say(record, place, 'first');
    const worker = house.worker();
    await worker.run();
    await house.say(record, place, 'second');
    await worker.run();
    go();
    await until(() => house.platform.messages.length === 2);
    expect(house.platform.titles(place)).toEqual(['first', 'second']);
  });

  test('nothing is claimed while Bellman is held', async () => {
    let held = true;
    const worker = house.worker({ held: async () => held });
    await house.say(await house.raise(), somewhere(), 'quiet');
    await worker.run();
    await worker.idle();
    expect(await house.row('quiet')).toMatchObject({ state: 'waiting', attempt: 0 });
    held = false;
    await until(nothingOpen, () => worker.run());
    expect(house.platform.titles()).toEqual(['quiet']);
  });
});

test('a notice costs three statements, and each further one in its place two', async () => {
  const seen: string[] = [];
  const db = connect(house.database.url, { debug: (query) => seen.push(query) });
  const place = somewhere();
  const record = await house.raise();
  for (let n = 0; n < 10; n += 1) await house.say(record, place, `${n}`);
  const worker = house.worker({ db });
  await worker.run();
  await worker.idle();
  expect(house.platform.titles(place)).toHaveLength(10);
  // One look, one to enter, then a claim and a record each.
  expect(seen.filter((query) => query.includes('bellman.')).length).toBeLessThanOrEqual(1 + 1 + 2 * 10 + 1);
  await worker.close();
  await db.close();
});
