/** What follows when an update is released, and what becomes of it afterwards: it is said, stopped, or did not arrive. */
import { liveName } from '../chat/live.ts';
import { placeParts } from '../chat/port.ts';
import { type Ask, tell } from '../core/ask.ts';
import type { Context, PersonId, RecordId } from '../core/record.ts';
import { stoppedCard, undeliveredCard, unreachedCard, unsureCard } from './after-cards.ts';
import { authorOf } from './line.ts';
import { type About, releasedCard, skippedCard } from './notices.ts';
import type { Plan } from './plan.ts';
import type { PlanEvent } from './plan-event.ts';
import { LIVE, notify, URGENCY } from './telling.ts';
import { urgencyOf } from './template.ts';
import { updateCards } from './update-card.ts';

/** The update, to every place of its line; and its author hears that it left. */
export function sayReleased(about: About, event: Extract<PlanEvent, { type: 'released' }>): readonly Ask[] {
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

/** A refusal is told at once; what is unsure stands on one card for each update, with a decision to take. */
export function sayUndelivered(about: About, event: Extract<PlanEvent, { type: 'undelivered' }>): readonly Ask[] {
  const outcome = about.plan.outcomes[event.update];
  if (!outcome) return [];
  const people = [about.plan.owner, ...outcome.by];
  if (!event.unsure) {
    return notify(people, undeliveredCard(about, outcome, event.words.place, event.words.why), URGENCY.overdue);
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
