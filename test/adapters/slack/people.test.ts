import { describe, expect, test } from 'vitest';
import { people } from '../../../adapters/slack/people.ts';
import type { Web } from '../../../adapters/slack/web.ts';
import { PlatformError } from '../../../src/chat/port.ts';

interface Member {
  readonly id: string;
  readonly name: string;
  readonly profile: { readonly display_name: string };
}

/** A workspace of these people, whose clock the test moves. */
function workspace(members: readonly Member[]) {
  const state = { members, now: 0, lists: 0 };
  const client = {
    users: {
      info: async ({ user }: { user: string }) => ({ user: state.members.find(({ id }) => id === user) }),
      list: async () => {
        state.lists += 1;
        return { members: state.members };
      },
    },
  };
  const call = async (_method: string, run: (known: never) => Promise<unknown>) => run(client as never);
  const web = { call, quick: call, respond: async () => undefined } as unknown as Web;
  return { state, book: people(web, () => state.now) };
}

const member = (id: string, name: string, shown = name): Member => ({ id, name, profile: { display_name: shown } });

describe('a handle', () => {
  test('is found by the name that somebody shows, too', async () => {
    const { book } = workspace([member('U1', 'mkoch', 'Maria')]);
    expect(await book.describe('@maria')).toMatchObject({ user: 'U1' });
  });

  test('cannot be taken over by showing somebody else’s name', async () => {
    const { book } = workspace([
      member('U1', 'maria'),
      member('U2', 'eve', 'Maria'),
      member('U3', 'm1', 'Mo'),
      member('U4', 'm2', 'Mo'),
    ]);
    expect(await book.describe('maria')).toMatchObject({ user: 'U1' });
    expect(await book.describe('mo')).toBeUndefined();
  });

  test('that moved to somebody else means the new one after ten minutes', async () => {
    const { book, state } = workspace([member('U1', 'maria')]);
    expect(await book.describe('maria')).toMatchObject({ user: 'U1' });
    state.members = [member('U1', 'mkoch'), member('U2', 'maria')];
    state.now = 10 * 60_000;
    expect(await book.describe('maria')).toMatchObject({ user: 'U2' });
  });

  test('that nobody has makes the list be read again at most once a minute', async () => {
    const { book, state } = workspace([member('U1', 'maria')]);
    await book.describe('nobody');
    await book.describe('nobody');
    expect(state.lists).toBe(1);
    state.now = 60_000;
    state.members = [...state.members, member('U2', 'nobody')];
    expect(await book.describe('nobody')).toMatchObject({ user: 'U2' });
    expect(state.lists).toBe(2);
  });
});

describe('somebody of whom Slack does not tell', () => {
  const seen = { platform: 'slack', user: 'U1', handle: 'maria', name: 'Maria', timeZone: 'UTC', bot: false, guest: true };
  const silent = () => Promise.reject(new PlatformError('limited', 'Too many at once', 1000));
  const web = { call: silent, quick: silent, respond: silent } as unknown as Web;

  test('is who they were when they were seen last', async () => {
    const book = people(web, Date.now, async (user) => (user === 'U1' ? seen : undefined));
    expect(await book.describe('U1')).toEqual(seen);
  });

  test('and who was never seen, or cannot be looked up, is nobody', async () => {
    await expect(people(web, Date.now, async () => undefined).describe('U1')).rejects.toThrow('Too many at once');
    await expect(people(web, Date.now, () => Promise.reject(new Error('away'))).describe('U1')).rejects.toThrow(
      'Too many at once',
    );
  });
});
