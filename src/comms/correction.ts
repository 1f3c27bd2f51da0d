/** Correcting and retracting an update that left: it goes to everybody who got the wrong one, through a release of its own. Pure. */
import { accept, type Context, type Decision } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { lineIn, updateIn } from './find.ts';
import { leaksOf } from './leak-check.ts';
import { opener } from './opening.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { mayCorrect } from './rights.ts';
import { unfilled } from './texts.ts';
import { CORRECTION_DUE, updatesOf } from './update.ts';

/**
 * Hands in a correction or a retraction, which then waits for its release. Refuses `no-plan`, `unknown-update`, `may-not-correct`,
 * `not-left-yet`, `correction-waits`, `retracted-already`, `draft-unfilled`.
 */
export function correct(plan: Plan, command: Extract<PlanCommand, { type: 'correct' }>, context: Context): Decision<PlanEvent> {
  const { what, update, text } = command;
  const { record, now, actor } = context;
  if (plan.status === 'none') return refuse('no-plan', { record });
  const outcome = plan.outcomes[update];
  if (outcome?.what !== 'released') {
    const found = updateIn(plan, update);
    if (isRefusal(found) && !outcome) return found;
    return refuse('not-left-yet', { line: isRefusal(found) ? (outcome?.line ?? '') : found.line.audience });
  }
  const line = lineIn(plan, outcome.line);
  if (isRefusal(line)) return line;
  const refused = mayCorrect(plan, line, context);
  if (refused) return refused;
  if (outcome.corrected?.what === 'retraction') return refuse('retracted-already', { upd: outcome.upd ?? update });
  if (updatesOf(line).some(({ corrects }) => corrects === update)) {
    return refuse('correction-waits', { line: line.audience, upd: outcome.upd ?? update, record });
  }
  const gap = unfilled(text);
  if (gap !== undefined) return refuse('draft-unfilled', { gap });
  const { id, due } = opener(plan, record)(what, { due: now + CORRECTION_DUE });
  return accept({
    type: 'correction-asked',
    what,
    line: line.audience,
    update: id,
    corrects: update,
    by: actor.person,
    at: now,
    due,
    words: { text, leaks: leaksOf(line, text, { names: command.names }, context) },
  });
}
