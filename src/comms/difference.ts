/** What is new in a text since the one before it, sentence by sentence. Pure. */
import { diffArrays } from 'diff';

export interface Difference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** How many sentences stayed. */
  readonly kept: number;
}

/** Lines, and within them sentences. */
const sentences = (text: string): string[] =>
  text
    .split(/\n+|(?<=[.!?…])\s+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

/** The difference of two texts; what only moved counts as both. */
export function differenceOf(before: string, now: string): Difference {
  const parts = diffArrays(sentences(before), sentences(now));
  return {
    added: parts.flatMap(({ added, value }) => (added ? value : [])),
    removed: parts.flatMap(({ removed, value }) => (removed ? value : [])),
    kept: parts.reduce((sum, { added, removed, count }) => sum + (added || removed ? 0 : (count ?? 0)), 0),
  };
}
