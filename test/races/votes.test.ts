/** Two hundred people vote at the same moment, over four processes, on both queues. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killAll } from '../crash/support/children.ts';
import type { FakeMessage, Raw } from '../fakes/slack/fake-slack.ts';
import { eventually, QUEUES, queueMissing } from '../support/bellman.ts';
import { testServers } from '../support/database.ts';
import { type OwnServer, startOwnPostgres } from '../support/servers.ts';
import { type Cluster, openCluster } from './support/cluster.ts';

const VOTERS = Array.from({ length: 200 }, (_, at) => `voter${at + 1}`);
const ABSTAINING = 50;

describe.each(QUEUES)('two hundred votes at once over four processes, with the queue in %s', { timeout: 60_000 }, (queue) => {
  const missing = queueMissing(queue);
  const why = missing === undefined ? '' : ` (${missing})`;
  let own: OwnServer;
  let here: Cluster;

  beforeAll(async () => {
    if (missing !== undefined) return;
    // Five processes need more connections than a found server may have to spare.
    own = await startOwnPostgres();
    here = await openCluster({
      handles: ['ray', 'neil', ...VOTERS],
      channels: ['cab'],
      organisation: { roles: { 'change-manager': ['neil'] }, cab: VOTERS, threshold: 'unanimous' },
      databaseUrl: own.url,
      redisUrl: queue === 'redis' ? testServers().redis : undefined,
    });
  });
  afterAll(async () => {
    await killAll();
    await here?.close();
    await own?.discard();
  });

  const ballot = async (rfc: string): Promise<FakeMessage> => {
    expect(await here.openBallot('Move the database', 'ray', 'neil')).toBe(rfc);
    return here.fake.waitForMessage('cab', `Vote on ${rfc}`, { limitMs: 10_000 });
  };
  const press = (voter: string, card: FakeMessage, label: string): Promise<Raw> =>
    here.prepared(() => here.fake.press(voter, card, label));

  // The first ballot finds processes that have just begun; the second, those that have been at work.
  test.skipIf(missing !== undefined).each(['RFC-1', 'RFC-2'])(
    `on %s are counted once each, with one decision and one notice to each${why}`,
    async (rfc) => {
      const card = await ballot(rfc);
      const label = (at: number) => (at < ABSTAINING ? 'Abstain' : 'Approve');
      const raws = await Promise.all(VOTERS.map((voter, at) => press(voter, card, label(at))));
      // Every tenth presses a second time, at another process, before there is an answer.
      const again = await Promise.all(VOTERS.flatMap((voter, at) => (at % 10 === 9 ? [press(voter, card, label(at))] : [])));
      // Slack sends every twentieth request twice, to two processes at once.
      const twice = raws.filter((_, at) => at % 20 === 19);
      const [first, second, third] = await Promise.all([here.together(raws), here.together(again, 1), here.together(twice, 2)]);
      const sent = [first, second, third].flat();
      await here.fake.waitForDirect('ray', `Approved: ${rfc}`, { limitMs: 20_000 }).catch(async (error) => {
        const waiting = await here.db.sql`
          select key, state, attempts, lease_until - clock_timestamp() as lease from bellman.inbound where state <> 'done'`;
        const counted = (await here.happened('ballot.voted', rfc)).map(({ by }) => by);
        const missed = VOTERS.filter((voter) => !counted.includes(here.person(voter))).map((voter) => [
          voter,
          ...here.answers(voter),
        ]);
        const unheard = sent.filter(({ status }) => status !== 200).map(({ failed }) => failed);
        throw new Error(
          `The ballot does not end. Waiting: ${JSON.stringify(waiting)}. Unheard: ${unheard}. Missed: ${JSON.stringify(missed)}`,
          { cause: error },
        );
      });
      const votes = await here.happened('ballot.voted', rfc);
      expect(votes.map(({ by }) => by).sort()).toEqual(VOTERS.map(here.person).sort());
      const tally = { approve: VOTERS.length - ABSTAINING, reject: 0, abstain: ABSTAINING };
      expect(await here.happened('ballot.ended', rfc)).toMatchObject([{ data: { outcome: 'approved', tally } }]);
      expect(await here.happened('change.decided', rfc)).toHaveLength(1);
      for (const voter of VOTERS)
        await eventually(`an answer to ${voter}`, () =>
          here.answers(voter).some((words) => words.includes(`on ${rfc}`) && words.includes('Counted: ')),
        );

      await here.expectEachSaidOnce();
      const notices = await here.db.sql`select place, count(*)::int as times from bellman.delivery
      where record_id = ${rfc} and content->>'title' like 'Approved:%' group by place order by place`;
      expect(notices).toEqual([
        { place: 'slack/channel/C0CAB', times: 1 },
        { place: 'slack/person/U0RAY', times: 1 },
      ]);
      await here.expectWholeChains();
      here.expectNobodyHurt(sent);
      here.expectInTime(sent, rfc === 'RFC-1');
    },
  );
});
