/**
 * What a command does to a plan. Pure: no I/O, no clock; who may is in `rights.ts`, figures about a line in `line.ts`,
 * settings of a line in `arrange.ts`, what comes after a release in `after.ts`. Source: design section 8; M2 to M5.
 */
import { accept, type Context, type Decision, holdersOf, type PersonId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { decideAfter } from './after.ts';
import { arrange, opener, same } from './arrange.ts';
import { changedSince, lineIn, updateIn } from './find.ts';
import { approvedBy, closingDue, draftHash, firstDue, type Line, nextPoint, nextStep, type Update } from './line.ts';
import { isClosing, type Opened, type Plan, type PlanCommand, type PlanEvent } from './plan.ts';
import { mayArrange, mayRelease, maySkip, mayWrite } from './rights.ts';
import { templateLines } from './template.ts';
import { unfilled } from './texts.ts';

/**
 * Decides a command on a plan. Refuses `no-plan`, `unknown-line`, `line-not-started`, `nothing-due`, `line-closed`, `plan-closing`,
 * `not-your-plan`, `not-your-text`, `not-a-releaser`, `may-not-skip`, `own-releaser`, `cadence-out-of-bounds`, `lead-too-long`,
 * `due-in-the-past`, `draft-changed`, `draft-unfilled`, `nothing-to-release`, `no-destination`, `wrote-it`, `update-over`, `unknown-update`, `nothing-unsure`.
 */
export function decide(plan: Plan, command: PlanCommand, context: Context): Decision<PlanEvent> {
  const decision = decided(plan, command, context);
  if (isRefusal(decision) || decision.length === 0) return decision;
  const holders = holdersOf(context.org, 'communications');
  // Cards are rendered from the plan alone, so it remembers whom the role names.
  return same(holders, plan.holders) || command.type === 'begin' ? decision : [{ type: 'holders-seen', holders }, ...decision];
}

function decided(plan: Plan, command: PlanCommand, context: Context): Decision<PlanEvent> {
  switch (command.type) {
    case 'begin':
      return plan.status === 'running' ? accept() : accept(begun(plan, command, context));
    case 'resolve':
    case 'normal':
      return plan.status === 'running' ? accept(closing(plan, command.type, context)) : accept();
    case 'reopen':
      return plan.status === 'closing' && plan.closing === 'resolved' ? accept(reopened(plan, context)) : accept();
    case 'owner':
      return plan.status === 'none' || plan.owner === command.owner
        ? accept()
        : accept({ type: 'owner-changed', owner: command.owner });
    case 'title':
      return plan.status === 'none' || plan.title === command.title
        ? accept()
        : accept({ type: 'renamed', words: { title: command.title } });
    case 'stopped':
    case 'undelivered':
    case 'settle':
      return decideAfter(plan, command, context);
    case 'tick':
      return tick(plan, command, context);
    case 'line': {
      const line = lineOf(plan, command.line, context);
      return isRefusal(line) ? line : (mayArrange(plan, context) ?? arrange(plan, line, command, context));
    }
    case 'start': {
      const line = lineOf(plan, command.line, context);
      return isRefusal(line) ? line : (mayArrange(plan, context) ?? start(plan, line, context));
    }
    case 'draft': {
      const line = lineOf(plan, command.line, context);
      return isRefusal(line) ? line : draft(plan, line, command, context);
    }
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
    case 'release': {
      const found = awaiting(plan, command, context);
      return isRefusal(found) ? found : release(plan, found.line, found.update, context);
    }
    case 'skip': {
      const line = lineOf(plan, command.line, context);
      return isRefusal(line) ? line : skip(plan, line, command, context);
    }
    default:
      return command satisfies never;
  }
}

function begun(plan: Plan, command: Extract<PlanCommand, { type: 'begin' }>, { record, org, now }: Context): PlanEvent {
  const open = opener(plan, record);
  const lines = templateLines(org);
  return {
    type: 'begun',
    kind: command.kind,
    owner: command.owner,
    at: now,
    holders: holdersOf(org, 'communications'),
    lines: lines.map(({ places: _places, ...line }) => ({
      ...line,
      ...(line.status === 'active' ? { opened: open('first', firstDue(line, now)) } : {}),
    })),
    words: {
      title: command.title,
      place: command.place,
      places: Object.fromEntries(lines.map(({ audience, places }) => [audience, places])),
    },
  };
}

/** Resolved: everybody who was told or waits for it gets a last word. No longer major: those who were told. */
function closing(plan: Plan, why: 'resolve' | 'normal', { record, now }: Context): PlanEvent {
  const open = opener(plan, record);
  const active = plan.lines.filter(({ status }) => status === 'active');
  const last = active.filter(({ told }) => told || why === 'resolve');
  const phase = why === 'resolve' ? 'resolved' : 'normal';
  return {
    type: 'closing-asked',
    why: phase,
    at: now,
    lines: last.map((line) => ({ line: line.audience, opened: open(phase, closingDue(line, now)) })),
    closed: active.filter((line) => !last.includes(line)).map(({ audience }) => audience),
  };
}

function reopened(plan: Plan, { record, now }: Context): PlanEvent {
  const open = opener(plan, record);
  const lines = plan.lines.filter(({ status }) => status !== 'not needed yet');
  return {
    type: 'reopened',
    at: now,
    lines: lines.map((line) => ({
      line: line.audience,
      opened: open(line.released > 0 ? 'progress' : 'first', firstDue(line, now)),
    })),
  };
}

function start(plan: Plan, line: Line, { record, now }: Context): Decision<PlanEvent> {
  if (plan.status === 'closing') return refuse('plan-closing', { line: line.audience, record });
  if (line.update) return accept();
  const opened = opener(plan, record)(line.told ? 'progress' : 'first', firstDue(line, now));
  return accept({ type: 'line-started', line: line.audience, opened });
}

function draft(
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

function release(plan: Plan, line: Line, update: Update, { actor, record, now }: Context): Decision<PlanEvent> {
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

function skip(plan: Plan, line: Line, command: Extract<PlanCommand, { type: 'skip' }>, context: Context): Decision<PlanEvent> {
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

/** The highest step of the ladder that is due, and only that: a week of downtime makes one notice. */
function tick(
  plan: Plan,
  { line: audience, update: id }: Extract<PlanCommand, { type: 'tick' }>,
  { now }: Context,
): Decision<PlanEvent> {
  const line = plan.lines.find((one) => one.audience === audience);
  const update = line?.update;
  if (!line || !update || update.id !== id || now < nextStep(line, update)) return accept();
  if (now >= update.due) return accept({ type: 'overdue', line: audience, update: id, at: now, notice: update.notices + 1 });
  return accept({ type: update.status === 'upcoming' ? 'asked' : 'nudged', line: audience, update: id });
}

/** The line, unless there is no plan, no such line, or nothing more to say on it. */
function lineOf(plan: Plan, audience: string, { record }: Context): Line | Refusal {
  if (plan.status === 'none') return refuse('no-plan', { record });
  const line = lineIn(plan, audience);
  return !isRefusal(line) && line.status === 'closed' ? refuse('line-closed', { line: audience, record }) : line;
}

const nothingDue = (line: Line, { record }: Context): Refusal =>
  refuse(line.status === 'active' ? 'nothing-due' : 'line-not-started', { line: line.audience, record });

/** The update that awaits release, for a releaser who looked at it as it stands. */
function awaiting(
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
