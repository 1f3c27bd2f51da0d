/** The adapter over the real dispatch, with commands of the contract's room and a form of three steps. */
import { afterEach } from 'vitest';
import type { DiscordParts } from '../../../adapters/discord/index.ts';
import { card, text } from '../../../src/chat/card.ts';
import { line, maybe, paragraph, person, time } from '../../../src/chat/form.ts';
import type { Intent } from '../../../src/chat/port.ts';
import { command, openly, perhaps, privately, registry, theRest } from '../../../src/chat/registry.ts';
import { memory } from '../../contract/memory.ts';
import { notes } from '../../contract/notes.ts';
import type { FakeModal } from '../../fakes/discord/fake-discord.ts';
import { adapterFor, serverOf, WAIT } from './setup.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Twelve fields: three steps. What was written arrives in `kept`. */
function long(kept: object[]) {
  const fields = {
    title: line('Title'),
    body: paragraph('Body'),
    one: maybe(line('One')),
    two: maybe(line('Two')),
    owner: maybe(person('Owner')),
    start: time('Start'),
    three: maybe(line('Three')),
    four: maybe(line('Four')),
    five: maybe(line('Five')),
    six: maybe(line('Six')),
    last: line('Last'),
    seven: maybe(line('Seven')),
  };
  return command({
    name: 'long write',
    help: 'Write much.',
    args: { about: perhaps(theRest('what it is about')) },
    form: {
      title: 'Write much',
      submit: 'Keep',
      fields,
      initial: async (c) => ({ four: 'preset', last: 'preset too', owner: c.me }),
    },
    run: async (_c, { about }, answers) => {
      kept.push({ ...answers, about });
      return privately(card('All is kept', [text(String(answers.title))]));
    },
  });
}

export async function setUp(more: Partial<DiscordParts> = {}) {
  const fake = await serverOf();
  const kept: object[] = [];
  const intents: Intent[] = [];
  const gates: Promise<void>[] = [];
  const slowOpenly = command({
    name: 'long tell',
    help: 'Tell all.',
    args: {},
    run: async () => openly(card('Told to all', [text('Everybody reads this.')])),
  });
  const known = registry([...notes({ said: [], formed: [], asked: [] }).commands, ...buttons(), long(kept), slowOpenly]);
  const mind = memory(known, () => platform);
  const { platform, logged } = adapterFor(fake, { registry: known, names: mind.names }, more);
  await platform.start(async (intent) => {
    intents.push(intent);
    const reply = await mind.dispatch(intent);
    await gates.shift();
    return reply;
  });
  await fake.gateway.connected(WAIT);
  ends.push(async () => {
    await platform.stop();
    await fake.close();
  });
  return { fake, platform, mind, kept, intents, logged, gates };
}

function buttons() {
  const known = notes({ said: [], formed: [], asked: [] });
  return ['note.like', 'note.ask'].flatMap((name) => known.button(name) ?? []);
}

export const labels = (modal: FakeModal) => modal.fields.map(({ label }) => label);
export const preset = (modal: FakeModal, label: string) => modal.fields.find((field) => field.label === label)?.preset;
