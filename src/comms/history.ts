/** How a plan's events read in a record's history. */
import type { Words } from '../chat/card.ts';
import type { HistoryEntry } from '../core/history.ts';
import { answersWords } from './answers-history.ts';
import { callsWords } from './calls-history.ts';
import { audienceLabel } from './template.ts';

const PHRASES: Readonly<Record<string, string>> = {
  'exercise-ended': 'exercise ended',
  begun: 'communication plan begun',
  'line-changed': 'line changed',
  'line-started': 'line started',
  asked: 'text asked for',
  nudged: 'text asked for again',
  overdue: 'update overdue',
  drafted: 'text written',
  filled: 'facts filled in',
  outdated: 'facts changed after the text was written',
  'decision-wanted': 'decision to be asked for',
  'sent-back': 'text sent back',
  taken: 'text taken on',
  approved: 'text approved',
  leaving: 'update released, to leave',
  'holding-begun': 'holding statement written',
  'holding-ready': 'holding statement released beforehand',
  undone: 'release taken back',
  'held-back': 'released update did not leave',
  'correction-asked': 'correction written',
  'closing-withdrawn': 'last updates no longer wanted',
  released: 'update released',
  skipped: 'update skipped',
  'closing-asked': 'last updates asked for',
  reopened: 'lines started again',
  replanned: 'announcements follow the change',
  'breach-known': 'said since when the breach is known',
  'breach-begun': 'plan for a security breach begun',
  'handover-asked': 'somebody asked to take over',
  'handed-over': 'duties of the plan taken over',
  'handover-declined': 'taking over declined',
  'board-kept': 'board put into a channel',
  'owner-changed': 'plan has another owner',
  renamed: 'plan renamed',
  moved: 'due time moved',
  snoozed: 'reminders put to rest',
  paused: 'line paused',
  resumed: 'line resumed',
  bound: 'deadlines changed',
  overridden: 'deadline and order set aside',
  'change-noticed': 'update wanted because the record changed',
  stopped: 'update stopped before it left',
  undelivered: 'update not delivered everywhere',
  unreached: 'somebody not reached directly',
  settled: 'decided what may have arrived',
  'contact-added': 'contact named',
  'contact-removed': 'contact taken off',
};

/** The number under which an update left. */
const numberOf = ({ upd }: HistoryEntry['data']): Words => (typeof upd === 'string' ? [` as ${upd}`] : []);

/** Who used whose right to release: B for A. */
function insteadOf({ data, actor }: HistoryEntry): Words {
  const { for: absent, standIns } = data;
  const pairs: readonly (readonly [string, unknown])[] =
    typeof absent === 'string' ? [[actor, absent]] : typeof standIns === 'object' ? Object.entries(standIns ?? {}) : [];
  return pairs.flatMap(
    ([person, absent]): Words => (typeof absent === 'string' ? [', ', { person }, ' for ', { person: absent }] : []),
  );
}

/** The words for an entry of the parts `plan`, `answers` and `calls`; undefined for what nobody needs to read. */
export function eventWords(entry: HistoryEntry): Words | undefined {
  const { type, data, words } = entry;
  if (type.startsWith('answers.')) return answersWords(entry);
  if (type.startsWith('calls.')) return callsWords(entry);
  const phrase = PHRASES[type.replace(/^(plan|contacts|sheet)\./u, '')];
  if (phrase === undefined) return undefined;
  const line = typeof data.line === 'string' ? `, ${audienceLabel(data.line)}` : '';
  const said = words?.reason ?? words?.what;
  const whom = type.startsWith('contacts.') && typeof data.person === 'string' ? [': ', { person: data.person }] : [];
  return [
    `${phrase}${line}`,
    ...numberOf(data),
    ...insteadOf(entry),
    ...whom,
    ...(typeof said === 'string' ? [`: ${said}`] : []),
  ];
}
