/** Words as Slack's rich text, whose text elements are shown to the letter: no sign in them is ever mark-up. */
import type { types } from '@slack/bolt';
import type { Inline, Words } from '../../src/chat/card.ts';
import { type Names, placeParts } from '../../src/chat/port.ts';
import { timeWords } from '../../src/chat/time-words.ts';
import { chatLabel, wayLabel } from '../../src/chat/ways.ts';

/** Day and time in the reader's own zone, with the words "today" and "tomorrow" where they fit. */
const DATE = '{date_short_pretty} at {time}';

const textual = (text: string, style?: { bold?: true; code?: true }): readonly types.RichTextElement[] =>
  // Slack refuses an empty text element.
  text === '' ? [] : [{ type: 'text', text, ...(style ? { style } : {}) }];

function element(piece: Inline, names: Names): readonly types.RichTextElement[] {
  if (typeof piece === 'string') return textual(piece);
  if ('bold' in piece) return textual(piece.bold, { bold: true });
  if ('code' in piece) return textual(piece.code, { code: true });
  if ('person' in piece) {
    const { name, user } = names(piece.person);
    return user === undefined ? textual(name, { bold: true }) : [{ type: 'user', user_id: user }];
  }
  if ('place' in piece) return place(piece.place, names);
  if ('time' in piece)
    return [{ type: 'date', timestamp: Math.floor(piece.time / 1000), format: DATE, fallback: timeWords(piece.time, 'UTC') }];
  return link(piece.link, piece.label);
}

function place(named: string, names: Names): readonly types.RichTextElement[] {
  const { platform, kind, id } = placeParts(named);
  if (platform === 'slack' && kind === 'channel') return [{ type: 'channel', channel_id: id }];
  if (platform === 'slack' && kind === 'person') return [{ type: 'user', user_id: id }];
  return textual(wayLabel(named, names) ?? `${chatLabel(named)} (${platform})`, { bold: true });
}

/** A link where it is one that a browser opens; anything else is shown as text, so that no link runs anything. */
const link = (url: string, label: string): readonly types.RichTextElement[] =>
  /^(https?:\/\/|mailto:)/iu.test(url) && URL.canParse(url)
    ? [{ type: 'link', url, text: label === '' ? url : label }]
    : textual(label);

/** The elements of a line of words. */
export const richWords = (words: Words, names: Names): types.RichTextElement[] => words.flatMap((piece) => element(piece, names));

/** A line of words as a section of its own; Slack wants at least one element in it. */
export function richSection(words: Words, names: Names): types.RichTextSection {
  const elements = richWords(words, names);
  return { type: 'rich_text_section', elements: elements.length > 0 ? elements : [{ type: 'text', text: ' ' }] };
}
