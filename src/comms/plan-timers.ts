/** The timers of a plan: the next step of each ladder, and the moment when a release can no longer be taken back. */
import type { Ask } from '../core/ask.ts';
import type { About } from './about.ts';
import { nextStep } from './ladder.ts';
import type { Line, Update } from './line.ts';
import { plan as planPart } from './part.ts';
import { updateNumber } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { holdingOf, holdsAt } from './update.ts';

/** Sets the next step of each of a line's ladders, or takes it away when nothing is due; and when what was released leaves. */
export function timersOf({ line, plan }: About, event: PlanEvent): readonly Ask[] {
  const over = 'update' in event && plan.outcomes[event.update]?.corrects !== undefined ? [besideKey(line, event.update)] : [];
  return [
    ladder(line, line.update, `plan.${line.audience}`),
    ...(line.beside ?? [])
      .filter(({ phase }) => phase !== 'holding')
      .map((update) => ladder(line, update, besideKey(line, update.id))),
    ...over.map((key): Ask => ({ ask: 'no-timer', key })),
    ...leaving(event),
    ...holding(line),
  ];
}

const besideKey = (line: Line, id: string): string => `plan.${line.audience}.${updateNumber(id)}`;

function ladder(line: Line, update: Update | undefined, key: string): Ask {
  const at = update && nextStep(line, update);
  if (!update || at === undefined) return { ask: 'no-timer', key };
  const command: PlanCommand = { type: 'tick', line: line.audience, update: update.id };
  return { ask: 'timer', key, at, part: planPart.name, command };
}

function leaving(event: PlanEvent): readonly Ask[] {
  if (event.type !== 'leaving' && event.type !== 'undone') return [];
  const key = `plan.leave.${updateNumber(event.update)}`;
  if (event.type === 'undone') return [{ ask: 'no-timer', key }];
  const command: PlanCommand = { type: 'leave', update: event.update };
  return [{ ask: 'timer', key, at: event.leaves, part: planPart.name, command }];
}

/** One that rings although nothing is to be held any more changes nothing. */
function holding(line: Line): readonly Ask[] {
  const at = holdsAt(line);
  const held = holdingOf(line);
  if (at === undefined || !held) return [];
  const command: PlanCommand = { type: 'hold', update: held.id };
  return [{ ask: 'timer', key: `plan.holding.${line.audience}`, at, part: planPart.name, command }];
}
