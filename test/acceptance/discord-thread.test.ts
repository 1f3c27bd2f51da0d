/** A record's updates in a thread of its own on Discord, by the words that people use there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '../fakes/discord/fake-discord.ts';
import { discordEnvironment, discordServer, discordStage } from '../story/discord-stage.ts';
import { sees } from '../story/stage.ts';
import { eventually, type House, startHouse } from '../support/bellman.ts';

let fake: Awaited<ReturnType<typeof discordServer>>;
let house: House;
beforeAll(async () => {
  fake = await discordServer();
  house = await startHouse({ environment: discordEnvironment(fake), queue: 'postgres', startsAt: '2027-01-11T09:00:00Z' });
  await fake.gateway.connected(10_000);
});
afterAll(async () => {
  await house.stop();
  await fake.close();
});

test('two updates stand in one thread that is named after the record, and the channel stays quiet', async () => {
  const stage = discordStage(fake, house.bellman.registry);
  const say = (who: string, words: string) => stage.say(who, '#general', words);
  const fill = async (who: string, words: string, filled: Readonly<Record<string, string>>) => {
    await say(who, words);
    expect(await stage.fill(who, filled)).toEqual({});
  };
  const release = async (text: string) => {
    await fill('linda', '/comms draft PRB-1 all-staff', { Text: text });
    const draft = await sees(stage, 'jamie', 'direct', text);
    await stage.press('jamie', draft, 'Release');
    await house.advance(11_000);
  };
  await say('admin', '/bellman role grant @jerry problem-manager');
  await say('admin', '/bellman role grant @jamie communications');
  await fill('kate', '/problem new', { Title: 'Refused connections', Details: 'Since the change.', Impact: 'High' });
  await fill('jerry', '/problem major PRB-1', { Owner: 'linda' });
  await fill('linda', '/comms line PRB-1 all-staff', { Destination: '#staff', Mechanism: 'Thread' });
  await release('Use the other terminal.');
  await eventually('the first update', () => fake.threads('staff')[0]?.messages.length === 1);
  await release('It works again for most.');
  const said = await eventually('two updates in the thread', () => {
    const [thread, ...others] = fake.threads('staff');
    expect(others).toEqual([]);
    return thread?.messages.length === 2 && thread;
  });
  expect(said.name).toBe('PRB-1');
  expect(said.messages.map((message) => textOf(message)).join('\n')).toMatch(
    /Use the other terminal\.[\s\S]*It works again for most\./u,
  );
  expect(fake.messages('staff')).toEqual([]);
});
