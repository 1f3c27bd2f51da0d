/** Channels and direct messages: finding them, and checking that Bellman can write and read there. */
import { type Place, PlatformError, placeOf, placeParts } from '../../src/chat/port.ts';
import { type Refusal, refuse } from '../../src/core/refusal.ts';
import { slackCode } from './errors.ts';
import type { Web } from './web.ts';

/** A name that is unknown makes us read the whole list again, but not more often than this, in milliseconds. */
const LIST_AGAIN = 60_000;
const PAGE = 999;

export interface Places {
  /** The conversation that stands for a place. Throws `PlatformError`; `refused` when a direct message is closed. */
  conversation(place: Place): Promise<string>;
  /** The direct conversation with this user. */
  direct(user: string): Promise<string>;
  check(place: Place): Promise<Refusal | undefined>;
  channel(idOrName: string): Promise<Place | undefined>;
}

const isChannelId = (said: string): boolean => /^[CG][A-Z0-9]+$/u.test(said);
const place = (id: string): Place => placeOf({ platform: 'slack', kind: 'channel', id });

/** Makes the book of places. */
export function places(web: Web, now: () => number = Date.now): Places {
  const directs = new Map<string, string>();
  const byName = new Map<string, string>();
  let listed = Number.NEGATIVE_INFINITY;

  async function direct(user: string): Promise<string> {
    const known = directs.get(user);
    if (known !== undefined) return known;
    const { channel } = await web.call('conversations.open', (client) => client.conversations.open({ users: user }));
    if (channel?.id === undefined) throw new PlatformError('unknown', 'Slack opened a direct message and did not say which');
    directs.set(user, channel.id);
    return channel.id;
  }

  async function list(): Promise<void> {
    if (now() - listed < LIST_AGAIN) return;
    listed = now();
    let cursor = '';
    do {
      const page = await web.call('conversations.list', (client) =>
        client.conversations.list({
          types: 'public_channel,private_channel',
          exclude_archived: true,
          limit: PAGE,
          ...(cursor === '' ? {} : { cursor }),
        }),
      );
      for (const { id, name } of page.channels ?? []) if (id !== undefined && name !== undefined) byName.set(name, id);
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
  }

  /** Joins where that is possible; says why not. */
  async function closed(id: string): Promise<Closed | undefined> {
    const { channel } = await web.call(
      'conversations.info',
      told((client) => client.conversations.info({ channel: id })),
    );
    const shown = `#${channel?.name ?? id}`;
    if (channel?.is_archived === true) return { shown, why: 'it is archived', step: 'Open it again, or name another one.' };
    if (channel?.is_member !== true) {
      if (channel?.is_private === true) return { shown, why: 'it is private, and I am not in it', step: INVITE };
      await web.call(
        'conversations.join',
        told((client) => client.conversations.join({ channel: id }), shown),
      );
    }
    await web.call(
      'conversations.history',
      told((client) => client.conversations.history({ channel: id, limit: 1 }), shown),
    );
    return undefined;
  }

  return {
    direct,
    conversation: async (named) => {
      const { kind, id } = placeParts(named);
      return kind === 'person' ? direct(id) : id;
    },
    check: async (named) => {
      const { platform, kind, id } = placeParts(named);
      if (kind === 'thread')
        return refuse('place-closed', {
          place: 'a thread on Slack',
          why: 'threads there belong to a message, and have no name',
          step: 'Name the channel itself.',
        });
      if (platform !== 'slack' || (kind !== 'channel' && kind !== 'person')) return refuse('wrong-place', { said: named });
      try {
        if (kind === 'person') {
          // Whether somebody still takes direct messages is asked anew each time that a place is named.
          directs.delete(id);
          await direct(id);
          return undefined;
        }
        const found = await closed(id);
        return found && refuse('place-closed', { place: found.shown, why: found.why, step: found.step });
      } catch (error) {
        if (error instanceof NotOpen) return refuse('place-closed', { place: error.shown ?? `#${id}`, ...wordsFor(error.code) });
        const shown = kind === 'person' ? 'this person' : `#${id}`;
        if (error instanceof PlatformError && error.outcome === 'refused' && kind === 'person')
          return refuse('place-closed', { place: shown, why: 'direct messages are closed', step: 'Name a channel instead.' });
        return refuse('place-closed', { place: shown, why: 'Slack does not answer', step: 'Try again in a minute.' });
      }
    },
    channel: async (said) => {
      // Private channels that Bellman is not in look like none at all: naming one is allowed, and `check` says what to do.
      if (isChannelId(said)) return place(said);
      const name = said.replace(/^#/u, '').toLowerCase();
      if (!byName.has(name)) await list();
      const id = byName.get(name);
      return id === undefined ? undefined : place(id);
    },
  };
}

interface Closed {
  readonly shown: string;
  readonly why: string;
  readonly step: string;
}

const INVITE = 'Say /invite @Bellman there, then try again.';

const WORDS: Readonly<Record<string, { readonly why: string; readonly step: string }>> = {
  channel_not_found: { why: 'it does not exist, or it is private and I am not in it', step: INVITE },
  not_in_channel: { why: 'I am not in it', step: INVITE },
  is_archived: { why: 'it is archived', step: 'Open it again, or name another one.' },
  method_not_supported_for_channel_type: { why: 'it is private, and I am not in it', step: INVITE },
  missing_scope: {
    why: 'I may not join it or read what is said there, so I could not tell whether a message arrived',
    step: 'Install the app again with the scopes of deploy/slack-manifest.json.',
  },
};

const wordsFor = (code: string) => WORDS[code] ?? { why: `Slack says ${code}`, step: INVITE };

/** A channel that Slack does not let us into, by Slack's own code. */
class NotOpen extends PlatformError {
  readonly code: string;
  readonly shown: string | undefined;
  constructor(code: string, shown: string | undefined) {
    super('refused', `Slack refused: ${code}`);
    this.code = code;
    this.shown = shown;
  }
}

/** Runs a call and keeps Slack's code of a refusal, from which the step to take is worded. */
function told<C, T>(run: (client: C) => Promise<T>, shown?: string): (client: C) => Promise<T> {
  return async (client) => {
    try {
      return await run(client);
    } catch (error) {
      const code = slackCode(error);
      if (code !== undefined && code in WORDS) throw new NotOpen(code, shown);
      throw error;
    }
  };
}
