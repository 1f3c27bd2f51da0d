/**
 * The four promises of Bellman, held by a whole Bellman under random days: people write, release, take back and skip, roles come and
 * go, Slack and the mail server fail in every way that they can, the process restarts and the clock jumps. After each day everything
 * is set right again, and then what people really got is compared with a model that knows only who may release what.
 */
import { fc } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QUEUES, queueMissing } from '../support/bellman.ts';
import { type Bank, openBank } from './bank.ts';
import { day } from './day.ts';
import { type Told, told } from './told.ts';

/** Each day costs some seconds: Slack takes one message a second in a conversation. */
const DAYS = 3;

// Most of a day is waiting for what Slack permits, so both queues spend theirs at the same time.
describe.concurrent('a random day', () => {
  describe.each(QUEUES)('whatever happens, with the queue in %s', (queue) => {
    const missing = queueMissing(queue);
    let bank: Bank;
    beforeAll(async () => {
      if (missing === undefined) bank = await openBank(queue);
    }, 60_000);
    afterAll(() => bank?.close());

    test.skipIf(missing !== undefined)(
      `nothing is lost, said twice, released by the wrong person, or late without somebody knowing${missing ? ` (${missing})` : ''}`,
      { timeout: 150_000 },
      async () => {
        let updates = 0;
        await fc.assert(
          fc.asyncProperty(day(), async (steps) => {
            const run = await bank.begin();
            for (const step of steps) await run.take(step);
            await run.settle();
            const { releases, open, texts } = await told(bank, run);
            for (const release of releases) {
              const { update, line, at, by, text, places } = release;
              const allowed = run.allowed(line, at);
              expect(
                by.filter((one) => !allowed.includes(one)),
                `Released by the wrong person: ${update}`,
              ).toEqual([]);
              expect(texts, `Never handed in: ${update}`).toContain(text);
              for (const place of places) expect(got(release, place), `${update} at ${place}`).toBe('once, or somebody knows');
            }
            for (const { update, due, toldTo } of open) {
              expect(toldTo, `${update} was due ${due} and nobody knows`).not.toEqual([]);
            }
            updates += releases.length;
            await run.end();
          }),
          // Bellman cannot be set back, so a day that failed is not made shorter.
          { numRuns: DAYS, endOnFailure: true },
        );
        console.log(`${DAYS} days, ${updates} updates`);
      },
    );
  });
});

/** Whether an update reached a place as it should. */
function got({ copies, missed }: Told, place: string): string {
  const times = copies.get(place) ?? 0;
  if (times > 1) return `${times} times`;
  return times === 1 || missed.has(place) ? 'once, or somebody knows' : 'lost, and nobody knows';
}
