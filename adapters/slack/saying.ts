/** Saying something to whoever asked: only to them, or to everybody where they asked. */
import type { types } from '@slack/bolt';
import { type Card, card, controls, text } from '../../src/chat/card.ts';
import { peopleOfCard } from '../../src/chat/mentions.ts';
import type { Overflow } from '../../src/chat/overflow.ts';
import { picturesOf } from '../../src/chat/picture.ts';
import { type Log, type Names, PlatformError } from '../../src/chat/port.ts';
import { type Content, contentOf } from './blocks.ts';
import { type FileOf, noFiles, type Pictures } from './pictures.ts';
import type { Places } from './places.ts';
import type { Address } from './requests.ts';
import type { Web } from './web.ts';

export interface Saying {
  /** Only to whoever asked. A card with buttons goes to their direct messages, with a note of it where they asked. */
  privately(address: Address, card: Card, names: Names): Promise<void>;
  /** To everybody where it was asked. */
  openly(address: Address, card: Card, names: Names): Promise<void>;
  /** What a command is answered with in the body of the response; undefined when the card has to be posted instead. */
  inBody(card: Card, to: 'private' | 'here', names: Names): Promise<object | undefined>;
  /** The card with its pictures; takes longer only for a card that has some. Never rejects. */
  content(card: Card, names: Names): Promise<Content>;
  /** The same card with its pictures in words. */
  withoutPictures(card: Card, names: Names): Content;
}

/** Nothing in what we say is unfurled, and no word in it becomes a mention or a link by itself. */
export const LITERAL = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' } as const;

const hasButtons = ({ blocks }: Card): boolean => blocks.some((block) => block.kind === 'controls' && block.controls.length > 0);

const NOT_PRESSED_HERE =
  'Its buttons can only be pressed in a direct message, and I cannot write to you directly. Write to me once, then ask again.';

/** Makes the voice of the adapter. Every method throws `PlatformError` and nothing else. */
export function saying(web: Web, places: Places, pictures: Pictures, overflow: Overflow, log: Log): Saying {
  // Help is the same card each time it is asked for; a card that names nobody looks the same to everybody.
  const rendered = new WeakMap<Card, Content>();
  const contentWith = (shown: Card, names: Names, files: FileOf): Content => {
    if (peopleOfCard(shown).length > 0 || files !== noFiles) return contentOf(shown, names, overflow, { files });
    const known = rendered.get(shown) ?? contentOf(shown, names, overflow);
    rendered.set(shown, known);
    return known;
  };
  const content = async (shown: Card, names: Names): Promise<Content> =>
    contentWith(shown, names, await pictures.filesFor(shown));

  const post = (channel: string, said: Content, thread: string | undefined) =>
    web.call('chat.postMessage', (client) =>
      client.chat.postMessage({ channel, ...said, ...LITERAL, ...(thread === undefined ? {} : { thread_ts: thread }) }),
    );

  /** One way after the other, until one is not refused. What may have arrived is not said again. */
  async function firstOf(...ways: readonly (() => Promise<unknown>)[]): Promise<void> {
    let last: unknown;
    for (const way of ways) {
      try {
        await way();
        return;
      } catch (error) {
        if (!(error instanceof PlatformError) || error.outcome === 'unknown') throw error;
        last = error;
      }
    }
    throw last;
  }

  const hook = (address: Address, said: Content, type: 'ephemeral' | 'in_channel') => {
    const { response_url: url, thread_ts: thread } = address;
    if (url === undefined) return [];
    const body = { response_type: type, replace_original: false, ...said, ...LITERAL };
    return [() => web.respond(url, { ...body, ...(thread === undefined ? {} : { thread_ts: thread }) })];
  };

  function whisper(address: Address, said: Content): Promise<void> {
    const { channel, user, thread_ts: thread, in_thread: within } = address;
    return firstOf(
      ...hook(address, said, 'ephemeral'),
      () =>
        web.call('chat.postEphemeral', (client) =>
          client.chat.postEphemeral({
            channel,
            user,
            ...said,
            link_names: false,
            parse: 'none',
            // In a thread that does not exist yet nobody would see it.
            ...(thread !== undefined && within !== undefined ? { thread_ts: thread } : {}),
          }),
        ),
      async () => post(await places.direct(user), said, undefined),
    );
  }

  async function toDirect(address: Address, shown: Card, names: Names): Promise<void> {
    const direct = await places.direct(address.user).catch((error: unknown) => {
      if (error instanceof PlatformError && error.outcome === 'refused') return undefined;
      throw error;
    });
    if (direct === undefined) {
      log.info({ user: address.user }, 'Slack: a card with buttons could not be sent, as direct messages are closed');
      const plain = contentOf(shown, names, overflow, { plain: true, files: await pictures.filesFor(shown) });
      return whisper(address, { ...plain, blocks: [...plain.blocks, ...sentence(NOT_PRESSED_HERE)] });
    }
    await post(direct, await content(shown, names), direct === address.channel ? address.thread_ts : undefined);
    if (direct === address.channel) return;
    await whisper(address, contentWith(note(shown, direct), names, noFiles)).catch((error: unknown) => {
      // The card itself has arrived; only the hint to it is missing.
      log.info({ error }, 'Slack: the hint to a direct message was not shown');
    });
  }

  return {
    content,
    withoutPictures: (shown, names) => contentWith(shown, names, noFiles),
    inBody: async (shown, to, names) => {
      // The body is waited for, and an upload may take longer than that.
      if ((to === 'private' && hasButtons(shown)) || picturesOf(shown).length > 0) return undefined;
      const said = contentWith(shown, names, noFiles);
      return { response_type: to === 'here' ? 'in_channel' : 'ephemeral', ...said, ...LITERAL };
    },
    privately: async (address, shown, names) => {
      if (hasButtons(shown)) return toDirect(address, shown, names);
      const direct = address.channel.startsWith('D') && address.response_url === undefined;
      const said = await content(shown, names);
      if (direct) await post(address.channel, said, address.thread_ts);
      else await whisper(address, said);
    },
    openly: async (address, shown, names) => {
      const said = await content(shown, names);
      await firstOf(...hook(address, said, 'in_channel'), () => post(address.channel, said, address.thread_ts));
    },
  };
}

const sentence = (words: string): types.KnownBlock[] => [
  { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: words }] }] },
];

const note = (shown: Card, direct: string): Card =>
  card(
    '',
    [
      text(
        'It has buttons, so it is in your direct messages with me: ',
        { link: `https://slack.com/app_redirect?channel=${direct}`, label: 'open them' },
        '.',
      ),
    ],
    { summary: `${shown.title}: see your direct messages with Bellman.` },
  );

/** The longest line that a button can carry along. */
const LONGEST_LINE = 1500;

/** The card that stands for a form where Slack opens none: after a mention, or when the click was too long ago. */
export function openCard(
  title: string,
  again: { readonly line: string } | { readonly action: string; readonly record: string; readonly value?: string },
  open: string,
): Card {
  if ('line' in again && again.line.length > LONGEST_LINE)
    return card(title, [text('This is too long to open a form from here. Say it with / in front, in a channel.')], {
      tone: 'warning',
    });
  const button = 'line' in again ? { action: open, record: '', value: again.line } : again;
  return card(title, [
    text('Slack opens a form only at the moment of a click: press Open.'),
    controls({ label: 'Open', style: 'primary', ...button }),
  ]);
}
