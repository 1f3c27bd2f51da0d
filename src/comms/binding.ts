/**
 * What binds a line's times (M3): set by those who arrange the plan, loosened or set aside only by a releaser, and held against
 * every release. Pure. Source: the issue *Plans*, cadence and clock.
 */
import type { Instant } from '../core/instant.ts';
import { canonical } from '../core/journal.ts';
import { accept, type Context, type Decision } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { type Bounds, deadlineOf } from './deadline.ts';
import { deadlineDue, lineDeadline, rebound } from './due.ts';
import { lineIn, nothingDue } from './find.ts';
import { type Line, releasersOf, type Update } from './line.ts';
import { opener } from './opening.ts';
import { isClosing, isMending, type Plan } from './plan.ts';
import type { ClockCommand } from './plan-command.ts';
import type { ClockEvent } from './plan-event.ts';
import { mayRelease } from './rights.ts';

/**
 * Why an update must not be released yet: its line is paused, its time has not come, or another audience is told first.
 * Refuses `line-paused`, `not-before`, `not-before-line`. A mending update waits for nothing; a holding statement is judged when it leaves.
 */
export function tooEarly(
  plan: Plan,
  line: Line,
  update: Update,
  { now, record }: Pick<Context, 'now' | 'record'>,
): Refusal | undefined {
  const about = { line: line.audience, record };
  if (isMending(update.phase) || update.phase === 'holding') return undefined;
  if (line.paused) return refuse('line-paused', { ...about, by: line.paused.by, why: line.paused.why });
  const { notBefore, after } = line.bounds ?? {};
  if (update.override) return undefined;
  if (notBefore !== undefined && now < notBefore) return refuse('not-before', { ...about, at: notBefore });
  const first = plan.lines.find(({ audience }) => audience === after);
  const waits = first && (isClosing(update.phase) ? isClosing(first.update?.phase ?? 'progress') : !first.told);
  return waits ? refuse('not-before-line', { ...about, after: first.audience }) : undefined;
}

/**
 * Why what is being prepared, or would be, cannot be due at a time: it may not leave yet then, or that is past its deadline.
 * Refuses `not-before`, `past-deadline`; nothing once a releaser set that aside.
 */
export function outOfBinding(plan: Plan, line: Line, due: Instant, record: string): Refusal | undefined {
  if (line.update?.override) return undefined;
  const about = { line: line.audience, record };
  const notBefore = line.bounds?.notBefore;
  if (notBefore !== undefined && due < notBefore) return refuse('not-before', { ...about, at: notBefore });
  const deadline = lineDeadline(plan, line);
  return deadline !== undefined && due > deadline ? refuse('past-deadline', { ...about, at: deadline }) : undefined;
}

/** The bounds without what no longer binds: terms that were taken away, a time that has come, no audience. */
function binding({ declared, known, notBefore, after }: Bounds, now: Instant): Bounds {
  return {
    ...(declared?.length ? { declared } : {}),
    ...(known?.length ? { known } : {}),
    ...(notBefore !== undefined && notBefore > now ? { notBefore } : {}),
    ...(after ? { after } : {}),
  };
}

/** Whether some update would be held to less than before. */
function loosens(plan: Plan, line: Line, bounds: Bounds, known: Instant | undefined, now: Instant): boolean {
  const held = binding(line.bounds ?? {}, now);
  const after = { declaredAt: plan.declaredAt, known };
  const most = Math.max(held.declared?.length ?? 0, held.known?.length ?? 0);
  for (let before = line.round ?? 0; before < most; before += 1) {
    const [was, is] = [deadlineOf(held, plan, before), deadlineOf(bounds, after, before)];
    if (was !== undefined && (is === undefined || is > was)) return true;
  }
  const earlier = held.notBefore !== undefined && (bounds.notBefore ?? 0) < held.notBefore;
  return earlier || (held.after !== undefined && held.after !== bounds.after);
}

/** Whether a line waits for this one, be it over others. */
function waitsFor(plan: Plan, line: string, audience: string, seen: readonly string[] = []): boolean {
  if (line === audience) return true;
  const next = plan.lines.find((one) => one.audience === line)?.bounds?.after;
  return next !== undefined && !seen.includes(next) && waitsFor(plan, next, audience, [...seen, line]);
}

/**
 * Sets deadlines and what a line must wait for; a deadline starts a line that has nothing due. Refuses `known-in-the-future`,
 * `known-missing`, `unknown-line`, `after-circle`, `not-before-too-late`, `may-not-loosen`.
 */
export function bind(
  plan: Plan,
  line: Line,
  command: Extract<ClockCommand, { type: 'bind' }>,
  context: Context,
): Decision<ClockEvent> {
  const { now, record } = context;
  const known = command.known ?? plan.known;
  const bounds = binding({ ...line.bounds, ...command.bounds }, now);
  const refused = unfit(plan, line, bounds, command.known, known, context);
  if (refused) return refused;
  const was = binding(line.bounds ?? {}, now);
  if (canonical(was) === canonical(bounds) && known === plan.known) return accept();
  if (loosens(plan, line, bounds, known, now) || (plan.known !== undefined && known !== undefined && known > plan.known)) {
    if (mayRelease(line, context))
      return refuse('may-not-loosen', { line: line.audience, record, people: releasersOf(line, context.org) });
  }
  const next = { ...plan, known, lines: plan.lines.map((one) => (one === line ? { ...line, bounds } : one)) };
  const bound = { ...line, bounds };
  const due = line.update || plan.status !== 'running' ? undefined : deadlineDue(next, bound, now);
  return accept({
    type: 'bound',
    line: line.audience,
    by: context.actor.person,
    bounds,
    ...(command.known === undefined ? {} : { known: command.known }),
    ...(due ? { opened: opener(plan, record)(line.told ? 'progress' : 'first', due) } : {}),
    dues: plan.lines.flatMap((one, at) => {
      const changed = next.lines[at] ?? one;
      const again = one.update?.leaving ? undefined : rebound({ plan, line: one }, { plan: next, line: changed });
      return again ? [{ line: one.audience, ...again }] : [];
    }),
  });
}

function unfit(
  plan: Plan,
  line: Line,
  bounds: Bounds,
  said: Instant | undefined,
  known: Instant | undefined,
  { now, record }: Context,
): Refusal | undefined {
  if (said !== undefined && said > now) return refuse('known-in-the-future', { at: said });
  if (bounds.known && known === undefined) return refuse('known-missing', { record });
  if (bounds.after !== undefined) {
    const first = lineIn(plan, bounds.after);
    if (isRefusal(first)) return first;
    if (waitsFor(plan, bounds.after, line.audience)) return refuse('after-circle', { line: line.audience, after: bounds.after });
  }
  const deadline = deadlineOf(bounds, { declaredAt: plan.declaredAt, known }, line.round ?? 0);
  return deadline !== undefined && bounds.notBefore !== undefined && bounds.notBefore > deadline
    ? refuse('not-before-too-late', { line: line.audience, at: deadline })
    : undefined;
}

/** Sets aside what binds the update that is being prepared. Refuses `not-a-releaser`, `nothing-due`, `line-not-started`, `nothing-to-override`. */
export function override(
  line: Line,
  { reason }: Extract<ClockCommand, { type: 'override' }>,
  context: Context,
): Decision<ClockEvent> {
  const { update } = line;
  const refused = mayRelease(line, context);
  if (refused) return refused;
  if (!update) return nothingDue(line, context);
  if (!line.bounds || Object.keys(line.bounds).length === 0)
    return refuse('nothing-to-override', { line: line.audience, record: context.record });
  if (update.override) return accept();
  return accept({
    type: 'overridden',
    line: line.audience,
    update: update.id,
    by: context.actor.person,
    at: context.now,
    words: { reason },
  });
}
