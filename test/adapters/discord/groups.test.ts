import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { anAudience, command, privately, registry } from '../../../src/chat/registry.ts';
import { failing } from '../../contract/play.ts';
import { type DiscordSetup, discordSetup, WAIT } from './setup.ts';

const say = command({
  name: 'note audience',
  help: 'Name an audience.',
  args: { audience: anAudience('the audience') },
  run: async () => privately(card('Said')),
});

let setup: DiscordSetup;
beforeEach(async () => {
  setup = await discordSetup({ registry: registry([say]), names: async () => (person) => ({ name: person }) });
});
afterEach(async () => {
  await setup.platform.stop();
  await setup.stop();
});

describe('roles of Discord', () => {
  test('without the members intent are refused with the step to take, and the setup is told', async () => {
    expect(await setup.platform.lacks()).toEqual([]);
    setup.fake.allowIntents({ members: false });
    expect(await failing(setup.platform.members('discord/group/4001'))).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('Server Members Intent'),
    });
    expect(await setup.platform.lacks()).toEqual(['Server Members Intent']);
  });

  test('without the intent for what people write, messages read empty, and the setup is told', async () => {
    const { id } = setup.fake.say('2001', 'cab', 'The gate is stuck');
    setup.fake.allowIntents({ content: false });
    expect(await setup.platform.written(setup.channel.place, id)).toMatchObject({ text: '' });
    expect(await setup.platform.lacks()).toEqual(['Message Content Intent']);
  });

  test('are read to the last page', async () => {
    for (let at = 0; at < 1001; at += 1) setup.fake.addUser({ name: `many-${at}`, roles: ['4001'] });
    expect(await setup.platform.members('discord/group/4001')).toHaveLength(1003);
  });

  test('that are gone are refused', async () => {
    expect(await failing(setup.platform.members('discord/group/4999'))).toMatchObject({ outcome: 'refused' });
  });
});

test('an option for an audience offers those that there are, while it is typed', async () => {
  await setup.platform.start(async () => ({ kind: 'nothing' }));
  const typed = await setup.fake.autocomplete('anna', 'note audience', { option: 'audience', text: 'Field e' }).answered(WAIT);
  expect(typed.choices).toEqual([{ name: 'field-engineers', value: 'field-engineers' }]);
});
