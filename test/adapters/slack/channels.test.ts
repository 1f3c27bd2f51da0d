import { afterEach, beforeEach, expect, test } from 'vitest';
import { failing } from '../../contract/play.ts';
import { type SlackSetup, slackSetup } from './setup.ts';

let setup: SlackSetup;
beforeEach(async () => {
  setup = await slackSetup('http', { names: async () => (person) => ({ name: person }) });
});
afterEach(() => setup.stop());

const open = { private: false, people: [] };

test('a channel that is somebody else’s is not taken for ours: refused with the step to take', async () => {
  setup.slack.addChannel({ id: 'C7', name: 'inc-7', member: false });
  const refused = await failing(setup.platform.createChannel('inc-7', open));
  expect(refused).toMatchObject({ outcome: 'refused', message: expect.stringContaining('#inc-7 exists already') });
});

test('an app without the scope is refused with the step to take', async () => {
  setup.slack.fault({ method: 'conversations.create', kind: { error: 'missing_scope' } });
  const refused = await failing(setup.platform.createChannel('inc-7', open));
  expect(refused).toMatchObject({ outcome: 'refused', message: expect.stringContaining('install the app again') });
});

test('what Slack does not answer is tried again, and whoever cannot be invited is left out', async () => {
  setup.slack.fault({ method: 'conversations.create', kind: 'reset-after-accepting' });
  expect(await failing(setup.platform.createChannel('inc-7', open))).toMatchObject({ outcome: 'unknown' });
  setup.slack.fault({ method: 'conversations.invite', kind: { error: 'user_is_restricted' } });
  const place = await setup.platform.createChannel('inc-7', { private: false, people: ['U1', 'U2'] });
  expect(place).toBe(`slack/channel/${setup.slack.channel('inc-7').id}`);
  expect(setup.slack.channel('inc-7').members).toEqual(['U0BELLMAN', 'U2']);
});
