/** Timers, votes, edits, links, resolutions and releases of the same and of linked records at the same moment, over four processes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlanCommand, plan } from '../../src/comms/index.ts';
import { incident } from '../../src/incidents/index.ts';
import { problem } from '../../src/problems/index.ts';
import { killAll } from '../crash/support/children.ts';
import { userOf } from '../crash/support/workspace.ts';
import type { Raw } from '../fakes/slack/fake-slack.ts';
import { eventually, QUEUES, queueMissing } from '../support/bellman.ts';
import { testServers } from '../support/database.ts';
import { type OwnServer, startOwnPostgres } from '../support/servers.ts';
import { type Cluster, openCluster } from './support/cluster.ts';

const VOTERS = Array.from({ length: 12 }, (_, at) => `voter${at + 1}`);
/** They never all vote, so that only the edit ends the ballot. */
const VOTING = VOTERS.slice(0, 10);
const FIRST = 'It takes longer than usual.';
const SECOND = 'It takes much longer than usual.';

describe.each(QUEUES)('everything at once, with the queue in %s', { timeout: 90_000 }, (queue) => {
  const missing = queueMissing(queue);
  const why = missing === undefined ? '' : ` (${missing})`;
  let own: OwnServer;
  let here: Cluster;

  beforeAll(async () => {
    if (missing !== undefined) return;
    own = await startOwnPostgres();
    here = await openCluster({
      handles: ['ray', 'neil', 'kate', 'linda', 'olga', ...VOTERS],
      channels: ['cab', 'general', 'branches', 'partners'],
      organisation: {
        roles: {
          'change-manager': ['neil'],
          'problem-manager': ['neil'],
          'service-desk': ['kate'],
          communications: ['linda', 'olga'],
        },
        cab: VOTERS,
        threshold: 'unanimous',
        customers: ['branches', 'partners'],
      },
      databaseUrl: own.url,
      redisUrl: queue === 'redis' ? testServers().redis : undefined,
    });
  });
  afterAll(async () => {
    await killAll();
    await here?.close();
    await own?.discard();
  });

  const said = (who: string, root: string, words: string): Promise<Raw> =>
    here.prepared(() => here.fake.command(who, root, words, { channel: 'general' }));

  /** A form that is filled in and about to be sent. */
  async function filled(who: string, root: string, words: string, title: string, values: Record<string, string>): Promise<Raw> {
    expect(await here.fake.command(who, root, words, { channel: 'general' })).toMatchObject({ status: 200 });
    const view = await here.fake.waitForView(userOf(who), title, 15_000);
    return here.prepared(() => here.fake.submit(view, values));
  }

  async function pressed(who: string, where: 'cab' | 'direct', card: string, label: string): Promise<Raw> {
    const message = await (where === 'direct'
      ? here.fake.waitForDirect(userOf(who), card, { limitMs: 15_000 })
      : here.fake.waitForMessage(where, card, { limitMs: 15_000 }));
    return here.prepared(() => here.fake.press(who, message, label));
  }

  const stateOf = async <S>(record: string, part: { readonly name: string; readonly initial: S }): Promise<S> => {
    const [row] = await here.db.sql<{ state: S }[]>`
      select state from bellman.part where record_id = ${record} and name = ${part.name}`;
    return row?.state ?? part.initial;
  };

  async function raised() {
    const rfc = await here.openBallot('Move the database', 'ray', 'neil');
    const inc = await here.raise('INC', 'Refused connections', 'kate');
    const [one, two] = [await here.raise('PRB', 'Certificates', 'ray'), await here.raise('PRB', 'Key exchange', 'ray')];
    const major = await here.majorProblem('Refused connections', 'ray', 'neil', 'general');
    await here.act<PlanCommand>('ray', major, plan.name, { type: 'draft', line: 'customers', text: FIRST });
    return { rfc, inc, one, two, major };
  }

  test.skipIf(missing !== undefined).each([1, 2, 3])(`hurts nobody and leaves every record whole, round %i${why}`, async () => {
    const { rfc, inc, one, two, major } = await raised();
    const draft = `To release: Customers and partners, ${major}`;
    const edit = await filled('ray', '/rfc', `edit ${rfc}`, 'Edit RFC', { Risk: 'High, after all.' });
    const text = await filled('ray', '/comms', `draft ${major} customers`, 'Text of the update', { Text: SECOND });
    const releases = [await pressed('linda', 'direct', draft, 'Release'), await pressed('olga', 'direct', draft, 'Release')];
    const votes = await Promise.all(VOTING.map((voter) => pressed(voter, 'cab', `Vote on ${rfc}`, 'Approve')));
    const rest = [
      await filled('kate', '/incident', `resolve ${inc}`, 'Resolve incident', { Resolution: 'Restarted.' }),
      await filled('neil', '/problem', `resolve ${one}`, 'Resolve problem', { Resolution: 'Renewed.' }),
      await said('neil', '/problem', `link ${one} ${inc} ${two}`),
      await said('neil', '/problem', `link ${two} ${inc} ${one}`),
      await said('neil', '/problem', `link ${major} ${inc} ${one} ${two}`),
    ];
    // A day and an hour later everything that has a time is due: reminders, drafts, overdue updates.
    const later = here.db
      .sql`update bellman.clock set base = bellman.now() + interval '25 hours', started_at = clock_timestamp()`;
    const [sent] = await Promise.all([
      here.together([...votes.slice(0, 5), edit, ...releases, text, ...votes.slice(5), ...rest, ...rest.slice(2)]),
      later,
    ]);

    await here.allDone();
    await eventually('all that was asked', async () => {
      const counts = [
        here.happened('change.edited', rfc),
        here.happened('plan.drafted', major),
        here.happened('incident.resolved', inc),
        here.happened('plan.leaving', major),
      ];
      const [edited, drafted, resolved, leaving] = (await Promise.all(counts)).map(({ length }) => length);
      // A text that comes while the first one leaves is refused.
      return (
        edited === 1 &&
        (drafted === 2 || leaving === 1) &&
        resolved === 1 &&
        (await here.happened('problem.resolved', one)).length === 1
      );
    });

    // The ballot: only votes before the edit, and one end.
    expect(await here.happened('ballot.ended', rfc)).toMatchObject([{ data: { because: 'edited' } }]);
    const [after] = await here.db.sql<{ votes: number }[]>`
      select count(*)::int as votes from bellman.journal v, bellman.journal e
      where v.record_id = ${rfc} and v.type = 'ballot.voted' and e.record_id = ${rfc} and e.type = 'ballot.ended' and v.seq > e.seq`;
    expect(after?.votes).toBe(0);

    await here.db.sql`update bellman.clock set base = bellman.now() + interval '11 seconds', started_at = clock_timestamp()`;
    const left = async () => (await here.happened('plan.released', major)).length === 1;
    if ((await here.happened('plan.leaving', major)).length === 1) await eventually('what was released leaves', left);

    // The update: what left is what its releaser saw, and it left once.
    const released = await here.happened('plan.released', major);
    expect(released.length).toBeLessThanOrEqual(1);
    const [first] = await here.db.sql<{ words: { text: string } }[]>`
      select w.words from bellman.journal j join bellman.journal_words w using (record_id, seq)
      where j.record_id = ${major} and j.type = 'plan.released'`;
    expect(first?.words.text ?? FIRST).toBe(FIRST);

    // The links: both ends know of each, whichever was first.
    await eventually('both ends of every link', async () => {
      const [problems, links] = [
        (await stateOf(inc, incident)).problems,
        await Promise.all([one, two].map((id) => stateOf(id, problem))),
      ];
      return (
        [one, two, major].every((id) => problems.includes(id)) && links[0]?.links.includes(two) && links[1]?.links.includes(one)
      );
    });

    await here.expectEachSaidOnce(30_000);
    await here.expectWholeChains();
    expect(await here.db.sql`select record_id, key from bellman.timer where failures > 0 or parked_at is not null`).toEqual([]);
    here.expectNobodyHurt(sent);
    here.expectInTime(sent);
  });
});
