/** How calls by hand read in a record's history. */
import type { Words } from '../chat/card.ts';
import type { HistoryEntry } from '../core/history.ts';

const PHRASES: Readonly<Record<string, string>> = {
  'call-asked': 'call asked for',
  'call-made': 'call made',
  'call-unanswered': 'nobody answered the call',
  'call-again': 'call asked for again',
  'call-reminded': 'reminded of a call',
  'call-passed': 'call passed to the deputy',
  'call-replaced': 'call no longer needed',
  'call-failed': 'nobody reached by telephone',
};

/** The words for an entry of the part `calls`; undefined for what nobody needs to read. */
export function callsWords({ type, words }: Pick<HistoryEntry, 'type' | 'words'>): Words | undefined {
  const phrase = PHRASES[type.replace(/^calls\./u, '')];
  if (phrase === undefined) return undefined;
  const said = words?.number ?? words?.note;
  return [`${phrase}${typeof said === 'string' ? `: ${said}` : ''}`];
}
