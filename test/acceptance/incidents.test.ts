/** Incidents on Slack: raised from a message, with a channel of their own that is made once, whatever happens meanwhile. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FakeChannel } from '../fakes/slack/world.ts';
import { slackChannel, slackUser } from '../story/slack-stage.ts';
import { eventually } from '../support/bellman.ts';
import { type Office, openOffice } from './stage.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice(['/bellman role grant @jerry incident-manager', '/bellman role grant @kevin security']);
});
afterAll(() => office.stop());

/** The channel of that name, once there is one. */
function made(name: string): FakeChannel | undefined {
  try {
    return office.fake.channel(name);
  } catch {
    return undefined;
  }
}
const isIn = (who: string, name: string) => made(name)?.members?.includes(slackUser(who));
const asked = () => office.fake.calls.filter(({ method }) => method === 'conversations.create').length;

test('any message becomes an incident by its menu; its text stands in the details', async () => {
  const { fake, dialog, mend, say, reads } = office;
  const { message } = await fake.say(slackUser('ray'), slackChannel('general'), 'Tellers cannot log on since nine');
  await fake.shortcut(slackUser('linda'), 'raise_incident', message);
  expect((await dialog('linda')).Details).toBe('Tellers cannot log on since nine');
  await mend('linda', { Title: 'Tellers cannot log on', Category: 'Network' });
  await reads('linda', '#general', 'INC-1 is raised');
  await say('linda', '/incident show INC-1');
  await reads('linda', 'answer', 'Tellers cannot log on since nine');
});

test('a major one gets one channel with its people in it, also when Slack’s answer is lost', async () => {
  const { fake, house, fill, say, reads } = office;
  const name = 'inc-1-tellers-cannot-log-on';
  fake.fault({ method: 'conversations.create', kind: '500-after-accepting' });
  await fill('jerry', '/incident major INC-1', { Owner: 'jamie' });
  await eventually('it is asked for', () => asked() > 0);
  expect(made(name)?.members).toEqual([]);
  await house.advance(10_000);
  await eventually('whoever owns it is invited', () => isIn('jamie', name));
  expect(asked()).toBe(2);
  await eventually('it is welcomed', () => fake.visible(made(name)?.id ?? '').length > 0);
  await say('kate', '/incident join INC-1');
  await eventually('who joins is invited', () => isIn('kate', name));
  await say('linda', '/incident show INC-1');
  await reads('linda', 'answer', /Channel: #/u);
});

test('a sensitive one is there for its own people only, and so is its channel', async () => {
  const { fake, fill, say, reads, all } = office;
  await fill('linda', '/incident new', { Title: 'Somebody copied the list', Sensitive: 'Yes' });
  await reads('linda', 'answer', 'INC-2 is raised');
  expect(all('ray', '#general').filter(({ text }) => text.includes('INC-2'))).toEqual([]);
  await say('linda', '/incident show INC-2');
  await say('jerry', '/incident channel INC-2');
  const channel = await eventually('the private channel', () => isIn('linda', 'inc-2') && made('inc-2'));
  expect(channel).toMatchObject({ private: true });
  expect(channel.members).not.toContain(slackUser('ray'));
  await eventually('it hears of the record', () => fake.visible(channel.id).length > 0);
});
