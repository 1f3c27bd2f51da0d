/** How the events of a known error read in its history. */
import { shortened, type Words } from '../chat/card.ts';
import type { HistoryEntry } from '../core/history.ts';

const PHRASES: Readonly<Record<string, string>> = {
  recorded: 'recorded',
  described: 'written anew',
  retired: 'retired',
};

/** What happened, after the name of who did it. */
export function eventWords({ type, words }: HistoryEntry): Words {
  const phrase = PHRASES[type.slice(type.indexOf('.') + 1)] ?? type;
  return [phrase, ...(typeof words?.reason === 'string' ? [`: ${shortened(words.reason, 100)}`] : [])];
}
