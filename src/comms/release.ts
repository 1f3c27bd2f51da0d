/** Releasing an update, and skipping it: by whom, with how many approvals, and what follows it (M4). Pure. */
import { accept, type Context, type Decision, type PersonId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { opener } from './arrange.ts';
import { changedSince, nothingDue, updateIn } from './find.ts';
import { approvedBy, draftHash, type Line, nextPoint, type Update } from './line.ts';
import { isClosing, type Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { Opened, PlanEvent } from './plan-event.ts';
import { mayRelease, maySkip } from './rights.ts';

/** Approves a text; the last approval that is needed releases it. Refuses `nothing-to-release`, `no-destination`, `wrote-it`. */
export function release(plan: Plan, line: Line, update: Update, { actor, record, now }: Context): Decision<PlanEvent> {
  const written = update.draft;
  if (!written) return refuse('nothing-to-release', { line: line.audience });
  if (line.places.length === 0) return refuse('no-destination', { line: line.audience, record });
  // Where two must look, the second pair of eyes is not the writer's.
  if (line.approvals > 1 && written.by === actor.person)
    return refuse('wrote-it', { line: line.audience, needed: line.approvals });
  const hash = draftHash(line, update);
  const before = approvedBy(line, update);
  if (before.includes(actor.person)) return accept();
  const by: readonly PersonId[] = [...before, actor.person];
  if (by.length < line.approvals) {
    return accept({ type: 'approved', line: line.audience, update: update.id, by: actor.person, hash });
  }
  return accept({
    type: 'released',
    line: line.audience,
    update: update.id,
    number: line.released + 1,
    phase: update.phase,
    due: update.due,
    late: now > update.due,
    asOf: written.at,
    at: now,
    by,
    needed: line.approvals,
    hash,
    opened: next(plan, line, update, record, now),
    words: { text: written.text, places: line.places },
  });
}

/** Skips an update with a reason. Refuses `may-not-skip`, `nothing-due`, `line-not-started`, `update-over`, `unknown-update`. */
export function skip(
  plan: Plan,
  line: Line,
  command: Extract<PlanCommand, { type: 'skip' }>,
  context: Context,
): Decision<PlanEvent> {
  if (command.update !== undefined) {
    const found = updateIn(plan, command.update);
    if (isRefusal(found)) return found;
  }
  const { update } = line;
  if (!update) return nothingDue(line, context);
  return (
    maySkip(plan, line, context) ??
    accept({
      type: 'skipped',
      line: line.audience,
      update: update.id,
      at: context.now,
      by: context.actor.person,
      opened: next(plan, line, update, context.record, context.now),
      words: { reason: command.reason },
    })
  );
}

/** The update that follows, at the next point of the cadence; none on demand, none after a closing one. */
function next(plan: Plan, line: Line, update: Update, record: string, now: number): Opened | undefined {
  if (isClosing(update.phase) || line.cadence === undefined) return undefined;
  return opener(plan, record)('progress', nextPoint(update.due, line.cadence, now));
}

/** The update that awaits release, for a releaser who looked at it as it stands. */
export function awaiting(
  plan: Plan,
  { update: id, seen }: { readonly update: string; readonly seen: string },
  context: Context,
): { readonly line: Line; readonly update: Update } | Refusal {
  if (plan.status === 'none') return refuse('no-plan', { record: context.record });
  const found = updateIn(plan, id);
  if (isRefusal(found)) return found;
  const { line, update } = found;
  const refused = mayRelease(line, context);
  if (refused) return refused;
  if (update.status !== 'awaiting release') return refuse('nothing-to-release', { line: line.audience });
  return changedSince(line, update, seen) ?? found;
}
