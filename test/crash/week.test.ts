/** Bellman that was off for a week: what fell due meanwhile is done once, marked late, and not in a burst. */
import { afterEach, describe, expect, test } from 'vitest';
import { type Plan, plan } from '../../src/comms/index.ts';
import { DAY } from '../../src/core/instant.ts';
import { eventually, type House, QUEUES, queueMissing, startHouse } from '../support/bellman.ts';
import { records } from './support/records.ts';
import { openWorkspace, type Workspace } from './support/workspace.ts';

const HANDLES = ['ray', 'neil', 'kevin', 'linda', 'olga'];

let house: House;
let workspace: Workspace;
afterEach(async () => {
  await house?.stop();
  await workspace?.fake.close();
});

/** Everything that was said since, by its place. */
const saidSince = (seq: number) =>
  house.db.sql<{ place: string; title: string }[]>`
    select place, content->>'title' as title from bellman.delivery where seq > ${seq}`;

/** Waits until nothing is due or unsaid; gives the number of the last delivery. */
async function settled(): Promise<number> {
  await eventually(
    'nothing to be due or unsaid',
    async () => {
      await house.db.sql`update bellman.rate set tokens = 5 where tokens < 1`;
      await house.bellman.jobs.sweep();
      const [row] = await house.db.sql<{ left: number }[]>`select
        (select count(*) from bellman.timer where due_at <= bellman.now())::int
        + (select count(*) from bellman.delivery where state <> 'sent')::int as left`;
      return row?.left === 0;
    },
    20_000,
  );
  const [last] = await house.db.sql<{ seq: number }[]>`select coalesce(max(seq), 0)::int as seq from bellman.delivery`;
  return last?.seq ?? 0;
}

async function weekOff(): Promise<void> {
  await house.bellman.stop();
  await house.db
    .sql`update bellman.clock set base = bellman.now() + ${7 * DAY} * interval '1 ms', started_at = clock_timestamp()`;
  await house.restart();
  workspace.fake.sendTo(`${house.bellman.url}/slack/events`);
}

describe.each(QUEUES)('after a week off, with the queue in %s', { timeout: 60_000 }, (queue) => {
  const missing = queueMissing(queue);
  test.skipIf(missing !== undefined)(
    `each line asks once, and a ballot is decided once${missing ? ` (${missing})` : ''}`,
    async () => {
      workspace = await openWorkspace(HANDLES, ['cab', 'general', 'branches']);
      house = await startHouse({ environment: workspace.environment, queue });
      workspace.fake.sendTo(`${house.bellman.url}/slack/events`);
      const made = records(house.db);
      await made.found(HANDLES, {
        roles: { 'change-manager': ['neil'], 'problem-manager': ['neil'], communications: ['linda'] },
        cab: ['kevin', 'linda', 'olga'],
        customers: ['branches'],
      });
      const rfc = await made.openBallot('Move the database', 'ray', 'neil');
      const major = await made.majorProblem('Refused connections', 'ray', 'neil', 'general');
      const before = await settled();
      await weekOff();
      await settled();

      const journal = async (type: string, record: string) =>
        (
          await house.db.sql<{ n: number }[]>`
        select count(*)::int as n from bellman.journal where type = ${type} and record_id = ${record}`
        )[0]?.n;
      const said = await saidSince(before);

      // The ballot: no reminder to vote after the deadline, one end, one notice to each.
      expect(await journal('ballot.ended', rfc)).toBe(1);
      expect(await journal('change.decided', rfc)).toBe(1);
      expect(await journal('ballot.reminded', rfc)).toBe(0);

      // The plan: one notice for each line, not one for each of the week's missed times.
      const [row] = await house.db.sql<{ state: Plan }[]>`
      select state from bellman.part where record_id = ${major} and name = ${plan.name}`;
      const due = row?.state.lines.filter(({ status }) => status === 'active') ?? [];
      expect(due).toHaveLength(4);
      expect(await journal('plan.asked', major)).toBe(0);
      expect(await journal('plan.overdue', major)).toBe(4);
      const overdue = ['All staff', 'Customers and partners', 'Senior management', 'Working staff'];
      const people = ['slack/person/U0LINDA', 'slack/person/U0RAY'];
      expect(said.map(({ place, title }) => `${place} ${title}`).sort()).toEqual(
        [
          ...people.flatMap((place) => overdue.map((line) => `${place} Overdue: ${line}, ${major}`)),
          ...['slack/channel/C0CAB', 'slack/person/U0NEIL', 'slack/person/U0RAY'].map(
            (place) => `${place} Expired: ${rfc}: Move the database`,
          ),
        ].sort(),
      );

      // What then leaves says that it is late, and the next one is due in the future.
      await made.release(major, 'customers', 'ray', 'linda', true);
      // Ended in the seconds in which it can be taken back: it leaves afterwards, once.
      await house.restart();
      workspace.fake.sendTo(`${house.bellman.url}/slack/events`);
      await house.advance(11_000);
      const update = await workspace.fake.waitForMessage('branches', 'It takes longer than usual.', { limitMs: 10_000 });
      expect(workspace.fake.read(update)).toContain('Late: it was due');
      await settled();
      expect(workspace.fake.messages('C0BRANCHES')).toHaveLength(1);
    },
  );
});
