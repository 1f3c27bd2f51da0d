import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { card } from '../../src/chat/card.ts';
import { type InTimeParts, inTime } from '../../src/chat/in-time.ts';
import type { Intent, Reply } from '../../src/chat/port.ts';

const from = { platform: 'memory', user: 'U1', handle: 'u', name: 'U', timeZone: 'UTC', bot: false, guest: false };
const intent: Intent = { kind: 'words', words: 'rfc list', key: 'k1', from, at: 'memory/channel/c', address: {} };
const said = (title: string, more: { later?: true; away?: true } = {}): Reply => ({
  kind: 'card',
  card: card(title),
  to: 'private',
  ...more,
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A dispatch that answers after so long, and a store that takes so long or fails; what was done, in its order. */
function stage(answers: Reply, after: number, stores: number | 'not') {
  const done: string[] = [];
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const parts: InTimeParts = {
    dispatch: async () => {
      await wait(after);
      return answers;
    },
    keep: async (_intent, lease) => {
      if (stores === 'not') throw new Error('away');
      await wait(stores);
      done.push(lease > 0 ? 'kept' : 'left to a worker');
    },
    answered: async () => void done.push('answered'),
    tell: async (_intent, reply) => void done.push(`told ${reply.kind === 'card' ? reply.card.title : reply.kind}`),
    onTrouble: (what) => void done.push(what),
  };
  return { dispatch: inTime(parts), done };
}

async function within(dispatch: ReturnType<typeof inTime>, limit: number): Promise<string> {
  const reply = dispatch(intent);
  const late = new Promise<'nothing'>((resolve) => setTimeout(() => resolve('nothing'), limit));
  await vi.advanceTimersByTimeAsync(limit);
  const first = await Promise.race([reply, late]);
  if (first === 'nothing' || first.kind !== 'card') return 'nothing';
  return first.card.summary;
}

describe('a request', () => {
  test('that is answered in time is not stored', async () => {
    const { dispatch, done } = stage(said('Done'), 1700, 0);
    expect(await within(dispatch, 1750)).toBe('Done');
    await vi.runAllTimersAsync();
    expect(done).toEqual([]);
  });

  test('that takes long is stored, received, and answered later, once', async () => {
    const { dispatch, done } = stage(said('Done'), 9000, 100);
    expect(await within(dispatch, 2000)).toBe('Received');
    expect(done).toEqual(['kept']);
    await vi.runAllTimersAsync();
    expect(done).toEqual(['kept', 'answered', 'told Done']);
  });

  test.each([{ later: true }, { away: true }] as const)(
    'that was received and then could not be done (%o) is left to a worker',
    async (why) => {
      const { dispatch, done } = stage(said('Not now', why), 5000, 100);
      expect(await within(dispatch, 2000)).toBe('Received');
      await vi.runAllTimersAsync();
      expect(done).toEqual(['kept', 'left to a worker']);
    },
  );

  test('that is answered while it is being stored gets its answer, and no worker does it again', async () => {
    const { dispatch, done } = stage(said('Done'), 1900, 500);
    expect(await within(dispatch, 2000)).toBe('Done');
    await vi.runAllTimersAsync();
    expect(done).toEqual(['kept', 'answered']);
  });

  test('that waits for its record and says so itself stays stored', async () => {
    const { dispatch, done } = stage(said('Received', { later: true }), 1900, 500);
    expect(await within(dispatch, 2000)).toBe('Received');
    await vi.runAllTimersAsync();
    expect(done).toEqual(['kept']);
  });

  test.each(['not', 4000] as const)(
    'that can neither be done nor stored (%s) is said to have no answer yet, and told when it has',
    async (stores) => {
      const { dispatch, done } = stage(said('Done'), 6000, stores);
      expect(await within(dispatch, 2500)).toContain('I cannot say yet whether this is done');
      await vi.runAllTimersAsync();
      expect(done).toEqual(stores === 'not' ? ['told Done'] : ['kept', 'told Done', 'answered']);
    },
  );
});
