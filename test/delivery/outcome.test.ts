import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type House, openHouse, somewhere, until } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const nothingOpen = (): Promise<boolean> => house.nothingOpen();

describe('an outcome', () => {
  test('that is refused is a failure, told once and for good', async () => {
    house.followBy((delivery, ending) => [
      { do: 'command', record: delivery.record, part: 'talk', command: { type: 'hear', what: ending.is } as never },
      { do: 'say', record: delivery.record, to: 'memory/channel/else', content: delivery.content },
    ]);
    house.platform.faults.post.push({ is: 'refused' });
    const record = await house.raise();
    await house.say(record, somewhere(), 'closed');
    const worker = house.worker();
    await until(nothingOpen, () => worker.run());
    const states = await house.db.sql`select state, error from bellman.delivery order by seq`;
    expect(states).toEqual([
      { state: 'failed', error: 'The channel is archived' },
      { state: 'sent', error: null },
    ]);
    expect(house.endings.map(({ ending }) => ending)).toEqual([{ is: 'failed', why: 'The channel is archived' }]);
    expect(house.platform.titles('memory/channel/else')).toEqual(['closed']);
    const timers = await house.db.sql`select record_id, part, command from bellman.timer`;
    expect(timers).toEqual([{ record_id: record, part: 'talk', command: { type: 'hear', what: 'failed' } }]);
  });

  test('that holds an update up is told once, at the fifth time', async () => {
    house.platform.faults.post.push(...Array.from({ length: 7 }, () => ({ is: 'limited', after: 1 }) as const));
    const record = await house.raise();
    await house.say(record, somewhere(), 'slow', { update: 'U.1' });
    const worker = house.worker();
    await until(nothingOpen, () => worker.run());
    expect(await house.row('slow')).toMatchObject({ state: 'sent', attempt: 8 });
    expect(house.endings.map(({ ending }) => ending)).toEqual([{ is: 'held up', why: 'Too many' }, { is: 'sent' }]);
  });

  test('for somebody who is known from nowhere is a failure at once', async () => {
    await house.say(await house.raise(), 'none/person/p7', 'to nobody');
    await until(nothingOpen, () => house.worker().run());
    expect(await house.row('to nobody')).toMatchObject({ state: 'failed', error: 'It is not known where p7 can be reached' });
  });

  test('a platform that is not connected here is waited for, and then said to be missing', async () => {
    await house.say(await house.raise(), 'pigeon/person/p7', 'by pigeon');
    const worker = house.worker();
    await worker.run();
    await worker.idle();
    expect(await house.row('by pigeon')).toMatchObject({ state: 'waiting' });
    await house.db.sql`update bellman.delivery set not_before = not_before - interval '11 minutes'`;
    await until(nothingOpen, () => worker.run());
    expect(await house.row('by pigeon')).toMatchObject({ state: 'failed', error: 'Bellman is not connected to pigeon' });
  });

  test('is recorded although somebody holds its row for longer than a lock is waited for', async () => {
    const place = somewhere();
    await house.say(await house.raise(), place, 'held row');
    const worker = house.worker({ times: { timeout: 500, quiet: 100, lease: 8000 } });
    let go: () => void = () => {};
    house.platform.gate = new Promise((resolve) => {
      go = resolve;
    });
    await worker.run();
    await until(async () => (await house.row('held row'))?.state === 'sending');
    await house.db.transaction(async ({ sql }) => {
      await sql`select 1 from bellman.delivery for update`;
      go();
      await sql`select pg_sleep(1.8)`;
    });
    await until(nothingOpen);
    expect(await house.row('held row')).toMatchObject({ state: 'sent', attempt: 1 });
    expect(house.platform.calls.map(({ method }) => method)).toEqual(['post']);
  });

  test('with a text that was changed in the table is not sent', async () => {
    await house.say(await house.raise(), somewhere(), 'true');
    await house.db.sql`update bellman.delivery set content = jsonb_set(content, '{title}', '"false"')`;
    await until(nothingOpen, () => house.worker().run());
    expect(house.platform.messages).toEqual([]);
    expect(await house.row('false')).toMatchObject({ state: 'failed' });
  });

  test('"too many" pauses the class for everybody, keeps the order, and loses nothing', async () => {
    const [place, other] = [somewhere(), somewhere()];
    const record = await house.raise();
    for (const title of ['1', '2', '3']) await house.say(record, place, title);
    await house.say(record, other, 'other');
    house.platform.faults.post.push({ is: 'limited', after: 400 });
    const workers = [house.worker({ parallel: 1 }), house.worker({ parallel: 1 })];
    const rung = Date.now();
    await until(nothingOpen, () => Promise.all(workers.map((worker) => worker.run())));
    expect(house.platform.titles(place)).toEqual(['1', '2', '3']);
    expect(house.platform.titles(other)).toEqual(['other']);
    const calls = house.platform.calls.filter((call) => call.place === place);
    expect(calls).toHaveLength(4);
    expect((calls[1]?.at ?? 0) - (calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(390);
    expect(house.platform.calls.filter(({ method }) => method === 'look')).toEqual([]);
    expect(Date.now() - rung).toBeLessThan(3000);
  });

  test('rates hold over several workers', async () => {
    house.platform.perSecond.post = 10;
    const place = somewhere();
    const record = await house.raise();
    for (let number = 0; number < 5; number += 1) await house.say(record, place, `${number}`);
    const workers = [house.worker(), house.worker()];
    await until(nothingOpen, () => Promise.all(workers.map((worker) => worker.run())));
    const times = house.platform.calls.map(({ at }) => at);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(385);
    expect(house.platform.titles(place)).toEqual(['0', '1', '2', '3', '4']);
  });
});

describe('an update', () => {
  test('is not sent when it may not be any more, and its plan hears so', async () => {
    const record = await house.raise();
    await house.say(record, somewhere(), 'withdrawn', { update: 'PRB-1.1' });
    await house.act(record, { type: 'withdraw' });
    await until(nothingOpen, () => house.worker().run());
    expect(house.platform.messages).toEqual([]);
    expect(await house.row('withdrawn')).toMatchObject({ state: 'cancelled', error: 'It was withdrawn' });
    expect(house.endings.map(({ ending }) => ending)).toEqual([{ is: 'cancelled', why: 'It was withdrawn' }]);
  });

  test('has its plan hear how it went, and only once', async () => {
    house.platform.faults.post.push({ is: 'lost' });
    await house.say(await house.raise(), somewhere(), 'heard', { update: 'PRB-1.1' });
    const worker = house.worker();
    await until(nothingOpen, () => worker.run());
    expect(house.endings.map(({ ending }) => ending.is)).toEqual(['unknown', 'sent']);
  });
});
