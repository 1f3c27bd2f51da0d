/** One person with an account on Slack and another on Discord: what they may and may not do before the two are joined, and then. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FakeDiscord } from '../fakes/discord/fake-discord.ts';
import type { FakeSlack } from '../fakes/slack/fake-slack.ts';
import { type House, startHouse } from '../support/bellman.ts';
import { type DiscordStage, discordEnvironment, discordServer, discordStage } from './discord-stage.ts';
import { type SlackStage, slackEnvironment, slackStage, slackWorkspace } from './slack-stage.ts';
import { sees } from './stage.ts';
import { STARTS } from './story.ts';
import { answerTo, BOARD, changesNothing, PLAIN_RFC } from './tried.ts';

let fakes: { readonly slack: FakeSlack; readonly discord: FakeDiscord };
let house: House;
let slack: SlackStage;
let discord: DiscordStage;

beforeAll(async () => {
  fakes = { slack: await slackWorkspace(), discord: await discordServer() };
  const environment = { ...discordEnvironment(fakes.discord), ...slackEnvironment(fakes.slack) };
  house = await startHouse({ environment, startsAt: STARTS });
  fakes.slack.sendTo(`${house.bellman.url}/slack/events`);
  await fakes.discord.gateway.connected(10_000);
  slack = slackStage(fakes.slack);
  discord = discordStage(fakes.discord, house.bellman.registry);
  for (const line of BOARD) await slack.say('admin', '#general', line);
  await slack.say('ray', '#general', '/rfc new');
  await slack.fill('ray', PLAIN_RFC);
  await slack.press('ray', await sees(slack, 'ray', 'direct', 'RFC-1: '), 'Submit');
  await slack.press('neil', await sees(slack, 'neil', 'direct', 'Review RFC-1'), 'Agree');
});
afterAll(async () => {
  await house?.stop();
  await Promise.all([fakes?.slack.close(), fakes?.discord.close()]);
});

test('an account that is not joined is somebody else: it has no vote in the ballot of its owner', async () => {
  const ballot = await sees(slack, 'kevin', '#cab', 'Vote on RFC-1');
  expect(await answerTo(slack, 'kevin', () => slack.press('kevin', ballot, 'Approve'))).toContain('Your vote is counted');
  const votes = () => answerTo(discord, 'kevin', () => discord.say('kevin', '#general', '/rfc votes'));
  expect(await changesNothing(house.db, votes)).toContain('No open ballot waits for you.');
  const role = () => answerTo(discord, 'neil', () => discord.say('neil', '#general', '/bellman board add CAB @neil'));
  expect(await changesNothing(house.db, role)).toContain('This needs the role admin or change-manager, so nothing was changed.');
});

test('joined by a code, it is the same person: whose vote is one, wherever it is pressed', async () => {
  const code = /\/bellman link ([\d ]+)/u.exec(
    await answerTo(slack, 'kevin', () => slack.say('kevin', '#general', '/bellman link')),
  )?.[1];
  expect(code).toBeDefined();
  const wrong = () => answerTo(discord, 'kevin', () => discord.say('kevin', '#general', '/bellman link 000000'));
  expect(await changesNothing(house.db, wrong)).toContain('This code is unknown, was used, or is older than ten minutes.');
  const joined = await answerTo(discord, 'kevin', () => discord.say('kevin', '#general', `/bellman link ${code}`));
  expect(joined).toContain('are one person from now on.');
  expect(await answerTo(discord, 'kevin', () => discord.say('kevin', '#general', '/rfc votes'))).toContain('voted: approve');
  await discord.press('kevin', await sees(discord, 'kevin', 'answer', 'RFC-1: Move the archive'), 'Abstain');
  await sees(slack, 'charles', '#cab', '0 approved, 0 rejected, 1 abstained');
  await sees(slack, 'admin', 'direct', 'Accounts joined');
});

test('two accounts that have both voted cannot be joined while the ballot is open', async () => {
  // Two members, as far as anybody knows: Linda on Slack, and Linda on Discord.
  await discord.say('linda', '#general', '/rfc list');
  const [other] = await house.db.sql<{ person: string }[]>`
    select person_id as person from bellman.identity where platform = 'discord' and handle = 'linda'`;
  await slack.say('admin', '#general', `/bellman board add CAB ${other?.person}`);
  await slack.say('ray', '#general', '/rfc new');
  await slack.fill('ray', { ...PLAIN_RFC, Title: 'Move the mail' });
  await slack.press('ray', await sees(slack, 'ray', 'direct', 'RFC-2: '), 'Submit');
  await slack.press('neil', await sees(slack, 'neil', 'direct', 'Review RFC-2'), 'Agree');
  await slack.press('linda', await sees(slack, 'linda', '#cab', 'Vote on RFC-2'), 'Approve');
  await discord.say('linda', '#general', '/rfc votes');
  await discord.press('linda', await sees(discord, 'linda', 'answer', 'RFC-2: Move the mail'), 'Approve');
  await sees(slack, 'charles', '#cab', '2 approved, 0 rejected, 0 abstained');

  const said = await answerTo(slack, 'linda', () => slack.say('linda', '#general', '/bellman link'));
  const code = /\/bellman link (\d+)/u.exec(said)?.[1];
  const joining = () => answerTo(discord, 'linda', () => discord.say('linda', '#general', `/bellman link ${code}`));
  expect(await changesNothing(house.db, joining)).toContain(
    'Both accounts have acted in RFC-2, so joining them now would count one person twice. Join them when that is decided.',
  );
});
