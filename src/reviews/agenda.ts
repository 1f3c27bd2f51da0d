/** What a review goes through: its agenda by kind, and the record's journal in words, in the order that the kind needs. Pure. */
import type { Words } from '../chat/card.ts';
import type { HistoryEntry } from '../core/history.ts';
import { BELLMAN } from '../core/record.ts';
import { eventWords } from '../incidents/index.ts';
import type { ReviewKind, Section } from './review.ts';

const AGENDA: Readonly<Record<ReviewKind, readonly string[]>> = {
  incident: [
    'What happened, in the order of time: the timeline, and what is missing in it',
    'How it was noticed, and how soon',
    'How the work went: roles, handovers, escalations',
    'Who was told what, and whether it was in time',
    'What helped and what hindered',
    'Actions: what, who, by when',
  ],
  problem: [
    'What was found out: the true cause, and how it is known',
    'What was done well',
    'What was done wrong',
    'What should be done better next time',
    'How it is kept from happening again, and what suppliers owe',
    'What is disputed, and how the problem manager settles it',
    'Actions: what, who, by when',
  ],
};

/** The points of the meeting. */
export const agendaOf = (kind: ReviewKind): readonly string[] => AGENDA[kind];

/** What a journal entry tells of in the review of a problem; the rest tells how it was run. */
const DOINGS: readonly (readonly [heading: string, entries: RegExp])[] = [
  [
    'What was found out',
    /\.(filled|suspected|tested|branched|cause-found|kept|linked|unlinked|reported-again|met-again|recorded|described)$/u,
  ],
  [
    'What was done',
    /^(problem|incident)\.(workaround-found|workaround-offered|resolved|reopened|closed|deferred|change-judged|escalated|assigned|moved)$/u,
  ],
  ['Who was told', /^(plan|answers|calls|contacts|sheet)\./u],
];
const RUN = 'How it was run';

/** The journal of a record as its review reads it: by time, or by what was done. */
export function timelineOf(kind: ReviewKind, entries: readonly HistoryEntry[]): readonly Section[] {
  const told = entries.flatMap((entry) => {
    // Evidence is seen by a few only; that some was kept, the meeting may know.
    const { words: _kept, ...bare } = entry;
    const phrase = eventWords(entry.type.startsWith('evidence.') ? bare : entry);
    const who = entry.actor === BELLMAN ? 'Bellman' : { person: entry.actor };
    const words: Words = [{ time: entry.at }, ' ', who, ': ', ...(phrase ?? [])];
    return phrase ? [{ type: entry.type, words }] : [];
  });
  const section = (heading: string, lines: typeof told): readonly Section[] =>
    lines.length === 0 ? [] : [{ heading, lines: lines.map(({ words }) => words) }];
  if (kind === 'incident') return section('In the order of time', told);
  const headingOf = (type: string): string => DOINGS.find(([, entries]) => entries.test(type))?.[0] ?? RUN;
  return [...DOINGS.map(([heading]) => heading), RUN].flatMap((heading) =>
    section(
      heading,
      told.filter(({ type }) => headingOf(type) === heading),
    ),
  );
}
