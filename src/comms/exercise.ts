/**
 * An exercise: a plan that runs as in earnest on a record that has none, and reaches nobody but the places that the organisation
 * chose for it (`exercise-reactions.ts`). Pure.
 */
import { maySayAt } from '../core/reading.ts';
import { accept, type Context, type Decision, USUAL_CLASS } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { begun } from './course.ts';
import { noPlan, type Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { mayArrange } from './rights.ts';
import { updatesOf } from './update.ts';

/**
 * Begins an exercise, which whoever asks for it owns, or ends the one that runs.
 * Refuses `not-your-plan`, `plan-in-earnest`, `no-exercise-places`, `exercise-place-open` (facts `place`, `class`).
 */
export function exercise(plan: Plan, command: Extract<PlanCommand, { type: 'exercise' }>, context: Context): Decision<PlanEvent> {
  const { org, record, actor } = context;
  if (isExercised(plan)) return mayArrange(plan, context) ?? accept(exerciseOver(plan));
  if (plan.status !== 'none') return refuse('plan-in-earnest', { record });
  const refused = mayArrange({ ...noPlan, kind: command.kind, owner: '' }, context);
  if (refused) return refused;
  const places = org.exercisePlaces ?? [];
  if (places.length === 0) return refuse('no-exercise-places');
  const of = command.class ?? USUAL_CLASS;
  const open = places.find((place) => !maySayAt(of, place, org));
  if (open !== undefined) return refuse('exercise-place-open', { record, class: of, place: open });
  const { kind, title } = command;
  return accept({ ...begun(plan, { type: 'begin', kind, title, owner: actor.person, class: of }, context), exercise: true });
}

/** Whether what runs is an exercise. */
export const isExercised = ({ exercise: how, status }: Pick<Plan, 'exercise' | 'status'>): boolean =>
  how !== undefined && status !== 'none';

/** The end of an exercise: nothing of it is due any more. */
export const exerciseOver = (plan: Plan): Extract<PlanEvent, { type: 'exercise-ended' }> => ({
  type: 'exercise-ended',
  audiences: plan.lines.map(({ audience }) => audience),
  updates: plan.lines.flatMap((line) => updatesOf(line).map(({ id }) => id)),
});

/** Where the updates of a line go: in an exercise only to the places chosen for it. */
export const placesNow = (
  plan: Pick<Plan, 'exercise'>,
  places: readonly string[],
  { org }: Pick<Context, 'org'>,
): readonly string[] => (plan.exercise === undefined ? places : (org.exercisePlaces ?? []));
