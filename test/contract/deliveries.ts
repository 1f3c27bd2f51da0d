/** The contract's second half: what Bellman says by itself, where, and how that can fail. */
import { describe, expect, test } from 'vitest';
import { card, picture, text } from '../../src/chat/card.ts';
import { placeOf } from '../../src/chat/port.ts';
import { pinned } from './notes.ts';
import { failing, type Play, post, since } from './play.ts';

export function deliveries(name: string, play: Play): void {
  describe(`${name}: a delivery`, () => {
    test('is posted, found, changed and taken back', async () => {
      const { platform, channel, stage, anna } = play.setup;
      const posted = await platform.post(channel.place, post('d1'), await play.names());
      const seen = await stage.sees(anna, 'channel', '0 like it');
      expect(seen.id).toBe(posted.externalId);
      expect(await platform.find(channel.place, 'd1', since())).toEqual([posted]);
      expect(await platform.find(channel.place, 'd2', since())).toEqual([]);
      await platform.edit(channel.place, posted.externalId, post('d1', pinned(7)), await play.names());
      await stage.sees(anna, 'channel', '7 like it');
      expect(await platform.find(channel.place, 'd1', since())).toEqual([posted]);
      await platform.remove(channel.place, posted.externalId);
      expect(await platform.find(channel.place, 'd1', since())).toEqual([]);
    });

    test('shows a drawing with its words, and another one after an edit', async () => {
      const { platform, channel, stage, anna } = play.setup;
      const drawing = (fill: string, words: string) =>
        card('A plan', [
          text(`as of ${words}`),
          picture(
            `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="9" height="9" fill="${fill}"/></svg>`,
            words,
          ),
        ]);
      const { externalId } = await platform.post(channel.place, post('d11', drawing('red', 'nine')), await play.names());
      expect((await stage.sees(anna, 'channel', 'as of nine')).pictures).toEqual(['nine']);
      await platform.edit(channel.place, externalId, post('d11', drawing('blue', 'ten')), await play.names());
      expect((await stage.sees(anna, 'channel', 'as of ten')).pictures).toEqual(['ten']);
      expect(await platform.find(channel.place, 'd11', since())).toEqual([{ externalId }]);
    });

    test('has an address that tells it from others, in a channel and directly', async () => {
      const { platform, channel, anna } = play.setup;
      const direct = await platform.openDirect(anna.user);
      const addresses: (string | undefined)[] = [];
      for (const [place, id] of [
        [channel.place, 'd12'],
        [channel.place, 'd13'],
        [direct, 'd14'],
      ] as const) {
        const { externalId } = await platform.post(place, post(id), await play.names());
        const address = await platform.permalink(place, externalId);
        expect(address).toContain(externalId.replace('.', ''));
        addresses.push(address);
      }
      expect(new Set(addresses).size).toBe(3);
      const linked = card('Linked', [text('See ', { link: addresses[0] ?? '', label: 'the one before' })]);
      await platform.post(channel.place, post('d15', linked), await play.names());
      expect((await play.setup.stage.sees(anna, 'channel', 'Linked')).links).toEqual([addresses[0]]);
    });

    test('to a person arrives in their direct messages, and can be found there', async () => {
      const { platform, stage, anna } = play.setup;
      const place = await platform.openDirect(anna.user);
      expect(place).toBe(placeOf({ platform: platform.platform, kind: 'person', id: anna.user }));
      const posted = await platform.post(place, post('d3'), await play.names());
      await stage.sees(anna, 'direct', 'A note');
      expect(await platform.find(place, 'd3', since())).toEqual([posted]);
    });

    test('that was posted twice is found twice, the oldest first', async () => {
      const { platform, channel } = play.setup;
      const first = await platform.post(channel.place, post('d4'), await play.names());
      await platform.post(channel.place, post('d5'), await play.names());
      // Some platforms refuse the twin themselves and answer with the first one.
      const second = await platform.post(channel.place, post('d4'), await play.names());
      const found = await platform.find(channel.place, 'd4', since());
      expect(found).toEqual(second.externalId === first.externalId ? [first] : [first, second]);
    });

    play.testWith('lost answer', 'whose answer got lost is unknown, and then found', async () => {
      const { platform, channel, trouble, stage, anna } = play.setup;
      trouble.loseAnswer?.();
      expect(await failing(platform.post(channel.place, post('d6'), await play.names()))).toMatchObject({ outcome: 'unknown' });
      const seen = await stage.sees(anna, 'channel', 'A note');
      expect(await platform.find(channel.place, 'd6', since())).toEqual([{ externalId: seen.id }]);
    });

    play.testWith('lost answer', 'that broke off before it arrived is unknown, and not found', async () => {
      const { platform, channel, trouble } = play.setup;
      trouble.breakBefore?.();
      expect(await failing(platform.post(channel.place, post('d7'), await play.names()))).toMatchObject({ outcome: 'unknown' });
      expect(await platform.find(channel.place, 'd7', since())).toEqual([]);
    });

    play.testWith('limit', 'that comes too fast says when to come back', async () => {
      const { platform, channel, trouble } = play.setup;
      trouble.limit?.(3000);
      const error = await failing(platform.post(channel.place, post('d8'), await play.names()));
      expect(error).toMatchObject({ outcome: 'limited', after: 3000 });
      await platform.post(channel.place, post('d8'), await play.names());
    });

    play.testWith('closed direct', 'to somebody whose direct messages are closed is refused', async () => {
      const { platform, closed } = play.setup;
      const user = closed?.user ?? '';
      const place = placeOf({ platform: platform.platform, kind: 'person', id: user });
      expect(await failing(platform.post(place, post('d9'), await play.names()))).toMatchObject({ outcome: 'refused' });
      expect(await platform.checkPlace(place)).toMatchObject({ refused: 'place-closed', facts: { step: expect.any(String) } });
    });

    test('to a place that does not exist is refused', async () => {
      const { platform, channel } = play.setup;
      const nowhere = channel.place.replace(/[^/]+$/u, (id) => id.replace(/.$/u, (last) => (last === '9' ? '8' : '9')));
      expect(await failing(platform.post(nowhere, post('d10'), await play.names()))).toMatchObject({ outcome: 'refused' });
      expect(await platform.checkPlace(nowhere)).toMatchObject({ refused: 'place-closed' });
    });

    test('has a rate per class', () => {
      const { platform, channel } = play.setup;
      for (const method of ['post', 'edit', 'look'] as const) {
        const rate = platform.rate(method, channel.place);
        expect(rate.key).toMatch(new RegExp(`^${platform.platform}`));
        expect(rate.perSecond).toBeGreaterThan(0);
        expect(rate.burst).toBeGreaterThanOrEqual(1);
      }
    });
  });

  describe(`${name}: people and places`, () => {
    test('a channel is made once, however often it is asked for, and can be written in at once', async () => {
      const { platform, anna, bram } = play.setup;
      const place = await platform.createChannel('inc-7-refused', { private: false, people: [anna.user, 'U999'] });
      const again = { private: false, people: [anna.user, bram.user] };
      expect(await platform.createChannel('inc-7-refused', again)).toBe(place);
      expect(await platform.channel('inc-7-refused')).toBe(place);
      expect(await platform.checkPlace(place)).toBeUndefined();
      const posted = await platform.post(place, post('d16'), await play.names());
      expect(await platform.find(place, 'd16', since())).toEqual([posted]);
    });

    play.testWith(
      'private channel',
      'a private channel is seen by its members only, and joined by those who come later',
      async () => {
        const { platform, anna, bram, membersOf } = play.setup;
        const place = await platform.createChannel('inc-8', { private: true, people: [anna.user] });
        expect(await membersOf?.(place)).toEqual([anna.user]);
        expect(await platform.createChannel('inc-8', { private: true, people: [anna.user, bram.user] })).toBe(place);
        expect(await membersOf?.(place)).toEqual([anna.user, bram.user]);
      },
    );

    test('are found by id and by name, and nobody is made up', async () => {
      const { platform, anna, channel } = play.setup;
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

    test('a group is found by id, name and mention, and says who is in it', async () => {
      const { platform, anna, bram, group } = play.setup;
      const id = group.place.split('/').slice(2).join('/');
      for (const said of [id, group.name, group.typed, `@${group.name}`]) expect(await platform.group(said)).toBe(group.place);
      expect(await platform.group('no-group-of-that-name')).toBeUndefined();
      const direct = [anna, bram].map(({ user }) => placeOf({ platform: platform.platform, kind: 'person', id: user }));
      expect((await platform.members(group.place)).toSorted()).toEqual(direct.toSorted());
    });

    test('a channel where Bellman can write and read is no trouble', async () => {
      expect(await play.setup.platform.checkPlace(play.setup.channel.place)).toBeUndefined();
    });

    play.testWith('unreadable channel', 'a channel that cannot be read is refused with the step to take', async () => {
      const { platform, unreadable } = play.setup;
      const refusal = await platform.checkPlace(unreadable ?? '');
      expect(refusal).toMatchObject({ refused: 'place-closed', facts: { why: expect.any(String), step: expect.any(String) } });
    });

    test('an answer that comes late still reaches whoever asked', async () => {
      const { platform, stage, anna } = play.setup;
      await stage.say(anna, 'note say wait');
      await stage.sees(anna, 'private', 'wait');
      const address = structuredClone(play.intents[0]?.address ?? {});
      await platform.replyPrivately(address, card('Late', [text('the answer follows')]), await play.names());
      await Promise.any([stage.sees(anna, 'private', 'the answer follows'), stage.sees(anna, 'direct', 'the answer follows')]);
    });
  });
}
