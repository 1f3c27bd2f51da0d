/** A line's clock in words: why it is due when it is, what binds it, who paused it. */
import type { Words } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import { lineDeadline } from './due.ts';
import type { Line } from './line.ts';
import type { Plan } from './plan.ts';
import { audienceLabel } from './template.ts';

/** What stands behind a line's due time on its board: quiet hours, rest, deadline, what it waits for; nothing for most. */
export function clockWords(line: Line, plan: Plan, now: Instant): Words {
  const { update, paused, bounds } = line;
  if (line.status === 'closed' && !update) return [];
  const deadline = lineDeadline(plan, line);
  const { notBefore, after } = bounds ?? {};
  const words: Words[] = [
    paused ? [', paused by ', { person: paused.by }, ` (${paused.why})`] : [],
    update?.snoozed !== undefined && update.snoozed > now ? [', reminders rest until ', { time: update.snoozed }] : [],
    update?.quiet === undefined ? [] : [', moved out of quiet hours from ', { time: update.quiet }],
    deadline === undefined ? [] : [', deadline ', { time: deadline }],
    notBefore === undefined || notBefore <= now ? [] : [', not before ', { time: notBefore }],
    after === undefined ? [] : [`, after ${audienceLabel(after, plan.lines)}`],
    update?.override ? [', set aside by ', { person: update.override.by }, ` (${update.override.why})`] : [],
  ];
  return words.flat();
}
