/**
 * What of a text may not leave: words of the organisation's list, names of people, numbers of configuration items, facts that are
 * guarded more than the line. Found, not judged: what is forbidden is refused at the release. Pure. Source: design section 8; S3.
 */
import { type DataClass, isAbove, type WatchedWord } from '../core/record.ts';

export type LeakWhy = 'forbidden' | 'word list' | 'name' | 'item' | 'class';

export interface Leak {
  readonly why: LeakWhy;
  /** As it stands in the text; of facts that are guarded more, their class. */
  readonly what: string;
  /** Where it stands in the text, in UTF-16 units from its start. */
  readonly at: number;
}

export interface Watch {
  readonly words: readonly WatchedWord[];
  /** Names of people who are known to the record. */
  readonly names: readonly string[];
  /** Whether the readers work on the record: they may read items, names and words that only do not belong outside. */
  readonly inside: boolean;
  /** How guarded the line may be, and how guarded the facts are. */
  readonly line?: DataClass | undefined;
  readonly facts?: DataClass | undefined;
}

/** A first or last name that is shorter is mostly another word. */
const SHORTEST_NAME = 4;

const escaped = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\/]/gu, '\\$&');

/** The word where it stands by itself, whatever blanks are in it. */
const alone = (word: string, flags: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${word.trim().split(/\s+/u).map(escaped).join('\\s+')}(?![\\p{L}\\p{N}])`, flags);

/** Whether it is worth to look closely: of hundreds of words a text holds few, and a pattern for each would cost more than all else. */
const mayHold = (text: string, word: string): boolean => {
  const [first = ''] = word.trim().split(/\s+/u);
  return first !== '' && (text.includes(first) || text.toLowerCase().includes(first.toLowerCase()));
};

function* found(text: string, word: string, why: LeakWhy, caseful = false): Generator<Leak> {
  if (!mayHold(text, word)) return;
  for (const match of text.matchAll(alone(word, caseful ? 'gu' : 'giu'))) yield { why, what: match[0], at: match.index };
}

/** A whole name however it is written; first and last name by themselves only as names are written. */
function* namesIn(text: string, names: readonly string[]): Generator<Leak> {
  for (const name of names) {
    yield* found(text, name, 'name');
    const parts = name.trim().split(/\s+/u);
    if (parts.length < 2) continue;
    for (const part of parts) if (part.length >= SHORTEST_NAME && /^\p{Lu}/u.test(part)) yield* found(text, part, 'name', true);
  }
}

/** What may not leave, in the order in which it stands; of several reasons for the same place the gravest, and the longest. */
export function leaksIn(text: string, watch: Watch): readonly Leak[] {
  const { words, names, inside, line, facts } = watch;
  const all: Leak[] = [
    ...words.filter(({ forbidden }) => forbidden).flatMap(({ word }) => [...found(text, word, 'forbidden')]),
    ...(inside
      ? []
      : [
          ...words.filter(({ forbidden }) => !forbidden).flatMap(({ word }) => [...found(text, word, 'word list')]),
          ...namesIn(text, names),
          ...[...text.matchAll(/(?<![\p{L}\p{N}-])CI-[1-9]\d*(?!\p{N})/giu)].map(
            (match): Leak => ({ why: 'item', what: match[0], at: match.index }),
          ),
        ]),
  ];
  const kept: Leak[] = [];
  for (const leak of all.sort(graver)) {
    if (!kept.some((other) => leak.at < other.at + other.what.length && other.at < leak.at + leak.what.length)) kept.push(leak);
  }
  const guarded: readonly Leak[] =
    line !== undefined && facts !== undefined && isAbove(facts, line) ? [{ why: 'class', what: facts, at: 0 }] : [];
  return [...guarded, ...kept.sort((a, b) => a.at - b.at)];
}

const GRAVITY: readonly LeakWhy[] = ['forbidden', 'word list', 'name', 'item', 'class'];
const graver = (a: Leak, b: Leak): number =>
  GRAVITY.indexOf(a.why) - GRAVITY.indexOf(b.why) || b.what.length - a.what.length || a.at - b.at;
