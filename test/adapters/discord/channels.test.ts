import { afterEach, beforeEach, expect, test } from 'vitest';
import { registry } from '../../../src/chat/registry.ts';
import { failing } from '../../contract/play.ts';
import { ANNA, type DiscordSetup, discordSetup } from './setup.ts';

let setup: DiscordSetup;
beforeEach(async () => {
  setup = await discordSetup({ registry: registry([]), names: async () => (person) => ({ name: person }) });
});
afterEach(() => setup.stop());

test('a channel of that name that Bellman did not make is left alone', async () => {
  setup.fake.addChannel({ id: '3007', name: 'inc-7' });
  const place = await setup.platform.createChannel('inc-7', { private: true, people: [ANNA.user] });
  expect(place).not.toBe('discord/channel/3007');
  expect(setup.fake.channel('3007').overwrites).toEqual([]);
});

test('a lost answer makes no second channel', async () => {
  setup.fake.fail('POST /guilds/:guild/channels', '500-after-accepting');
  const how = { private: false, people: [] };
  expect(await failing(setup.platform.createChannel('inc-7', how))).toMatchObject({ outcome: 'unknown' });
  const place = await setup.platform.createChannel('inc-7', how);
  expect(place).toBe(`discord/channel/${setup.fake.channel('inc-7').id}`);
});

test('a server that does not let us make channels is refused with the step to take', async () => {
  setup.fake.fail('POST /guilds/:guild/channels', { status: 403, code: 50013 });
  const refused = await failing(setup.platform.createChannel('inc-7', { private: false, people: [] }));
  expect(refused).toMatchObject({ outcome: 'refused', message: expect.stringContaining('Manage Channels') });
});
