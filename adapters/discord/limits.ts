/** Discord's limits, and what happens to something that is over one: nothing is cut without saying so. */
import { shortened } from '../../src/chat/card.ts';

/** What Discord itself refuses (its API reference). Characters are counted in UTF-16 units, the larger of the two ways. */
export const DISCORD_LIMITS = {
  text: 4000,
  components: 40,
  buttonsARow: 5,
  buttonLabel: 80,
  customId: 100,
  alternative: 1024,
  modalTitle: 45,
  fieldLabel: 45,
  fieldsAModal: 5,
  placeholder: 100,
  description: 100,
  textInput: 4000,
  options: 25,
  optionText: 100,
} as const;

/** Gets told that something was too long: what, how long, and how much fits. */
export type Overflow = (what: string, length: number, limit: number) => void;

/** For tests: a card that does not fit is a mistake of the room that made it. */
export const throwing: Overflow = (what, length, limit) => {
  throw new Error(`${what} has ${length}, and ${limit} fit`);
};

/** What is done about overflows here: tests throw, everything else shows that there is more and logs it. */
export const overflowing = (log: { readonly warn: (facts: object, message: string) => void }): Overflow =>
  process.env.VITEST === undefined
    ? (what, length, limit) => log.warn({ what, length, limit }, 'Discord: something did not fit and was shortened')
    : throwing;

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
