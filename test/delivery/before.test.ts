/** The link to the update before: added when it is sent, and never a reason for it not to be sent. */
import { describe, expect, test } from 'vitest';
import { type Card, card, controls, text } from '../../src/chat/card.ts';
import { PlatformError } from '../../src/chat/port.ts';
import { linked } from '../../src/delivery/before.ts';
import type { Delivery } from '../../src/delivery/protocol.ts';
import { BlindMechanism, MemoryPlatform } from './memory-platform.ts';

const PLACE = 'memory/channel/staff';
const update = card('Update 2', [text('It is faster.'), controls({ label: 'Seen', action: 'comms.seen', record: 'PRB-1' })]);
const AT = Date.UTC(2027, 0, 15, 14, 5);

const delivery = (of: string | null): Delivery => ({
  id: 'd2',
  record: 'PRB-1',
  place: PLACE,
  platform: 'memory',
  urgency: 2,
  content: update,
  contentHash: '',
  live: null,
  update: of,
  state: 'sending',
  attempt: 1,
  looks: 0,
  firstSentAt: null,
  externalId: null,
  dirty: false,
  twinsDue: false,
});

const before = async () => ({ externalId: '41', name: 'UPD-6', at: AT });

describe('an update in chat', () => {
  const trouble: string[] = [];
  const parts = { before, onTrouble: (what: string) => trouble.push(what) };
  const kinds = ({ blocks }: Card) => blocks.map(({ kind }) => kind);

  test('links the one before, above its buttons', async () => {
    const shown = await linked(parts, delivery('PRB-1.2'), new MemoryPlatform(), update);
    expect(kinds(shown)).toEqual(['text', 'text', 'controls']);
    expect(shown.blocks[1]).toEqual(
      text('The update before: ', { link: `https://memory.example/${PLACE}/41`, label: 'UPD-6' }, ', ', { time: AT }, '.'),
    );
  });

  test('names it where the platform has no address for it, or does not say', async () => {
    const without = new MemoryPlatform();
    without.permalink = async () => {
      throw new PlatformError('unknown', 'no answer');
    };
    const shown = await linked(parts, delivery('PRB-1.2'), without, update);
    expect(shown.blocks[1]).toEqual(text('The update before: ', 'UPD-6', ', ', { time: AT }, '.'));
  });

  test('leaves as it is when nobody can tell, when it is the first, and where nobody talks', async () => {
    const broken = { ...parts, before: async () => Promise.reject(new Error('away')) };
    expect(await linked(broken, delivery('PRB-1.2'), new MemoryPlatform(), update)).toBe(update);
    expect(trouble).toEqual(['The update before PRB-1.2 could not be linked']);
    expect(await linked({ ...parts, before: async () => undefined }, delivery('PRB-1.2'), new MemoryPlatform(), update)).toBe(
      update,
    );
    expect(await linked(parts, delivery('PRB-1.2'), new BlindMechanism(), update)).toBe(update);
    expect(await linked(parts, delivery(null), new MemoryPlatform(), update)).toBe(update);
  });
});
