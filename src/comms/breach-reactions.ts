/** What follows when a plan becomes the one for a security breach: its record is private, and those who answer for it know by when whom. */
import type { Ask, RecordView } from '../core/ask.ts';
import type { Classify } from '../core/classify.ts';
import { type Context, holdersOf, isAbove, USUAL_CLASS } from '../core/record.ts';
import { breachCard } from './breach-cards.ts';
import { plan as planPart } from './part.ts';
import { notify, URGENCY } from './telling.ts';

/** How guarded the record of a breach is at least. */
const GUARDED = 'private';

/** The record is made private, if it is not guarded more already; owner and security are told. */
export function sayBreach(view: RecordView, { org }: Context): readonly Ask[] {
  const plan = view.state(planPart);
  const command: Classify = { type: 'classify', class: GUARDED };
  return [
    // The part that names the record is called as its kind of plan is.
    ...(isAbove(GUARDED, plan.class ?? USUAL_CLASS) ? [{ ask: 'command', part: plan.kind, command } as const] : []),
    ...notify([plan.owner, ...holdersOf(org, 'security')], breachCard(view.id, plan), URGENCY.overdue),
  ];
}
