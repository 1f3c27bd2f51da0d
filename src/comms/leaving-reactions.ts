/** What follows when a release is taken back or does not leave, and when something that left is to be corrected. */
import type { Ask } from '../core/ask.ts';
import type { Context } from '../core/record.ts';
import type { About } from './about.ts';
import { showDraft } from './draft-reactions.ts';
import { correctionCard, gaveWayCard, heldBackCard, undoneCard } from './leaving-cards.ts';
import { releasersOf, type Update } from './line.ts';
import type { PlanEvent } from './plan-event.ts';
import { releasingNow } from './rights.ts';
import { notify, URGENCY } from './telling.ts';

/** Whoever had released it hears who took it back. */
export function sayUndone(about: About, event: Extract<PlanEvent, { type: 'undone' }>): readonly Ask[] {
  return notify(
    event.released.filter((person) => person !== event.by),
    undoneCard(about, event.by),
    URGENCY.overdue,
  );
}

/** Owner, releasers and whoever released it hear at once that it did not leave. */
export function sayHeldBack(about: About, event: Extract<PlanEvent, { type: 'held-back' }>, context: Context): readonly Ask[] {
  const people = [about.plan.owner, ...releasersOf(about.line, context.org), ...event.by];
  return notify(people, heldBackCard(about, event.by, event.why), URGENCY.overdue);
}

/** What was released and had not left when its line went on without it: whoever released it and the owner hear of it. */
export function sayGaveWay(about: About, context: Context): readonly Ask[] {
  const { plan, line } = about;
  return Object.values(plan.outcomes)
    .filter((one) => one.line === line.audience && one.what === 'replaced' && one.at === context.now && one.by.length > 0)
    .flatMap(({ by }) => notify([plan.owner, ...by], gaveWayCard(about), URGENCY.overdue));
}

/** The releasers have the correction; what it retracts and has not left everywhere is stopped, and the owner hears of it. */
export function sayCorrectionAsked(
  about: About,
  update: Update,
  event: Extract<PlanEvent, { type: 'correction-asked' }>,
  context: Context,
): readonly Ask[] {
  const { record, plan, line } = about;
  return [
    ...(event.what === 'retraction' ? [{ ask: 'unsay', update: event.corrects } as const] : []),
    ...showDraft(record, plan, line, update, releasingNow(line, context), context),
    ...notify(
      [plan.owner].filter((person) => person !== event.by),
      correctionCard(about, update, event.by),
    ),
  ];
}
