/** What answers bring into an update that is being prepared: a question with its answer, a decision that is asked for. Pure. */
import { accept, type Context, type Decision, type PersonId } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { withAnswers } from './answers-text.ts';
import { evolve } from './evolve.ts';
import { lineStillOpen, nothingDue, whileLeaving } from './find.ts';
import { approvedBy, type Line } from './line.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { mayWrite } from './rights.ts';
import { draft, repeatable, start } from './writing.ts';

/** What fits in a row of buttons, and on one. */
const MOST_OPTIONS = 5;
const LONGEST_OPTION = 75;

/**
 * Answers for everybody join the next update: its draft, else the last text, and then await their release like any text. Where the
 * text is still to be written (sent back, or the closing one), its writer finds them in the form instead.
 */
export function addAnswers(
  plan: Plan,
  { line: audience, answered, by }: Extract<PlanCommand, { type: 'add-answers' }>,
  context: Context,
): Decision<PlanEvent> {
  const line = lineStillOpen(plan, audience, context);
  if (isRefusal(line)) return line;
  const opened = line.update ? accept<PlanEvent>() : start(plan, line, context);
  if (isRefusal(opened)) return opened;
  const now = opened.reduce(evolve, plan);
  const text = baseOf(now.lines.find((one) => one.audience === audience) ?? line);
  if (text === undefined || withAnswers(text, answered) === text) return opened;
  const drafted = draft(now, { type: 'draft', line: audience, text: withAnswers(text, answered) }, as(by, context));
  return isRefusal(drafted) ? drafted : [...opened, ...drafted];
}

/** The text that answers are added to, unless somebody is to write it first. */
const baseOf = (line: Line): string | undefined =>
  line.update && !line.update.sentBack && !line.update.leaving
    ? (line.update.draft?.text ?? repeatable(line, line.update))
    : undefined;

/** The coordinator's doing, which a reaction asks for. */
function as(person: PersonId, context: Context): Context {
  const roles = Object.entries(context.org.roles).flatMap(([role, holders]) => (holders?.includes(person) ? [role] : []));
  return {
    ...context,
    actor: { person, roles: new Set(roles) as Context['actor']['roles'], active: true, bot: false, guest: false },
  };
}

/**
 * Asks the readers of the line's next update for a decision; it is part of what is released, so earlier approvals do not count for it.
 * Refuses `not-your-text`, `nothing-due`, `line-not-started`, `line-closed`, `plan-closing`, `update-leaving`, `wrong-options`, `needed-by-past`.
 */
export function wantDecision(
  plan: Plan,
  { line: audience, question, options, neededBy }: Extract<PlanCommand, { type: 'want-decision' }>,
  context: Context,
): Decision<PlanEvent> {
  const line = lineStillOpen(plan, audience, context);
  if (isRefusal(line)) return line;
  const refused = mayWrite(plan, line, context) ?? whileLeaving(line, line.update);
  if (refused) return refused;
  const opened = line.update ? accept<PlanEvent>() : start(plan, line, context);
  if (isRefusal(opened)) return opened;
  if (options.length < 2 || options.length > MOST_OPTIONS || options.some((one) => one.length > LONGEST_OPTION))
    return refuse('wrong-options', { most: MOST_OPTIONS, longest: LONGEST_OPTION });
  if (neededBy <= context.now) return refuse('needed-by-past', { at: neededBy });
  const { update } = opened.reduce(evolve, plan).lines.find((one) => one.audience === audience) ?? line;
  if (!update) return nothingDue(line, context);
  return [
    ...opened,
    {
      type: 'decision-wanted',
      line: audience,
      update: update.id,
      by: context.actor.person,
      unapproved: approvedBy(line, update),
      words: { decision: { question, options, neededBy } },
    },
  ];
}
