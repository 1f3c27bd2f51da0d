/**
 * What every chat platform must do, whole: `chatContract('slack over HTTP', makeSetup)`. A setup is made for each test. What a
 * platform cannot do at all is named with its reason in `without`, and its tests are listed as skipped with it.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { card, controls, facts, text } from '../../src/chat/card.ts';
import { type Intent, PlatformError, type Post, placeOf } from '../../src/chat/port.ts';
import { type Memory, memory } from './memory.ts';
import { HOSTILE, NOTE, notes, pinned, type Runs, SHOWN_AT } from './notes.ts';
import type { Ability, ContractParts, ContractSetup } from './stage.ts';

type MakeSetup = (parts: ContractParts) => Promise<ContractSetup>;
type Without = Readonly<Partial<Record<Ability, string>>>;

export function chatContract(name: string, makeSetup: MakeSetup, without: Without = {}): void {
  let setup: ContractSetup;
  let mind: Memory;
  let runs: Runs;
  const intents: Intent[] = [];

  /** A test that needs something which not every platform can do. */
  const testWith = (ability: Ability, title: string, run: () => Promise<void>) => {
    const reason = without[ability];
    if (reason === undefined) test(title, run);
    else test.skip(`${title} (${reason})`);
  };

  beforeEach(async () => {
    runs = { said: [], formed: [], asked: [] };
    intents.length = 0;
    const registry = notes(runs);
    mind = memory(registry, () => setup.platform);
    setup = await makeSetup({ registry, names: mind.names });
    await setup.platform.start((intent) => {
      intents.push(intent);
      return mind.dispatch(intent);
    });
  });

  afterEach(async () => {
    await setup.platform.stop();
    await setup.stop();
  });

  const post = (delivery: string, shown = pinned(0)): Post => ({ delivery, record: NOTE, card: shown });
  const since = () => new Date(Date.now() - 60_000);
  const failing = async (doing: Promise<unknown>): Promise<PlatformError> => {
    const error = await doing.then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(PlatformError);
    return error as PlatformError;
  };
  /** Somebody is known by name once they have said something. */
  const names = () => mind.names([]);

  describe(`${name}: saying`, () => {
    test('a command is answered, and only its sayer reads a private answer', async () => {
      const { stage, anna, bram } = setup;
      await stage.say(anna, 'note say good morning');
      await stage.sees(anna, 'private', 'good morning');
      expect(runs.said).toEqual(['good morning']);
      expect(stage.all(bram, 'channel').filter(({ text }) => text.includes('good morning'))).toEqual([]);
      expect(intents[0]).toMatchObject({ at: setup.channel.place, from: { platform: setup.platform.platform, user: anna.user } });
    });

    test('an open answer is read by everybody in the channel', async () => {
      await setup.stage.say(setup.anna, 'note tell good morning all');
      await setup.stage.sees(setup.bram, 'channel', 'good morning all');
    });

    test('a command in a direct message is answered there', async () => {
      const { stage, anna } = setup;
      await stage.say(anna, 'note say here I am', 'direct');
      await Promise.any([stage.sees(anna, 'private', 'here I am'), stage.sees(anna, 'direct', 'here I am')]);
      expect(intents[0]?.at).toBe(placeOf({ platform: setup.platform.platform, kind: 'person', id: anna.user }));
    });

    test('a failure of ours is said with a reference, and that nothing was changed', async () => {
      await setup.stage.say(setup.anna, 'note fail');
      const seen = await setup.stage.sees(setup.anna, 'private', /ref [0-9A-F]{4}/);
      expect(seen.text).toContain('Nothing was changed');
      expect(mind.failures).toHaveLength(1);
    });

    test('while the records are away a command gets its sentence', async () => {
      mind.away = true;
      await setup.stage.say(setup.anna, 'note say hello');
      await setup.stage.sees(setup.anna, 'private', 'The records cannot be reached');
      expect(runs.said).toEqual([]);
    });

    test('a person, a time, a link, code and lists are shown as what they are', async () => {
      const { stage, anna, bram } = setup;
      await stage.say(anna, `note about ${bram.typed}`);
      const seen = await stage.sees(anna, 'channel', 'It is about');
      expect(seen.mentions).toEqual([bram.user]);
      expect(seen.links).toEqual(['https://example.org/n']);
      for (const words of ['the page', 'Code', '/note say', 'loud', 'one', 'two']) expect(seen.text).toContain(words);
      expect(seen.text).toMatch(/2027|Jan/);
      expect(new Date(SHOWN_AT).getUTCFullYear()).toBe(2027);
    });

    test('what people write is shown to the letter: it calls nobody, links nothing and changes no look', async () => {
      const { stage, anna, platform, channel } = setup;
      const words = HOSTILE.join(' ');
      const shown = card('Hostile <!channel> *title*', [
        text(words),
        text({ bold: words }, { code: words.replaceAll('`', "'") }),
        facts([HOSTILE[0], HOSTILE[1]], ['Fact', words]),
        controls({ label: '<!here> *Go*', action: 'note.like', record: NOTE }),
      ]);
      await platform.post(channel.place, post('hostile0', shown), await names());
      const seen = await stage.sees(anna, 'channel', 'Hostile');
      expect(seen.mentions).toEqual([]);
      expect(seen.links).toEqual([]);
      for (const one of HOSTILE) expect(seen.text).toContain(one);
      expect(seen.text).toContain('Hostile <!channel> *title*');
      expect(seen.buttons).toEqual(['<!here> *Go*']);
    });

    test('a card that is as large as a card may be is taken', async () => {
      const { platform, channel, stage, anna } = setup;
      const shown = card('T'.repeat(150), [
        text('x'.repeat(2800)),
        facts(...Array.from({ length: 10 }, (_, at) => [`Fact ${at}`, 'value'] as const)),
        controls(
          ...Array.from({ length: 10 }, (_, at) => ({
            label: `${at} `.padEnd(75, 'b'),
            // Action, record and value travel together, in 100 characters where that is all a platform has.
            action: `note.like`.padEnd(100 - NOTE.length - 3, '.'),
            record: NOTE,
            value: String(at),
          })),
        ),
      ]);
      await platform.post(channel.place, post('large0', shown), await names());
      expect((await stage.sees(anna, 'channel', 'x'.repeat(2800))).buttons).toHaveLength(10);
    });
  });

  describe(`${name}: a form`, () => {
    const good = { Title: 'Move', Body: 'Line one\nLine *two*', Kind: 'Standard', Start: 'tomorrow 22:00', Length: '2h' };

    test('opens with its labels, and with what stands in it at first', async () => {
      const { stage, anna } = setup;
      await stage.say(anna, 'note write Move the database');
      const form = await stage.form(anna);
      const labels = ['Title', 'Body', 'Kind', 'Owner', 'Readers', 'Start', 'Length'];
      expect(form.title).toBe('Write a note');
      expect(form.fields.map(({ label }) => label)).toEqual(labels.slice(0, form.fields.length));
      expect(form.fields.find(({ label }) => label === 'Title')).toMatchObject({ value: 'Move the database', optional: false });
      expect(form.fields.find(({ label }) => label === 'Kind')?.value).toBe('Minor');
      expect([form.fields.find(({ label }) => label === 'Owner')?.value].flat()).toEqual([anna.user]);
    });

    test('is sent, and its answers arrive as what they are', async () => {
      const { stage, anna, bram } = setup;
      await stage.say(anna, 'note write');
      await stage.form(anna);
      expect(await stage.submit(anna, { ...good, Owner: bram, Readers: [anna, bram] })).toEqual({ mend: {} });
      await Promise.any([
        stage.sees(anna, 'private', 'The note "Move" is kept'),
        stage.sees(anna, 'direct', 'The note "Move" is kept'),
      ]);
      expect(runs.formed).toEqual([
        {
          title: 'Move',
          body: 'Line one\nLine *two*',
          kind: 'standard',
          owner: mind.personOf(bram.user),
          readers: [mind.personOf(anna.user), mind.personOf(bram.user)],
          start: expect.any(Number),
          length: 7_200_000,
        },
      ]);
      expect(stage.hasForm(anna)).toBe(false);
    });

    test('that is not right says what to mend at the field, and can be sent again', async () => {
      const { stage, anna } = setup;
      await stage.say(anna, 'note write');
      await stage.form(anna);
      const refused = await stage.submit(anna, { ...good, Start: 'the day after never' });
      expect(Object.keys(refused.mend)).toEqual(['Start']);
      expect(refused.mend.Start).toContain('the day after never');
      expect(runs.formed).toEqual([]);
      expect(await stage.submit(anna, { ...good, Start: 'in 2h' })).toEqual({ mend: {} });
      expect(runs.formed).toHaveLength(1);
    });

    test('with hostile text in every field keeps it to the letter', async () => {
      const { stage, anna } = setup;
      await stage.say(anna, 'note write');
      await stage.form(anna);
      const body = HOSTILE.join('\n');
      await stage.submit(anna, { ...good, Title: HOSTILE[1], Body: body });
      expect(runs.formed).toEqual([expect.objectContaining({ title: HOSTILE[1], body })]);
    });

    test('of a button asks, and its answer finds the record', async () => {
      const { stage, anna, bram } = setup;
      await stage.say(anna, 'note pin');
      await stage.press(bram, await stage.sees(bram, 'channel', 'A note'), 'Ask');
      await stage.form(bram);
      await stage.submit(bram, { Question: 'Why at night?' });
      await Promise.any([stage.sees(bram, 'private', 'Why at night?'), stage.sees(bram, 'direct', 'Why at night?')]);
      expect(runs.asked).toEqual([`${NOTE}: Why at night?`]);
    });
  });

  describe(`${name}: a button`, () => {
    test('is pressed, and only its presser reads the answer', async () => {
      const { stage, anna, bram } = setup;
      await stage.say(anna, 'note pin');
      const seen = await stage.sees(bram, 'channel', 'A note');
      expect(seen.buttons).toEqual(['Like', 'Like it more', 'Ask']);
      await stage.press(bram, seen, 'Like');
      await stage.sees(bram, 'private', '1 like it (first)');
      await stage.press(anna, seen, 'Like it more');
      await stage.sees(anna, 'private', '2 like it (second)');
      expect(mind.likes()).toEqual([mind.personOf(bram.user), mind.personOf(anna.user)]);
      expect(stage.all(anna, 'channel').filter(({ text }) => text.includes('like it ('))).toEqual([]);
    });

    test('on a card for one person stands in that person’s direct messages, so that it can be pressed later', async () => {
      const { stage, anna } = setup;
      await stage.say(anna, 'note mine');
      const seen = await stage.sees(anna, 'direct', 'A note');
      expect(stage.all(anna, 'channel').flatMap(({ buttons }) => buttons)).toEqual([]);
      expect(stage.all(anna, 'private').flatMap(({ buttons }) => buttons)).toEqual([]);
      await stage.press(anna, seen, 'Like');
      await Promise.any([stage.sees(anna, 'private', '1 like it'), stage.sees(anna, 'direct', '1 like it')]);
    });

    test('that was taken out of use says so', async () => {
      const { stage, anna, platform, channel } = setup;
      const old = card('An old card', [controls({ label: 'Gone', action: 'note.gone', record: NOTE })]);
      await platform.post(channel.place, post('old0', old), await names());
      await stage.press(anna, await stage.sees(anna, 'channel', 'An old card'), 'Gone');
      await stage.sees(anna, 'private', 'no longer in use');
    });
  });

  describe(`${name}: a mention`, () => {
    testWith('mention', 'with the words of a command is answered', async () => {
      const { stage, anna } = setup;
      await stage.mention?.(anna, 'note tell heard you');
      await stage.sees(anna, 'channel', 'heard you');
    });

    testWith('mention', 'that asks for a form gets a button that opens it', async () => {
      const { stage, anna } = setup;
      await stage.mention?.(anna, 'note write From a thread');
      expect(stage.hasForm(anna)).toBe(false);
      const seen = await stage.sees(anna, 'channel', 'Write a note');
      expect(seen.buttons).toEqual(['Open']);
      await stage.press(anna, seen, 'Open');
      const form = await stage.form(anna);
      expect(form.fields.find(({ label }) => label === 'Title')?.value).toBe('From a thread');
    });
  });

  describe(`${name}: a request that comes twice`, () => {
    testWith('repeat', 'is done once', async () => {
      const { stage, anna } = setup;
      await stage.say(anna, 'note pin');
      await stage.press(anna, await stage.sees(anna, 'channel', 'A note'), 'Like');
      await stage.sees(anna, 'private', '1 like it');
      await stage.repeat?.();
      expect(mind.likes()).toHaveLength(1);
    });

    testWith('repeat', 'is not answered aloud a second time', async () => {
      const { stage, anna } = setup;
      await (stage.mention ?? stage.say)(anna, 'note tell only once');
      await stage.sees(anna, 'channel', 'only once');
      await stage.repeat?.();
      expect(stage.all(anna, 'channel').filter(({ text }) => text.includes('only once') && text.includes('Told'))).toHaveLength(
        1,
      );
    });
  });

  describe(`${name}: a delivery`, () => {
    test('is posted, found, changed and taken back', async () => {
      const { platform, channel, stage, anna } = setup;
      const posted = await platform.post(channel.place, post('d1'), await names());
      const seen = await stage.sees(anna, 'channel', '0 like it');
      expect(seen.id).toBe(posted.externalId);
      expect(await platform.find(channel.place, 'd1', since())).toEqual([posted]);
      expect(await platform.find(channel.place, 'd2', since())).toEqual([]);
      await platform.edit(channel.place, posted.externalId, post('d1', pinned(7)), await names());
      await stage.sees(anna, 'channel', '7 like it');
      expect(await platform.find(channel.place, 'd1', since())).toEqual([posted]);
      await platform.remove(channel.place, posted.externalId);
      expect(await platform.find(channel.place, 'd1', since())).toEqual([]);
    });

    test('to a person arrives in their direct messages, and can be found there', async () => {
      const { platform, stage, anna } = setup;
      const place = await platform.openDirect(anna.user);
      expect(place).toBe(placeOf({ platform: platform.platform, kind: 'person', id: anna.user }));
      const posted = await platform.post(place, post('d3'), await names());
      await stage.sees(anna, 'direct', 'A note');
      expect(await platform.find(place, 'd3', since())).toEqual([posted]);
    });

    test('that was posted twice is found twice, the oldest first', async () => {
      const { platform, channel } = setup;
      const first = await platform.post(channel.place, post('d4'), await names());
      await platform.post(channel.place, post('d5'), await names());
      // Some platforms refuse the twin themselves and answer with the first one.
      const second = await platform.post(channel.place, post('d4'), await names());
      const found = await platform.find(channel.place, 'd4', since());
      expect(found).toEqual(second.externalId === first.externalId ? [first] : [first, second]);
    });

    testWith('lost answer', 'whose answer got lost is unknown, and then found', async () => {
      const { platform, channel, trouble, stage, anna } = setup;
      trouble.loseAnswer?.();
      expect(await failing(platform.post(channel.place, post('d6'), await names()))).toMatchObject({ outcome: 'unknown' });
      const seen = await stage.sees(anna, 'channel', 'A note');
      expect(await platform.find(channel.place, 'd6', since())).toEqual([{ externalId: seen.id }]);
    });

    testWith('lost answer', 'that broke off before it arrived is unknown, and not found', async () => {
      const { platform, channel, trouble } = setup;
      trouble.breakBefore?.();
      expect(await failing(platform.post(channel.place, post('d7'), await names()))).toMatchObject({ outcome: 'unknown' });
      expect(await platform.find(channel.place, 'd7', since())).toEqual([]);
    });

    testWith('limit', 'that comes too fast says when to come back', async () => {
      const { platform, channel, trouble } = setup;
      trouble.limit?.(3000);
      const error = await failing(platform.post(channel.place, post('d8'), await names()));
      expect(error).toMatchObject({ outcome: 'limited', after: 3000 });
      await platform.post(channel.place, post('d8'), await names());
    });

    testWith('closed direct', 'to somebody whose direct messages are closed is refused', async () => {
      const { platform, closed } = setup;
      const user = closed?.user ?? '';
      const place = placeOf({ platform: platform.platform, kind: 'person', id: user });
      expect(await failing(platform.post(place, post('d9'), await names()))).toMatchObject({ outcome: 'refused' });
      expect(await platform.checkPlace(place)).toMatchObject({ refused: 'place-closed', facts: { step: expect.any(String) } });
    });

    test('to a place that does not exist is refused', async () => {
      const { platform, channel } = setup;
      const nowhere = channel.place.replace(/[^/]+$/u, (id) => id.replace(/.$/u, (last) => (last === '9' ? '8' : '9')));
      expect(await failing(platform.post(nowhere, post('d10'), await names()))).toMatchObject({ outcome: 'refused' });
      expect(await platform.checkPlace(nowhere)).toMatchObject({ refused: 'place-closed' });
    });

    test('has a rate per class', () => {
      const { platform, channel } = setup;
      for (const method of ['post', 'edit', 'look'] as const) {
        const rate = platform.rate(method, channel.place);
        expect(rate.key).toMatch(new RegExp(`^${platform.platform}`));
        expect(rate.perSecond).toBeGreaterThan(0);
        expect(rate.burst).toBeGreaterThanOrEqual(1);
      }
    });
  });

  describe(`${name}: people and places`, () => {
    test('are found by id and by name, and nobody is made up', async () => {
      const { platform, anna, channel } = setup;
      expect(await platform.describe(anna.user)).toMatchObject({
        user: anna.user,
        handle: anna.handle,
        bot: false,
        guest: false,
      });
      expect(await platform.describe(anna.handle)).toMatchObject({ user: anna.user });
      expect(await platform.describe('nobody-of-that-name')).toBeUndefined();
      expect(await platform.channel(channel.name)).toBe(channel.place);
      expect(await platform.channel(channel.place.split('/').slice(2).join('/'))).toBe(channel.place);
      expect(await platform.channel('no-channel-of-that-name')).toBeUndefined();
    });

    test('a channel where Bellman can write and read is no trouble', async () => {
      expect(await setup.platform.checkPlace(setup.channel.place)).toBeUndefined();
    });

    testWith('unreadable channel', 'a channel that cannot be read is refused with the step to take', async () => {
      const { platform, unreadable } = setup;
      const refusal = await platform.checkPlace(unreadable ?? '');
      expect(refusal).toMatchObject({ refused: 'place-closed', facts: { why: expect.any(String), step: expect.any(String) } });
    });

    test('an answer that comes late still reaches whoever asked', async () => {
      const { platform, stage, anna } = setup;
      await stage.say(anna, 'note say wait');
      await stage.sees(anna, 'private', 'wait');
      const address = structuredClone(intents[0]?.address ?? {});
      await platform.replyPrivately(address, card('Late', [text('the answer follows')]), await names());
      await Promise.any([stage.sees(anna, 'private', 'the answer follows'), stage.sees(anna, 'direct', 'the answer follows')]);
    });
  });
}
