/**
 * The holding statement of a line: written and released beforehand, it goes out once if nothing is released so long after due, and
 * is withdrawn when the line's own text leaves or the line ends. Pure. Source: design section 8; the issue *Plans*, authorship and release.
 */
import { MINUTE, type Span } from '../core/instant.ts';
import { accept, type Context, type Decision } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { tooEarly } from './binding.ts';
import { placesNow } from './exercise.ts';
import { lineStillOpen } from './find.ts';
import { classOfText, factsOf, tooGuarded } from './guarding.ts';
import type { Update } from './line.ts';
import { opener } from './opening.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { whatLeaves } from './release.ts';
import { mayWrite } from './rights.ts';
import { unfilled } from './texts.ts';
import { holdingOf, holdsAt, preparedIn } from './update.ts';
import { handedIn } from './writing.ts';

const SHORTEST: Span = MINUTE;
const LONGEST: Span = 24 * 60 * MINUTE;

/**
 * Hands in a holding statement, which then awaits its release; written anew it takes the place of the one before.
 * Refuses `not-your-text`, `draft-unfilled`, `holding-out-of-bounds`, `plan-closing`, and what the class of line and places forbids.
 */
export function writeHolding(
  plan: Plan,
  command: Extract<PlanCommand, { type: 'holding' }>,
  context: Context,
): Decision<PlanEvent> {
  const { text, after } = command;
  const line = lineStillOpen(plan, command.line, context);
  if (isRefusal(line)) return line;
  const refused = mayWrite(plan, line, context);
  if (refused) return refused;
  if (plan.status === 'closing') return refuse('plan-closing', { line: line.audience, record: context.record });
  const gap = unfilled(text);
  if (gap !== undefined) return refuse('draft-unfilled', { gap });
  if (after < SHORTEST || after > LONGEST) return refuse('holding-out-of-bounds');
  const before = holdingOf(line);
  const { id } = before ?? opener(plan, context.record)('holding', { due: context.now });
  const update: Update = before ?? { id, phase: 'holding', status: 'drafting', due: context.now, nudged: true, notices: 0 };
  const of = classOfText(plan, line, factsOf(context));
  const places = placesNow(plan, line.places, context);
  return (
    tooGuarded(of, { line, update, places }, context) ??
    accept(
      { type: 'holding-begun', line: line.audience, update: id, after, at: context.now },
      handedIn(line, update, text, of, context, command),
    )
  );
}

/** So long after due, and nothing was released: the holding statement leaves, if those who released it still may. */
export function hold(plan: Plan, command: Extract<PlanCommand, { type: 'hold' }>, context: Context): Decision<PlanEvent> {
  const found = preparedIn(plan, command.update);
  if (!found) return accept();
  const at = holdsAt(found.line);
  const { ready } = found.update;
  if (at === undefined || context.now < at || !ready) return accept();
  // It says for its line that the update is late, so it waits for what that update waits for.
  if (found.line.update && tooEarly(plan, found.line, found.line.update, context)) return accept();
  return accept(whatLeaves(plan, found.line, found.update, ready, context));
}
