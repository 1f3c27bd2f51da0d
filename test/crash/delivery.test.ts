/** A Bellman that is killed while it delivers: after the next start each delivery stands exactly once in the workspace's log. */
import { afterAll, describe, expect, test } from 'vitest';
import { kill, killAll, killed } from './support/children.ts';
import { type Installation, install } from './support/installation.ts';

const opened: Installation[] = [];

afterAll(async () => {
  await killAll();
  await Promise.all(opened.map((one) => one.close()));
});

/** A change that is voted on, and a problem's update that was released to two channels: nothing of it is said yet. */
async function unsaid(): Promise<Installation> {
  const here = await install({
    handles: ['ray', 'neil', 'kevin', 'linda'],
    channels: ['cab', 'general', 'branches', 'partners'],
    organisation: {
      roles: { 'change-manager': ['neil'], 'problem-manager': ['neil'], communications: ['linda'] },
      cab: ['kevin', 'linda', 'neil'],
      customers: ['branches', 'partners'],
    },
  });
  opened.push(here);
  await here.openBallot('Move the database', 'ray', 'neil');
  const problem = await here.majorProblem('Refused connections', 'ray', 'neil', 'general');
  await here.release(problem, 'customers', 'ray', 'linda');
  return here;
}

describe.concurrent('a Bellman that is killed', { timeout: 60_000 }, () => {
  // Updates are the more urgent, so their turn comes first.
  test.each(['claimed', 'sent', 'recorded'])('when an update is %s, and the next one when a notice is', async (step) => {
    const here = await unsaid();
    await killed(here.begin(`update ${step} 1`));
    await killed(here.begin(`notice ${step} 2`));
    await here.start();
    await here.expectEachSaidOnce();
    await here.expectWholeChains();
  });

  test('while Slack has taken a message and not answered yet', async () => {
    const here = await unsaid();
    here.fake.fault({ method: 'chat.postMessage', kind: 'hang-after-accepting' });
    const first = await here.start();
    const { args } = await here.fake.waitForCall('chat.postMessage', ({ outcome }) => outcome === 'hang-after-accepting', 30_000);
    await kill(first);
    await here.start();
    await here.expectEachSaidOnce();
    // It was found, not said again.
    const id = /[0-9a-z]{25}/u.exec(JSON.stringify(args.metadata))?.[0] ?? '';
    expect(await here.db.sql`select state, attempt from bellman.delivery where id = ${id}`).toEqual([
      { state: 'sent', attempt: 1 },
    ]);
  });
});
