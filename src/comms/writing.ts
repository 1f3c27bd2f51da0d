/** Writing an update: a line is started, its text is handed in or sent back. Pure. */
import type { DataClass } from '../core/record.ts';
import { accept, type Context, type Decision } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { announcedPhase, firstDue } from './due.ts';
import { placesNow } from './exercise.ts';
import { changedSince, lineStillOpen, wantedIn, whileLeaving } from './find.ts';
import { factsNow } from './from-facts.ts';
import { classOfText, factsOf, tooGuarded } from './guarding.ts';
import { leaksOf } from './leak-check.ts';
import { approvedBy, type Line, type Update, writerOf } from './line.ts';
import { opener } from './opening.ts';
import { isClosing, isMending, type Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { mayWrite } from './rights.ts';
import { unfilled } from './texts.ts';

/** Starts the next update of a line. Refuses `plan-closing`; one that has an update stays as it is. */
export function start(plan: Plan, line: Line, { record, now }: Context): Decision<PlanEvent> {
  if (plan.status === 'closing') return refuse('plan-closing', { line: line.audience, record });
  if (line.update) return accept();
  const due = firstDue(plan, line, now);
  const opened = opener(plan, record)(line.told || plan.window ? announcedPhase(plan, due.due) : 'first', due);
  return accept({ type: 'line-started', line: line.audience, opened });
}

/** Hands a text in. Refuses `not-your-text`, `nothing-due`, `line-not-started`, `draft-changed`, `draft-unfilled`, `update-leaving`; the same text again changes nothing. */
export function draft(plan: Plan, command: Extract<PlanCommand, { type: 'draft' }>, context: Context): Decision<PlanEvent> {
  const { text, seen } = command;
  const found = forWriter(plan, command, context);
  if (isRefusal(found)) return found;
  const { line, update } = found;
  const changed = seen === undefined ? undefined : changedSince(line, update, seen);
  if (changed) return changed;
  const gap = unfilled(text);
  if (gap !== undefined) return refuse('draft-unfilled', { gap });
  const of = classOfText(plan, line, factsOf(context));
  const guarded = tooGuarded(of, { line, update, places: placesNow(plan, line.places, context) }, context);
  if (guarded) return guarded;
  // Handed in once more, a text that the facts had left behind is as of now again.
  if (update.status === 'awaiting release' && update.draft?.text === text && !update.draft.outdated && update.draft.class === of)
    return accept();
  return accept(handedIn(line, update, text, of, context, command));
}

/**
 * Hands in the last text again, as of now; it is released like any other. Refuses what `draft` refuses, and `no-last-text` where
 * there is none to repeat: before the first update, after one that was wrong, and where the last word is wanted.
 */
export function noChange(
  plan: Plan,
  command: Extract<PlanCommand, { type: 'no-change' }>,
  context: Context,
): Decision<PlanEvent> {
  const found = forWriter(plan, command, context);
  if (isRefusal(found)) return found;
  const { line, update } = found;
  const text = repeatable(line, update);
  if (text === undefined) return refuse('no-last-text', { line: line.audience });
  if (update.status === 'awaiting release' && update.draft?.text === text && !update.draft.outdated) return accept();
  const of = classOfText(plan, line, factsOf(context));
  return (
    tooGuarded(of, { line, update, places: placesNow(plan, line.places, context) }, context) ??
    accept(handedIn(line, update, text, of, context, { names: command.names }))
  );
}

/** Makes whoever asks the author of one update. Refuses what `draft` refuses, and `written-already`; who has it already keeps it. */
export function takeOn(plan: Plan, command: Extract<PlanCommand, { type: 'take' }>, context: Context): Decision<PlanEvent> {
  const found = forWriter(plan, command, context);
  if (isRefusal(found)) return found;
  const { line, update } = found;
  const by = context.actor.person;
  if (update.status === 'awaiting release') return refuse('written-already', { line: line.audience, by: update.draft?.by ?? by });
  return writerOf(line, plan, update) === by ? accept() : accept({ type: 'taken', line: line.audience, update: update.id, by });
}

/** The last text, where repeating it says something true. */
export const repeatable = (line: Pick<Line, 'last'>, update: Update): string | undefined =>
  isClosing(update.phase) || isMending(update.phase) || line.last?.wrong ? undefined : line.last?.text;

/** What is to be written, for somebody who may and while it is not leaving. */
function forWriter(
  plan: Plan,
  command: { readonly line?: string; readonly update?: string | undefined },
  context: Context,
): { readonly line: Line; readonly update: Update } | Refusal {
  const { line: audience = '', update } = command;
  // Whoever may not write is told so, whether or not anything is due.
  const line = update === undefined ? lineStillOpen(plan, audience, context) : undefined;
  if (isRefusal(line)) return line;
  const refused = line && mayWrite(plan, line, context);
  if (refused) return refused;
  const found = wantedIn(plan, { line: audience, update }, context);
  if (isRefusal(found)) return found;
  return mayWrite(plan, found.line, context) ?? whileLeaving(found.line, found.update) ?? found;
}

/** A text that was handed in, with what may not leave of it. */
export function handedIn(
  line: Line,
  update: Update,
  text: string,
  of: DataClass,
  context: Context,
  how: Pick<Extract<PlanCommand, { type: 'draft' }>, 'made' | 'names'> = {},
): PlanEvent {
  const facts = factsNow(context);
  return {
    type: 'drafted',
    line: line.audience,
    update: update.id,
    by: context.actor.person,
    at: context.now,
    again: update.status === 'awaiting release',
    unapproved: approvedBy(line, update),
    ...facts,
    class: of,
    ...(how.made ? { made: true } : {}),
    words: { text, leaks: leaksOf(line, text, { names: how.names, class: of }, context) },
  };
}
