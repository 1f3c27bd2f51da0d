import { describe, expect, test } from 'vitest';
import { buttonsOf, type FakeInteraction, type FakeModal } from '../../fakes/discord/fake-discord.ts';
import { labels, preset, setUp } from './asking.ts';
import { ANNA, BRAM, CEES, type serverOf, WAIT } from './setup.ts';

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

function fail(): never {
  throw new Error('There was no reply');
}
