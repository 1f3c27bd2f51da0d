/** What should not work, on Discord, where forms come in steps and what is said is picked from a list. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FakeDiscord } from '../fakes/discord/fake-discord.ts';
import { type House, startHouse } from '../support/bellman.ts';
import { type DiscordStage, discordEnvironment, discordServer, discordStage, discordUser } from './discord-stage.ts';
import { sees } from './stage.ts';
import { STARTS } from './story.ts';
import { answerTo, BOARD, changesNothing, PLAIN_RFC } from './tried.ts';

const SILENT = '3901';
const CLOSED = '2901';
let fake: FakeDiscord;
let house: House;
let stage: DiscordStage;

beforeAll(async () => {
  fake = await discordServer();
  fake.addUser({ id: CLOSED, name: 'closed', dmClosed: true });
  fake.addChannel({ id: SILENT, name: 'silent', botCanReadHistory: false });
  house = await startHouse({ environment: discordEnvironment(fake), startsAt: STARTS });
  await fake.gateway.connected(10_000);
  stage = discordStage(fake, house.bellman.registry);
  for (const line of BOARD) await stage.say('admin', '#general', line);
});
afterAll(async () => {
  await house?.stop();
  await fake?.close();
});

const refused = (who: string, words: string) =>
  changesNothing(house.db, () => answerTo(stage, who, () => stage.say(who, '#general', words)));
const complaints = async (filled: Readonly<Record<string, string>>) => {
  await stage.say('ray', '#general', '/rfc new');
  return changesNothing(house.db, () => stage.fill('ray', { ...PLAIN_RFC, ...filled }));
};

describe('words that mean nothing', () => {
  test.each([
    ['/rfc show RFC-99', 'There is no RFC-99.'],
    ['/bellman board add NOPE @kevin', 'There is no board NOPE. There is: CAB.'],
    ['/bellman audience set aliens #general', 'There is no audience aliens.'],
    [`/bellman board create X <#${SILENT}>`, 'I cannot reach #silent: I lack Read Message History there.'],
  ])('%s', async (words, sentence) => {
    expect(await refused('admin', words)).toContain(sentence);
  });

  test('said to the bot in words of one’s own', async () => {
    fake.say(discordUser('ray'), 'general', 'rfc sohw RFC-1', { mentionsBot: true });
    await sees(stage, 'ray', 'direct', 'I do not know /rfc sohw. Did you mean /rfc show?');
  });
});

describe('a form in steps', () => {
  test('says at its step what is to be mended, and goes on from there', async () => {
    expect(await complaints({ Start: 'soonish' })).toEqual({
      Start: '"soonish" is not a time that I know. Write now, in 30m, tomorrow 22:00 or 2027-01-31 22:00.',
    });
    expect(await stage.fill('ray', PLAIN_RFC)).toEqual({});
    await sees(stage, 'ray', 'answer', 'RFC-1 is a draft: Move the archive');
  });

  test('whose window is past says so', async () => {
    expect(await complaints({ Start: '2026-01-20 22:00', End: '2026-01-20 23:00' })).toEqual({
      Start: 'The start, 2026-01-20 22:00 UTC, is past, so nothing was changed. Name a start that is still to come.',
    });
  });

  test('whose draft is gone says so when it is gone on with', async () => {
    await stage.say('ray', '#general', '/rfc new');
    const before = stage.all('ray', 'answer').length;
    // Only the first step: the second one is behind Continue.
    await stage.fillStep('ray', PLAIN_RFC);
    const step = stage.all('ray', 'answer').slice(before).at(-1);
    expect(step?.buttons).toContain('Continue');
    await house.advance(2 * 3_600_000);
    await house.db.sql`delete from bellman.form_draft`;
    const answer = await changesNothing(house.db, () =>
      answerTo(stage, 'ray', () => (step ? stage.press('ray', step, 'Continue') : Promise.reject(new Error('No step')))),
    );
    expect(answer).toContain('This form is too old or was sent already, so nothing was changed. Open it again from the command.');
  });
});

describe('text that people may write', () => {
  test('calls nobody, and stands there to the letter', async () => {
    const shout = '@everyone <@&9000> <@2002> **bold** <!channel> ||x|| שלום 🔐';
    await stage.say('ray', '#general', '/rfc new');
    const all = ['Title', 'Description', 'Category', 'Affected items', 'Risk', 'Impact', 'Backout plan'];
    const filled = { ...PLAIN_RFC, ...Object.fromEntries(all.map((label) => [label, shout])) };
    expect(await stage.fill('ray', filled)).toEqual({});
    const draft = await sees(stage, 'ray', 'direct', `RFC-2: ${shout}`);
    await stage.press('ray', draft, 'Submit');
    await stage.press('neil', await sees(stage, 'neil', 'direct', 'Review RFC-2'), 'Agree');
    const ballot = await sees(stage, 'kevin', '#cab', 'Vote on RFC-2');
    expect(ballot.text.split(shout).length - 1).toBeGreaterThanOrEqual(4);
    for (const { calls } of [draft, ballot, ...stage.all('neil', 'direct')])
      for (const word of ['everyone', '9000']) expect(calls).not.toContain(word);
    for (const { calls } of [draft, ...stage.all('neil', 'direct')]) expect(calls).not.toContain('charles');
  });
});

// Discord tells that direct messages are closed only when something is sent, so a destination cannot be refused for it.
describe('somebody whose direct messages are closed', () => {
  test('is called where the record stands, without the text', async () => {
    await stage.say('jerry', '#general', '/problem new');
    await stage.fill('jerry', { Title: 'Slow mail' });
    await sees(stage, 'jerry', '#general', 'PRB-1 is raised');
    await stage.say('jerry', '#working-staff', '/problem major PRB-1');
    await stage.fill('jerry', { Owner: 'closed' });
    const call = await sees(stage, 'jerry', '#working-staff', 'A message about PRB-1 did not arrive');
    expect(call.text).not.toContain('Slow mail');
    expect(call.calls).toContain(CLOSED);
  });
});
