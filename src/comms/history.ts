/** How a plan's events read in a record's history. */
import type { Words } from '../chat/card.ts';
import type { HistoryEntry } from '../core/history.ts';
import { audienceLabel } from './template.ts';

const PHRASES: Readonly<Record<string, string>> = {
  begun: 'communication plan begun',
  'line-changed': 'line changed',
  'line-started': 'line started',
  asked: 'text asked for',
  nudged: 'text asked for again',
  overdue: 'update overdue',
  drafted: 'text written',
  'sent-back': 'text sent back',
  approved: 'text approved',
  released: 'update released',
  skipped: 'update skipped',
  'closing-asked': 'last updates asked for',
  reopened: 'lines started again',
  'owner-changed': 'plan has another owner',
  renamed: 'plan renamed',
  stopped: 'update stopped before it left',
  undelivered: 'update not delivered everywhere',
  unreached: 'somebody not reached directly',
  settled: 'decided what may have arrived',
};

/** The words for an entry of the part `plan`; undefined for what nobody needs to read. */
export function eventWords({ type, data, words }: HistoryEntry): Words | undefined {
  const phrase = PHRASES[type.replace(/^plan\./u, '')];
  if (phrase === undefined) return undefined;
  const line = typeof data.line === 'string' ? `, ${audienceLabel(data.line)}` : '';
  const said = words?.reason ?? words?.what;
  return [`${phrase}${line}`, ...(typeof said === 'string' ? [`: ${said}`] : [])];
}
