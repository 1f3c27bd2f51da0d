/** People of the workspace, as Slack describes them. */
import { type Asker, PlatformError } from '../../src/chat/port.ts';
import { slackCode } from './errors.ts';
import type { Web } from './web.ts';

/** How long a description is good for, in milliseconds; a stale one still serves while Slack does not answer. */
const FRESH = 10 * 60_000;
/** A handle that is unknown makes us read the whole list again, but not more often than this. */
const LIST_AGAIN = 60_000;
const PAGE = 1000;

/** What we read of Slack's users. */
interface SlackUser {
  readonly id?: string;
  readonly name?: string;
  readonly deleted?: boolean;
  readonly real_name?: string;
  readonly tz?: string;
  readonly is_bot?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly profile?: { readonly display_name?: string; readonly real_name?: string; readonly email?: string };
}

export interface People {
  /** Somebody by id or handle. Throws `PlatformError` when Slack does not tell. */
  describe(userOrHandle: string): Promise<Asker | undefined>;
}

interface Seen {
  readonly at: number;
  readonly asker: Asker | undefined;
}

/** Makes the book of people. Descriptions are kept for ten minutes, so that a command costs no call to Slack. */
export function people(
  web: Web,
  now: () => number = Date.now,
  lastSeen: (user: string) => Promise<Asker | undefined> = async () => undefined,
): People {
  const byId = new Map<string, Seen>();
  let byHandle: ReadonlyMap<string, string> = new Map();
  const asked = new Map<string, Promise<Asker | undefined>>();
  let listed = Number.NEGATIVE_INFINITY;

  function learn(user: SlackUser): Asker | undefined {
    if (user.id === undefined) return undefined;
    const asker = user.deleted === true ? undefined : askerOf(user.id, user);
    byId.set(user.id, { at: now(), asker });
    return asker;
  }

  async function look(id: string): Promise<Asker | undefined> {
    const known = byId.get(id);
    if (known && now() - known.at < FRESH) return known.asker;
    try {
      const { user } = await web.quick('users.info', async (client) => {
        try {
          return await client.users.info({ user: id });
        } catch (error) {
          if (slackCode(error) === 'user_not_found') return { user: undefined };
          throw error;
        }
      });
      return user ? learn(user) : undefined;
    } catch (error) {
      // Who somebody was a while ago is better than not to answer them at all.
      if (known && error instanceof PlatformError) return known.asker;
      const before = await lastSeen(id).catch(() => undefined);
      if (before) return before;
      throw error;
    }
  }

  function info(id: string): Promise<Asker | undefined> {
    const running = asked.get(id);
    if (running) return running;
    const asking = look(id).finally(() => asked.delete(id));
    asked.set(id, asking);
    return asking;
  }

  async function list(): Promise<void> {
    const began = now();
    const members: SlackUser[] = [];
    let cursor = '';
    do {
      const page = await web.call('users.list', (client) =>
        client.users.list({ limit: PAGE, ...(cursor === '' ? {} : { cursor }) }),
      );
      members.push(...(page.members ?? []));
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
    for (const user of members) learn(user);
    byHandle = handlesOf(members.filter(({ deleted }) => deleted !== true));
    listed = began;
  }

  return {
    describe: async (said) => {
      if (/^[UW][A-Z0-9]+$/u.test(said)) return info(said);
      const handle = said.replace(/^@/u, '').toLowerCase();
      if (handle === '') return undefined;
      // Handles move from one person to another, so the list is read anew now and then even for one that is known.
      const age = now() - listed;
      if (age >= FRESH || (!byHandle.has(handle) && age >= LIST_AGAIN)) await list();
      const id = byHandle.get(handle);
      return id === undefined ? undefined : info(id);
    },
  };
}

/**
 * Who is meant by a handle. Shown names count as handles, too, as Slack's own completion offers them; but everybody can choose
 * theirs, so one that several people show, or that is somebody's handle, names nobody by being shown.
 */
function handlesOf(members: readonly SlackUser[]): ReadonlyMap<string, string> {
  const shown = new Map<string, readonly string[]>();
  const known = new Map<string, string>();
  for (const { id, name, profile } of members) {
    if (id === undefined) continue;
    if (name !== undefined) known.set(name.toLowerCase(), id);
    const display = profile?.display_name?.toLowerCase();
    if (display) shown.set(display, [...(shown.get(display) ?? []), id]);
  }
  for (const [display, [first, ...others]] of shown)
    if (first !== undefined && others.length === 0 && !known.has(display)) known.set(display, first);
  return known;
}

const askerOf = (id: string, user: SlackUser): Asker => ({
  platform: 'slack',
  user: id,
  handle: user.name ?? id,
  name: user.profile?.real_name || user.real_name || user.profile?.display_name || user.name || id,
  ...(user.profile?.email ? { email: user.profile.email } : {}),
  timeZone: user.tz ?? 'UTC',
  bot: user.is_bot === true,
  guest: user.is_restricted === true || user.is_ultra_restricted === true,
});
