/** How the events of answers read in a record's history. */
import type { Words } from '../chat/card.ts';
import type { HistoryEntry } from '../core/history.ts';
import { audienceLabel } from './template.ts';

const PHRASES: Readonly<Record<string, string>> = {
  'seen-counted': 'seen by',
  asked: 'question asked',
  answered: 'question answered',
  'taken-up': 'question answered to all, awaiting release',
  'told-all': 'question answered to all',
  'put-back': 'question open again',
  left: 'question left',
  chased: 'question still open',
  'decision-asked': 'decision asked for',
  decided: 'decided',
  'decision-overdue': 'decision still open',
};

/** What was decided stands in the history; what readers ask is between them and those who answer. */
const said = (words: HistoryEntry['words']): string | undefined => {
  const found = words?.answer ?? words?.question;
  return typeof found === 'string' ? found : undefined;
};

/** The words for an entry of the part `answers`; undefined for entries of other parts. */
export function answersWords({ type, data, words }: HistoryEntry): Words | undefined {
  const [part, name = ''] = type.split('.');
  const phrase = part === 'answers' ? PHRASES[name] : undefined;
  if (phrase === undefined) return undefined;
  if (typeof data.seen === 'number') return [`update ${String(data.update)} ${phrase} ${data.seen}`];
  const line = typeof data.line === 'string' ? `, ${audienceLabel(data.line)}` : '';
  const text = said(words);
  return [`${phrase}${line}`, ...(text === undefined ? [] : [`: ${text}`])];
}
