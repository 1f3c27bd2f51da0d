/** Servers that fail, and Bellman that is told to stop, while many people vote: the same promises, and no restart but where it was stopped. */
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { QUEUES, queueMissing } from '../support/bellman.ts';
import { testServers } from '../support/database.ts';
import { startOwnPostgres, startOwnRedis } from '../support/servers.ts';
import { campaign, underWay } from './support/campaign.ts';
import { killAll } from './support/children.ts';
import { expectInTime } from './support/in-time.ts';
import { type Installation, install, type Wanted } from './support/installation.ts';

const VOTERS = Array.from({ length: 30 }, (_, at) => `voter${at + 1}`);
const RFCS = ['RFC-1', 'RFC-2'] as const;
const VOTES = VOTERS.length * RFCS.length;

const AWAY = 'The records cannot be reached; nothing was changed.';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  await killAll();
  for (const step of undo.splice(0).reverse()) await step();
});

/** Two changes on which all must vote, and a problem's update on its way. */
async function busy(where: Pick<Wanted, 'databaseUrl' | 'redisUrl'>): Promise<Installation> {
  const here = await install({
    handles: ['ray', 'neil', ...VOTERS],
    channels: ['cab', 'general', 'branches', 'partners'],
    organisation: {
      roles: { 'change-manager': ['neil'], 'problem-manager': ['neil'], communications: ['neil'] },
      cab: VOTERS,
      threshold: 'unanimous',
      customers: ['branches', 'partners'],
    },
    ...where,
  });
  undo.push(here.close);
  for (const rfc of RFCS) expect(await here.openBallot(`Change ${rfc}`, 'ray', 'neil')).toBe(rfc);
  const problem = await here.majorProblem('Refused connections', 'ray', 'neil', 'general');
  await here.release(problem, 'customers', 'ray', 'neil');
  return here;
}

async function expectAllDoneOnce(here: Installation): Promise<void> {
  const votes = await here.happened('ballot.voted');
  expect(votes).toHaveLength(VOTES);
  expect(new Set(votes.map(({ record, data }) => `${record} ${data.person}`)).size).toBe(VOTES);
  for (const rfc of RFCS) {
    expect(await here.happened('ballot.ended', rfc)).toMatchObject([{ data: { outcome: 'approved' } }]);
    expect(await here.happened('change.decided', rfc)).toHaveLength(1);
  }
  await here.expectEachSaidOnce(30_000);
  await here.expectWholeChains();
}

describe('Redis', { timeout: 90_000 }, () => {
  test('that is flushed in mid-work loses nothing', async ({ skip }) => {
    const own = await startOwnRedis().catch((error) => skip(error.message));
    undo.push(own.discard);
    const here = await busy({ redisUrl: own.url });
    const child = await here.start();
    const going = campaign(here, VOTERS, RFCS);
    const redis = new Redis(own.url);
    undo.push(() => redis.disconnect());
    for (const votes of [5, 20, 40]) {
      await underWay(going, votes);
      await redis.flushall();
    }
    await going.over;
    expect(going.read()).toEqual(['Counted: approve on RFC']);
    expect(going.unheard()).toBe(0);
    await expectAllDoneOnce(here);
    expect(child.child.exitCode).toBeNull();
  });
});

describe.each(QUEUES)('with the queue in %s', { timeout: 90_000 }, (queue) => {
  const missing = queueMissing(queue);
  const redisUrl = queue === 'redis' && missing === undefined ? testServers().redis : undefined;
  const why = missing === undefined ? '' : ` (${missing})`;

  test.skipIf(missing !== undefined)(`Postgres that crashes in mid-work costs nothing but the delay${why}`, async () => {
    const own = await startOwnPostgres();
    undo.push(own.discard);
    const here = await busy({ databaseUrl: own.url, redisUrl });
    const child = await here.start();
    const ready = async () => (await fetch(new URL('/readyz', await child.ready()))).status;
    const going = campaign(here, VOTERS, RFCS);
    await underWay(going, 10);
    await own.stop('immediate');
    expect(await ready()).toBe(503);
    await here.fake.waitFor(() => VOTERS.some((voter) => here.answers(voter).join().includes(AWAY)), 10_000, AWAY);
    await own.start();
    await going.over;
    const honest = [
      /^Counted: approve on RFC$/u,
      /^The records cannot be reached; nothing was changed\./u,
      /I cannot say (yet )?whether this (was|is) done/u,
    ];
    expect(going.read().filter((words) => !honest.some((one) => one.test(words)))).toEqual([]);
    expect(going.unheard()).toBe(0);
    expectInTime(going.times());
    // Whoever read that nothing was changed had not voted.
    const votes = await here.happened('ballot.voted');
    for (const { voter, rfc, pressed } of going.denied()) {
      const vote = votes.find(({ record, by }) => record === rfc && by === here.person(voter));
      expect(vote?.at.getTime(), `${voter} on ${rfc}`).toBeGreaterThan(pressed);
    }
    await expectAllDoneOnce(here);
    expect(await ready()).toBe(200);
    expect(child.child.exitCode).toBeNull();
  });

  test.skipIf(missing !== undefined)(
    `Bellman that is told to stop in mid-work ends what it began and leaves the rest${why}`,
    async () => {
      const here = await busy({ redisUrl });
      const child = await here.start();
      here.fake.fault({ method: 'chat.postMessage', kind: { slowMs: 150 }, times: Number.POSITIVE_INFINITY });
      const going = campaign(here, VOTERS, RFCS);
      await underWay(going, 10);
      const asked = performance.now();
      child.child.kill('SIGTERM');
      expect(await child.exited).toBe(0);
      expect(performance.now() - asked).toBeLessThan(10_000);
      // What was claimed was sent and recorded: nothing is left in doubt.
      expect(await here.db.sql`select id from bellman.delivery where state not in ('sent', 'waiting')`).toEqual([]);
      expect(await here.db.sql`select place from bellman.place_lease`).toEqual([]);
      here.fake.clearFaults();
      await here.start();
      await going.over;
      expect(going.read()).toEqual(['Counted: approve on RFC']);
      await expectAllDoneOnce(here);
    },
  );
});
