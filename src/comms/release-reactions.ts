/** What follows when an update is released, and what becomes of it afterwards: it is said, stopped, or did not arrive. */
import type { Card } from '../chat/card.ts';
import { liveName } from '../chat/live.ts';
import { placeParts } from '../chat/port.ts';
import { type Ask, type Recipient, tell } from '../core/ask.ts';
import { type Context, type PersonId, type RecordId, USUAL_CLASS } from '../core/record.ts';
import { recipientsOf } from '../people/index.ts';
import { type About, called } from './about.ts';
import { heldUpCard, missedCard, stoppedCard, unreachedCard, unsureCard } from './after-cards.ts';
import { toPassOn } from './contact-cards.ts';
import { type Contacts, getsIt, toldOf } from './contacts.ts';
import { readersKnow, titleFor } from './guarding.ts';
import { heldCard } from './leaving-cards.ts';
import { authorOf, releasersOf } from './line.ts';
import { releasedCard, skippedCard } from './notices.ts';
import { isForAllTold, mendedBy, type Plan, toldOn } from './plan.ts';
import type { PlanEvent } from './plan-event.ts';
import { LIVE, notify, URGENCY } from './telling.ts';
import { urgencyOf } from './template.ts';
import { updateCards } from './update-card.ts';

/**
 * The update, to every place of its line, and its author hears that it left. A last one also goes to every place that the line
 * told before; one that mends another to every place that got the wrong one, and nowhere else.
 */
export function sayReleased(
  about: About,
  event: Extract<PlanEvent, { type: 'released' }>,
  contacts: Contacts,
  context: Context,
): readonly Ask[] {
  const { org } = context;
  const { plan, line } = about;
  const { places } = event.words;
  const told = toldBefore(plan, event);
  const cards = updateCards({
    title: titleFor(plan, line),
    number: event.number,
    upd: event.upd,
    mends: mendedBy(plan, event.corrects),
    phase: event.phase,
    kind: plan.kind,
    text: event.words.text,
    asOf: event.asOf,
    lateSince: event.late ? event.due : undefined,
    next: event.promised ?? event.opened?.due,
    decision: event.words.decision,
    pressed: readersKnow(plan, line) ? { record: about.record, update: event.update } : undefined,
  });
  const say = (to: Recipient, contents: readonly Card[] = cards): readonly Ask[] =>
    contents.map((content) => ({ ask: 'say', to, content, urgency: urgencyOf(line), update: event.update }));
  // What mends an update goes where that one went, to contacts and subscribers as to everybody.
  const directly = event.corrects === undefined && plan.exercise === undefined ? toldOf(contacts, line.audience) : [];
  return [
    ...directly
      .filter((one) => getsIt(one, event.class ?? USUAL_CLASS, plan, context))
      .flatMap(({ person, group }) => say({ person }, group === undefined ? cards : passedOn(cards, group))),
    ...recipientsOf(places, org).flatMap((to) => say(to)),
    ...(told.length > 0 ? say({ told, except: places }) : []),
    ...(event.phase === 'holding'
      ? notify([plan.owner, authorOf(line, plan), ...releasersOf(line, org)], heldCard(about), URGENCY.overdue)
      : notify(
          [authorOf(line, plan)].filter((person) => !event.by.includes(person)),
          releasedCard(about, called(plan, plan.outcomes[event.update]), event.upd, event.by),
        )),
  ];
}

/** The last part asks to pass all of it on. */
const passedOn = (cards: readonly Card[], group: string): readonly Card[] =>
  cards.map((content, at) => (at === cards.length - 1 ? toPassOn(content, group) : content));

/** The updates whose readers get this one too. */
function toldBefore(plan: Plan, { corrects, phase, line, update }: Extract<PlanEvent, { type: 'released' }>): readonly string[] {
  if (corrects !== undefined) return [corrects];
  return isForAllTold(phase) ? toldOn(plan, line).filter((id) => id !== update) : [];
}

/** Owner and author hear that an update is skipped, and why. */
export function saySkipped(about: About, event: Extract<PlanEvent, { type: 'skipped' }>, context: Context): readonly Ask[] {
  const people = [about.plan.owner, authorOf(about.line, about.plan)].filter((person) => person !== context.actor.person);
  return notify(people, skippedCard(about, event.by, event.words.reason));
}

/** What had not left yet is taken back, and who answers for it hears why. */
export function sayStopped(about: About, event: Extract<PlanEvent, { type: 'stopped' }>): readonly Ask[] {
  const outcome = about.plan.outcomes[event.update];
  if (!outcome) return [];
  return [
    { ask: 'unsay', update: event.update },
    ...notify([about.plan.owner, ...outcome.by], stoppedCard(about, outcome, event.why), URGENCY.overdue),
  ];
}

/** What did not arrive stands on one card for each update; what is unsure on another, with a decision to take. */
export function sayUndelivered(about: About, event: Extract<PlanEvent, { type: 'undelivered' }>): readonly Ask[] {
  const outcome = about.plan.outcomes[event.update];
  if (!outcome) return [];
  const people = [about.plan.owner, ...outcome.by];
  if (event.held) return notify(people, heldUpCard(about, outcome, event.words), URGENCY.overdue);
  if (!event.unsure) {
    if ((outcome.missedCount ?? 0) > 1) return [];
    const content = missedCard(about.record, about.plan, event.update);
    return tell(people, content, { live: liveName(LIVE.missed, event.update), urgency: URGENCY.overdue });
  }
  if ((outcome.unsure ?? []).length > 1) return [];
  const content = unsureCard(about.record, about.plan, event.update);
  return tell(people, content, { live: liveName(LIVE.unsure, event.update), urgency: URGENCY.overdue });
}

/** Whoever cannot be reached directly is called in the channel where the record stands, without the text; the owner knows. */
export function sayUnreached(record: RecordId, plan: Plan, place: string, person?: PersonId): readonly Ask[] {
  const content = unreachedCard(record, place, person);
  const channel = plan.place !== undefined && plan.place !== place && placeParts(plan.place).kind === 'channel';
  return [
    ...(channel ? [{ ask: 'say', to: { place: plan.place ?? '' }, content } as const] : []),
    ...notify([plan.owner], content),
  ];
}
