/**
 * What the situation sheet does to the drafts of a plan: those that nobody touched are made anew, those that somebody wrote are
 * marked, so that nobody releases yesterday's facts unseen (design section 8). Pure; the texts were made before, by a handler.
 */
import { accept, BELLMAN, type Context, type DataClass, type Decision, isAbove } from '../core/record.ts';
import { changesTogether, sheetState } from './facts.ts';
import { classOfLine, classOfText } from './guarding.ts';
import { leaksOf } from './leak-check.ts';
import { approvedBy, type Draft, type Line, type Update } from './line.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { unfilled } from './texts.ts';

type FactsCommand = Extract<PlanCommand, { type: 'facts' }>;

/** Only Bellman itself hands the sheet's texts on; to anybody else nothing happens. */
export function fromFacts(plan: Plan, command: FactsCommand, context: Context): Decision<PlanEvent> {
  if (context.actor.person !== BELLMAN || plan.status === 'none') return accept();
  return accept(
    ...plan.lines.flatMap((line): readonly PlanEvent[] => {
      const { update } = line;
      // What is leaving was released as it stands, and what mends an earlier update is not about the facts of now.
      if (!update || line.status !== 'active' || update.leaving || update.corrects !== undefined) return [];
      return update.draft !== undefined && !(update.draft.made && !update.sentBack)
        ? outdated(line, update, update.draft, command, context)
        : made(plan, line, update, command, context);
    }),
  );
}

/** Whether a line may carry the facts at all: nothing is drafted from what it may not. */
const mayCarry = (line: Line, of: DataClass): boolean => !isAbove(of, classOfLine(line));

/** A text that stands there unchanged is not handed in again: whoever saw it saw what is so. */
function made(plan: Plan, line: Line, update: Update, command: FactsCommand, context: Context): readonly PlanEvent[] {
  const text = command.texts[line.audience];
  const of = classOfText(plan, line, command);
  if (text === undefined || unfilled(text) !== undefined || !mayCarry(line, of)) return [];
  if (update.draft?.text === text && update.draft.class === of) return [];
  return [
    {
      type: 'drafted',
      line: line.audience,
      update: update.id,
      by: command.by,
      at: context.now,
      again: update.status === 'awaiting release',
      unapproved: approvedBy(line, update),
      facts: command.version,
      class: of,
      made: true,
      words: { text, leaks: leaksOf(line, text, { ...command, class: of }, context) },
    },
  ];
}

function outdated(line: Line, update: Update, draft: Draft, command: FactsCommand, { now }: Context): readonly PlanEvent[] {
  // How guarded the facts are is judged by itself.
  if (command.changes.length === 0) return [];
  const changes = changesTogether(draft.outdated?.changes ?? [], command.changes);
  return [{ type: 'outdated', line: line.audience, update: update.id, facts: command.version, at: now, words: { changes } }];
}

/** Which version of the facts was in force when a text is handed in. */
export function factsNow({ other }: Pick<Context, 'other'>): Pick<Draft, 'facts'> {
  const sheet = other(sheetState);
  return sheet && sheet.version > 0 ? { facts: sheet.version } : {};
}
