/** What should not work, on Slack: each gets one clear sentence, and changes nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FakeSlack } from '../fakes/slack/fake-slack.ts';
import { type House, startHouse } from '../support/bellman.ts';
import {
  type SlackSeen,
  type SlackStage,
  slackChannel,
  slackEnvironment,
  slackStage,
  slackUser,
  slackWorkspace,
} from './slack-stage.ts';
import { sees } from './stage.ts';
import { STARTS } from './story.ts';
import { answerTo, BOARD, changesNothing, PLAIN_RFC } from './tried.ts';

let fake: FakeSlack;
let house: House;
let stage: SlackStage;

beforeAll(async () => {
  fake = await slackWorkspace();
  fake.addUser({ id: 'U0CLOSED', name: 'closed', realName: 'Closed', tz: 'UTC', dmClosed: true });
  fake.addChannel({ id: 'C0SILENT', name: 'silent', historyReadable: false });
  fake.addChannel({ id: 'C0SECRET', name: 'secret', member: false, private: true });
  house = await startHouse({ environment: slackEnvironment(fake), startsAt: STARTS });
  fake.sendTo(`${house.bellman.url}/slack/events`);
  stage = slackStage(fake);
  for (const line of BOARD) await stage.say('admin', '#general', line);
});
afterAll(async () => {
  await house?.stop();
  await fake?.close();
});

const says = (who: string, words: string) => answerTo(stage, who, () => stage.say(who, '#general', words));
const refused = (who: string, words: string) => changesNothing(house.db, () => says(who, words));

let raised = 0;
/** Raises an RFC and says its number. */
async function raise(filled: Readonly<Record<string, string>> = PLAIN_RFC): Promise<string> {
  await stage.say('ray', '#general', '/rfc new');
  expect(await stage.fill('ray', filled)).toEqual({});
  raised += 1;
  await sees(stage, 'ray', 'direct', `RFC-${raised}: `);
  return `RFC-${raised}`;
}

/** Brings an RFC before the board, and says how its ballot looks. */
async function ballotOn(rfc: string): Promise<SlackSeen> {
  await stage.say('ray', '#general', `/rfc submit ${rfc}`);
  const review = (await sees(stage, 'neil', 'direct', `Review ${rfc}`)) as SlackSeen;
  await stage.press('neil', review, 'Agree');
  return (await sees(stage, 'kevin', '#cab', `Vote on ${rfc}`)) as SlackSeen;
}

/** What stands beside the fields when the form of a new RFC is sent like this. */
async function complaints(filled: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  await stage.say('ray', '#general', '/rfc new');
  const found = await changesNothing(house.db, () => stage.fill('ray', { ...PLAIN_RFC, ...filled }));
  const view = fake.lastView(slackUser('ray'));
  if (view) await fake.closeView(view);
  return found;
}

describe('words that mean nothing', () => {
  test.each([
    ['/rfc fly', 'I do not know /rfc fly. /rfc help shows all.'],
    ['/rfc sohw RFC-1', 'I do not know /rfc sohw. Did you mean /rfc show? /rfc help shows all.'],
    ['/bellman brew coffee', 'I do not know /bellman brew. /bellman help shows all.'],
    ['/rfc show RFC-99', 'There is no RFC-99. /rfc list, /incident list and /problem list show what there is.'],
    ['/rfc show INC-1', '"INC-1" does not work as the RFC, for example RFC-1. It is written like this: /rfc show <rfc>'],
    ['/rfc submit', '/rfc submit needs the RFC, for example RFC-1: /rfc submit <rfc>.'],
    ['/problem link PRB-1', '/problem link needs what to link it with, for example INC-1: /problem link <record> <records>.'],
    ['/bellman board add CAB', '/bellman board add needs the new member: /bellman board add <board> <person>.'],
    ['/bellman board add NOPE @kevin', 'There is no board NOPE. There is: CAB.'],
    ['/bellman board show nope', 'There is no board NOPE. There is: CAB.'],
    ['/bellman board add CAB @nobody', 'I do not know "@nobody". Name a person with @ as this chat knows them.'],
    ['/bellman board create X #nowhere', 'I do not find the channel "#nowhere". Name a channel with # that exists here.'],
    [
      '/bellman role grant @kevin king',
      '"king" does not work as the role. It is written like this: /bellman role grant <person> admin|',
    ],
    ['/bellman audience set aliens #general', 'There is no audience aliens. There is: senior-management, all-staff,'],
    ['/bellman audience cadence customers often', '"often" is not a length of time. Write 30m, 2h or 1d.'],
    [
      '/rfc delegate @jamie until soon',
      '"soon" is not a time that I know. Write now, in 30m, tomorrow 22:00 or 2027-01-31 22:00.',
    ],
  ])('%s', async (words, sentence) => {
    expect(await refused('admin', words)).toContain(sentence);
  });
});

describe('a form that cannot be', () => {
  test('a date that is none, one that is past, and an end before its start', async () => {
    const sentence = '"soonish" is not a time that I know. Write now, in 30m, tomorrow 22:00 or 2027-01-31 22:00.';
    expect(await complaints({ Start: 'soonish' })).toEqual({ Start: sentence });
    expect(await complaints({ Start: '2027-02-30 22:00' })).toMatchObject({ Start: expect.stringContaining('2027-02-30 22:00') });
    expect(await complaints({ Start: '2026-01-20 22:00', End: '2026-01-20 23:00' })).toEqual({
      Start: 'The start, 2026-01-20 22:00 UTC, is past, so nothing was changed. Name a start that is still to come.',
    });
    expect(await complaints({ End: '2027-01-20 21:00' })).toEqual({
      End: 'The end, 2027-01-20 21:00 UTC, is not after the start, 2027-01-20 22:00 UTC. Name a later end.',
    });
  });

  test('a title of 5,000 characters, from a Slack that did not stop it', async () => {
    await stage.say('ray', '#general', '/rfc new');
    const view = fake.lastView(slackUser('ray'));
    if (!view) throw new Error('No dialog was opened');
    const long = { ...PLAIN_RFC, Title: 'x'.repeat(5000) };
    const { errors } = await changesNothing(house.db, () => fake.submit(view, long, { force: true }));
    expect(errors).toEqual({
      Title: 'This has 5000 characters; 150 fit. Shorten it, and put the rest where it can be linked.',
    });
    await fake.closeView(view);
  });

  test('a linked record that does not exist', async () => {
    expect(await complaints({ 'Linked records': 'INC-77' })).toMatchObject({
      'Linked records': expect.stringContaining('There is no INC-77.'),
    });
  });

  test('one that was sent after its RFC was withdrawn', async () => {
    const rfc = await raise();
    await stage.say('ray', '#general', `/rfc edit ${rfc}`);
    await stage.say('ray', '#general', `/rfc withdraw ${rfc}`);
    const answer = await changesNothing(house.db, () => answerTo(stage, 'ray', () => stage.fill('ray', { Title: 'Too late' })));
    expect(answer).toContain(`${rfc} is withdrawn, so it cannot be edited. To raise it anew: /rfc copy ${rfc}.`);
  });
});

describe('text that people may write', () => {
  const everything = (words: string) => ({
    ...PLAIN_RFC,
    Title: words,
    Description: words,
    Category: words,
    'Affected items': words,
    Risk: words,
    Impact: words,
    Benefit: words,
    'Implementation plan': words,
    'Backout plan': words,
  });

  test('right to left and with emoji stands on the ballot to the letter', async () => {
    const words = 'הצפנת נתונים 🔐👩🏽‍💻 مشفر';
    const ballot = await ballotOn(await raise(everything(words)));
    expect(ballot.text.split(words).length - 1).toBeGreaterThanOrEqual(4);
  });

  test('that would call everybody calls nobody, in whichever field', async () => {
    const shout = '<!channel> <!here> @everyone <@U0CHARLES> <https://evil.example|click>';
    const ballot = await ballotOn(await raise(everything(shout)));
    expect(ballot.text).toContain('@everyone');
    const all = [...stage.all('kevin', '#cab'), ...stage.all('ray', 'answer'), ...stage.all('neil', 'answer')];
    for (const { calls } of all) for (const word of ['channel', 'here', 'everyone']) expect(calls).not.toContain(word);
    // The board is named by Bellman itself; nobody else is called by what was written.
    const reviews = stage.all('neil', 'direct').filter(({ text }) => text.includes('@everyone'));
    for (const { calls } of reviews) expect(calls).not.toContain('charles');
  });
});

describe('a button that is old', () => {
  test('on a withdrawn RFC is explained, not counted', async () => {
    const rfc = await raise();
    const ballot = await ballotOn(rfc);
    await stage.say('ray', '#general', `/rfc withdraw ${rfc}`);
    await sees(stage, 'kevin', 'direct', `Ballot void: ${rfc}`);
    const press = () => changesNothing(house.db, () => answerTo(stage, 'kevin', () => stage.press('kevin', ballot, 'Approve')));
    expect(await press()).toContain(
      `${rfc} was withdrawn at {time}; this click was not counted. /rfc show ${rfc} says where it stands.`,
    );
    const draft = stage.all('ray', 'direct').findLast(({ text }) => text.startsWith(`${rfc}: `));
    expect(draft?.buttons).not.toContain('Submit');
  });

  test('on a ballot whose RFC was edited since says so', async () => {
    const rfc = await raise();
    const ballot = await ballotOn(rfc);
    await stage.say('ray', '#general', `/rfc edit ${rfc}`);
    expect(await stage.fill('ray', { Start: '2027-01-21 22:00', End: '2027-01-21 23:00' })).toEqual({});
    await sees(stage, 'kevin', 'direct', `Ballot void: ${rfc}`);
    const answer = await changesNothing(house.db, () => answerTo(stage, 'kevin', () => stage.press('kevin', ballot, 'Approve')));
    expect(answer).toContain(`${rfc} was edited at {time} (Start, End), so that ballot is void; this click was not counted.`);
  });
});

describe('a request that is not what it seems', () => {
  test('the same one again is answered, and not done again', async () => {
    const ballot = await ballotOn(await raise());
    expect(await answerTo(stage, 'kevin', () => stage.press('kevin', ballot, 'Approve'))).toContain(
      'Your vote is counted: approve.',
    );
    const raw = fake.sent.at(-1)?.raw;
    if (!raw) throw new Error('Nothing was sent');
    expect((await changesNothing(house.db, () => fake.replay(raw))).status).toBe(200);
    // So it is by another process, which has nothing in memory of it.
    await house.restart();
    fake.sendTo(`${house.bellman.url}/slack/events`);
    expect((await changesNothing(house.db, () => fake.replay(raw, { resign: true }))).status).toBe(200);
  });

  test('a wrong signature, a changed body and an old timestamp are turned away', async () => {
    await stage.say('admin', '#general', '/bellman board show CAB');
    const raw = fake.sent.at(-1)?.raw;
    if (!raw) throw new Error('Nothing was sent');
    const grant = raw.body.replace('board+show+CAB', 'role+grant+%3C%40U0KATE%7Ckate%3E+admin');
    expect(grant).not.toBe(raw.body);
    const hour = Math.floor(Date.now() / 1000) - 3600;
    await changesNothing(house.db, async () => {
      expect((await fake.replay(raw, { signature: `v0=${'0'.repeat(64)}` })).status).toBe(401);
      expect((await fake.replay(raw, { body: grant })).status).toBe(401);
      expect((await fake.replay(raw, { body: grant, timestamp: hour })).status).toBe(401);
    });
  });
});

describe('a place that is closed', () => {
  const named = (channel: string) => `<#${slackChannel(channel)}|${channel}>`;

  test('a channel that Bellman cannot read, or is not in, is refused with the step to take', async () => {
    expect(await refused('admin', `/bellman board create SILENT ${named('silent')}`)).toContain(
      'I cannot reach #silent: I may not join it or read what is said there, so I could not tell whether a message arrived. Install the app again with the scopes of deploy/slack-manifest.json.',
    );
    expect(await refused('admin', `/bellman audience set press ${named('secret')}`)).toContain(
      'Say /invite @Bellman there, then try again.',
    );
  });

  test('direct messages that are closed are refused as a destination', async () => {
    expect(await refused('admin', '/bellman audience set press <@U0CLOSED|closed>')).toContain(
      'I cannot reach this person: direct messages are closed. Name a channel instead.',
    );
  });

  test('whoever cannot be reached directly is called where the record stands, without the text', async () => {
    await stage.say('jerry', '#general', '/problem new');
    await stage.fill('jerry', { Title: 'Slow mail' });
    await sees(stage, 'jerry', '#general', 'PRB-1 is raised');
    await stage.say('jerry', '#working-staff', '/problem major PRB-1');
    await stage.fill('jerry', { Owner: 'closed' });
    const call = await sees(stage, 'jerry', '#working-staff', 'A message about PRB-1 did not arrive');
    expect(call.text).toContain('cannot be reached directly. Open your direct messages for me');
    expect(call.text).not.toContain('Slow mail');
    expect(call.calls).toContain('U0CLOSED');
  });
});
