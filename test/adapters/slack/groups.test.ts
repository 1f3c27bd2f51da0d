import { afterEach, beforeEach, expect, test } from 'vitest';
import { failing } from '../../contract/play.ts';
import { type SlackSetup, slackSetup } from './setup.ts';

let setup: SlackSetup;
beforeEach(async () => {
  setup = await slackSetup('http', { names: async () => (person) => ({ name: person }) });
});
afterEach(() => setup.stop());

test('who has left a user group is not in it any more', async () => {
  setup.slack.addUserGroup({ id: 'S1', handle: 'ops', name: 'Operations', users: ['U2'] });
  expect(await setup.platform.members('slack/group/S1')).toEqual(['slack/person/U2']);
});

test('a user group that is gone is refused in words', async () => {
  const gone = await failing(setup.platform.members('slack/group/S404'));
  expect(gone).toMatchObject({ outcome: 'refused', message: expect.stringContaining('no such user group any more') });
});
