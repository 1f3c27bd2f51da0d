/** Postgres goes away in the middle of the day and comes back: people are told, nothing is lost, nothing is done twice. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { verifyChains } from '../../src/core/verify.ts';
import { logger } from '../../src/log.ts';
import { type Bellman, startBellman } from '../../src/main.ts';
import type { FakeSlack } from '../fakes/slack/fake-slack.ts';
import { eventually } from '../support/bellman.ts';
import { type OwnServer, startOwnPostgres } from '../support/servers.ts';
import { type SlackStage, slackChannel, slackEnvironment, slackStage, slackUser, slackWorkspace } from './slack-stage.ts';
import { sees } from './stage.ts';
import { answerTo } from './tried.ts';

const AWAY =
  'The records cannot be reached; nothing was changed. It goes on by itself when they are back: try again in a minute.';
const LONG = 60_000;
let server: OwnServer;
let folder: string;
let fake: FakeSlack;
let bellman: Bellman;
let stage: SlackStage;

beforeAll(async () => {
  [server, fake, folder] = await Promise.all([startOwnPostgres(), slackWorkspace(), mkdtemp(join(tmpdir(), 'bellman-test-'))]);
  const environment = { ...slackEnvironment(fake), DATABASE_URL: server.url, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' };
  const config = readConfig(environment);
  bellman = await startBellman(config, logger(config.LOG_LEVEL));
  fake.sendTo(`${bellman.url}/slack/events`);
  stage = slackStage(fake);
}, LONG);
afterAll(async () => {
  await bellman?.stop();
  await fake?.close();
  await server?.discard();
  if (folder) await rm(folder, { recursive: true, force: true });
}, LONG);

const ready = async () => (await fetch(`${bellman.url}/readyz`)).status;

test('commands and forms say so while it is away, and go on by themselves when it is back', { timeout: LONG }, async () => {
  await stage.say('kate', '#general', '/incident new');
  expect(await stage.fill('kate', { Title: 'The first one' })).toEqual({});
  await sees(stage, 'kate', '#general', 'INC-1 is raised');
  await stage.say('kate', '#general', '/incident new');

  await server.stop('immediate');
  expect(await answerTo(stage, 'kate', () => stage.say('kate', '#general', '/incident list'))).toContain(AWAY);
  // The form stays open with what was written, and says why beside its first field.
  expect(await stage.fill('kate', { Title: 'The second one' })).toEqual({ Title: AWAY });
  await eventually('readyz says that no work can be taken', async () => (await ready()) === 503);
  // Slack is told to send an event again.
  expect((await fake.mention(slackUser('kate'), slackChannel('general'), '<@U0BELLMAN> incident list')).status).toBe(503);

  await server.start();
  await eventually('readyz says that work can be taken', async () => (await ready()) === 200, 20_000);
  expect(await stage.fill('kate', {})).toEqual({});
  await sees(stage, 'kate', '#general', 'INC-2 is raised\nThe second one');
  const list = await answerTo(stage, 'kate', () => stage.say('kate', '#general', '/incident list'));
  expect(list).toContain('INC-2 The second one');
  expect(list).not.toContain('INC-3');
  const lost = fake.sent.find(({ status }) => status === 503);
  if (!lost) throw new Error('No event was turned away');
  const again = () => fake.replay(lost.raw, { retryNum: 1, resign: true });
  expect(await answerTo(stage, 'kate', again)).toContain('INC-1 The first one');
  expect(await verifyChains(bellman.db)).toEqual([]);
});
