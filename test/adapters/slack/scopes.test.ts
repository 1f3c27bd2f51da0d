import { afterEach, beforeEach, expect, test } from 'vitest';
import { BOT_SCOPES } from '../../../adapters/slack/manifest.ts';
import { type SlackSetup, slackSetup } from './setup.ts';

let setup: SlackSetup;
beforeEach(async () => {
  setup = await slackSetup('http', { names: async () => (person) => ({ name: person }) });
});
afterEach(() => setup.stop());

test('names the scopes that were not granted', async () => {
  setup.slack.grant(BOT_SCOPES.filter((scope) => scope !== 'groups:history'));
  expect(await setup.platform.lacks()).toEqual(['groups:history']);
});

test('misses nothing when all scopes were granted, or Slack does not say', async () => {
  expect(await setup.platform.lacks()).toEqual([]);
  setup.slack.grant([...BOT_SCOPES, 'reactions:read']);
  expect(await setup.platform.lacks()).toEqual([]);
});
