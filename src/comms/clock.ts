/**
 * The clock of a plan's lines in people's hands (M3): moved, at rest, paused and resumed, and woken by a change of the record; what
 * binds it is in `binding.ts`. Pure. Source: the issue *Plans*, cadence and clock.
 */
import { DAY, MINUTE, type Span } from '../core/instant.ts';
import { accept, type Context, type Decision } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { bind, outOfBinding, override } from './binding.ts';
import { changeDue, letsGo, resumedDue } from './due.ts';
import { lineStillOpen, nothingDue, whileLeaving } from './find.ts';
import type { Line, Update } from './line.ts';
import { dueAgain, opener, opening } from './opening.ts';
import { isMending, type Plan } from './plan.ts';
import type { ClockCommand } from './plan-command.ts';
import type { ClockEvent, PlanEvent } from './plan-event.ts';
import { mayArrange, mayRelease, mayWrite } from './rights.ts';

/** Reminders that rest longer than this are a pause, which needs a reason. */
const LONGEST_SNOOZE: Span = DAY;

/**
 * Decides a command on the clock of a line. Refuses `no-plan`, `unknown-line`, `line-closed`, `not-your-plan`, `not-your-text`,
 * `nothing-due`, `line-not-started`, `update-leaving`, `due-in-the-past`, `not-before`, `past-deadline`, `snooze-out-of-bounds`, and what
 * `binding.ts` refuses.
 */
export function decideClock(plan: Plan, command: ClockCommand, context: Context): Decision<ClockEvent> {
  if (command.type === 'changed') return changed(plan, command, context);
  const line = lineStillOpen(plan, command.line, context);
  if (isRefusal(line)) return line;
  switch (command.type) {
    case 'move':
      return moves(plan, line, context) ?? move(plan, line, command, context);
    case 'snooze':
      return (mayArrange(plan, context) && mayWrite(plan, line, context)) ?? snooze(line, command.span, context);
    case 'pause':
      return moves(plan, line, context) ?? pause(line, command.reason, context);
    case 'resume':
      return moves(plan, line, context) ?? resume(plan, line, command.reason, context);
    case 'bind':
      return mayArrange(plan, context) ?? bind(plan, line, command, context);
    case 'override':
      return override(line, command, context);
    default:
      return command satisfies never;
  }
}

/** Those who arrange the plan, and the line's releasers. */
const moves = (plan: Plan, line: Line, context: Context): Refusal | undefined =>
  mayRelease(line, context) && mayArrange(plan, context);

function move(
  plan: Plan,
  line: Line,
  { due, reason }: Extract<ClockCommand, { type: 'move' }>,
  context: Context,
): Decision<ClockEvent> {
  const { actor, now, record } = context;
  const { update } = line;
  if (!update) return nothingDue(line, context);
  if (due <= now) return refuse('due-in-the-past', { due });
  const refused = whileLeaving(line, update) ?? outOfBinding(plan, line, due, record);
  if (refused || due === update.due) return refused ?? accept();
  return accept({
    type: 'moved',
    line: line.audience,
    update: update.id,
    by: actor.person,
    from: update.due,
    due,
    words: { reason },
  });
}

function snooze(line: Line, span: Span, context: Context): Decision<ClockEvent> {
  const { update } = line;
  if (!update) return nothingDue(line, context);
  if (span < MINUTE || span > LONGEST_SNOOZE)
    return refuse('snooze-out-of-bounds', { line: line.audience, record: context.record });
  return accept({
    type: 'snoozed',
    line: line.audience,
    update: update.id,
    by: context.actor.person,
    until: context.now + span,
  });
}

function pause(line: Line, reason: string, context: Context): Decision<ClockEvent> {
  const leaving = whileLeaving(line, line.update);
  if (leaving || line.paused) return leaving ?? accept();
  return accept({ type: 'paused', line: line.audience, by: context.actor.person, at: context.now, words: { reason } });
}

/** What fell due while the line was paused is not caught up: it goes on at the next point of its cadence. */
function resume(plan: Plan, line: Line, reason: string, { actor, now }: Context): Decision<ClockEvent> {
  if (!line.paused) return accept();
  const due = line.update && resumedDue(plan, line, line.update, now);
  return accept({
    type: 'resumed',
    line: line.audience,
    by: actor.person,
    ...(due && due.due !== line.update?.due ? { due: { line: line.audience, ...due } } : {}),
    words: { reason },
  });
}

/** The record changed: lines that are told of every change get an update due soon, or the one that is prepared comes sooner. */
function changed(
  plan: Plan,
  { what }: Extract<ClockCommand, { type: 'changed' }>,
  { record, now }: Context,
): Decision<ClockEvent> {
  if (plan.status !== 'running') return accept();
  const open = opener(plan, record);
  const told = plan.lines.filter(
    ({ status, cadence, paused }) =>
      status === 'active' && !paused && typeof cadence === 'object' && cadence.rule === 'on change',
  );
  const lines = told.flatMap((line) =>
    line.update ? [] : [{ line: line.audience, opened: open(line.told ? 'progress' : 'first', changeDue(plan, line, now)) }],
  );
  const dues = told.flatMap((line) => {
    const due = changeDue(plan, line, now);
    return line.update && !line.update.leaving && due.due < line.update.due ? [{ line: line.audience, ...due }] : [];
  });
  return lines.length + dues.length === 0 ? accept() : accept({ type: 'change-noticed', what, lines, dues });
}

const withLine = (plan: Plan, audience: string, change: (line: Line) => Line): Plan => ({
  ...plan,
  lines: plan.lines.map((line) => (line.audience === audience ? change(line) : line)),
});

const withUpdate = (plan: Plan, audience: string, change: (update: Update) => Update): Plan =>
  withLine(plan, audience, (line) => (line.update ? { ...line, update: change(line.update) } : line));

const withDues = (plan: Plan, dues: Extract<ClockEvent, { type: 'bound' }>['dues']): Plan =>
  dues.reduce((next, { line, ...due }) => withUpdate(next, line, (update) => dueAgain(update, due)), plan);

/** The plan after an event of its clocks. */
export function evolveClock(plan: Plan, event: ClockEvent): Plan {
  switch (event.type) {
    case 'moved':
      return withUpdate(plan, event.line, (update) => dueAgain(update, { due: event.due }));
    case 'snoozed':
      return withUpdate(plan, event.line, (update) => ({ ...update, snoozed: event.until }));
    case 'paused': {
      const { by, at, words } = event;
      return withLine(plan, event.line, (line) => ({ ...line, paused: { by, at, why: words.reason } }));
    }
    case 'resumed': {
      const resumed = withLine(plan, event.line, (line) => ({ ...line, paused: undefined }));
      return event.due ? withDues(resumed, [event.due]) : resumed;
    }
    case 'bound': {
      const { bounds, known = plan.known, opened } = event;
      const next = withLine({ ...plan, known }, event.line, (line) => ({
        ...line,
        bounds,
        ...(opened ? { status: 'active', update: opening(opened) } : {}),
      }));
      return withDues(next, event.dues);
    }
    case 'overridden': {
      const { by, at, words } = event;
      return withUpdate(plan, event.line, (update) => ({ ...update, override: { by, at, why: words.reason } }));
    }
    case 'change-noticed': {
      const next = event.lines.reduce(
        (before, { line, opened }) => withLine(before, line, (one) => ({ ...one, update: opening(opened) })),
        plan,
      );
      return withDues(next, event.dues);
    }
    default:
      return event satisfies never;
  }
}

/** What other events of a plan do to its clocks: what counts for a deadline is counted, and a last word is owed in spite of a pause. */
export function clocksAfter(plan: Plan, event: PlanEvent): Plan {
  switch (event.type) {
    case 'released':
      return isMending(event.phase) || event.phase === 'holding'
        ? plan
        : withLine(plan, event.line, (line) => ({ ...line, round: (line.round ?? 0) + 1 }));
    case 'skipped':
      return withLine(plan, event.line, (line) =>
        line.update?.id === event.update && letsGo(plan, line, line.update) ? { ...line, round: (line.round ?? 0) + 1 } : line,
      );
    case 'closing-asked':
    case 'reopened':
    case 'replanned':
      return event.lines.reduce((next, { line }) => withLine(next, line, (one) => ({ ...one, paused: undefined })), plan);
    default:
      return plan;
  }
}
