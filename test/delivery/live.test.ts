import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type House, openHouse, QUICK, somewhere, until } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const nothingOpen = (): Promise<boolean> => house.nothingOpen();

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

  test('that says the same as before costs no permit, so that the next one that does not is edited at once', async () => {
    house.platform.perSecond.edit = 0.001;
    const [same, other] = [await house.raise(), await house.raise()];
    for (const record of [same, other]) await house.say(record, somewhere(), 'Counted 0', { live: 'counter' });
    const worker = house.worker({ times: { ...QUICK, edits: 50 } });
    await until(nothingOpen, () => worker.run());
    for (let n = 0; n < 3; n += 1) {
      await house.db.sql`update bellman.delivery set dirty = true where record_id = ${same}`;
      await until(nothingOpen, () => worker.run());
    }
    await house.act(other, { type: 'count' });
    await until(nothingOpen, () => worker.run());
    expect(house.platform.titles().toSorted()).toEqual(['Counted 0', 'Counted 1']);
  });
});
