/** What is over a platform's limit: told in tests by an error, in production by showing that there is more. Nothing is cut silently. */
import { shortened } from './card.ts';
import type { Log } from './port.ts';

/** Gets told that something was too long: what, how long, and how much fits. */
export type Overflow = (what: string, length: number, limit: number) => void;

/** For tests: a card that does not fit is a mistake of the room that made it. */
export const throwing: Overflow = (what, length, limit) => {
  throw new Error(`${what} has ${length}, and ${limit} fit`);
};

/** What is done about overflows here: tests throw, everything else shows that there is more and logs it. */
export const overflowing = (platform: string, log: Pick<Log, 'warn'>): Overflow =>
  process.env.NODE_ENV === 'test' || process.env.VITEST !== undefined
    ? throwing
    : (what, length, limit) => log.warn({ what, length, limit }, `${platform}: something did not fit and was shortened`);

/** The text where it fits; else its beginning with an ellipsis, and the overflow is told. */
export function within(words: string, limit: number, what: string, overflow: Overflow): string {
  if (words.length <= limit) return words;
  overflow(what, words.length, limit);
  return shortened(words, limit);
}

/** The first of these, as many as fit; the overflow is told. */
export function atMost<T>(things: readonly T[], limit: number, what: string, overflow: Overflow): readonly T[] {
  if (things.length <= limit) return things;
  overflow(what, things.length, limit);
  return things.slice(0, limit);
}
