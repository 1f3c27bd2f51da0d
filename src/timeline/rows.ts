/** The timeline of a record as rows, from its journal: what Bellman and people did, what they wrote for it, what was kept. Pure. */
import type { Words } from '../chat/card.ts';
import type { HistoryEntry } from '../core/history.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import { eventWords } from '../incidents/index.ts';

export const ORDERS = ['oldest', 'newest'] as const;
export type Order = (typeof ORDERS)[number];

export interface Row {
  readonly at: Instant;
  readonly who: PersonId;
  readonly words: Words;
  /** `done`: from the journal; `written`: for the timeline; `kept`: a message. */
  readonly kind: 'done' | 'written' | 'kept';
  /** What became of a kept message. */
  readonly since?: 'edited' | 'deleted';
}

const textOf = ({ words }: HistoryEntry): string => (typeof words?.text === 'string' ? words.text : 'a text that was erased');

/** A kept message as it reads now. One that was deleted is shown without its text, which only the journal has. */
function keptRow(entry: HistoryEntry, changed: ReadonlyMap<unknown, HistoryEntry>): Row {
  const { at, author, message } = entry.data;
  const last = changed.get(message);
  const base = { at: Number(at), who: typeof author === 'string' ? author : entry.actor, kind: 'kept' } as const;
  if (last?.type === 'timeline.message-deleted')
    return { ...base, words: ['a message that was deleted since'], since: 'deleted' };
  return last ? { ...base, words: [textOf(last)], since: 'edited' } : { ...base, words: [textOf(entry)] };
}

const CHANGES = new Set(['timeline.message-edited', 'timeline.message-deleted']);

function rowOf(entry: HistoryEntry, changed: ReadonlyMap<unknown, HistoryEntry>): Row | undefined {
  if (entry.type === 'timeline.message-kept') return keptRow(entry, changed);
  if (CHANGES.has(entry.type)) return undefined;
  const { at, actor: who } = entry;
  if (entry.type === 'timeline.added') return { at, who, words: [textOf(entry)], kind: 'written' };
  // Evidence is seen by a few only; that some was kept, everybody may know who may read the record.
  const { words: _secret, ...bare } = entry;
  const words = eventWords(entry.type.startsWith('evidence.') ? bare : entry);
  return words && { at, who, words, kind: 'done' };
}

/** All rows by the time at which they happened; a message stands where it was written, not where it was kept. */
export function timelineRows(entries: readonly HistoryEntry[], order: Order = 'oldest'): readonly Row[] {
  // The last change of a message is what it reads now.
  const changed = new Map(entries.filter(({ type }) => CHANGES.has(type)).map((entry) => [entry.data.message, entry]));
  const rows = entries.flatMap((entry) => rowOf(entry, changed) ?? []).toSorted((one, other) => one.at - other.at);
  return order === 'oldest' ? rows : rows.toReversed();
}
