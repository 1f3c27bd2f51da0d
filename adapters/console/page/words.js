/** Text in neutral pieces as elements, and times as the reader's own. */
import { el } from './dom.js';

const format = (options) => new Intl.DateTimeFormat(undefined, options);
const clock = format({ hour: '2-digit', minute: '2-digit' });
const clockWithZone = format({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
const day = format({ weekday: 'short', day: 'numeric', month: 'short' });
const dayWithYear = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const full = format({ dateStyle: 'full', timeStyle: 'long' });

const sameDay = (a, b) => a.toDateString() === b.toDateString();
const DAY_MS = 86_400_000;

/** `Today`, `Yesterday`, or the day's name. */
export function dayWords(at, now = new Date()) {
  const date = new Date(at);
  if (sameDay(date, now)) return 'Today';
  if (sameDay(date, new Date(now.getTime() - DAY_MS))) return 'Yesterday';
  return (date.getFullYear() === now.getFullYear() ? day : dayWithYear).format(date);
}

/** A time of day, for the edge of a message. */
export const clockTime = (at) => el('time', { datetime: new Date(at).toISOString(), title: full.format(at) }, clock.format(at));

/** A time in a sentence: the day unless it is today, the clock and its zone. */
function fullTime(at) {
  const date = new Date(at);
  const shown = sameDay(date, new Date()) ? clockWithZone.format(at) : `${dayWords(at)}, ${clockWithZone.format(at)}`;
  return el('time', { datetime: date.toISOString(), title: full.format(at) }, shown);
}

const RECORD = /\b(?:INC|PRB|KER|RFC|REL|REV|RSK|CI)-[1-9]\d{0,8}\b/gu;

/** Plain text with line breaks kept and record ids set as code. */
export function plain(text) {
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(RECORD)) {
    pieces.push(text.slice(from, match.index), el('code', { class: 'record' }, match[0]));
    from = match.index + match[0].length;
  }
  pieces.push(text.slice(from));
  return pieces.filter((piece) => piece !== '');
}

/** Links lead only to pages and mail; anything else stays text. */
const safeLink = (link) => /^(https?:|mailto:)/iu.test(link);

function piece(inline) {
  if (typeof inline === 'string') return plain(inline);
  if ('bold' in inline) return el('strong', {}, ...plain(inline.bold));
  if ('code' in inline) return el('code', {}, inline.code);
  if ('person' in inline) {
    const title = inline.person === '' ? undefined : `@${inline.person}`;
    return el('span', { class: 'chip', title }, inline.name);
  }
  if ('place' in inline) return el('span', { class: 'chip' }, inline.label);
  if ('time' in inline) return fullTime(inline.time);
  if ('link' in inline && safeLink(inline.link))
    return el('a', { href: inline.link, target: '_blank', rel: 'noopener noreferrer' }, inline.label);
  // Another message of the same page.
  if ('link' in inline && /^#message-[\w-]+$/u.test(inline.link)) return el('a', { href: inline.link }, inline.label);
  return inline.label ?? '';
}

/** A sentence or more as nodes. */
export const words = (inlines) => inlines.flatMap(piece);
