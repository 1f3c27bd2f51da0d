/** How a problem is left open on purpose, what becomes of its changes, and how it is closed (P12 to P14). Pure. */
import { DAY } from '../core/instant.ts';
import { accept, BELLMAN, type Context, type Decision } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { mayManage } from '../incidents/index.ts';
import { type Closure, PROBLEM_ROLES, type Problem, type ProblemCommand, type ProblemEvent } from './record.ts';
import { stageOf, TRUE_CAUSE } from './stage.ts';

type Of<T extends ProblemCommand['type']> = Extract<ProblemCommand, { type: T }>;

/** Left open with a reason, until a review. Refuses `not-yours`, `is-resolved`, `review-not-ahead`. */
export function defer(state: Problem, { reason, review }: Of<'defer'>, context: Context): Decision<ProblemEvent> {
  const { actor, now, record } = context;
  const { standing } = state;
  const refused = mayManage(standing, PROBLEM_ROLES, context);
  if (refused) return refused;
  if (standing.status === 'resolved') return refuse('is-resolved', { record, at: standing.resolvedAt ?? 0 });
  if (review <= now) return refuse('review-not-ahead', { record, review });
  return accept({ type: 'deferred', review, by: actor.person, at: now, words: { reason } });
}

/** The review is overdue: asked for every day until it is deferred anew, moved on or resolved. */
export const reviewPassed = ({ deferred, standing }: Problem, { now }: Context): Decision<ProblemEvent> =>
  deferred && standing.status === 'open'
    ? accept({ type: 'deferral-chased', step: deferred.chased + 1, next: now + DAY })
    : accept();

/** What becomes of a change that was to cure it. Refuses `not-yours`, `not-linked`. The same once more changes nothing. */
export function judge(state: Problem, { rfc, outcome, reason }: Of<'judge'>, context: Context): Decision<ProblemEvent> {
  const { actor, now, record } = context;
  const refused = mayManage(state.standing, PROBLEM_ROLES, context);
  if (refused) return refused;
  if (!state.links.includes(rfc)) return refuse('not-linked', { record, other: rfc });
  const last = state.judged?.findLast((one) => one.rfc === rfc);
  if (last?.outcome === outcome && last.reason === reason) return accept();
  return accept({ type: 'change-judged', rfc, outcome, by: actor.person, at: now, words: { reason } });
}

/** What went away by itself, is a duplicate or was none needs no cause. */
const WITH_CAUSE: readonly Closure[] = ['permanently-solved', 'workaround-accepted'];

/** What is missing before it can be closed so; each is a word that `problem-incomplete` explains. */
function missing({ intake, workaround }: Problem, category: Closure, { other }: Context): readonly string[] {
  const cause = other(TRUE_CAUSE)?.cause;
  return [
    ...(intake.details === '' ? ['details'] : []),
    ...(intake.category === undefined ? ['category'] : []),
    ...(WITH_CAUSE.includes(category) && cause === undefined ? ['cause'] : []),
    ...(category === 'workaround-accepted' && workaround === undefined ? ['workaround'] : []),
  ];
}

/** Refuses `not-yours`, `not-resolved`, `is-closed`, `review-first`, `problem-incomplete` (fact `missing`). */
export function close(state: Problem, { category }: Of<'close'>, context: Context): Decision<ProblemEvent> {
  const { actor, now, record } = context;
  const { standing, closure } = state;
  const refused = actor.person === BELLMAN ? undefined : mayManage(standing, PROBLEM_ROLES, context);
  if (refused) return refused;
  const stage = stageOf(state);
  if (stage === 'closed') return refuse('is-closed', { record, at: closure?.at ?? 0 });
  if (standing.status === 'open') return refuse('not-resolved', { record });
  if (standing.major && stage === 'resolved') return refuse('review-first', { record });
  const lacks = missing(state, category, context);
  if (lacks.length > 0) return refuse('problem-incomplete', { record, missing: lacks });
  return accept({ type: 'closed', category, by: actor.person, at: now });
}
