/** What follows from a plan's events: the board and the drafts are shown anew, the ladder's next step is set, people are told. */
import { liveName } from '../chat/live.ts';
import { type Ask, type Reaction, type Recipient, type RecordView, when } from '../core/ask.ts';
import type { Context, RecordId } from '../core/record.ts';
import type { About } from './about.ts';
import { answers } from './answers.ts';
import { sayBreach } from './breach-reactions.ts';
import { planCard } from './cards.ts';
import { sayClock } from './clock-reactions.ts';
import { contacts } from './contacts.ts';
import { askAgain, askForText, askWriter, handedIn, rearranged } from './draft-reactions.ts';
import { openedIn } from './evolve.ts';
import { leftBehind } from './facts-reactions.ts';
import { sayHandover } from './handover-reactions.ts';
import { sayCorrectionAsked, sayGaveWay, sayHeldBack, sayUndone } from './leaving-reactions.ts';
import { writerOf } from './line.ts';
import { changedCard } from './notices.ts';
import { sayOverdue } from './overdue-reactions.ts';
import { plan as planPart } from './part.ts';
import type { Plan } from './plan.ts';
import type { PlanEvent } from './plan-event.ts';
import { timersOf } from './plan-timers.ts';
import { sayReleased, saySkipped, sayStopped, sayUndelivered, sayUnreached } from './release-reactions.ts';
import { rowsOf } from './row.ts';
import { projected } from './store.ts';
import { LIVE, notify } from './telling.ts';
import { updateOf, updatesOf } from './update.ts';

/** What one event asks for on one line, besides the board, the draft card and the ladder. */
function onLine(about: About, event: PlanEvent, view: RecordView, context: Context): readonly Ask[] {
  const update = 'update' in event && event.update !== undefined ? updateOf(about.line, event.update) : about.line.update;
  switch (event.type) {
    case 'asked':
      return update ? askForText(about, update, context.now) : [];
    case 'closing-asked':
    case 'closing-withdrawn':
      return [...sayGaveWay(about, context), ...(update ? askForText(about, update, context.now) : [])];
    case 'nudged':
      return update ? askAgain(about, update, context) : [];
    case 'overdue':
      return update ? sayOverdue(about, update, event.notice, context) : [];
    case 'drafted':
      return update ? handedIn(about, update, event, context) : [];
    case 'outdated':
      return update ? leftBehind(about, update) : [];
    case 'line-changed':
      return rearranged(about, event, context);
    case 'taken':
    case 'sent-back':
      return update ? [askWriter(about, update, writerOf(about.line, about.plan, update), context.now)] : [];
    case 'decision-wanted':
      return notify(event.unapproved, changedCard(about, event.by));
    case 'correction-asked':
      return update ? sayCorrectionAsked(about, update, event, context) : [];
    case 'undone':
      return sayUndone(about, event);
    case 'held-back':
      return sayHeldBack(about, event, context);
    case 'released':
      return sayReleased(about, event, view.state(contacts), context);
    case 'begun':
    case 'reopened':
    case 'replanned':
      return sayGaveWay(about, context);
    case 'moved':
    case 'snoozed':
    case 'paused':
    case 'resumed':
    case 'overridden':
    case 'change-noticed':
      return sayClock(about, event, context);
    case 'bound':
      // The terms of a breach are told together, on one card.
      return about.plan.breach?.at === context.now ? [] : sayClock(about, event, context);
    case 'skipped':
      return saySkipped(about, event, context);
    case 'stopped':
      return sayStopped(about, event);
    case 'undelivered':
      return sayUndelivered(about, event);
    case 'unreached':
    case 'settled':
    case 'lists-seen':
    case 'holders-seen':
    case 'line-started':
    case 'approved':
    case 'leaving':
    case 'holding-begun':
    case 'holding-ready':
    case 'breach-known':
    case 'breach-begun':
    case 'handover-asked':
    case 'handed-over':
    case 'handover-declined':
    case 'board-kept':
    case 'owner-changed':
    case 'renamed':
    case 'classified':
    case 'exercise-ended':
      return [];
    default:
      return event satisfies never;
  }
}

/** The lines that an event is about. */
function linesIn(event: PlanEvent): readonly string[] {
  if (event.type === 'bound') return [event.line, ...event.dues.map(({ line }) => line)];
  if (event.type === 'change-noticed' || event.type === 'replanned')
    return [...event.lines, ...event.dues].map(({ line }) => line);
  if ('line' in event) return [event.line];
  if (event.type === 'begun') return event.lines.map(({ audience }) => audience);
  if (event.type === 'reopened') return event.lines.map(({ line }) => line);
  if (event.type === 'closing-withdrawn') return event.closed;
  return event.type === 'closing-asked' ? [...event.lines.map(({ line }) => line), ...event.closed] : [];
}

/** The cards that show an update. */
const SHOWING = [LIVE.draft, LIVE.write, LIVE.asked] as const;

/** The drafts that an event may have changed: its own, and the one that it corrects; else those that are being prepared, and those that just gave way. */
const draftsIn = (event: PlanEvent, plan: Plan, now: number): readonly string[] =>
  'update' in event
    ? [event.update, ...('corrects' in event && event.corrects !== undefined ? [event.corrects] : [])]
    : [
        ...plan.lines.flatMap((line) => updatesOf(line).map(({ id }) => id)),
        ...Object.entries(plan.outcomes).flatMap(([update, { at }]) => (at === now ? [update] : [])),
      ];

function follows(event: PlanEvent, view: RecordView, context: Context): readonly Ask[] {
  const plan = view.state(planPart);
  const abouts = plan.lines
    .filter(({ audience }) => linesIn(event).includes(audience))
    .map((line): About => ({ record: view.id, plan, line }));
  const drafts = draftsIn(event, plan, context.now);
  return [
    { ask: 'refresh', live: LIVE.board },
    ...drafts.flatMap((update) => SHOWING.map((card): Ask => ({ ask: 'refresh', live: liveName(card, update) }))),
    ...('from' in event && 'to' in event ? sayHandover(event, view, context) : []),
    ...(event.type === 'breach-begun' ? sayBreach(view, context) : []),
    ...(event.type === 'begun' ? boards(view, plan, context.now) : []),
    ...(event.type === 'exercise-ended' ? over(view.id, event) : []),
    ...(event.type === 'board-kept' ? [boardTo({ place: event.words.place }, view, context.now)] : []),
    ...(event.type === 'unreached' ? sayUnreached(view.id, plan, event.words.place, event.person) : []),
    ...('update' in event
      ? [LIVE.unsure, LIVE.missed].map((card): Ask => ({ ask: 'refresh', live: liveName(card, event.update) }))
      : []),
    ...rowsOf(view.id, plan, [...drafts, ...openedIn(event).map(({ id }) => id)]),
    ...abouts.flatMap((about) => [...timersOf(about, event), ...onLine(about, event, view, context)]),
  ];
}

/** Nothing of an exercise that is over is due, leaves, or waits for anybody. */
const over = (record: RecordId, { audiences, updates }: Extract<PlanEvent, { type: 'exercise-ended' }>): readonly Ask[] => [
  { ask: 'refresh' },
  ...audiences.map((line): Ask => ({ ask: 'no-timer', key: `plan.${line}` })),
  ...updates.map((id): Ask => projected({ id, recordId: record, outcome: 'replaced' })),
];

/** A board that follows its plan. */
const boardTo = (to: Recipient, view: RecordView, now: number): Ask => ({
  ask: 'say',
  to,
  content: planCard(view.id, view.state(planPart), now, view.state(answers), view.state(contacts)),
  live: LIVE.board,
});

/** The board where the record was declared, and with its owner. */
const boards = (view: RecordView, { place, owner }: Plan, now: number): readonly Ask[] =>
  [...(place === undefined ? [] : [{ place }]), { person: owner }].map((to) => boardTo(to, view, now));

const EVENTS: Readonly<Record<PlanEvent['type'], true>> = {
  begun: true,
  'holders-seen': true,
  'lists-seen': true,
  'line-changed': true,
  'line-started': true,
  asked: true,
  nudged: true,
  overdue: true,
  drafted: true,
  outdated: true,
  'decision-wanted': true,
  taken: true,
  'sent-back': true,
  approved: true,
  leaving: true,
  'holding-begun': true,
  'holding-ready': true,
  undone: true,
  'held-back': true,
  'correction-asked': true,
  released: true,
  skipped: true,
  'closing-asked': true,
  reopened: true,
  'closing-withdrawn': true,
  replanned: true,
  'breach-known': true,
  'breach-begun': true,
  'handover-asked': true,
  'handed-over': true,
  'handover-declined': true,
  'board-kept': true,
  'owner-changed': true,
  renamed: true,
  moved: true,
  snoozed: true,
  paused: true,
  resumed: true,
  bound: true,
  overridden: true,
  'change-noticed': true,
  classified: true,
  'exercise-ended': true,
  stopped: true,
  undelivered: true,
  unreached: true,
  settled: true,
};

export const reactions: readonly Reaction[] = Object.keys(EVENTS).map((type) =>
  when<PlanEvent, PlanEvent['type']>(planPart.name, type as PlanEvent['type'], follows),
);
