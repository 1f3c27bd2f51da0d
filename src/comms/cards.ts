/** What people see of a plan: its board of lines. */

import { cadenceWords } from '../chat/cadence-words.ts';
import { type Block, type Card, card, controls, text, type Words } from '../chat/card.ts';
import { hasClock } from '../core/cadence.ts';
import { someOf } from '../core/inline.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { type Answers, answers } from './answers.ts';
import { answersOf } from './answers-board.ts';
import { clockWords } from './clock-words.ts';
import { leadOf } from './due.ts';
import { type Gap, gapsOf, type Line, releasersShown, type Update, writerOf } from './line.ts';
import { isClosing, type Plan } from './plan.ts';
import { audienceLabel } from './template.ts';

/** More than this many names are counted instead of shown. */
const NAMES = 4;

/** Persons in a sentence: all up to four, then a count. */
export const names = (people: readonly PersonId[]): Words =>
  someOf(
    people.map((person) => ({ person })),
    NAMES,
    'nobody',
  );

/** Places in a sentence: all up to four, then a count. */
export const placeWords = (places: readonly string[], none = 'nowhere'): Words =>
  someOf(
    places.map((place) => ({ place })),
    NAMES,
    none,
  );

const gapWords = (record: RecordId, line: Line, gap: Gap): Words => [
  `${gap}; fill in ${gap === 'no destination' ? 'Destination' : 'Releasers'} of `,
  { code: `/comms line ${record} ${line.audience}` },
];

/** What keeps the line from being told, each with the way to fill it; empty when it is ready. */
export const notReady = (record: RecordId, line: Line, plan: Plan): Words =>
  gapsOf(line, releasersShown(line, plan)).flatMap((gap, at): Words => [at > 0 ? '; ' : '', ...gapWords(record, line, gap)]);

const since = ({ due }: Update, now: Instant): Words => [now >= due ? 'overdue since ' : 'due ', { time: due }];

function standing(line: Line, plan: Plan, now: Instant): Words {
  const { update } = line;
  if (line.status === 'closed' && !update) return [`closed after ${line.released} ${line.released === 1 ? 'update' : 'updates'}`];
  if (line.status === 'not needed yet') return ['not needed yet'];
  if (!update) return [hasClock(line.cadence) ? 'nothing is due' : `${cadenceWords(line.cadence).toLowerCase()}, nothing is due`];
  const closing = isClosing(update.phase) ? 'closing update, ' : '';
  switch (update.status) {
    case 'upcoming':
      return [closing, ...since(update, now), ', draft asked ', { time: update.due - leadOf(line, update) }];
    case 'drafting':
      return [
        closing,
        ...since(update, now),
        update.sentBack === undefined ? ', waits for the text of ' : ', sent back to ',
        { person: writerOf(line, plan, update) },
      ];
    case 'awaiting release':
      return [closing, ...since(update, now), ', awaiting release'];
    case 'leaving':
      return [closing, 'released, leaves ', { time: update.leaving?.leaves ?? now }];
    default:
      return update.status satisfies never;
  }
}

function lineBlocks(record: RecordId, line: Line, plan: Plan, answers: Answers, now: Instant): readonly Block[] {
  const missing = notReady(record, line, plan);
  const words = text(
    { bold: audienceLabel(line.audience, [line]) },
    ': ',
    ...standing(line, plan, now),
    ...clockWords(line, plan, now),
    `. ${cadenceWords(line.cadence)}, released by `,
    ...names(releasersShown(line, plan)),
    ...(line.places.length > 0 ? [', goes to ', ...placeWords(line.places)] : [', goes nowhere yet']),
    '.',
    ...(missing.length > 0 ? [' Not ready: ', ...missing, '.'] : []),
    answersOf(line, plan, answers),
  );
  const target = { record, value: line.audience };
  const starts = plan.status === 'running' && line.status !== 'closed' && !line.update;
  if (starts) return [words, controls({ label: 'Start this line', action: 'comms.start', ...target })];
  return line.update?.status === 'drafting' ? [words, controls({ label: 'Write', action: 'comms.write', ...target })] : [words];
}

/** The board of a plan: each line with its status, next due time, releasers, destination, gaps. */
export function planCard(record: RecordId, plan: Plan, now: Instant, answered: Answers = answers.initial): Card {
  const open = plan.lines.filter(({ update }) => update);
  const overdue = open.filter(({ update }) => update && now >= update.due).length;
  const ready = plan.lines.every((line) => line.status !== 'active' || gapsOf(line, releasersShown(line, plan)).length === 0);
  const state =
    plan.status === 'closing'
      ? open.length === 0
        ? 'Everybody who was told got the last word.'
        : `Closing: ${open.length} last ${open.length === 1 ? 'update is' : 'updates are'} to be written.`
      : 'Each line is due at the time it shows.';
  return card(
    `Communication plan of ${record}`,
    [
      text({ bold: plan.title }, '. Owner: ', { person: plan.owner }, '. Declared ', { time: plan.declaredAt }, `. ${state}`),
      ...plan.lines.flatMap((line) => lineBlocks(record, line, plan, answered, now)),
    ],
    {
      tone: overdue > 0 ? 'danger' : ready ? 'info' : 'warning',
      summary: `Communication plan of ${record}, ${plan.title}: ${open.length} lines due${overdue > 0 ? `, ${overdue} overdue` : ''}`,
    },
  );
}
