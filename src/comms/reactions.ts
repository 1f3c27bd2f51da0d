/** What follows from a plan's events: the board and the drafts are shown anew, the ladder's next step is set, people are told. */
import { liveName } from '../chat/live.ts';
import { type Ask, type Reaction, type RecordView, when } from '../core/ask.ts';
import type { Context, RecordId } from '../core/record.ts';
import { planCard } from './cards.ts';
import { askAgain, askForText, askWriter, handedIn, rearranged } from './draft-reactions.ts';
import { nextStep, writerOf } from './line.ts';
import type { About } from './notices.ts';
import { sayOverdue } from './overdue-reactions.ts';
import { plan as planPart } from './part.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { sayReleased, saySkipped, sayStopped, sayUndelivered, sayUnreached } from './release-reactions.ts';
import { LIVE } from './telling.ts';

/** Sets the next step of a line's ladder, or takes it away when nothing is due. */
const ladder = ({ line }: About): Ask => {
  const key = `plan.${line.audience}`;
  if (!line.update) return { ask: 'no-timer', key };
  const command: PlanCommand = { type: 'tick', line: line.audience, update: line.update.id };
  return { ask: 'timer', key, at: nextStep(line, line.update), part: planPart.name, command };
};

/** What one event asks for on one line, besides the board, the draft card and the ladder. */
function onLine(about: About, event: PlanEvent, context: Context): readonly Ask[] {
  const { update } = about.line;
  switch (event.type) {
    case 'asked':
    case 'closing-asked':
      return update ? askForText(about, update, context.now) : [];
    case 'nudged':
      return update ? askAgain(about, update, context) : [];
    case 'overdue':
      return update ? sayOverdue(about, update, event.notice, context) : [];
    case 'drafted':
      return update ? handedIn(about, update, event, context) : [];
    case 'line-changed':
      return rearranged(about, event, context);
    case 'sent-back':
      return update ? [askWriter(about, update, writerOf(about.line, about.plan, update), context.now)] : [];
    case 'released':
      return sayReleased(about, event);
    case 'skipped':
      return saySkipped(about, event, context);
    case 'stopped':
      return sayStopped(about, event);
    case 'undelivered':
      return sayUndelivered(about, event);
    case 'unreached':
    case 'settled':
    case 'begun':
    case 'holders-seen':
    case 'line-started':
    case 'approved':
    case 'reopened':
    case 'owner-changed':
    case 'renamed':
      return [];
    default:
      return event satisfies never;
  }
}

/** The lines that an event is about. */
function linesIn(event: PlanEvent): readonly string[] {
  if ('line' in event) return [event.line];
  if (event.type === 'begun') return event.lines.map(({ audience }) => audience);
  if (event.type === 'reopened') return event.lines.map(({ line }) => line);
  return event.type === 'closing-asked' ? [...event.lines.map(({ line }) => line), ...event.closed] : [];
}

/** The drafts that an event may have changed: its own; else those that are being prepared, and those that just gave way. */
const draftsIn = (event: PlanEvent, plan: Plan, now: number): readonly string[] =>
  'update' in event
    ? [event.update]
    : [
        ...plan.lines.flatMap(({ update }) => (update ? [update.id] : [])),
        ...Object.entries(plan.outcomes).flatMap(([update, { at }]) => (at === now ? [update] : [])),
      ];

function follows(event: PlanEvent, view: RecordView, context: Context): readonly Ask[] {
  const plan = view.state(planPart);
  const abouts = plan.lines
    .filter(({ audience }) => linesIn(event).includes(audience))
    .map((line): About => ({ record: view.id, plan, line }));
  return [
    { ask: 'refresh', live: LIVE.board },
    ...draftsIn(event, plan, context.now).flatMap((update) =>
      [LIVE.draft, LIVE.write].map((card): Ask => ({ ask: 'refresh', live: liveName(card, update) })),
    ),
    ...(event.type === 'begun' ? boards(view.id, plan, context.now) : []),
    ...(event.type === 'unreached' ? sayUnreached(view.id, plan, event.words.place, event.person) : []),
    ...('update' in event ? [{ ask: 'refresh', live: liveName(LIVE.unsure, event.update) } as const] : []),
    ...abouts.flatMap((about) => [ladder(about), ...onLine(about, event, context)]),
  ];
}

/** The board where the record was declared, and with its owner. */
const boards = (record: RecordId, plan: Plan, now: number): readonly Ask[] =>
  [...(plan.place === undefined ? [] : [{ place: plan.place }]), { person: plan.owner }].map((to) => ({
    ask: 'say',
    to,
    content: planCard(record, plan, now),
    live: LIVE.board,
  }));

const EVENTS: Readonly<Record<PlanEvent['type'], true>> = {
  begun: true,
  'holders-seen': true,
  'line-changed': true,
  'line-started': true,
  asked: true,
  nudged: true,
  overdue: true,
  drafted: true,
  'sent-back': true,
  approved: true,
  released: true,
  skipped: true,
  'closing-asked': true,
  reopened: true,
  'owner-changed': true,
  renamed: true,
  stopped: true,
  undelivered: true,
  unreached: true,
  settled: true,
};

export const reactions: readonly Reaction[] = Object.keys(EVENTS).map((type) =>
  when<PlanEvent, PlanEvent['type']>(planPart.name, type as PlanEvent['type'], follows),
);
