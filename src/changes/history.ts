/** What happened to an RFC, entry by entry, in words (C12). */
import type { Card, Words } from '../chat/card.ts';
import { historyCard } from '../chat/history-card.ts';
import type { HistoryEntry } from '../core/history.ts';
import { BELLMAN, type RecordId } from '../core/record.ts';
import { brief, labels } from './words.ts';

/** The newest entries. A ballot ends by its rule, whoever voted last. */
export const rfcHistory = (record: RecordId, entries: readonly HistoryEntry[]): Card =>
  historyCard(
    record,
    entries.map((entry) => (entry.type === 'ballot.ended' ? { ...entry, actor: BELLMAN } : entry)),
    phraseOf,
  );

const said = (words: Readonly<Record<string, unknown>> | undefined): string => {
  const first = Object.values(words ?? {}).find((value) => typeof value === 'string' && value !== '');
  return typeof first === 'string' ? `: ${brief(first, 60)}` : '';
};

const names = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** One entry as a phrase after the name of who did it. */
function phraseOf({ type, data, words }: HistoryEntry): Words {
  const value = (name: string): string => String(data[name] ?? '');
  const person = (name: string): Words => [{ person: value(name) }];
  const phrases: Readonly<Record<string, () => Words>> = {
    'change.raised': () => [data.way === 'already' ? 'recorded it as made already' : 'raised it'],
    'change.submitted': () => [`submitted revision ${value('revision')}`],
    'change.edited': () => [`changed ${labels(names(data.changed))}, revision ${value('revision')}`],
    'change.confirmed': () => [`confirmed it as pre-approved${said(words)}`],
    'change.balloted': () => [BALLOTED[value('road')] ?? 'sent it to its board'],
    'change.sent-back': () => [`sent it back${said(words)}`],
    'change.voting': () => ['the ballot runs until ', { time: Number(data.deadline) }],
    'change.not-opened': () => ['the ballot could not open'],
    'change.decided': () => [`${value('outcome')}, revision ${value('revision')}`],
    'change.withdrawn': () => ['withdrew it'],
    'change.cancelled': () => ['cancelled it'],
    'change.started': () => [data.early === true ? 'started it, before its window' : 'started it'],
    'change.done': () => ['made it; it works'],
    'change.failed': () => [`it failed${said(words)}`],
    'change.backed-out': () => [`backed it out${said(words)}`],
    'change.extended': () => ['needs until ', { time: Number(data.end) }],
    'change.made-reviewed': () => [`reviewed it after the fact${said(words)}`],
    'change.announced': () => ['had it announced'],
    'change.judged': () => [
      `${value('outcome') === 'keep' ? 'to be kept' : 'to be backed out'}, decided for ${value('problem')}${said(words)}`,
    ],
    'change.linked': () => [`linked it with ${value('to')}`],
    'change.watched': () => ['watches it'],
    'change.unwatched': () => ['no longer watches it'],
    'change.classified': () => [`made it ${value('class')}`],
    'change.review-chased': () => ['reminded of the review'],
    'change.reviewers-changed': () => ['other change managers may review it now'],
    'change.start-chased': () => ['asked whether it starts'],
    'change.end-chased': () => ['asked how it went'],
    'change.made-review-chased': () => ['reminded of the review after the fact'],
    'ballot.opened': () => [`opened ballot ${value('round')} of ${value('board')} on revision ${value('revision')}`],
    'ballot.refused-to-open': () => [`could not open the ballot (${value('why')})`],
    'ballot.voted': () => [
      `voted ${value('choice')}`,
      ...(data.person === data.by ? [] : [' for ', ...person('person')]),
      said(words),
    ],
    'ballot.conflict-declared': () => [`declared a conflict of interest${said(words)}`],
    'ballot.left': () => [...person('person'), ` left the ballot (${value('why')})`],
    'ballot.role-lost': () => [...person('person'), ` no longer holds ${value('role')}`],
    'ballot.reminded': () => [`reminded ${names(data.waiting).length} who had not voted`],
    'ballot.asked': () => [`asked${said(words)}`],
    'ballot.answered': () => [`answered${said(words)}`],
    'ballot.ended': () => [`ballot ${value('round')} ended: ${value('outcome')}`],
  };
  return phrases[type]?.() ?? [type.replace('.', ' ')];
}

const BALLOTED: Readonly<Record<string, string>> = {
  review: 'agreed',
  emergency: 'sent it straight to the emergency board',
  already: 'sent it to the emergency board after the fact',
  reopened: 'opened it again',
};
