/** Any journal entry in words, whatever room wrote it: who, when, what, and every fact that was kept. */
import { shortened, type Words } from '../chat/card.ts';
import { lengthOf } from '../chat/history-card.ts';
import type { HistoryEntry } from '../core/history.ts';
import { type Inline, joined } from '../core/inline.ts';
import { BELLMAN } from '../core/record.ts';

/** How long a text in an entry may be at most; the next one holds where an entry would fill a card by itself. */
const LONGEST_TEXTS = [200, 60, 20] as const;
/** What one entry may take of a card. */
const LONGEST_ENTRY = 2400;
/** Numbers between these are instants: the years 2001 to 2286. */
const INSTANTS = [1e12, 1e13] as const;

/** `2026-11-22 10:00 Anna: ballot voted (choice approve, revision 2) reason "too early"`. */
export function entryWords(entry: HistoryEntry): Words {
  const all = LONGEST_TEXTS.map((longest) => wordsOf(entry, longest));
  return all.find((words) => lengthOf(words) <= LONGEST_ENTRY) ?? all.at(-1) ?? [];
}

function wordsOf(entry: HistoryEntry, longest: number): Words {
  const facts = Object.entries(entry.data).flatMap(([name, value]) => factWords(name, value, longest));
  const said = Object.entries(entry.words ?? {}).flatMap(([name, value]): readonly Words[] => {
    if (typeof value !== 'string') return factWords(name, value, longest).map((words) => [' ', ...words]);
    return value === '' ? [] : [[` ${plain(name)} "${shortened(value, longest)}"`]];
  });
  return [
    `${entry.seq}. `,
    { time: entry.at },
    ' ',
    entry.actor === BELLMAN ? 'Bellman' : { person: entry.actor },
    `: ${plain(entry.type.replace('.', ' '))}`,
    ...(facts.length > 0 ? [' (', ...separated(facts), ')'] : []),
    ...said.flat(),
  ];
}

const separated = (facts: readonly Words[]): Words => facts.flatMap((fact, at) => (at === 0 ? fact : [', ', ...fact]));

function factWords(name: string, value: unknown, longest: number): readonly Words[] {
  if (value === null || value === undefined || value === '') return [];
  const words = valueWords(value, longest);
  return words.length === 0 ? [] : [[`${plain(name)} `, ...words]];
}

function valueWords(value: unknown, longest: number): Words {
  if (Array.isArray(value)) {
    const all = value.map((one) => valueWords(one, longest));
    return all.every((one) => one.length === 1) ? joined(all.map(([one]): Inline => one ?? '')) : separated(all);
  }
  if (typeof value === 'object' && value !== null)
    return separated(Object.entries(value).flatMap(([name, inner]) => factWords(name, inner, longest)));
  if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
  if (typeof value === 'number') return value >= INSTANTS[0] && value < INSTANTS[1] ? [{ time: value }] : [String(value)];
  const text = String(value);
  if (/^p\d+$/u.test(text)) return [{ person: text }];
  if (/^[a-z]+\/(channel|person|address)\/\S+$/u.test(text)) return [{ place: text }];
  return [shortened(text, longest)];
}

/** `sentBack` and `sent-back` as people write it. */
const plain = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/gu, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
