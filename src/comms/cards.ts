/** What people see of a plan: its board of lines. */

import { cadenceWords } from '../chat/cadence-words.ts';
import { type Block, type Card, type Control, card, LIMITS, list, picture, rowOf, text, type Words } from '../chat/card.ts';
import { spanWords } from '../chat/time-words.ts';
import { someOf } from '../core/inline.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { type Answers, answers } from './answers.ts';
import { answersOf } from './answers-board.ts';
import { clockWords } from './clock-words.ts';
import { type Contacts, contacts } from './contacts.ts';
import { leadOf } from './due.ts';
import { type Gap, gapsOf, type Line, releasersShown, type Update, writerOf } from './line.ts';
import { weight } from './long-text.ts';
import { isClosing, type Plan } from './plan.ts';
import { reachFigures, reachOf } from './reach.ts';
import { scheduleOf, scheduleWords } from './schedule.ts';
import { drawSchedule } from './schedule-drawing.ts';
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

const since = ({ due }: Update, now: Instant, paused: boolean): Words => [
  now < due ? 'due ' : paused ? 'was due ' : 'overdue since ',
  { time: due },
];

/** How often a line is told, or how long before a change it is. */
const paceWords = ({ before, cadence }: Line): string =>
  before && cadence === undefined
    ? `Announced ${[...before.map((span) => `${spanWords(span)} before`), 'at its start and end'].join(', ')}`
    : cadenceWords(cadence);

function standing(line: Line, plan: Plan, now: Instant): Words {
  const { update } = line;
  if (line.status === 'closed' && !update) return [`closed after ${line.released} ${line.released === 1 ? 'update' : 'updates'}`];
  if (line.status === 'not needed yet') return ['not needed yet'];
  if (!update) return ['nothing is due'];
  const closing = isClosing(update.phase) ? 'closing update, ' : '';
  const paused = line.paused !== undefined;
  const when = since(update, now, paused);
  switch (update.status) {
    case 'upcoming':
      return [closing, ...when, ...(paused ? [] : [', draft asked ', { time: update.due - leadOf(line, update) }])];
    case 'drafting':
      return [
        closing,
        ...when,
        update.sentBack === undefined ? ', waits for the text of ' : ', sent back to ',
        { person: writerOf(line, plan, update) },
      ];
    // The seconds in which a release can be taken back are on its releasers' cards; the board need not change twice.
    case 'ready':
    case 'leaving':
    case 'awaiting release':
      return [closing, ...when, ', awaiting release'];
    default:
      return update.status satisfies never;
  }
}

/** How much a board says of each line, most first; the first way that fits every platform is taken. */
const WAYS = [{ named: NAMES }, { named: 1 }, 'brief'] as const;
type Way = (typeof WAYS)[number];

/** Everything that a board tells of. */
interface OnBoard {
  readonly record: RecordId;
  readonly plan: Plan;
  readonly answers: Answers;
  readonly contacts: Contacts;
}

/** What one line says: all of it; or in brief what is due, and what keeps it from being told. */
function lineWords({ record, plan, answers, contacts }: OnBoard, line: Line, now: Instant, way: Way): Words {
  const label = { bold: audienceLabel(line.audience, [line]) };
  if (way === 'brief') {
    const gaps = gapsOf(line, releasersShown(line, plan));
    return [
      label,
      ': ',
      ...standing(line, plan, now),
      ...(line.paused ? [', paused'] : []),
      '.',
      ...(gaps.length > 0 ? [` Not ready: ${gaps.join(', ')}.`] : []),
      answersOf(line, plan, answers),
    ];
  }
  const missing = notReady(record, line, plan);
  const some = (things: Words) => someOf(things, way.named, 'nobody');
  const reach = reachOf(line, plan, contacts);
  // One channel that is named needs no count.
  const counted = reach.people > 0 || line.places.length > way.named ? [` (reaches ${reachFigures(reach)})`] : [];
  return [
    label,
    ': ',
    ...standing(line, plan, now),
    ...clockWords(line, plan, now),
    `. ${paceWords(line)}, released by `,
    ...some(releasersShown(line, plan).map((person) => ({ person }))),
    ...(line.places.length > 0 ? [', goes to ', ...some(line.places.map((place) => ({ place })))] : [', goes nowhere yet']),
    ...counted,
    '.',
    ...(missing.length > 0 ? [' Not ready: ', ...missing, '.'] : []),
    answersOf(line, plan, answers),
  ];
}

/** What can be pressed about a line. */
function buttonOf(record: RecordId, line: Line, plan: Plan): Control | undefined {
  const target = { record, value: line.audience };
  const starts = plan.status === 'running' && line.status !== 'closed' && !line.update && !line.paused;
  if (starts) return { label: 'Start this line', action: 'comms.start', ...target };
  return line.update?.status === 'drafting' ? { label: 'Write', action: 'comms.write', ...target } : undefined;
}

/** Lines that are told of, and buttons under them, when there are many of them; the rest is counted. */
const BRIEFLY = 16;
const BUTTONS = 10;

/** The lines as a card shows them: each with its button; or in brief, with the buttons of those due first below all. */
function linesBlocks(about: OnBoard, now: Instant, way: Way): readonly Block[] {
  const { record, plan } = about;
  if (way !== 'brief') {
    return plan.lines.flatMap((line) => {
      const button = buttonOf(record, line, plan);
      return [text(...lineWords(about, line, now, way)), ...rowOf(button ? [button] : [])];
    });
  }
  const first = (line: Line): number => line.update?.due ?? Number.POSITIVE_INFINITY;
  const soonest = [...plan.lines].sort((a, b) => (first(a) === first(b) ? 0 : first(a) - first(b)));
  const shown = plan.lines.filter((line) => soonest.indexOf(line) < BRIEFLY);
  const buttons = soonest
    .filter((line) => line.update)
    .flatMap((line) => {
      const button = buttonOf(record, line, plan);
      return button ? [{ ...button, label: `${button.label}: ${audienceLabel(line.audience, [line])}` }] : [];
    });
  const more = plan.lines.length - shown.length;
  return [
    list(...shown.map((line) => lineWords(about, line, now, way))),
    ...(more > 0
      ? [text(`And ${more} more ${more === 1 ? 'line' : 'lines'}, due later or on demand; the picture has all of them.`)]
      : []),
    text('Releasers and places of a line: ', { code: `/comms line ${record} ${shown[0]?.audience ?? ''}` }, '.'),
    ...rowOf(buttons.slice(0, BUTTONS)),
  ];
}

/** Whether blocks fit a card on every platform, with a margin for title and notes. */
function fits(blocks: readonly Block[]): boolean {
  const weighs = blocks.reduce((sum, block) => sum + weightOf(block), 0);
  const components = blocks.reduce(
    (sum, block) =>
      sum +
      1 +
      (block.kind === 'controls' ? block.controls.length + Math.floor((block.controls.length - 1) / LIMITS.buttonsARow) : 0),
    0,
  );
  return weighs <= LIMITS.card - MARGIN && components <= LIMITS.components - 3;
}

/** For the title, and for what a platform adds. */
const MARGIN = 300;
/** What a mention, a place or a time weighs where it is dearest. */
const PIECE = 26;

function weightOf(block: Block): number {
  const words = block.kind === 'text' ? block.text : block.kind === 'list' ? block.items.flatMap((item) => ['- ', ...item]) : [];
  const pieces = block.kind === 'picture' ? [block.alternative] : words;
  return pieces.reduce((sum: number, piece) => {
    const said = typeof piece === 'string' ? piece : 'bold' in piece ? piece.bold : 'code' in piece ? piece.code : undefined;
    return sum + (said === undefined ? PIECE : [...said].reduce((all, one) => all + weight(one), 0));
  }, 0);
}

/** The board of a plan: each line with its status, next due time, releasers, destination, gaps; and the picture of its schedule. */
export function planCard(
  record: RecordId,
  plan: Plan,
  now: Instant,
  answered: Answers = answers.initial,
  people: Contacts = contacts.initial,
): Card {
  const open = plan.lines.filter(({ update }) => update);
  const overdue = open.filter(({ update, paused }) => update && !paused && now >= update.due).length;
  const ready = plan.lines.every((line) => line.status !== 'active' || gapsOf(line, releasersShown(line, plan)).length === 0);
  const state =
    plan.status === 'closing'
      ? open.length === 0
        ? 'Everybody who was told got the last word.'
        : `Closing: ${open.length} last ${open.length === 1 ? 'update is' : 'updates are'} to be written.`
      : 'Each line is due at the time it shows.';
  const about: OnBoard = { record, plan, answers: answered, contacts: people };
  const schedule = scheduleOf(record, plan, now);
  const drawn = plan.lines.length > 0 ? [picture(drawSchedule(schedule), scheduleWords(schedule))] : [];
  const blocksIn = (way: Way): readonly Block[] => [
    text(
      { bold: plan.title },
      '. Owner of this plan: ',
      { person: plan.owner },
      '. Declared ',
      { time: plan.declaredAt },
      `. ${state}`,
    ),
    ...linesBlocks(about, now, way),
    ...drawn,
  ];
  const blocks = WAYS.map(blocksIn).find(fits) ?? blocksIn('brief');
  return card(`Communication plan of ${record}`, blocks, {
    tone: overdue > 0 ? 'danger' : ready ? 'info' : 'warning',
    summary: `Communication plan of ${record}, ${plan.title}: ${open.length} lines due${overdue > 0 ? `, ${overdue} overdue` : ''}`,
  });
}
