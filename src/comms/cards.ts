/** What people see of a plan: its board of lines, and a draft before and after its release. */
import { type Block, type Card, card, controls, divider, facts, text, type Words } from '../chat/card.ts';
import { spanWords } from '../chat/time-words.ts';
import { someOf } from '../core/inline.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import {
  approvedBy,
  draftHash,
  type Gap,
  gapsOf,
  HASH_ON_BUTTON,
  type Line,
  leadOf,
  nextPoint,
  releasersShown,
  type Update,
  writerOf,
} from './line.ts';
import { partsOf } from './long-text.ts';
import { isClosing, type Outcome, type Plan, updateNumber } from './plan.ts';
import { audienceLabel } from './template.ts';
import { updateCards } from './update-card.ts';

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
  if (line.status === 'closed') return [`closed after ${line.released} ${line.released === 1 ? 'update' : 'updates'}`];
  if (line.status === 'not needed yet') return ['not needed yet'];
  if (!update) return ['on demand, nothing is due'];
  const closing = isClosing(update.phase) ? 'closing update, ' : '';
  switch (update.status) {
    case 'upcoming':
      return [closing, ...since(update, now), ', draft asked ', { time: update.due - leadOf(line) }];
    case 'drafting':
      return [
        closing,
        ...since(update, now),
        update.sentBack === undefined ? ', waits for the text of ' : ', sent back to ',
        { person: writerOf(line, plan, update) },
      ];
    case 'awaiting release':
      return [closing, ...since(update, now), ', awaiting release'];
    default:
      return update.status satisfies never;
  }
}

function lineBlocks(record: RecordId, line: Line, plan: Plan, now: Instant): readonly Block[] {
  const missing = notReady(record, line, plan);
  const words = text(
    { bold: audienceLabel(line.audience) },
    ': ',
    ...standing(line, plan, now),
    `. ${line.cadence === undefined ? 'On demand' : `Every ${spanWords(line.cadence)}`}, released by `,
    ...names(releasersShown(line, plan)),
    ...(line.places.length > 0 ? [', goes to ', ...placeWords(line.places)] : [', goes nowhere yet']),
    '.',
    ...(missing.length > 0 ? [' Not ready: ', ...missing, '.'] : []),
  );
  const target = { record, value: line.audience };
  const starts = plan.status === 'running' && line.status !== 'closed' && !line.update;
  if (starts) return [words, controls({ label: 'Start this line', action: 'comms.start', ...target })];
  return line.update?.status === 'drafting' ? [words, controls({ label: 'Write', action: 'comms.write', ...target })] : [words];
}

/** The board of a plan: each line with its status, next due time, releasers, destination, gaps. */
export function planCard(record: RecordId, plan: Plan, now: Instant): Card {
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
      ...plan.lines.flatMap((line) => lineBlocks(record, line, plan, now)),
    ],
    {
      tone: overdue > 0 ? 'danger' : ready ? 'info' : 'warning',
      summary: `Communication plan of ${record}, ${plan.title}: ${open.length} lines due${overdue > 0 ? `, ${overdue} overdue` : ''}`,
    },
  );
}

/** What the buttons of a draft carry: which update, and what of it was seen. */
export const draftValue = (line: Line, update: Update): string =>
  `${updateNumber(update.id)}-${draftHash(line, update).slice(0, HASH_ON_BUTTON)}`;

/** What a button of a draft carried, in the words of a command. */
export function draftSeen(record: RecordId, value: string): { readonly update: string; readonly seen: string } {
  const [number = '', seen = ''] = value.split('-');
  return { update: `${record}.${number}`, seen };
}

/** The parts of a draft as its audience will read them. */
const asRead = (line: Line, update: Update, plan: Plan, now: Instant): readonly Card[] =>
  updateCards({
    title: plan.title,
    number: line.released + 1,
    phase: update.phase,
    text: update.draft?.text ?? '',
    asOf: update.draft?.at ?? now,
    next: line.cadence === undefined ? undefined : nextPoint(update.due, line.cadence, now),
  });

/** The parts of a long draft that stand before the card with the buttons. */
export const earlierParts = (line: Line, update: Update, plan: Plan, now: Instant): readonly Card[] =>
  asRead(line, update, plan, now)
    .slice(0, -1)
    .map((part) => ({ ...part, title: `Draft ${part.title}`, summary: `Draft ${part.summary}` }));

/** Whether a text is shown in more than one card. */
export const isLong = (words: string): boolean => partsOf(words).length > 1;

function pendingCard(record: RecordId, line: Line, update: Update, plan: Plan, now: Instant): Card {
  const audience = audienceLabel(line.audience);
  const last = asRead(line, update, plan, now).at(-1);
  const approved = approvedBy(line, update);
  const button = { record, value: draftValue(line, update) };
  const title = `${now >= update.due ? 'Overdue' : 'To release'}: ${audience}, ${record}`;
  return card(
    title,
    [
      text('This is to reach ', { bold: audience }, ' by ', { time: update.due }, '. Read it as they will, then release it.'),
      divider,
      text({ bold: last?.title ?? plan.title }),
      ...(last?.blocks ?? []),
      divider,
      facts(
        ['Written by', { person: update.draft?.by ?? '' }],
        ['Goes to', ...placeWords(line.places, 'nowhere yet, so it cannot be released')],
        ['Released by', ...names(releasersShown(line, plan))],
        ...(line.approvals > 1 ? [['Approved by', ...names(approved), `, of ${line.approvals}`] as const] : []),
        ...(line.last ? [['Last update', { time: line.last.at }] as const] : []),
      ),
      controls(
        { label: 'Release', action: 'comms.release', style: 'primary', ...button },
        { label: 'Edit', action: 'comms.edit', ...button },
        { label: 'Send back', action: 'comms.send-back', ...button },
        { label: 'Skip', action: 'comms.skip', style: 'danger', ...button },
      ),
    ],
    { tone: now >= update.due ? 'danger' : 'warning', summary: `${title}. ${update.draft?.text ?? ''}` },
  );
}

function outcomeWords(outcome: Outcome): Words {
  switch (outcome.what) {
    case 'released':
      return ['Released ', { time: outcome.at }, ' by ', ...names(outcome.by), '.'];
    case 'skipped':
      return ['Skipped ', { time: outcome.at }, ' by ', ...names(outcome.by), '.'];
    case 'replaced':
      return ['No longer needed since ', { time: outcome.at }, ': another update took its place.'];
    default:
      return outcome.what satisfies never;
  }
}

const plain = (title: string, words: Words, tone: 'neutral' | 'success' | 'warning' = 'neutral'): Card =>
  card(title, [text(...words)], { tone });

/** A draft as its releasers see it: with its buttons while it awaits release, with its outcome once it does not. */
export function draftCard(record: RecordId, plan: Plan, id: string, now: Instant): Card {
  const line = plan.lines.find(({ update }) => update?.id === id);
  const outcome = plan.outcomes[id];
  if (line?.update?.status === 'awaiting release') return pendingCard(record, line, line.update, plan, now);
  const title = `Update to ${audienceLabel(line?.audience ?? outcome?.line ?? '')}, ${record}`;
  if (outcome) return plain(title, outcomeWords(outcome), outcome.what === 'released' ? 'success' : 'neutral');
  return plain(title, [
    'It is being written',
    line?.update?.sentBack === undefined ? '.' : ' again. You get it when it is ready.',
  ]);
}
