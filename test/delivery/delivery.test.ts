import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leave, sendAgain, unsureOf } from '../../src/delivery/index.ts';
import { type House, openHouse, QUICK, somewhere, until } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const open = async (): Promise<number> => {
  const [row] = await house.db.sql<{ n: number }[]>`
    select count(*)::int as n from bellman.delivery where state in ('waiting', 'sending', 'unknown') or state = 'sent' and dirty`;
  return row?.n ?? 0;
};
const nothingOpen = async (): Promise<boolean> => (await open()) === 0;

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

  test('the most urgent place goes first', async () => {
    const record = await house.raise();
    for (let number = 0; number < 20; number += 1) await house.say(record, somewhere(), `ordinary ${number}`);
    await house.say(record, somewhere(), 'danger', { urgency: 0 });
    await house.say(record, somewhere(), 'customers', { urgency: 3 });
    const worker = house.worker({ parallel: 1 });
    await until(nothingOpen, () => worker.run());
    // Both have slots of their own besides the one.
    expect(house.platform.titles().slice(0, 3)).toEqual(expect.arrayContaining(['danger', 'customers']));
    expect(house.platform.titles()[0]).toBe('danger');
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

describe('what may have arrived', () => {
  test('is looked for, found, and stands once', async () => {
    house.platform.faults.post.push({ is: 'lost' });
    await house.say(await house.raise(), somewhere(), 'once');
    const worker = house.worker();
    await until(nothingOpen, () => worker.run());
    expect(house.platform.titles()).toEqual(['once']);
    expect(await house.row('once')).toMatchObject({ state: 'sent', attempt: 1 });
    const looks = house.platform.calls.filter(({ method }) => method === 'look');
    expect(looks).toHaveLength(1);
    expect((looks[0]?.at ?? 0) - (house.platform.calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(QUICK.timeout + QUICK.quiet - 10);
  });

  test('is sent again when it was looked for twice in vain', async () => {
    house.platform.faults.post.push({ is: 'unknown' });
    await house.say(await house.raise(), somewhere(), 'again');
    const worker = house.worker();
    await until(
      async () => (await house.row('again'))?.state === 'sent',
      () => worker.run(),
    );
    expect(house.platform.calls.map(({ method }) => method)).toEqual(['post', 'look', 'look', 'post']);
    expect(house.platform.titles()).toEqual(['again']);
  });

  test('and arrives after all, late, is removed by the janitor, who has it journaled', async () => {
    const place = somewhere();
    house.platform.faults.post.push({ is: 'unknown' });
    await house.say(await house.raise(), place, 'twin');
    const worker = house.worker();
    await until(
      async () => (await house.row('twin'))?.state === 'sent',
      () => worker.run(),
    );
    const [first] = house.platform.messages;
    house.platform.arrive(place, { delivery: first?.delivery ?? '', card: first?.card ?? (undefined as never) });
    await until(nothingOpen, () => worker.run());
    expect(house.platform.messages.map(({ externalId }) => externalId)).toEqual([first?.externalId]);
    expect(house.endings.map(({ ending }) => ending)).toEqual([{ is: 'twins removed', count: 1 }]);
  });

  test('holds back what the same record says there later, and nobody else', async () => {
    const place = somewhere();
    const [mine, other] = [await house.raise(), await house.raise()];
    house.platform.faults.post.push({ is: 'lost' });
    await house.say(mine, place, 'mine 1');
    await house.say(mine, place, 'mine 2');
    await house.say(other, place, 'other');
    const worker = house.worker();
    await until(
      () => house.platform.titles().includes('other'),
      () => worker.run(),
    );
    expect(house.platform.titles(place)).toEqual(['mine 1', 'other']);
    await until(nothingOpen, () => worker.run());
    expect(house.platform.titles(place)).toEqual(['mine 1', 'other', 'mine 2']);
  });

  test('a platform that hangs is broken off at the time-out', async () => {
    house.platform.faults.post.push({ is: 'hang' });
    await house.say(await house.raise(), somewhere(), 'slow');
    const worker = house.worker();
    await until(nothingOpen, () => worker.run());
    expect(house.platform.titles()).toEqual(['slow']);
  });

  test('while the platform cannot be looked at, nothing is sent again', async () => {
    house.platform.faults.post.push({ is: 'lost' });
    house.platform.faults.look.push({ is: 'unknown' }, { is: 'limited', after: 50 }, { is: 'unknown' });
    await house.say(await house.raise(), somewhere(), 'patience');
    const worker = house.worker();
    await until(nothingOpen, () => worker.run());
    expect(house.platform.calls.map(({ method }) => method)).toEqual(['post', 'look', 'look', 'look', 'look']);
    expect(house.platform.titles()).toEqual(['patience']);
  });

  test('where nobody can look, a person decides', async () => {
    const record = await house.raise();
    house.blind.faults.push({ is: 'lost' }, { is: 'lost' });
    await house.say(record, 'blind/address/a@b.example', 'letter a', { update: 'PRB-1.1' });
    await house.say(record, 'blind/address/c@d.example', 'letter c', { update: 'PRB-1.1' });
    const worker = house.worker();
    await until(nothingOpen, () => worker.run());
    expect(house.endings.map(({ ending }) => ending.is)).toEqual(['unsure', 'unsure']);
    const unsure = await unsureOf(house.db, 'PRB-1.1');
    expect(unsure.map(({ place }) => place)).toEqual(['blind/address/a@b.example', 'blind/address/c@d.example']);
    const [a, c] = unsure.map(({ id }) => id) as [string, string];
    expect(await sendAgain(house.db, [a])).toEqual([a]);
    expect(await leave(house.db, [a, c])).toEqual([c]);
    await until(nothingOpen, () => worker.run());
    expect(house.blind.posts.map(({ delivery }) => delivery)).toEqual([a, c, a].sort((x, y) => (x === y ? 0 : 0)));
    expect(await house.row('letter a')).toMatchObject({ state: 'sent', attempt: 2 });
    expect(await house.row('letter c')).toMatchObject({ state: 'left' });
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

describe('a process that dies', () => {
  /** A worker that stands still for ever at a step, as if its process were killed there. */
  const dies = (at: string) => house.worker({ onStep: (step) => (step === at ? new Promise<void>(() => {}) : undefined) });

  test.each(['claimed', 'sent', 'recorded'])('after "%s" leaves it to the next one, and it is said once', async (step) => {
    const place = somewhere();
    const record = await house.raise();
    await house.say(record, place, 'first');
    await house.say(record, place, 'second');
    const dead = dies(step);
    await dead.run();
    await until(async () => (await house.row('first'))?.attempt === 1);
    const worker = house.worker();
    await until(nothingOpen, () => worker.run());
    expect(house.platform.titles(place)).toEqual(['first', 'second']);
  });
});

describe('a live card', () => {
  test('is edited seldom, and in the end shows what its record says', async () => {
    const place = somewhere();
    const record = await house.raise();
    await house.say(record, place, 'Counted 0', { live: 'counter' });
    const workers = [house.worker({ times: { ...QUICK, edits: 300 } }), house.worker({ times: { ...QUICK, edits: 300 } })];
    const ring = () => Promise.all(workers.map((worker) => worker.run()));
    await until(nothingOpen, ring);
    for (let n = 0; n < 100; n += 1) {
      await house.act(record, { type: 'count' });
      void ring();
    }
    await until(nothingOpen, ring);
    expect(house.platform.titles(place)).toEqual(['Counted 100']);
    const edits = house.platform.calls.filter(({ method }) => method === 'edit').map(({ at }) => at);
    expect(edits.length).toBeLessThanOrEqual(6);
    for (const [at, edit] of edits.entries()) if (at > 0) expect(edit - (edits[at - 1] ?? 0)).toBeGreaterThanOrEqual(280);
  });

  test('that changed before it was first sent shows the newest', async () => {
    const record = await house.raise();
    await house.say(record, somewhere(), 'Counted 0', { live: 'counter' });
    await house.act(record, { type: 'count' });
    await until(nothingOpen, () => house.worker().run());
    expect(house.platform.titles()).toEqual(['Counted 1']);
    expect(house.platform.calls.map(({ method }) => method)).toEqual(['post']);
  });

  test('is edited again when an edit failed, and let be when its message is gone', async () => {
    const record = await house.raise();
    await house.say(record, somewhere(), 'Counted 0', { live: 'counter' });
    const worker = house.worker({ times: { ...QUICK, edits: 50 } });
    await until(nothingOpen, () => worker.run());
    house.platform.faults.edit.push({ is: 'unknown' }, { is: 'limited', after: 60 }, { is: 'hang' });
    await house.act(record, { type: 'count' });
    await until(nothingOpen, () => worker.run());
    expect(house.platform.titles()).toEqual(['Counted 1']);
    house.platform.messages.splice(0);
    await house.act(record, { type: 'count' });
    await until(nothingOpen, () => worker.run());
    expect(house.platform.messages).toEqual([]);
  });
});

test('a notice costs three statements, and each further one in its place two', async () => {
  const seen: string[] = [];
  const { connect } = await import('../../src/db/database.ts');
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
