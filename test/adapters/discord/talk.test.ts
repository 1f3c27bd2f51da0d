import { afterEach, describe, expect, test } from 'vitest';
import type { DiscordParts } from '../../../adapters/discord/index.ts';
import { card, text } from '../../../src/chat/card.ts';
import { line, maybe, paragraph, person, time } from '../../../src/chat/form.ts';
import type { Intent } from '../../../src/chat/port.ts';
import { command, openly, perhaps, privately, registry, theRest } from '../../../src/chat/registry.ts';
import { memory } from '../../contract/memory.ts';
import { notes } from '../../contract/notes.ts';
import { buttonsOf, type FakeInteraction, type FakeModal, textOf } from '../../fakes/discord/fake-discord.ts';
import { ANNA, adapterFor, BRAM, CEES, serverOf, WAIT } from './setup.ts';

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

async function setUp(more: Partial<DiscordParts> = {}) {
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

const labels = (modal: FakeModal) => modal.fields.map(({ label }) => label);
const preset = (modal: FakeModal, label: string) => modal.fields.find((field) => field.label === label)?.preset;

describe('a form of twelve fields', () => {
  test('is asked in three steps; what stands in later steps at first stands there', async () => {
    const { fake, kept } = await setUp();
    const first = await fake.command(ANNA.user, 'long write').opened(WAIT);
    expect(first.title).toBe('Write much (1 of 3)');
    expect(labels(first)).toEqual(['Title', 'Body', 'One', 'Two', 'Owner']);
    expect(preset(first, 'Owner')).toEqual([ANNA.user]);
    const second = await on(fake, fake.submit(first, { Title: 'T', Body: 'B', Owner: BRAM.user }));
    expect(labels(second)).toEqual(['Start', 'Three', 'Four', 'Five', 'Six']);
    expect(preset(second, 'Four')).toBe('preset');
    const third = await on(fake, fake.submit(second, { Start: 'in 2h', Four: null }));
    expect(preset(third, 'Last')).toBe('preset too');
    const done = await fake.submit(third).answered(WAIT);
    expect(done.replyText).toContain('All is kept');
    expect(kept).toEqual([{ title: 'T', body: 'B', owner: 'p-2002', start: expect.any(Number), last: 'preset too' }]);
  });

  test('that is wrong is shown again where it is wrong, with all that was written', async () => {
    const { fake, kept } = await setUp();
    const first = await fake.command(ANNA.user, 'long write').opened(WAIT);
    const second = await on(fake, fake.submit(first, { Title: 'T', Body: 'B' }));
    const refused = await fake.submit(second, { Start: 'whenever', Three: 'third' }).answered(WAIT);
    expect(refused.reply && buttonsOf(refused.reply).map(({ label }) => label)).toEqual(['Continue']);
    expect(refused.replyText).toMatch(/\*\*Start\*\*: .*whenever/u);
    expect(refused.reply?.ephemeralFor).toBe(ANNA.user);
    const again = await on(fake, refused);
    expect(again.title).toBe('Write much (2 of 3)');
    expect(preset(again, 'Start')).toBe('whenever');
    expect(preset(again, 'Three')).toBe('third');
    const third = await on(fake, fake.submit(again, { Start: 'in 2h' }));
    await fake.submit(third).answered(WAIT);
    expect(kept).toEqual([expect.objectContaining({ title: 'T', three: 'third', owner: 'p-2001' })]);
  });

  test('about something long keeps what it is about', async () => {
    const { fake, kept } = await setUp();
    const about = 'a very long description of what this is about '.repeat(8).trim();
    const first = await fake.command(ANNA.user, 'long write', { about }).opened(WAIT);
    const second = await on(fake, fake.submit(first, { Title: 'T', Body: 'B' }));
    const third = await on(fake, fake.submit(second, { Start: 'now' }));
    await fake.submit(third).answered(WAIT);
    expect(kept).toEqual([expect.objectContaining({ about })]);
  });

  /** Presses Continue below an answer, and gives the form that opens. */
  async function on(fake: Awaited<ReturnType<typeof serverOf>>, sent: FakeInteraction): Promise<FakeModal> {
    const { reply, user } = await sent.answered(WAIT);
    if (!reply) throw new Error('There was no reply');
    return fake.press(user, reply, 'Continue').opened(WAIT);
  }
});

describe('an answer that takes longer than Discord waits', () => {
  test('to a command stands where "thinking" stood', async () => {
    const { fake, gates } = await setUp({ patience: 10 });
    const gate = Promise.withResolvers<void>();
    gates.push(gate.promise);
    const said = fake.command(ANNA.user, 'note say', { words: 'slow' });
    await said.acknowledged(WAIT);
    expect(said.reply).toBeNull();
    gate.resolve();
    expect((await said.answered(WAIT)).replyText).toContain('slow');
    expect(said.reply?.ephemeralFor).toBe(ANNA.user);
  });

  test('and is for everybody follows in the channel', async () => {
    const { fake, gates } = await setUp({ patience: 10 });
    const gate = Promise.withResolvers<void>();
    gates.push(gate.promise);
    const said = fake.command(ANNA.user, 'long tell');
    await said.acknowledged(WAIT);
    gate.resolve();
    await fake.waitForMessage('cab', 'Everybody reads this', WAIT);
    expect(said.replyText).toContain('Answered below');
  });

  test('and is a form gets a button that opens it', async () => {
    const { fake, gates } = await setUp({ patience: 10 });
    const gate = Promise.withResolvers<void>();
    gates.push(gate.promise);
    const said = fake.command(ANNA.user, 'note write', { title: 'A new title' });
    await said.acknowledged(WAIT);
    gate.resolve();
    const { reply } = await said.answered(WAIT);
    expect(reply?.ephemeralFor).toBe(ANNA.user);
    const form = await fake.press(ANNA.user, reply ?? fail(), 'Open').opened(WAIT);
    expect(preset(form, 'Title')).toBe('A new title');
  });

  test('to a button that asks gets a button that asks again', async () => {
    const { fake, gates } = await setUp({ patience: 10 });
    await fake.command(ANNA.user, 'note pin').answered(WAIT);
    const pinned = await fake.waitForMessage('cab', 'A note', WAIT);
    const gate = Promise.withResolvers<void>();
    gates.push(gate.promise);
    const pressed = fake.press(BRAM.user, pinned, 'Ask');
    await pressed.acknowledged(WAIT);
    gate.resolve();
    const later = await pressed.followedUp(WAIT);
    expect(later.ephemeralFor).toBe(BRAM.user);
    expect(labels(await fake.press(BRAM.user, later, 'Open').opened(WAIT))).toEqual(['Question']);
  });

  test('and came too late for the interaction reaches the person directly', async () => {
    const { fake } = await setUp();
    fake.fail('POST /interactions/**', { status: 404, code: 10062, message: 'Unknown interaction' });
    fake.command(ANNA.user, 'note say', { words: 'you read this anyway' });
    await fake.waitForDirectMessage(ANNA.user, 'you read this anyway', WAIT);
  });

  test('whose acknowledgement got lost is given once', async () => {
    const { fake } = await setUp();
    fake.fail('POST /interactions/**', 'reset-after-accepting');
    const said = await fake.command(ANNA.user, 'note say', { words: 'once' }).answered(WAIT);
    await fake.waitForCall('POST /interactions/**', WAIT, 1);
    expect(said.replyText).toContain('once');
    expect(said.followups).toEqual([]);
  });
});

describe('a card with buttons for one person', () => {
  test('is pointed to from where it was asked for', async () => {
    const { fake } = await setUp();
    const said = await fake.command(ANNA.user, 'note mine').answered(WAIT);
    const [direct] = fake.directMessages(ANNA.user);
    expect(direct && buttonsOf(direct)).toHaveLength(3);
    expect(said.reply?.ephemeralFor).toBe(ANNA.user);
    expect(said.replyText).toContain(`https://discord.com/channels/@me/${direct?.channelId}/${direct?.id}`);
  });

  test('whose direct messages are closed is shown without them, with the step to take', async () => {
    const { fake } = await setUp();
    const said = await fake.command(CEES.user, 'note mine').answered(WAIT);
    expect(said.reply && buttonsOf(said.reply)).toEqual([]);
    expect(said.replyText).toContain('A note');
    expect(said.replyText).toContain('Allow direct messages');
    expect(fake.messages('cab')).toEqual([]);
  });

  test('is said once when Discord sends the request twice', async () => {
    const { fake } = await setUp();
    await fake.command(ANNA.user, 'note mine').answered(WAIT);
    fake.gateway.repeat();
    await fake.waitForCall('POST /interactions/**', WAIT, 2);
    expect(fake.directMessages(ANNA.user)).toHaveLength(1);
    expect(fake.ephemerals(ANNA.user)).toHaveLength(1);
  });
});

describe('words', () => {
  test('in a direct message are answered there', async () => {
    const { fake, intents } = await setUp();
    fake.say(ANNA.user, { direct: true }, 'note say hello you');
    await fake.waitForDirectMessage(ANNA.user, (message) => textOf(message).includes('### Said'), WAIT);
    expect(intents[0]).toMatchObject({ kind: 'words', at: 'discord/person/2001', words: 'note say hello you' });
  });

  test('with a mention are answered privately by a direct message; closed ones get a word in the channel, without the answer', async () => {
    const { fake } = await setUp();
    fake.say(ANNA.user, 'cab', 'note say a secret', { mentionsBot: true });
    await fake.waitForDirectMessage(ANNA.user, 'a secret', WAIT);
    fake.say(CEES.user, 'cab', 'note say hidden words', { mentionsBot: true });
    const word = await fake.waitForMessage('cab', 'direct messages are closed', WAIT);
    expect(word.replyTo).not.toBeNull();
    expect(fake.messages('cab').filter(({ authorId }) => authorId === fake.applicationId)).toHaveLength(1);
  });

  test('among people, and a reply to the bot without a mention, are nobody’s command', async () => {
    const { fake, intents } = await setUp();
    await fake.command(ANNA.user, 'note pin').answered(WAIT);
    const pinned = await fake.waitForMessage('cab', 'A note', WAIT);
    fake.say(BRAM.user, 'cab', 'note tell nobody');
    fake.say(BRAM.user, 'cab', 'thanks', { replyTo: pinned });
    fake.say(BRAM.user, 'cab', 'note tell all', { mentionsBot: true });
    await fake.waitForMessage('cab', 'Told', WAIT);
    expect(intents.map(({ kind }) => kind)).toEqual(['command', 'words']);
  });

  test('alone, a mention asks for help', async () => {
    const { fake, intents } = await setUp();
    fake.say(BRAM.user, 'cab', '', { mentionsBot: true });
    await fake.until(() => (intents.length > 0 ? true : undefined), WAIT, 'an intent');
    expect(intents[0]).toMatchObject({ kind: 'words', words: 'bellman help' });
  });
});

describe('a late answer', () => {
  test('after the quarter of an hour reaches the person directly', async () => {
    const { fake, platform, mind, intents } = await setUp();
    const said = await fake.command(ANNA.user, 'note say', { words: 'wait' }).answered(WAIT);
    said.expireToken();
    await platform.replyPrivately(intents[0]?.address ?? {}, card('Late', [text('the answer')]), await mind.names([]));
    await fake.waitForDirectMessage(ANNA.user, 'the answer', WAIT);
  });

  test('to words reaches the person directly', async () => {
    const { fake, platform, mind, intents } = await setUp();
    fake.say(ANNA.user, 'cab', 'note tell wait', { mentionsBot: true });
    await fake.waitForMessage('cab', 'Told', WAIT);
    await platform.replyPrivately(intents[0]?.address ?? {}, card('Late', [text('the answer')]), await mind.names([]));
    await fake.waitForDirectMessage(ANNA.user, 'the answer', WAIT);
  });

  test('that is a form is a button, because a dialog opens only at once', async () => {
    const { fake, platform, mind, intents } = await setUp();
    await fake.command(ANNA.user, 'note say', { words: 'wait' }).answered(WAIT);
    const form = {
      doing: 'note write',
      input: { title: 'x' },
      title: 'Write',
      submit: 'Keep',
      sections: [{ title: '1 of 1', fields: [{ name: 'title', label: 'Title', kind: 'line' as const, optional: false }] }],
    };
    await platform.openForm(intents[0]?.address ?? {}, form, await mind.names([]));
    const offered = await fake.waitForEphemeral(ANNA.user, 'asks for a form', WAIT);
    expect(labels(await fake.press(ANNA.user, offered, 'Open').opened(WAIT))).toContain('Title');
  });
});

function fail(): never {
  throw new Error('There was no reply');
}
