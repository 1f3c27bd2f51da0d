/** What a catalogue of refusals is: for each code the words for people, made from the refusal's facts. */
import { type Inline, listed, type Words } from '../../core/inline.ts';
import type { Refusal } from '../../core/refusal.ts';

export interface FactReader {
  readonly has: (name: string) => boolean;
  readonly text: (name: string) => string;
  readonly texts: (name: string) => readonly string[];
  readonly time: (name: string) => Inline;
  readonly person: (name: string) => Inline;
  readonly people: (name: string) => Words;
}

/** Says what did not happen, why, and the one next step. */
export type Catalogue = Readonly<Record<string, (facts: FactReader) => Words>>;

/** Reads the facts of a refusal; a fact that is missing reads as nothing rather than failing the sentence. */
export function factsOf({ facts }: Refusal): FactReader {
  const texts = (name: string): readonly string[] => {
    const fact = facts[name];
    return Array.isArray(fact) ? fact : fact === undefined || fact === '' ? [] : [String(fact)];
  };
  return {
    has: (name) => texts(name).length > 0,
    text: (name) => texts(name).join(', '),
    texts,
    time: (name) => ({ time: Number(facts[name] ?? 0) }),
    person: (name) => ({ person: texts(name)[0] ?? '' }),
    people: (name) => listed(texts(name).map((person) => ({ person }))),
  };
}
