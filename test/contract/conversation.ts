/** The contract's first half: what people say, press and fill in, and what they are answered. */
import { describe, expect, test, vi } from 'vitest';
import { card, controls, facts, text } from '../../src/chat/card.ts';
import { emojiName } from '../../src/chat/marked.ts';
import { placeOf } from '../../src/chat/port.ts';
import { HOSTILE, NOTE, NOTE_THIS, SHOWN_AT } from './notes.ts';
import { type Play, post } from './play.ts';

export function conversation(name: string, play: Play): void {
  describe(`${name}: saying`, () => {
    test('a command is answered, and only its sayer reads a private answer', async () => {
      const { stage, anna, bram } = play.setup;
      await stage.say(anna, 'note say good morning');
      await stage.sees(anna, 'private', 'good morning');
      expect(play.runs.said).toEqual(['good morning']);
      expect(stage.all(bram, 'channel').filter(({ text }) => text.includes('good morning'))).toEqual([]);
      expect(play.intents[0]).toMatchObject({
        at: play.setup.channel.place,
        from: { platform: play.setup.platform.platform, user: anna.user },
      });
    });

    play.testWith('shortcut', 'something that somebody wrote can be picked; it stands in the dialog', async () => {
      const { stage, anna, bram } = play.setup;
      await stage.pick?.(anna, bram, 'The <gate> & the bridge are down', NOTE_THIS);
      const { fields } = await stage.form(anna);
      expect(fields.find(({ label }) => label === 'Body')?.value).toBe('The <gate> & the bridge are down');
      expect(play.intents[0]).toMatchObject({ kind: 'shortcut', shortcut: 'note_this', message: { user: bram.user } });
    });

    play.testWith(
      'mark',
      'a message that is marked, pinned, edited and deleted is told of, and can be read while it is there',
      async () => {
        const { stage, anna, bram, platform, channel } = play.setup;
        const marks = (count: number) =>
          vi.waitFor(() => {
            // What is told twice has the same key, and is done once.
            const all = play.intents.filter((intent) => intent.kind === 'marked');
            const found = all.filter(({ key }, at) => all.findIndex((other) => other.key === key) === at);
            expect(found).toHaveLength(count);
            return found;
          });
        const marked = await stage.mark?.(anna, bram, 'The gate is stuk', 'The gate is stuck');
        const told = await marks(3);
        expect(told.map(({ how }) => how)).toEqual(['emoji', 'pin', 'changed']);
        expect(told.map(({ message, at }) => [message, at])).toEqual(Array(3).fill([marked?.id, channel.place]));
        expect(told.flatMap(({ emoji }) => (emoji === undefined ? [] : [emojiName(emoji)]))).toEqual(['pushpin']);
        expect(told[0]?.from.user).toBe(anna.user);
        expect(await platform.written(channel.place, marked?.id ?? '')).toMatchObject({
          text: 'The gate is stuck',
          user: bram.user,
        });
        await marked?.erase();
        expect((await marks(4)).at(-1)).toMatchObject({ how: 'changed', message: marked?.id });
        expect(await platform.written(channel.place, marked?.id ?? '')).toBeUndefined();
        expect(stage.all(bram, 'private')).toEqual([]);
      },
    );

    test('an open answer is read by everybody in the channel', async () => {
      await play.setup.stage.say(play.setup.anna, 'note tell good morning all');
      await play.setup.stage.sees(play.setup.bram, 'channel', 'good morning all');
    });

    test('a command in a direct message is answered there', async () => {
      const { stage, anna } = play.setup;
      await stage.say(anna, 'note say here I am', 'direct');
      await Promise.any([stage.sees(anna, 'private', 'here I am'), stage.sees(anna, 'direct', 'here I am')]);
      expect(play.intents[0]?.at).toBe(placeOf({ platform: play.setup.platform.platform, kind: 'person', id: anna.user }));
    });

    test('a failure of ours is said with a reference, and that nothing was changed', async () => {
      await play.setup.stage.say(play.setup.anna, 'note fail');
      const seen = await play.setup.stage.sees(play.setup.anna, 'private', /ref [0-9A-F]{4}/);
      expect(seen.text).toContain('Nothing was changed');
      expect(play.mind.failures).toHaveLength(1);
    });

    test('while the records are away a command gets its sentence', async () => {
      play.mind.away = true;
      await play.setup.stage.say(play.setup.anna, 'note say hello');
      await play.setup.stage.sees(play.setup.anna, 'private', 'The records cannot be reached');
      expect(play.runs.said).toEqual([]);
    });

    test('a person, a time, a link, code and lists are shown as what they are', async () => {
      const { stage, anna, bram } = play.setup;
      await stage.say(anna, `note about ${bram.typed}`);
      const seen = await stage.sees(anna, 'channel', 'It is about');
      expect(seen.mentions).toEqual([bram.user]);
      expect(seen.links).toEqual(['https://example.org/n']);
      for (const words of ['the page', 'Code', '/note say', 'loud', 'one', 'two']) expect(seen.text).toContain(words);
      expect(seen.text).toMatch(/2027|Jan/);
      expect(new Date(SHOWN_AT).getUTCFullYear()).toBe(2027);
    });

    test('what people write is shown to the letter: it calls nobody, links nothing and changes no look', async () => {
      const { stage, anna, platform, channel } = play.setup;
      const words = HOSTILE.join(' ');
      const shown = card('Hostile <!channel> *title*', [
        text(words),
        text({ bold: words }, { code: words.replaceAll('`', "'") }),
        facts([HOSTILE[0], HOSTILE[1]], ['Fact', words]),
        controls({ label: '<!here> *Go*', action: 'note.like', record: NOTE }),
      ]);
      await platform.post(channel.place, post('hostile0', shown), await play.names());
      const seen = await stage.sees(anna, 'channel', 'Hostile');
      expect(seen.mentions).toEqual([]);
      expect(seen.links).toEqual([]);
      for (const one of HOSTILE) expect(seen.text).toContain(one);
      expect(seen.text).toContain('Hostile <!channel> *title*');
      expect(seen.buttons).toEqual(['<!here> *Go*']);
    });

    test('a card that is as large as a card may be is taken', async () => {
      const { platform, channel, stage, anna } = play.setup;
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
      await platform.post(channel.place, post('large0', shown), await play.names());
      expect((await stage.sees(anna, 'channel', 'x'.repeat(2800))).buttons).toHaveLength(10);
    });
  });

  describe(`${name}: a form`, () => {
    const good = { Title: 'Move', Body: 'Line one\nLine *two*', Kind: 'Standard', Start: 'tomorrow 22:00', Length: '2h' };

    test('opens with its labels, and with what stands in it at first', async () => {
      const { stage, anna } = play.setup;
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
      const { stage, anna, bram } = play.setup;
      await stage.say(anna, 'note write');
      await stage.form(anna);
      expect(await stage.submit(anna, { ...good, Owner: bram, Readers: [anna, bram] })).toEqual({ mend: {} });
      await Promise.any([
        stage.sees(anna, 'private', 'The note "Move" is kept'),
        stage.sees(anna, 'direct', 'The note "Move" is kept'),
      ]);
      expect(play.runs.formed).toEqual([
        {
          title: 'Move',
          body: 'Line one\nLine *two*',
          kind: 'standard',
          owner: play.mind.personOf(bram.user),
          readers: [play.mind.personOf(anna.user), play.mind.personOf(bram.user)],
          start: expect.any(Number),
          length: 7_200_000,
        },
      ]);
      expect(stage.hasForm(anna)).toBe(false);
    });

    test('that is not right says what to mend at the field, and can be sent again', async () => {
      const { stage, anna } = play.setup;
      await stage.say(anna, 'note write');
      await stage.form(anna);
      const refused = await stage.submit(anna, { ...good, Start: 'the day after never' });
      expect(Object.keys(refused.mend)).toEqual(['Start']);
      expect(refused.mend.Start).toContain('the day after never');
      expect(play.runs.formed).toEqual([]);
      expect(await stage.submit(anna, { ...good, Start: 'in 2h' })).toEqual({ mend: {} });
      expect(play.runs.formed).toHaveLength(1);
    });

    test('with hostile text in every field keeps it to the letter', async () => {
      const { stage, anna } = play.setup;
      await stage.say(anna, 'note write');
      await stage.form(anna);
      const body = HOSTILE.join('\n');
      await stage.submit(anna, { ...good, Title: HOSTILE[1], Body: body });
      expect(play.runs.formed).toEqual([expect.objectContaining({ title: HOSTILE[1], body })]);
    });

    test('of a button asks, and its answer finds the record', async () => {
      const { stage, anna, bram } = play.setup;
      await stage.say(anna, 'note pin');
      await stage.press(bram, await stage.sees(bram, 'channel', 'A note'), 'Ask');
      await stage.form(bram);
      await stage.submit(bram, { Question: 'Why at night?' });
      await Promise.any([stage.sees(bram, 'private', 'Why at night?'), stage.sees(bram, 'direct', 'Why at night?')]);
      expect(play.runs.asked).toEqual([`${NOTE}: Why at night?`]);
    });
  });

  describe(`${name}: a button`, () => {
    test('is pressed, and only its presser reads the answer', async () => {
      const { stage, anna, bram } = play.setup;
      await stage.say(anna, 'note pin');
      const seen = await stage.sees(bram, 'channel', 'A note');
      expect(seen.buttons).toEqual(['Like', 'Like it more', 'Ask']);
      await stage.press(bram, seen, 'Like');
      await stage.sees(bram, 'private', '1 like it (first)');
      await stage.press(anna, seen, 'Like it more');
      await stage.sees(anna, 'private', '2 like it (second)');
      expect(play.mind.likes()).toEqual([play.mind.personOf(bram.user), play.mind.personOf(anna.user)]);
      expect(stage.all(anna, 'channel').filter(({ text }) => text.includes('like it ('))).toEqual([]);
    });

    test('on a card for one person stands in that person’s direct messages, so that it can be pressed later', async () => {
      const { stage, anna } = play.setup;
      await stage.say(anna, 'note mine');
      const seen = await stage.sees(anna, 'direct', 'A note');
      expect(stage.all(anna, 'channel').flatMap(({ buttons }) => buttons)).toEqual([]);
      expect(stage.all(anna, 'private').flatMap(({ buttons }) => buttons)).toEqual([]);
      await stage.press(anna, seen, 'Like');
      await Promise.any([stage.sees(anna, 'private', '1 like it'), stage.sees(anna, 'direct', '1 like it')]);
    });

    test('that was taken out of use says so', async () => {
      const { stage, anna, platform, channel } = play.setup;
      const old = card('An old card', [controls({ label: 'Gone', action: 'note.gone', record: NOTE })]);
      await platform.post(channel.place, post('old0', old), await play.names());
      await stage.press(anna, await stage.sees(anna, 'channel', 'An old card'), 'Gone');
      await stage.sees(anna, 'private', 'no longer in use');
    });
  });

  describe(`${name}: a mention`, () => {
    play.testWith('mention', 'with the words of a command is answered', async () => {
      const { stage, anna } = play.setup;
      await stage.mention?.(anna, 'note tell heard you');
      await stage.sees(anna, 'channel', 'heard you');
    });

    play.testWith('mention', 'that asks for a form gets a button that opens it', async () => {
      const { stage, anna } = play.setup;
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
    play.testWith('repeat', 'is done once', async () => {
      const { stage, anna } = play.setup;
      await stage.say(anna, 'note pin');
      await stage.press(anna, await stage.sees(anna, 'channel', 'A note'), 'Like');
      await stage.sees(anna, 'private', '1 like it');
      await stage.repeat?.();
      expect(play.mind.likes()).toHaveLength(1);
    });

    play.testWith('repeat', 'is not answered aloud a second time', async () => {
      const { stage, anna } = play.setup;
      await (stage.mention ?? stage.say)(anna, 'note tell only once');
      await stage.sees(anna, 'channel', 'only once');
      await stage.repeat?.();
      expect(stage.all(anna, 'channel').filter(({ text }) => text.includes('only once') && text.includes('Told'))).toHaveLength(
        1,
      );
    });
  });
}
