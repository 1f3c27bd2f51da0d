/** Words as Discord's mark-up: every piece escaped once, so that nobody's text becomes a mention, a link or a format. */

import type { Inline, Words } from '../../src/chat/card.ts';
import { type Names, type Place, placeParts } from '../../src/chat/port.ts';
import { chatLabel, wayLabel } from '../../src/chat/ways.ts';

/** A sign of no width: nobody sees it, and Discord no longer reads `@everyone`. */
const WORD_JOINER = '\u2060';

const unshouted = (words: string): string => words.replaceAll(/@(?=everyone|here)/giu, `@${WORD_JOINER}`);

/**
 * Somebody's text, to the letter: all signs of the mark-up are escaped, also those that count only where a line begins, and addresses
 * are shown without being links, as on the other platforms.
 */
export const escaped = (words: string): string =>
  unshouted(
    words
      .replaceAll(/[\\*_~`|[\]<]/gu, '\\$&')
      .replaceAll('://', ':\\//')
      .replaceAll(/^(\s*)(#|>|-|\+)/gmu, '$1\\$2')
      .replaceAll(/^(\s*\d+)([.)])/gmu, '$1\\$2'),
  );

/** Code in one line. A backtick inside is fenced by two. */
function code(words: string): string {
  const flat = unshouted(words.replaceAll(/\s+/gu, ' ')).trim();
  if (flat === '') return '';
  return flat.includes('`') ? `\`\` ${flat.replaceAll('``', '` `')} \`\`` : `\`${flat}\``;
}

/** A link under its label; what is no web address stays words. */
function link(address: string, label: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return escaped(label);
  const target = url.href
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
    .replaceAll(/[<>\s]/gu, encodeURIComponent);
  const words = escaped(label.replaceAll(/\s+/gu, ' ')).trim();
  return words === '' ? `<${target}>` : `[${words}](<${target}>)`;
}

/** How a place is called: a channel of Discord as a link to it, others by their id and platform. */
function place(where: Place, names: Names): string {
  const { platform, kind, id } = placeParts(where);
  const way = wayLabel(where, names);
  if (way !== undefined) return escaped(way);
  if (platform !== 'discord') return escaped(`${chatLabel(where)} (${platform})`);
  // A role is named without calling its members.
  if (kind === 'group') return escaped(chatLabel(where));
  return kind === 'person' ? `<@${digits(id)}>` : `${kind === 'thread' ? 'a thread in ' : ''}<#${digits(id)}>`;
}

const digits = (id: string): string => id.replaceAll(/\D/gu, '');

/** One person: a mention where they are on Discord, else their name. */
export function mention(person: string, names: Names): string {
  const { name, user } = names(person);
  return user === undefined ? escaped(name) : `<@${digits(user)}>`;
}

function piece(inline: Inline, names: Names): string {
  if (typeof inline === 'string') return escaped(inline);
  if ('bold' in inline) return inline.bold.trim() === '' ? inline.bold : `**${escaped(inline.bold)}**`;
  if ('code' in inline) return code(inline.code);
  if ('time' in inline) return `<t:${Math.floor(inline.time / 1000)}:f>`;
  if ('person' in inline) return mention(inline.person, names);
  if ('place' in inline) return place(inline.place, names);
  return link(inline.link, inline.label);
}

/** Words as Discord reads them. A piece that begins in the middle of a line is escaped as if it began one: harmless. */
export const markdown = (words: Words, names: Names): string => words.map((inline) => piece(inline, names)).join('');
