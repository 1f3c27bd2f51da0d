/** What follows from a plan's events: the board and the drafts are shown anew, the ladder's next step is set, people are told. */
import type { Card } from '../chat/card.ts';
import { liveName } from '../chat/live.ts';
import { placeParts } from '../chat/port.ts';
import { type Ask, type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import { type Context, holdersOf, type PersonId, type RecordId } from '../core/record.ts';
import { draftCard, earlierParts, isLong, planCard } from './cards.ts';
import { authorOf, type Line, nextStep, releasersOf, type Update, writerOf } from './line.ts';
import {
  type About,
  askedCard,
  changedCard,
  overdueCard,
  releasedCard,
  releasersCard,
  skippedCard,
  stoppedCard,
  undeliveredCard,
  unreachedCard,
  unsureCard,
  writerCard,
} from './notices.ts';
import { plan as planPart } from './part.ts';
import type { Outcome, Plan, PlanCommand, PlanEvent } from './plan.ts';
import { managersOf } from './rights.ts';
import { urgencyOf } from './template.ts';
import { updateCards } from './update-card.ts';

/** The live name of a plan's board; a draft's is `draft:PRB-1.3`. */
export const BOARD = 'plan';
const DRAFT = 'draft';
const UNSURE = 'unsure';
const WRITE = 'write';

/** Notices that somebody is waited for go before ordinary ones, and after updates that are urgent. */
const OVERDUE_URGENCY = 2;
const DRAFT_URGENCY = 3;
const NOTICE_URGENCY = 4;

/** From this overdue notice on the managers hear of it too, and from the next one on the admins. */
const MANAGERS_FROM = 4;

const notify = (people: readonly PersonId[], content: Card, urgency = NOTICE_URGENCY): readonly Ask[] =>
  tell(people, content, { urgency });

/** The card with the buttons, to each releaser in direct messages; a long text in parts before it. */
function showDraft(
  record: RecordId,
  plan: Plan,
  line: Line,
  update: Update,
  people: readonly PersonId[],
  now: number,
): readonly Ask[] {
  const live = liveName(DRAFT, update.id);
  return people.flatMap((person) => [
    ...earlierParts(line, update, plan, now).flatMap((content) => tell([person], content, { urgency: DRAFT_URGENCY })),
    ...tell([person], draftCard(record, plan, update.id, now), { live, urgency: DRAFT_URGENCY }),
  ]);
}

/** The card with the button to write. */
const askWriter = ({ record, plan }: About, update: Update, person: PersonId, now: number, urgency = NOTICE_URGENCY): Ask => ({
  ask: 'say',
  to: { person },
  content: writerCard(record, plan, update.id, now),
  live: liveName(WRITE, update.id),
  urgency,
});

/** The author in direct messages, and the record's channel. */
const askForText = (about: About, update: Update, now: number): readonly Ask[] => [
  askWriter(about, update, authorOf(about.line, about.plan), now),
  ...(about.plan.place !== undefined && placeParts(about.plan.place).kind === 'channel'
    ? [{ ask: 'say', to: { place: about.plan.place }, content: askedCard(about, update) } as const]
    : []),
];

/** Sets the next step of a line's ladder, or takes it away when nothing is due. */
const ladder = ({ line }: About): Ask => {
  const key = `plan.${line.audience}`;
  if (!line.update) return { ask: 'no-timer', key };
  const command: PlanCommand = { type: 'tick', line: line.audience, update: line.update.id };
  return { ask: 'timer', key, at: nextStep(line, line.update), part: planPart.name, command };
};

/** Overdue goes to releasers and owner, later to the managers, then to the admins; whoever is waited for gets the button. */
function sayOverdue(about: About, update: Update, notice: number, context: Context): readonly Ask[] {
  const { record, plan, line } = about;
  const awaiting = update.status === 'awaiting release';
  const releasers = releasersOf(line, context.org);
  const writer = writerOf(line, plan, update);
  const asked = awaiting ? releasers : [writer];
  const told = [
    ...releasers,
    plan.owner,
    writer,
    ...(notice >= MANAGERS_FROM ? holdersOf(context.org, ...managersOf(plan)) : []),
    ...(notice > MANAGERS_FROM ? holdersOf(context.org, 'admin') : []),
  ].filter((person) => !asked.includes(person));
  return [
    ...(awaiting
      ? showDraft(record, plan, line, update, releasers, context.now)
      : [askWriter(about, update, writer, context.now, OVERDUE_URGENCY)]),
    ...notify(told, overdueCard(about, update, false), OVERDUE_URGENCY),
  ];
}

function release(about: About, event: Extract<PlanEvent, { type: 'released' }>): readonly Ask[] {
  const { plan, line } = about;
  const cards = updateCards({
    title: plan.title,
    number: event.number,
    phase: event.phase,
    text: event.words.text,
    asOf: event.asOf,
    lateSince: event.late ? event.due : undefined,
    next: event.opened?.due,
  });
  return [
    ...event.words.places.flatMap((place) =>
      cards.map(
        (content): Ask => ({ ask: 'say', to: { place }, content, urgency: urgencyOf(line.audience), update: event.update }),
      ),
    ),
    ...notify(
      [authorOf(line, plan)].filter((person) => !event.by.includes(person)),
      releasedCard(about, event.number, event.by),
    ),
  ];
}

/** What one event asks for on one line, besides the board, the draft card and the ladder. */
function onLine(about: About, event: PlanEvent, context: Context): readonly Ask[] {
  const { record, plan, line } = about;
  const { update } = line;
  const me = context.actor.person;
  const others = (people: readonly PersonId[]) => people.filter((person) => person !== me);
  const releasers = releasersOf(line, context.org);
  switch (event.type) {
    case 'asked':
    case 'closing-asked':
      return update ? askForText(about, update, context.now) : [];
    case 'nudged':
      if (!update) return [];
      return update.status === 'awaiting release'
        ? showDraft(record, plan, line, update, releasers, context.now)
        : [askWriter(about, update, writerOf(line, plan, update), context.now)];
    case 'overdue':
      return update ? sayOverdue(about, update, event.notice, context) : [];
    case 'drafted':
      return update
        ? [...notify(others(event.unapproved), changedCard(about, event.by)), ...draftShown(about, update, event, context)]
        : [];
    case 'line-changed': {
      const added = event.before ? releasers.filter((person) => !event.before?.includes(person)) : [];
      return [
        ...(event.before ? notify(others([...event.before, ...releasers]), releasersCard(about, me)) : []),
        ...(update?.status === 'awaiting release' ? showDraft(record, plan, line, update, added, context.now) : []),
        ...(event.author !== undefined && update?.status === 'drafting' ? askForText(about, update, context.now) : []),
      ];
    }
    case 'sent-back':
      return update ? [askWriter(about, update, writerOf(line, plan, update), context.now)] : [];
    case 'released':
      return release(about, event);
    case 'skipped':
      return notify(others([plan.owner, authorOf(line, plan)]), skippedCard(about, event.by, event.words.reason));
    case 'stopped': {
      const outcome = plan.outcomes[event.update];
      if (!outcome) return [];
      return [
        { ask: 'unsay', update: event.update },
        ...notify([plan.owner, ...outcome.by], stoppedCard(about, outcome, event.why), OVERDUE_URGENCY),
      ];
    }
    case 'undelivered': {
      const outcome = plan.outcomes[event.update];
      return outcome ? sayUndelivered(about, outcome, event) : [];
    }
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

/** A refusal is told at once; what is unsure stands on one card for each update, with a decision to take. */
function sayUndelivered(about: About, outcome: Outcome, event: Extract<PlanEvent, { type: 'undelivered' }>): readonly Ask[] {
  const people = [about.plan.owner, ...outcome.by];
  if (!event.unsure) {
    return notify(people, undeliveredCard(about, outcome, event.words.place, event.words.why), OVERDUE_URGENCY);
  }
  if ((outcome.unsure ?? []).length > 1) return [];
  const content = unsureCard(about.record, about.plan, event.update);
  return tell(people, content, { live: liveName(UNSURE, event.update), urgency: OVERDUE_URGENCY });
}

/** Whoever cannot be reached directly is called in the channel where the record stands, without the text; the owner knows. */
function sayUnreached(record: RecordId, plan: Plan, place: string, person?: PersonId): readonly Ask[] {
  const content = unreachedCard(record, place, person);
  const channel = plan.place !== undefined && plan.place !== place && placeParts(plan.place).kind === 'channel';
  return [
    ...(channel ? [{ ask: 'say', to: { place: plan.place ?? '' }, content } as const] : []),
    ...notify([plan.owner], content),
  ];
}

/** A draft that was shown already changes in place; a long one is shown again, because its parts do not change. */
function draftShown(
  about: About,
  update: Update,
  event: Extract<PlanEvent, { type: 'drafted' }>,
  context: Context,
): readonly Ask[] {
  const { record, plan, line } = about;
  const fresh = !event.again || isLong(event.words.text);
  return fresh ? showDraft(record, plan, line, update, releasersOf(line, context.org), context.now) : [];
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
    { ask: 'refresh', live: BOARD },
    ...draftsIn(event, plan, context.now).flatMap((update) =>
      [DRAFT, WRITE].map((card): Ask => ({ ask: 'refresh', live: liveName(card, update) })),
    ),
    ...(event.type === 'begun' ? boards(view.id, plan, context.now) : []),
    ...(event.type === 'unreached' ? sayUnreached(view.id, plan, event.words.place, event.person) : []),
    ...('update' in event ? [{ ask: 'refresh', live: liveName(UNSURE, event.update) } as const] : []),
    ...abouts.flatMap((about) => [ladder(about), ...onLine(about, event, context)]),
  ];
}

/** The board where the record was declared, and with its owner. */
const boards = (record: RecordId, plan: Plan, now: number): readonly Ask[] =>
  [...(plan.place === undefined ? [] : [{ place: plan.place }]), { person: plan.owner }].map((to) => ({
    ask: 'say',
    to,
    content: planCard(record, plan, now),
    live: BOARD,
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
