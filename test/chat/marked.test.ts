import { describe, expect, test } from 'vitest';
import { card } from '../../src/chat/card.ts';
import { emojiName, MARKED } from '../../src/chat/marked.ts';
import type { Intent } from '../../src/chat/port.ts';
import { button, openly, registry } from '../../src/chat/registry.ts';
import { memory } from '../contract/memory.ts';

describe('an emoji', () => {
  test.each([
    [':pushpin:', 'pushpin'],
    ['📌', 'pushpin'],
    ['Pushpin', 'pushpin'],
    ['⏱️', 'stopwatch'],
    ['<:kept:123456>', 'kept'],
    ['+1::skin-tone-3', '+1'],
    ['🦀', '🦀'],
  ])('%s is %s', (said, name) => {
    expect(emojiName(said)).toBe(name);
  });
});

describe('a mark', () => {
  const heard: string[] = [];
  const handler = button({
    name: MARKED,
    run: async (_c, { value }) => {
      heard.push(value);
      return openly(card('Said to nobody'));
    },
  });
  const mind = memory(registry([handler]), () => {
    throw new Error('Nobody is looked up');
  });
  const from = { platform: 'slack', user: 'U1', handle: 'ray', name: 'Ray', timeZone: 'UTC', bot: false, guest: false };
  const asked = { from, at: 'slack/channel/C1', address: {} };
  const mark: Intent = { kind: 'marked', message: '1.2', how: 'emoji', emoji: 'eyes', key: 'k', ...asked };

  test('is heard, and answered to nobody whatever becomes of it', async () => {
    expect(await mind.dispatch(mark)).toEqual({ kind: 'nothing' });
    expect(heard.map((value) => JSON.parse(value))).toEqual([{ message: '1.2', how: 'emoji', emoji: 'eyes' }]);
  });

  test('is told of once more where the records cannot be reached', async () => {
    mind.away = true;
    expect(await mind.dispatch(mark)).toMatchObject({ kind: 'card', away: true });
    mind.away = false;
  });

  test('cannot be made by pressing: nobody puts words into the mouth of another', async () => {
    const before = heard.length;
    const value = JSON.stringify({ message: '1.2', how: 'pin' });
    const reply = await mind.dispatch({ kind: 'press', action: MARKED, record: '', value, key: 'p', ...asked });
    expect(reply).toMatchObject({ kind: 'card', to: 'private', card: { title: 'Not done' } });
    expect(heard).toHaveLength(before);
  });
});
