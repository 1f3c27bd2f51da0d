import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { card } from '../../src/chat/card.ts';
import {
  afterLook,
  afterSend,
  type Delivery,
  LOOKS,
  MOST_ATTEMPTS,
  MOST_TRIES,
  nextStep,
  type Outcome,
  SAID_AGAIN,
  type Settlement,
  USUAL_TIMES,
  type Way,
} from '../../src/delivery/protocol.ts';

const chat: Way = { canLook: true, canEdit: true };
const mail: Way = { canLook: false, canEdit: false };
const page: Way = { canLook: false, canEdit: false, canRepeat: true };
const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  id: 'd',
  record: 'RFC-1',
  place: 'memory/channel/c',
  platform: 'memory',
  urgency: 5,
  content: card('Hello'),
  contentHash: '',
  live: null,
  update: null,
  state: 'waiting',
  attempt: 0,
  looks: 0,
  firstSentAt: null,
  externalId: null,
  dirty: false,
  twinsDue: false,
  ...more,
});
const sentOnce = { attempt: 1, firstSentAt: new Date(0) } as const;

describe('what to do next', () => {
  const cases: readonly (readonly [string, Partial<Delivery>, Way, string])[] = [
    ['new: send', {}, chat, 'send'],
    ['new, to nowhere: fail', {}, undefined, 'fail'],
    ['held up before anything can have arrived: send', { attempt: 3 }, chat, 'send'],
    ['not taken for an hour where nobody can look: fail', { attempt: MOST_TRIES }, mail, 'fail'],
    ['not taken for an hour, and a person said again: send', { attempt: MOST_TRIES, looks: SAID_AGAIN }, mail, 'send'],
    ['too many for an hour in a chat: send', { attempt: MOST_TRIES }, chat, 'send'],
    ['cut off: look', { state: 'sending', ...sentOnce }, chat, 'look'],
    ['cut off where nobody can look: ask', { state: 'sending', ...sentOnce }, mail, 'ask'],
    ['cut off where it may be repeated: send', { state: 'sending', ...sentOnce }, page, 'send'],
    ['waiting again where it may be repeated: send', { ...sentOnce }, page, 'send'],
    ['unknown: look', { state: 'unknown', ...sentOnce, looks: 1 }, chat, 'look'],
    ['any attempt after one that may have arrived: look first', { ...sentOnce, attempt: 2 }, chat, 'look'],
    ['looked for twice in vain: send again', { ...sentOnce, looks: LOOKS }, chat, 'send'],
    ['in vain again and again: ask', { ...sentOnce, looks: LOOKS, attempt: MOST_ATTEMPTS }, chat, 'ask'],
    ['a person said so: send again', { ...sentOnce, looks: SAID_AGAIN, attempt: MOST_ATTEMPTS }, mail, 'send'],
    ['sent, live, dirty: edit', { state: 'sent', live: 'board', externalId: '1', dirty: true }, chat, 'edit'],
    [
      'sent, live, where nothing can be edited: rest',
      { state: 'sent', live: 'board', externalId: '1', dirty: true },
      mail,
      'rest',
    ],
    ['sent twice: remove twins', { state: 'sent', externalId: '1', dirty: true, twinsDue: true }, chat, 'remove twins'],
    ['cancelled: rest', { state: 'cancelled' }, chat, 'rest'],
    ['unsure: rest', { state: 'unsure', ...sentOnce }, mail, 'rest'],
  ];
  test.each(cases)('%s', (_name, more, way, expected) => expect(nextStep(delivery(more), way).do).toBe(expected));
});

describe('what an outcome makes of a delivery', () => {
  test('unknown where it may be repeated: it waits, and is sent again', () => {
    const unknown = { is: 'unknown', why: 'cut off' } as const;
    expect(afterSend(delivery(), unknown, page, USUAL_TIMES)).toMatchObject({ state: 'waiting', wait: USUAL_TIMES.quiet });
  });

  test('too many: it waits, and nothing can have arrived', () => {
    const limited = { is: 'limited', why: 'many', after: 1000 } as const;
    expect(afterSend(delivery(), limited, chat, USUAL_TIMES)).toMatchObject({ state: 'waiting', forget: true });
    expect(afterSend(delivery(sentOnce), limited, chat, USUAL_TIMES)).not.toHaveProperty('forget');
  });

  test('while its platform is away the looks become rarer', () => {
    const away = { is: 'unknown', why: 'away' } as const;
    const wait = (after: number) => afterLook(delivery(sentOnce), away, USUAL_TIMES, new Date(after)).wait;
    expect(wait(1000)).toBe(USUAL_TIMES.quiet);
    expect(wait(60_000)).toBe(60_000);
    expect(wait(86_400_000)).toBe(300_000);
  });
});

/** One thing that happens to a call: what the platform really does with it, and what it says. */
const happening = fc.constantFrom('done', 'lost', 'dropped', 'refused', 'limited', 'killed before', 'killed after');

describe('the protocol', () => {
  prop.prop([fc.array(happening, { maxLength: 40 }), fc.boolean()])(
    'says nothing twice and loses nothing, whatever happens to its calls',
    (happenings, canLook) => {
      const way: Way = { canLook, canEdit: canLook };
      const platform: string[] = [];
      let it = delivery();
      let refusedToLook = false;
      const settle = (end: Settlement, before: Delivery) => {
        it = {
          ...it,
          state: end.state,
          looks: end.looks,
          firstSentAt: end.forget ? null : it.firstSentAt,
          externalId: end.externalId ?? null,
        };
        expect(before.state).not.toBe('sent');
      };
      const queue = [...happenings];
      for (let steps = 0; steps < 200; steps += 1) {
        const step = nextStep(it, way);
        if (step.do === 'rest') break;
        if (step.do === 'ask' || step.do === 'fail') {
          it = { ...it, state: step.do === 'ask' ? 'unsure' : 'failed' };
          break;
        }
        const what = queue.shift() ?? 'done';
        const before = it;
        if (step.do === 'send') {
          it = { ...it, state: 'sending', attempt: it.attempt + 1, looks: 0, firstSentAt: it.firstSentAt ?? new Date(0) };
          if (what === 'done' || what === 'lost' || what === 'killed after') platform.push(`${platform.length + 1}`);
          if (what === 'killed before' || what === 'killed after') continue;
          const said: Record<string, Exclude<Outcome, { is: 'found' }>> = {
            done: { is: 'posted', externalId: platform.at(-1) ?? '' },
            refused: { is: 'refused', why: 'no' },
            limited: { is: 'limited', why: 'many', after: 1 },
          };
          settle(afterSend(before, said[what] ?? { is: 'unknown', why: 'lost' }, way, USUAL_TIMES), before);
        } else {
          expect(step.do).toBe('look');
          it = { ...it, state: 'unknown' };
          if (what === 'killed before' || what === 'killed after') continue;
          refusedToLook ||= what === 'refused';
          const said: Record<string, Exclude<Outcome, { is: 'posted' }>> = {
            done: { is: 'found', posted: platform.map((externalId) => ({ externalId })) },
            refused: { is: 'refused', why: 'no' },
            limited: { is: 'limited', why: 'many', after: 1 },
          };
          settle(afterLook(before, said[what] ?? { is: 'unknown', why: 'lost' }, USUAL_TIMES, new Date(0)), before);
        }
      }
      expect(platform.length).toBeLessThanOrEqual(1);
      expect(['sent', 'failed', 'unsure']).toContain(it.state);
      if (it.state === 'sent') expect(platform).toHaveLength(1);
      if (it.state === 'failed') expect(platform).toHaveLength(0);
      if (it.state === 'unsure' && canLook) expect(refusedToLook || it.attempt >= MOST_ATTEMPTS).toBe(true);
    },
  );
});
