import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leave, sendAgain, unsureOf } from '../../src/delivery/index.ts';
import { type House, openHouse, QUICK, somewhere, until } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const nothingOpen = (): Promise<boolean> => house.nothingOpen();

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
    expect(house.blind.posts.map(({ delivery }) => delivery)).toEqual(expect.arrayContaining([a, c]));
    expect(await house.row('letter a')).toMatchObject({ state: 'sent', attempt: 2 });
    expect(await house.row('letter c')).toMatchObject({ state: 'left' });
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
