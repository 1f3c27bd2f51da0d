/**
 * What a command does to a plan: each noun decides for itself (`course.ts`, `arrange.ts`, `writing.ts`, `release.ts`, `ladder.ts`,
 * `after.ts`). Pure: no I/O, no clock; who may is in `rights.ts`, figures about a line in `line.ts`. Source: design section 8; M2 to M5.
 */
import { accept, type Context, type Decision, holdersOf, USUAL_CLASS } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { decideAfter } from './after.ts';
import { addAnswers, wantDecision } from './answers-draft.ts';
import { arrange, same } from './arrange.ts';
import { beginBreach } from './breach.ts';
import { decideChange } from './change-course.ts';
import { decideClock } from './clock.ts';
import { correct } from './correction.ts';
import { begun, closing, mayClose, reopened, withdrawn } from './course.ts';
import { exercise, exerciseOver, isExercised } from './exercise.ts';
import { lineStillOpen, whileLeaving } from './find.ts';
import { fromFacts } from './from-facts.ts';
import { decideHandover } from './handover.ts';
import { hold, writeHolding } from './holding.ts';
import { tick } from './ladder.ts';
import { listsMoved, listsNow } from './lists.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { awaiting, leave, releaseSeen, skip, undo } from './release.ts';
import { mayArrange } from './rights.ts';
import { updatesOf } from './update.ts';
import { draft, noChange, start, takeOn } from './writing.ts';

/**
 * Decides a command on a plan. Refuses `no-plan`, `unknown-line`, `line-not-started`, `nothing-due`, `line-closed`, `plan-closing`,
 * `not-your-plan`, `not-your-text`, `not-a-releaser`, `may-not-skip`, `own-releaser`, `cadence-out-of-bounds`, `lead-too-long`,
 * `due-in-the-past`, `draft-changed`, `draft-unfilled`, `nothing-to-release`, `no-destination`, `wrote-it`, `update-over`, `unknown-update`, `nothing-unsure`.
 */
export function decide(plan: Plan, command: PlanCommand, context: Context): Decision<PlanEvent> {
  const decision = decided(plan, command, context);
  if (isRefusal(decision) || decision.length === 0) return decision;
  const lists = listsNow(context.org);
  const looked = decision.some(({ type }) => type === 'lists-seen') || !listsMoved(plan, lists);
  const seen: readonly PlanEvent[] = looked ? decision : [...decision, { type: 'lists-seen', lists }];
  const holders = holdersOf(context.org, 'communications');
  // Cards are rendered from the plan alone, so it remembers whom the role names.
  return same(holders, plan.holders) || command.type === 'begin' || command.type === 'schedule'
    ? seen
    : [{ type: 'holders-seen', holders }, ...seen];
}

function decided(plan: Plan, command: PlanCommand, context: Context): Decision<PlanEvent> {
  switch (command.type) {
    case 'begin':
      if (isExercised(plan)) return accept<PlanEvent>(exerciseOver(plan), begun(plan, command, context));
      return plan.status === 'running' ? accept() : accept(begun(plan, command, context));
    case 'exercise':
      return exercise(plan, command, context);
    case 'resolve':
    case 'normal':
      if (isExercised(plan)) return accept(exerciseOver(plan));
      return mayClose(plan, command.type)
        ? accept(closing(plan, command.type, context, command.type === 'resolve' ? command.resolution : undefined))
        : accept();
    case 'reopen':
      if (plan.status !== 'closing' || plan.closing !== 'resolved') return accept();
      return accept(command.major === false ? withdrawn(plan, context) : reopened(plan, context));
    case 'owner':
      return plan.status === 'none' || plan.owner === command.owner || isExercised(plan)
        ? accept()
        : accept({ type: 'owner-changed', owner: command.owner });
    case 'title':
      return plan.status === 'none' || plan.title === command.title
        ? accept()
        : accept({ type: 'renamed', words: { title: command.title } });
    case 'class':
      return plan.status === 'none' || (plan.class ?? USUAL_CLASS) === command.class
        ? accept()
        : accept({ type: 'classified', class: command.class });
    case 'see-lists': {
      const lists = listsNow(context.org);
      return plan.status === 'none' || !listsMoved(plan, lists) ? accept() : accept({ type: 'lists-seen', lists });
    }
    case 'keep-board':
      return plan.status === 'none'
        ? refuse('no-plan', { record: context.record })
        : accept({ type: 'board-kept', by: context.actor.person, words: { place: command.place } });
    case 'stopped':
    case 'undelivered':
    case 'settle':
      return decideAfter(plan, command, context);
    case 'schedule':
    case 'reschedule':
    case 'work-started':
    case 'work-ended':
    case 'work-failed':
    case 'call-off':
      return decideChange(plan, command, context);
    case 'move':
    case 'snooze':
    case 'pause':
    case 'resume':
    case 'bind':
    case 'override':
    case 'changed':
      return decideClock(plan, command, context);
    case 'tick':
      return tick(plan, command, context);
    case 'line': {
      const line = lineStillOpen(plan, command.line, context);
      if (isRefusal(line)) return line;
      const leaving = updatesOf(line).find((update) => update.leaving);
      return mayArrange(plan, context) ?? whileLeaving(line, leaving) ?? arrange(plan, line, command, context);
    }
    case 'start': {
      const line = lineStillOpen(plan, command.line, context);
      return isRefusal(line) ? line : (mayArrange(plan, context) ?? start(plan, line, context));
    }
    case 'draft':
      return draft(plan, command, context);
    case 'no-change':
      return noChange(plan, command, context);
    case 'take':
      return takeOn(plan, command, context);
    case 'facts':
      return fromFacts(plan, command, context);
    case 'send-back': {
      const found = awaiting(plan, command, context);
      if (isRefusal(found)) return found;
      const { line, update } = found;
      return accept({
        type: 'sent-back',
        line: line.audience,
        update: update.id,
        by: context.actor.person,
        words: { what: command.what },
      });
    }
    case 'release':
      return releaseSeen(plan, command, context);
    case 'holding':
      return writeHolding(plan, command, context);
    case 'hold':
      return hold(plan, command, context);
    case 'breach':
      return beginBreach(plan, command, context);
    case 'hand-over':
    case 'answer-handover':
      return decideHandover(plan, command, context);
    case 'undo':
      return undo(plan, command, context);
    case 'leave':
      return leave(plan, command, context);
    case 'correct':
      return correct(plan, command, context);
    case 'skip':
      return skip(plan, command, context);
    case 'add-answers':
      return addAnswers(plan, command, context);
    case 'want-decision':
      return wantDecision(plan, command, context);
    default:
      return command satisfies never;
  }
}
