/** Deliveries: posting, changing, finding and taking back what Bellman says. */
import { picturesOf } from '../../src/chat/picture.ts';
import {
  type ChatPlatform,
  type Names,
  type Place,
  PlatformError,
  type Post,
  type Posted,
  placeOf,
} from '../../src/chat/port.ts';
import type { Content } from './blocks.ts';
import { refusesBlocks } from './errors.ts';
import type { Places } from './places.ts';
import { LITERAL, type Saying } from './saying.ts';
import type { Web } from './web.ts';

/** The type of the metadata that every delivery carries, so that it can be found again. */
const DELIVERY = 'bellman_delivery';
/** How far the clocks of Slack and the database may be apart, in milliseconds. */
const SKEW = 5 * 60_000;
const PAGE = 200;
/** More messages than this since a delivery: whether it is among them cannot be told. */
const MOST_PAGES = 25;

/**
 * Slack allows a message a second a channel, and about 50 changes and looks a minute in all. Changes come in bursts (a decision
 * moves several cards at once), so a third of a minute's are kept for one.
 */
const RATES = {
  post: { perSecond: 1, burst: 3 },
  edit: { perSecond: 40 / 60, burst: 16 },
  look: { perSecond: 50 / 60, burst: 5 },
} as const;

type Deliveries = Pick<
  ChatPlatform,
  'platform' | 'canLook' | 'rate' | 'post' | 'edit' | 'find' | 'remove' | 'permalink' | 'openDirect'
>;

/** Makes the outgoing half of the platform. An external id is the message's timestamp in its conversation. */
export function conversationPlatform(web: Web, places: Places, saying: Saying): Deliveries {
  let own: Promise<{ readonly bot?: string | undefined; readonly workspace?: string | undefined }> | undefined;

  /** Our bot's id, which tells our messages from those of others that carry the same metadata; and where the workspace is opened. */
  function self() {
    own ??= web
      .call('auth.test', (client) => client.auth.test())
      .then(({ bot_id: bot, url: workspace }) => ({ bot, workspace }))
      .catch((error: unknown) => {
        own = undefined;
        throw error;
      });
    return own;
  }

  const metadata = ({ delivery }: Post) => ({ event_type: DELIVERY, event_payload: { delivery } });

  const message = (channel: string, post: Post, { text, blocks }: Content) =>
    ({ channel, text, blocks, metadata: metadata(post), link_names: false, parse: 'none' }) as const;

  /** Says it with its pictures; in words alone where Slack does not take it so, which it says before it does anything. */
  async function say<T>(
    place: Place,
    post: Post,
    names: Names,
    send: (said: ReturnType<typeof message>) => Promise<T>,
  ): Promise<T> {
    const channel = await places.conversation(place);
    try {
      return await send(message(channel, post, await saying.content(post.card, names)));
    } catch (error) {
      if (!refusesBlocks(error) || picturesOf(post.card).length === 0) throw error;
      return send(message(channel, post, saying.withoutPictures(post.card, names)));
    }
  }

  return {
    platform: 'slack',
    canLook: true,
    rate: (method, place) => ({ key: method === 'post' ? `slack:post:${place}` : `slack:${method}`, ...RATES[method] }),
    post: async (place, post, names) => {
      const { ts } = await say(place, post, names, (said) =>
        web.call('chat.postMessage', (client) => client.chat.postMessage({ ...said, ...LITERAL })),
      );
      if (ts === undefined) throw new PlatformError('unknown', 'Slack took a message and did not say which');
      return { externalId: ts };
    },
    edit: async (place, externalId, post, names) => {
      await say(place, post, names, (said) =>
        web.call('chat.update', (client) => client.chat.update({ ...said, ts: externalId })),
      );
    },
    find: async (place, delivery, since) => {
      const channel = await places.conversation(place);
      const { bot: ours } = await self();
      const found: Posted[] = [];
      const oldest = String((since.getTime() - SKEW) / 1000);
      let cursor = '';
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const page = await web.call('conversations.history', (client) =>
          client.conversations.history({
            channel,
            oldest,
            inclusive: true,
            limit: PAGE,
            include_all_metadata: true,
            ...(cursor === '' ? {} : { cursor }),
          }),
        );
        for (const { ts, bot_id: bot, metadata: carried } of page.messages ?? []) {
          const same = carried?.event_type === DELIVERY && deliveryOf(carried.event_payload) === delivery;
          if (same && bot === ours && ts !== undefined) found.push({ externalId: ts });
        }
        cursor = page.response_metadata?.next_cursor ?? '';
        if (page.has_more !== true || cursor === '') return found.sort((a, b) => Number(a.externalId) - Number(b.externalId));
      }
      throw new PlatformError('unknown', `More than ${MOST_PAGES * PAGE} messages were said there since`);
    },
    remove: async (place, externalId) => {
      const channel = await places.conversation(place);
      await web.call('chat.delete', (client) => client.chat.delete({ channel, ts: externalId }));
    },
    // The address of a message follows from its place and time, as Slack's own `chat.getPermalink` has it; so none is asked for.
    permalink: async (place, externalId) => {
      const [channel, { workspace }] = await Promise.all([places.conversation(place), self()]);
      return workspace === undefined ? undefined : `${workspace}archives/${channel}/p${externalId.replace('.', '')}`;
    },
    openDirect: async (user) => {
      await places.direct(user);
      return placeOf({ platform: 'slack', kind: 'person', id: user });
    },
  };
}

const deliveryOf = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null && 'delivery' in payload ? payload.delivery : undefined;
