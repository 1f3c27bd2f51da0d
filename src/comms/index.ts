/** What higher rooms and `main.ts` may read or ask of communication plans. */
import type { LiveCards } from '../chat/live.ts';
import type { RecordView } from '../core/ask.ts';
import type { Org, PersonId } from '../core/record.ts';
import { missedCard, unsureCard } from './after-cards.ts';
import { answers } from './answers.ts';
import { lineQuestionsCard, questionCard } from './answers-cards.ts';
import { answersReactions } from './answers-reactions.ts';
import { questions } from './answers-store.ts';
import { calls } from './calls.ts';
import { callCard } from './calls-cards.ts';
import { callsReactions } from './calls-reactions.ts';
import { planCard } from './cards.ts';
import { contacts } from './contacts.ts';
import { contactsReactions } from './contacts-reactions.ts';
import { draftCard } from './draft-card.ts';
import { exercising, exercisingCards } from './exercise-reactions.ts';
import { sheetState } from './facts.ts';
import { factsReactions } from './facts-reactions.ts';
import { raisedSince } from './guarding.ts';
import { handoverCard } from './handover-cards.ts';
import { openQuestions } from './handover-reactions.ts';
import { askedCard, writerCard } from './notices.ts';
import { plan } from './part.ts';
import { reactions as planReactions } from './reactions.ts';
import { stillReleased } from './release.ts';
import { sheet } from './sheet.ts';
import { updates } from './store.ts';
import { templates } from './templates.ts';

export { aboutUpdate } from './about-store.ts';
export { type MailTaken, takeMail } from './answers-mail.ts';
export { countSeen } from './answers-seen.ts';
export { saidBefore, updateAskedFrom } from './answers-store.ts';
export { callWay } from './calls-way.ts';
export { doings } from './commands.ts';
export { alarmFor, whatFollows } from './endings.ts';
export { eventWords } from './history.ts';
export { listsReactions } from './lists-reactions.ts';
export { plan } from './part.ts';
export type { Plan } from './plan.ts';
export type { PlanCommand } from './plan-command.ts';
export type { PlanEvent } from './plan-event.ts';
export { audienceLabel } from './template.ts';
export { faultWords, LONGEST_TEMPLATE } from './template-engine.ts';
export { filesOf, isTemplateFile, type TemplateFile, textsOf } from './template-files.ts';
export { templates } from './templates.ts';

/** What follows from the events of plans, and of what readers answer. */
export const reactions = exercising([
  ...planReactions,
  ...answersReactions,
  ...factsReactions,
  ...callsReactions,
  ...contactsReactions,
]);

export const parts = [plan, contacts, calls, answers, sheet, templates];

export const projections = [updates, questions];

export const liveCards: LiveCards = exercisingCards({
  plan: (view, now) => planCard(view.id, view.state(plan), now, view.state(answers), view.state(contacts)),
  call: (view, _now, id) => callCard(view.id, id, view.state(calls).calls[id]),
  missed: (view, _now, update) => missedCard(view.id, view.state(plan), update),
  unsure: (view, _now, update) => unsureCard(view.id, view.state(plan), update),
  write: (view, now, update) => writerCard(view.id, view.state(plan), update, now),
  asked: (view, now, update) => askedCard(view.id, view.state(plan), update, now),
  handover: (view, now, from) => handoverCard(view.id, view.state(plan), from, now, openQuestions(view)),
  question: (view, now, number) =>
    questionCard(
      view.id,
      view.state(plan),
      view.state(answers).questions.find((one) => one.number === Number(number)),
      now,
    ),
  questions: (view, now, line) => lineQuestionsCard(view.id, view.state(plan), view.state(answers).questions, line, now),
  draft: (view, now, update) => draftCard(view.id, view.state(plan), update, now, view.state(contacts)),
});

/** Why a released update may not leave any more. */
export type Stopped = 'no-plan' | 'withdrawn' | 'releaser-lost-right' | 'class-raised' | 'place-too-open';

/**
 * Why a released update must not leave any more, judged now; undefined: it may. A releaser who lost the right, or who is not
 * active any more, no longer counts; fewer than were needed stop it, and so does a class that was raised above what its line or this
 * place may carry. The delivery worker asks this in the claim and then has
 * `{type: 'stopped', update, why}` decided on the part `plan`.
 */
export function mayStillSend(
  view: RecordView,
  update: string,
  org: Org,
  active: (person: PersonId) => boolean = () => true,
  place?: string,
): Stopped | undefined {
  const state = view.state(plan);
  const { status, outcomes, lines } = state;
  if (status === 'none') return 'no-plan';
  const outcome = outcomes[update];
  const line = lines.find(({ audience }) => audience === outcome?.line);
  if (outcome?.what !== 'released' || outcome.stopped !== undefined || !line) return 'withdrawn';
  const guarded = raisedSince(state, line, outcome, view.state(sheetState), place, org);
  if (guarded) return guarded;
  return stillReleased(line, outcome, outcome.needed, org, active) ? undefined : 'releaser-lost-right';
}
