/** Terms of deadlines as people write and read them: `4h`, `72 hours`, `1 month`. */
import { parseSpan, spanWords } from '../chat/time-words.ts';
import type { Within } from './deadline.ts';

/** A term's months are at most this many; more is not a deadline of an update. */
const MOST_MONTHS = 24;

/** A term, its calendar months in the zone of whoever writes; undefined when it is none. */
export function parseWithin(said: string, zone: string): Within | undefined {
  const words = said.trim().toLowerCase();
  const months = /^(\d{1,2})\s*months?$/u.exec(words)?.[1];
  if (months !== undefined) {
    const count = Number(months);
    return count > 0 && count <= MOST_MONTHS ? { months: count, zone } : undefined;
  }
  return parseSpan(words.replaceAll(/(\d)\s*(m|h|d|w)(in(ute)?|our|ay|eek)?s?(?![a-z])/gu, '$1$2'));
}

/** A term as people write it, so that a form gives back what it showed. */
export const withinWords = (within: Within): string =>
  typeof within === 'number' ? spanWords(within) : `${within.months} ${within.months === 1 ? 'month' : 'months'}`;
