/** Answers inside Slack's three seconds, whatever keeps Bellman busy: what takes longer is stored, and its answer follows once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BallotCommand, ballot } from '../../src/changes/index.ts';
import { records } from '../crash/support/records.ts';
import { openWorkspace, type Workspace } from '../crash/support/workspace.ts';
import { eventually, type House, startHouse } from '../support/bellman.ts';

const HANDLES = ['ray', 'neil', 'kevin', 'linda', 'olga'];

let workspace: Workspace;
let house: House;
beforeAll(async () => {
  workspace = await openWorkspace(HANDLES, ['cab']);
  house = await startHouse({ environment: workspace.environment });
  workspace.fake.sendTo(`${house.bellman.url}/slack/events`);
  const made = records(house.db);
  await made.found(HANDLES, { roles: { 'change-manager': ['neil'] }, cab: ['kevin', 'linda', 'olga'] });
  await made.openBallot('Move the database', 'ray', 'neil');
  await made.act<BallotCommand>('olga', 'RFC-1', ballot.name, { type: 'vote', round: 1, choice: 'abstain', reason: '' });
});
afterAll(async () => {
  await house.stop();
  await workspace.fake.close();
});

/** Holds all connections of Bellman for so long. */
const hold = (seconds: number): Promise<unknown> =>
  Promise.all(Array.from({ length: 10 }, () => house.bellman.db.sql`select pg_sleep(${seconds}::float8)`));

describe('when all connections to Postgres are in use', { timeout: 30_000 }, () => {
  test('a vote is received, and its answer follows once', async () => {
    const { fake, answers } = workspace;
    const card = await fake.waitForMessage('cab', 'Vote on RFC-1');
    const held = hold(3);
    const sent = await fake.press('kevin', card, 'Approve');
    expect(sent).toMatchObject({ status: 200, late: false });
    await fake.waitForEphemeral('kevin', 'Received, the answer follows.');
    expect(answers('kevin')).toHaveLength(1);
    await held;
    await fake.waitForEphemeral('kevin', 'Counted: approve on RFC-1');
    expect(await fake.replay(sent.raw)).toMatchObject({ status: 200 });
    expect(await house.db.sql`select state, intent from bellman.inbound where key like '%U0KEVIN%'`).toEqual([
      { state: 'done', intent: null },
    ]);
    await house.bellman.jobs.sweep();
    expect(answers('kevin')).toHaveLength(2);
  });

  test('a form that could not be opened in time waits behind a button', async () => {
    const { fake } = workspace;
    const held = hold(3);
    const sent = await fake.command('ray', '/rfc', 'edit RFC-1', { channel: 'cab' });
    expect(sent).toMatchObject({ status: 200, late: false });
    expect(sent.body).toContain('Received, the answer follows.');
    await held;
    const ready = await fake.waitForDirect('ray', 'The form is ready: press Open.');
    expect(await fake.press('ray', ready, 'Open')).toMatchObject({ status: 200, late: false });
    await fake.waitForView('ray');
  });

  test('a request whose process dies is finished by a worker', async () => {
    const { fake } = workspace;
    const card = await fake.waitForMessage('cab', 'Vote on RFC-1');
    const held = hold(3);
    await fake.press('linda', card, 'Approve');
    await fake.waitForEphemeral('linda', 'Received, the answer follows.');
    const row = () => house.db.sql<{ state: string; intent: object }[]>`
      select state, intent from bellman.inbound where key like '%U0LINDA%'`;
    const [kept] = await row();
    expect(kept).toMatchObject({ state: 'pending', intent: { action: 'ballot.approve', record: 'RFC-1' } });
    await held;
    await fake.waitForEphemeral('linda', 'Counted: approve on RFC-1');
    // As if the process had died after it kept the request, and its own time is over.
    await house.db.sql`update bellman.inbound set state = 'pending', reply = null, lease_until = null,
      intent = ${JSON.stringify(kept?.intent)}::text::jsonb where key like '%U0LINDA%'`;
    await house.bellman.jobs.sweep();
    await eventually('an answer from the worker', () => workspace.answers('linda').length === 3);
    expect(workspace.answers('linda')[2]).toContain('click was not counted');
  });
});
