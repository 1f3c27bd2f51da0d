/** A Bellman that is killed while it takes the vote that decides: the vote counts once, and everybody hears of it once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ballot } from '../../src/changes/index.ts';
import type { FakeMessage, Sent } from '../fakes/slack/fake-slack.ts';
import { QUEUES, type QueueBackend, queueMissing } from '../support/bellman.ts';
import { testServers } from '../support/database.ts';
import type { Started } from '../support/process.ts';
import { kill, killAll, killed } from './support/children.ts';
import { type Installation, install } from './support/installation.ts';

const STEPS = ['locked', 'saved', 'committed', 'rung'] as const;
const titleOf = (step: string) => `Change that is ${step}`;
const LIMIT = 30_000;

async function voting(queue: QueueBackend): Promise<Installation> {
  const here = await install({
    handles: ['ray', 'neil', 'kevin', 'linda', 'olga'],
    channels: ['cab'],
    organisation: { roles: { 'change-manager': ['neil'] }, cab: ['kevin', 'linda', 'olga'] },
    redisUrl: queue === 'redis' ? testServers().redis : undefined,
  });
  for (const step of STEPS) {
    const rfc = await here.openBallot(titleOf(step), 'ray', 'neil');
    await here.act('kevin', rfc, ballot.name, { type: 'vote', round: 1, choice: 'approve', reason: '' });
  }
  return here;
}

describe.each(QUEUES)('the vote that decides, with the queue in %s', (queue) => {
  const missing = queueMissing(queue);
  let here: Installation;
  let child: Started;

  beforeAll(async () => {
    if (missing !== undefined) return;
    here = await voting(queue);
    child = await here.start(`vote ${STEPS[0]} RFC-1`);
  });
  afterAll(async () => {
    await killAll();
    await here?.close();
  });

  /** Linda's vote on the card, cut off. */
  async function cutOff(step: (typeof STEPS)[number], rfc: string, card: FakeMessage): Promise<Sent> {
    const pressing = here.fake.press('linda', card, 'Approve');
    if (step === 'rung') {
      await here.fake.waitForDirect('ray', `Approved: ${rfc}`, { limitMs: LIMIT });
      await kill(child);
    } else await killed(child);
    return pressing;
  }

  test.skipIf(missing !== undefined).each(STEPS.map((step, at) => ({ step, at })))(
    `counts once when Bellman is killed where it is $step${missing === undefined ? '' : ` (${missing})`}`,
    { timeout: 60_000 },
    async ({ step, at }) => {
      const rfc = `RFC-${at + 1}`;
      const next = STEPS[at + 1];
      const linda = here.person('linda');
      const votes = async () => (await here.happened('ballot.voted', rfc)).filter(({ by }) => by === linda).length;

      const card = await here.fake.waitForMessage('cab', `Vote on ${rfc}`, { limitMs: LIMIT });
      const cut = await cutOff(step, rfc, card);
      expect(cut).toMatchObject({ status: 0 });
      expect(await votes()).toBe(step === 'locked' || step === 'saved' ? 0 : 1);
      child = await here.start(next && `vote ${next} RFC-${at + 2}`);

      const before = here.answers('linda').length;
      for (let times = 0; times < 2; times += 1) expect(await here.fake.replay(cut.raw)).toMatchObject({ status: 200 });
      await here.fake.waitFor(() => here.answers('linda').length > before, LIMIT, 'an answer to the repeated vote');
      expect(here.answers('linda')[before]).toContain(`Counted: approve on ${rfc}`);
      await here.fake.waitForDirect('ray', `Approved: ${rfc}`, { limitMs: LIMIT });
      expect(await votes()).toBe(1);

      const late = await here.fake.press('linda', card, 'Approve');
      expect(late).toMatchObject({ status: 200 });
      await here.fake.waitForEphemeral('linda', 'this click was not counted', { limitMs: LIMIT });
      expect(await votes()).toBe(1);
      expect(await here.happened('ballot.ended', rfc)).toHaveLength(1);
      expect(await here.happened('change.decided', rfc)).toHaveLength(1);
      await here.expectEachSaidOnce();
      const notices = await here.db.sql`select place, count(*)::int as times from bellman.delivery
        where record_id = ${rfc} and content->>'title' like 'Approved:%' group by place order by place`;
      expect(notices).toEqual([
        { place: 'slack/channel/C0CAB', times: 1 },
        { place: 'slack/person/U0RAY', times: 1 },
      ]);
      await here.expectWholeChains();
    },
  );
});
