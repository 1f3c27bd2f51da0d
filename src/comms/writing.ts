/** Writing an update: a line is started, its text is handed in or sent back. Pure. */
import { accept, type Context, type Decision } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { opener } from './arrange.ts';
import { changedSince, nothingDue } from './find.ts';
import { approvedBy, firstDue, type Line } from './line.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { mayWrite } from './rights.ts';
import { unfilled } from './texts.ts';

/** Starts the next update of a line. Refuses `plan-closing`; one that has an update stays as it is. */
export function start(plan: Plan, line: Line, { record, now }: Context): Decision<PlanEvent> {
  if (plan.status === 'closing') return refuse('plan-closing', { line: line.audience, record });
  if (line.update) return accept();
  const opened = opener(plan, record)(line.told ? 'progress' : 'first', firstDue(line, now));
  return accept({ type: 'line-started', line: line.audience, opened });
}

/** Hands a text in. Refuses `not-your-text`, `nothing-due`, `line-not-started`, `draft-changed`, `draft-unfilled`; the same text again changes nothing. */
export function draft(
  plan: Plan,
  line: Line,
  { text, seen }: Extract<PlanCommand, { type: 'draft' }>,
  context: Context,
): Decision<PlanEvent> {
  const { update } = line;
  const refused = mayWrite(plan, line, context);
  if (refused) return refused;
  if (!update) return nothingDue(line, context);
  const changed = seen === undefined ? undefined : changedSince(line, update, seen);
  if (changed) return changed;
  const gap = unfilled(text);
  if (gap !== undefined) return refuse('draft-unfilled', { gap });
  if (update.status === 'awaiting release' && update.draft?.text === text) return accept();
  return accept({
    type: 'drafted',
    line: line.audience,
    update: update.id,
    by: context.actor.person,
    at: context.now,
    again: update.status === 'awaiting release',
    unapproved: approvedBy(line, update),
    words: { text },
  });
}
