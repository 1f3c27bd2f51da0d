/** Slack's limits and ours, and what happens to a text that is over one: nothing is cut without saying so. */
import { shortened } from '../../src/chat/card.ts';

/** What Slack itself refuses (Block Kit reference). */
export const SLACK_LIMITS = {
  header: 150,
  blocks: 50,
  buttonValue: 2000,
  privateMetadata: 3000,
  initialValue: 3000,
  optionLabel: 75,
  optionValue: 150,
  hint: 2000,
  placeholder: 150,
  imageUrl: 3000,
  alternative: 2000,
} as const;

/** Gets told that something was too long: what, how long, and how much fits. */
export type Overflow = (what: string, length: number, limit: number) => void;

/** For tests: a card that does not fit is a mistake of the room that made it. */
export const throwing: Overflow = (what, length, limit) => {
  throw new Error(`${what} has ${length}, and ${limit} fit`);
};

/** What is done about overflows here: tests throw, everything else shows that there is more and logs it. */
export const overflowing = (log: { warn(fields: object, message: string): void }): Overflow =>
  process.env.NODE_ENV === 'test' || process.env.VITEST !== undefined
    ? throwing
    : (what, length, limit) => log.warn({ what, length, limit }, 'Slack: something did not fit and was shortened');

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
