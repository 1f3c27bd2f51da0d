/** A timeline gathered on Slack: what Bellman did, what people wrote for it, and messages of the record's channel. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BANK, type Office, openOffice } from '../acceptance/stage.ts';
import type { Sent } from '../fakes/slack/fake-slack.ts';
import { slackChannel, slackUser } from '../story/slack-stage.ts';
import { eventually } from '../support/bellman.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice(BANK);
  await office.fill('kate', '/incident new', { Title: 'Vault door stays shut', Details: 'Since noon.' });
  await office.fill('jerry', '/incident major INC-1', { Owner: 'linda' });
  await eventually('the channel belongs to the incident', async () => {
    const rows = await office.house.db.sql`select from bellman.timeline_place where place = ${place('general')}`;
    return rows.length > 0;
  });
});
afterAll(() => office.stop());

/** Slack tells again of what it got no answer to. */
async function told<S extends Sent>(sending: Promise<S>): Promise<S> {
  const first = await sending;
  let { status } = first;
  for (let tries = 0; status === 503 && tries < 5; tries += 1) status = (await office.fake.replay(first.raw)).status;
  expect(status).toBe(200);
  return first;
}

const place = (channel: string) => `slack/channel/${slackChannel(channel)}`;
const write = (who: string, text: string, channel = 'general') => office.fake.write(slackUser(who), slackChannel(channel), text);
/** The newest answer to `/timeline show`. */
const shows = (reading: string | RegExp, order = 'oldest') =>
  eventually(`the timeline shows ${reading}`, async () => {
    await office.say('kate', `/timeline show INC-1 ${order}`);
    const { text } = await office.reads('kate', 'answer', /Timeline of INC-1/u);
    const newest = office.all('kate', 'answer').findLast((seen) => seen.text.includes('Timeline of INC-1'))?.text ?? text;
    return (typeof reading === 'string' ? newest.includes(reading) : reading.test(newest)) && newest;
  });
const kept = async () =>
  office.house.db.sql<
    { type: string }[]
  >`select type from bellman.journal where record_id = 'INC-1' and type like 'timeline.%' order by seq`;

test('a message is kept once when it is pinned or marked with the emoji, in the record’s channel only', async () => {
  const { fake } = office;
  const first = write('ray', 'The hinge is <warm> & it smells');
  const eventId = 'EvTwice';
  await told(fake.react(slackUser('ray'), first, 'pushpin', { eventId }));
  await told(fake.react(slackUser('ray'), first, 'pushpin', { eventId }));
  await told(fake.react(slackUser('kate'), first, 'pushpin'));
  await told(fake.pin(slackUser('kate'), write('neil', 'The keys are in the safe')));
  await told(fake.react(slackUser('ray'), write('ray', 'Lunch?'), 'thumbsup'));
  await told(fake.react(slackUser('ray'), write('ray', 'Elsewhere', 'cab'), 'pushpin'));
  await told(fake.react(slackUser('janet'), write('ray', 'Far from here', 'cab'), 'pushpin'));
  const text = await shows('The keys are in the safe');
  expect(text).toContain('said: The hinge is <warm> & it smells');
  expect(text).not.toMatch(/Lunch|Elsewhere/u);
  expect(text).toMatch(/raised[\s\S]*declared major/u);
  expect((await kept()).map(({ type }) => type)).toEqual(['timeline.message-kept', 'timeline.message-kept']);
  // Whoever only marks what matters to no record is not remembered.
  const known = await office.house.db.sql`select from bellman.identity where user_id = ${slackUser('janet')}`;
  expect(known).toEqual([]);
});

test('the incident’s own channel belongs to it too', async () => {
  const own = await eventually('its own channel', async () => {
    const rows = await office.house.db.sql<{ place: string }[]>`
      select place from bellman.timeline_place where record_id = 'INC-1' and place <> ${place('general')}`;
    return rows[0]?.place.replace('slack/channel/', '');
  });
  const said = office.fake.write(slackUser('ray'), own, 'Said where only we are');
  await told(office.fake.react(slackUser('ray'), said, 'pushpin'));
  await shows('Said where only we are');
});

test('another emoji can be chosen by those who may', async () => {
  await office.say('ray', '/bellman timeline emoji :eyes:');
  await office.reads('ray', 'answer', 'Not done');
  await office.say('admin', '/bellman timeline emoji :memo:');
  await office.reads('admin', 'answer', ':memo:');
  await told(office.fake.react(slackUser('ray'), write('ray', 'By the old sign'), 'pushpin'));
  await told(office.fake.react(slackUser('ray'), write('ray', 'By the new sign'), 'memo'));
  expect(await shows('By the new sign')).not.toContain('By the old sign');
});

test('edits and deletions of kept messages are followed; the journal keeps what was', async () => {
  const { fake } = office;
  const said = write('ray', 'It is the lok');
  await told(fake.react(slackUser('ray'), said, 'memo'));
  const { message } = await told(fake.rewrite(said, 'It is the lock'));
  expect(await shows('It is the lock')).toContain('It is the lock (edited since)');
  await told(fake.rewrite(write('ray', 'never kept'), 'never kept, edited'));
  await told(fake.erase(message));
  expect(await shows('a message that was deleted since')).not.toMatch(/the lo(c)?k/u);
  expect((await kept()).map(({ type }) => type).slice(-3)).toEqual([
    'timeline.message-kept',
    'timeline.message-edited',
    'timeline.message-deleted',
  ]);
  const words = await office.house.db.sql<
    { text: string }[]
  >`select words ->> 'text' as text from bellman.journal_words where record_id = 'INC-1'`;
  expect(words.map(({ text }) => text)).toEqual(expect.arrayContaining(['It is the lok', 'It is the lock']));
});

test('people add what Bellman cannot know, also from the menu of a message', async () => {
  const { fake } = office;
  await office.say('kate', '/timeline add INC-1 The locksmith is in the house');
  await fake.shortcut(slackUser('ray'), 'timeline_note', write('ray', 'The door is open', 'cab'));
  await office.mend('ray', { Record: 'INC-1' });
  const newest = await shows('The door is open', 'newest');
  expect(newest.indexOf('The door is open')).toBeLessThan(newest.indexOf('The locksmith is in the house'));
});

test('it is drawn with its words, and made into files', async () => {
  await office.say('kate', '/timeline picture INC-1');
  const seen = await eventually('the picture', () =>
    office
      .all('kate', 'answer')
      .find(
        ({ pictures, text }) => `${pictures ?? ''}${text}`.includes('The locksmith is in the house') && !text.includes('first'),
      ),
  );
  expect(seen).toBeDefined();
  await office.say('kate', '/timeline export INC-1 csv');
  await office.reads('kate', 'answer', /rows as CSV/u);
  await office.say('kate', '/timeline export INC-1 markdown');
  await office.reads('kate', 'answer', /As Markdown/u);
  const folder = join(office.house.dataDir, 'exports');
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  expect(files.toSorted()).toEqual([
    expect.stringMatching(/^# Timeline of INC-1: Vault door stays shut\n[\s\S]*\| The locksmith is in the house \|/u),
    expect.stringMatching(/^Time,Who,What,Kind,Since\r\n[\s\S]*,The locksmith is in the house,written,/u),
  ]);
  await office.say('kate', '/timeline show INC-99');
  await office.reads('kate', 'answer', 'INC-99');
});
