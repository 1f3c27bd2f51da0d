/** What higher rooms and `main.ts` may read or ask of communication plans. */
import type { LiveCards } from '../chat/live.ts';
import type { RecordView } from '../core/ask.ts';
import type { Org, PersonId } from '../core/record.ts';
import { unsureCard } from './after-cards.ts';
import { planCard } from './cards.ts';
import { draftCard } from './draft-card.ts';
import { releasersOf } from './line.ts';
import { writerCard } from './notices.ts';
import { plan } from './part.ts';
import { updates } from './store.ts';

export { aboutUpdate } from './about-store.ts';
export { doings } from './commands.ts';
export { whatFollows } from './endings.ts';
export { eventWords } from './history.ts';
export { plan } from './part.ts';
export type { Plan } from './plan.ts';
export type { PlanCommand } from './plan-command.ts';
export type { PlanEvent } from './plan-event.ts';
export { reactions } from './reactions.ts';
export { updateByNumber } from './store.ts';

export const parts = [plan];

export const projections = [updates];

export const liveCards: LiveCards = {
  plan: (view, now) => planCard(view.id, view.state(plan), now),
  unsure: (view, _now, update) => unsureCard(view.id, view.state(plan), update),
  write: (view, now, update) => writerCard(view.id, view.state(plan), update, now),
  draft: (view, now, update) => draftCard(view.id, view.state(plan), update, now),
};

/** Why a released update may not leave any more. */
export type Stopped = 'no-plan' | 'withdrawn' | 'releaser-lost-right';

/**
 * Why a released update must not leave any more, judged now; undefined: it may. A releaser who lost the right, or who is not
 * active any more, no longer counts; fewer than were needed stop it. The delivery worker asks this in the claim and then has
 * `{type: 'stopped', update, why}` decided on the part `plan`.
 */
export function mayStillSend(
  view: RecordView,
  update: string,
  org: Org,
  active: (person: PersonId) => boolean = () => true,
): Stopped | undefined {
  const { status, outcomes, lines } = view.state(plan);
  if (status === 'none') return 'no-plan';
  const outcome = outcomes[update];
  const line = lines.find(({ audience }) => audience === outcome?.line);
  if (outcome?.what !== 'released' || outcome.stopped !== undefined || !line) return 'withdrawn';
  const still = outcome.by.filter((person) => releasersOf(line, org).includes(person) && active(person));
  return still.length < outcome.needed ? 'releaser-lost-right' : undefined;
}
