/** Slack's text mark-up: out, for the few places that know no rich text; and in, from what people wrote. */
import type { Words } from '../../src/chat/card.ts';
import { type Names, placeParts } from '../../src/chat/port.ts';
import { timeWords } from '../../src/chat/time-words.ts';
import { wayLabel } from '../../src/chat/ways.ts';

const WORD_JOINER = '\u2060';

/**
 * Plain words for a message's `text`, which Slack reads as mark-up: the three signs that begin a mention or a link are escaped,
 * and the three words that call a whole channel are broken by a sign that nobody sees.
 */
export const escaped = (words: string): string =>
  words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/@(?=here|channel|everyone)/giu, `@${WORD_JOINER}`);

/** Words as plain text: for limits, screen readers, and where Slack knows nothing else. Times are in UTC. */
export const plainText = (words: Words, names: Names): string =>
  words
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('bold' in piece) return piece.bold;
      if ('code' in piece) return piece.code;
      if ('time' in piece) return timeWords(piece.time, 'UTC');
      if ('person' in piece) return names(piece.person).name;
      if ('place' in piece) return wayLabel(piece.place, names) ?? placeParts(piece.place).id;
      return piece.label;
    })
    .join('');

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * What somebody wrote, without what Slack did to it: links and mail addresses as they were typed, the three escaped signs as
 * themselves. Mentions of people and channels (`<@U1|anna>`, `<#C1>`) stay, because the grammar knows them.
 */
export const asWritten = (words: string): string =>
  words
    .replaceAll(/<mailto:([^|>]+)(?:\|[^>]*)?>/gu, '$1')
    .replaceAll(/<(https?:[^|>]+)(?:\|[^>]*)?>/gu, '$1')
    .replaceAll(/&(?:amp|lt|gt);/gu, (entity) => ENTITIES[entity] ?? entity)
    .trim();

/** What was said to the bot: the words after its mention, or before it when nothing follows. */
export function withoutMention(words: string, bot: string | undefined): string {
  const mention = bot === undefined ? /^\s*<@[^>]+>/u : new RegExp(`<@${bot}(?:\\|[^>]*)?>`, 'u');
  const found = mention.exec(words);
  if (!found) return words.trim();
  const after = words.slice(found.index + found[0].length).trim();
  return after === '' ? words.slice(0, found.index).trim() : after;
}
