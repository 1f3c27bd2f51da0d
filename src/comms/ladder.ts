/** The ladder of an update: its text is asked for, asked for again, and then it is overdue until somebody acts. Pure. */
import { accept, type Context, type Decision } from '../core/record.ts';
import { nextStep } from './line.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';

/** The highest step of the ladder that is due, and only that: a week of downtime makes one notice. */
export function tick(
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
