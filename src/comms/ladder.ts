/** The ladder of an update: its text is asked for, asked for again, and then it is overdue until somebody acts. Pure. */
import { HOUR, type Instant, MINUTE, type Span } from '../core/instant.ts';
import { accept, type Context, type Decision } from '../core/record.ts';
import { leadOf } from './due.ts';
import type { Line, Update } from './line.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { updateOf } from './update.ts';

/** How long after each overdue notice the next one comes; the last gap repeats. */
const GAPS: readonly Span[] = [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE, 60 * MINUTE];

/** A release that should have left so long ago is chased like any other update. */
const STUCK: Span = MINUTE;

const gapAfter = (notices: number): Span => GAPS[Math.min(notices, GAPS.length) - 1] ?? HOUR;

/**
 * When the ladder's next step is to be taken: asking, nudging, saying that it is overdue, saying it again; never while reminders
 * rest. None on a line that is paused, or that has nothing due.
 */
export function nextStep(
  line: Pick<Line, 'lead' | 'cadence' | 'paused' | 'update'>,
  update: Update | undefined = line.update,
): Instant | undefined {
  if (!update || (line.paused && update === line.update)) return undefined;
  // One that is leaving is chased only if it does not leave.
  return Math.max(stepOf(line, update), update.snoozed ?? 0, update.leaving ? update.leaving.leaves + STUCK : 0);
}

function stepOf(line: Pick<Line, 'lead' | 'cadence'>, update: Update): Instant {
  const lead = leadOf(line, update);
  if (update.notices > 0) return (update.noticedAt ?? update.due) + gapAfter(update.notices);
  if (update.status === 'upcoming') return update.due - lead;
  return update.nudged ? update.due : update.due - Math.floor(lead / 2);
}

/** The highest step of the ladder that is due, and only that: a week of downtime makes one notice. */
export function tick(
  plan: Plan,
  { line: audience, update: id }: Extract<PlanCommand, { type: 'tick' }>,
  { now }: Context,
): Decision<PlanEvent> {
  const line = plan.lines.find((one) => one.audience === audience);
  const update = line && updateOf(line, id);
  if (!line || !update || now < (nextStep(line, update) ?? Number.POSITIVE_INFINITY)) return accept();
  if (now >= update.due) return accept({ type: 'overdue', line: audience, update: id, at: now, notice: update.notices + 1 });
  if (update.status !== 'upcoming') return accept({ type: 'nudged', line: audience, update: id });
  const late = now >= update.due - Math.floor(leadOf(line, update) / 2);
  return accept({ type: 'asked', line: audience, update: id, ...(late ? { late } : {}) });
}
