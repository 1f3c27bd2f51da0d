/** The settings of a line: cadence, lead, due time, releasers, destination, author (M3 to M5). Pure. */
import { DAY, type Instant, MINUTE, type Span } from '../core/instant.ts';
import { accept, type Context, type Decision, type RecordId } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { authorOf, firstDue, type Line, leadOf, type Phase, releasersOf } from './line.ts';
import { isClosing, type Plan } from './plan.ts';
import type { LineWishes } from './plan-command.ts';
import type { Opened, PlanEvent } from './plan-event.ts';
import { mayAdd } from './rights.ts';

const SHORTEST_CADENCE: Span = MINUTE;
const LONGEST_CADENCE: Span = 30 * DAY;

/** Numbers new updates, one after the other. */
export function opener(plan: Pick<Plan, 'count'>, record: RecordId): (phase: Phase, due: Instant) => Opened {
  let count = plan.count;
  return (phase, due) => {
    count += 1;
    return { id: `${record}.${count}`, phase, due };
  };
}

/** Whether two lists hold the same, in whatever order. */
export const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/** What of the wishes differs from how the line stands: a form gives back what it showed. */
function wanted(plan: Plan, line: Line, wishes: LineWishes, context: Context): LineWishes {
  const { cadence, lead, due, releasers, places, author } = wishes;
  const minute = (at: Instant) => Math.floor(at / MINUTE);
  return {
    ...(cadence !== undefined && cadence !== line.cadence ? { cadence } : {}),
    ...(lead !== undefined && lead !== leadOf(line) ? { lead } : {}),
    ...(due !== undefined && (!line.update || minute(due) !== minute(line.update.due)) ? { due } : {}),
    ...(releasers !== undefined && !same(releasers, releasersOf(line, context.org)) ? { releasers } : {}),
    ...(places !== undefined && !same(places, line.places) ? { places } : {}),
    ...(author !== undefined && author !== authorOf(line, plan) ? { author } : {}),
  };
}

/**
 * Decides other settings for a line that is not closed, by somebody who may arrange the plan. A shorter cadence brings the next
 * update forward; a longer one leaves it, because its time was promised.
 * Refuses `cadence-out-of-bounds`, `lead-too-long`, `due-in-the-past`, `line-not-started`, `own-releaser`.
 */
export function arrange(plan: Plan, line: Line, wishes: LineWishes, context: Context): Decision<PlanEvent> {
  const { now, org, record } = context;
  const change = wanted(plan, line, wishes, context);
  if (Object.keys(change).length === 0) return accept();
  const refused = outOfBounds(line, change, context);
  if (refused) return refused;
  const added = change.releasers?.filter((person) => !releasersOf(line, org).includes(person)) ?? [];
  const own = mayAdd(plan, line, added, change.author ?? authorOf(line, plan), context);
  if (own) return own;

  const { places, ...settings } = change;
  const cadence = change.cadence ?? line.cadence;
  const begins = line.status === 'active' && !line.update && (cadence ?? change.due) !== undefined && plan.status === 'running';
  const sooner =
    change.cadence !== undefined && line.update && !isClosing(line.update.phase) && now + change.cadence < line.update.due
      ? { due: now + change.cadence }
      : {};
  return accept({
    type: 'line-changed',
    line: line.audience,
    ...sooner,
    ...settings,
    ...(change.releasers ? { before: releasersOf(line, org) } : {}),
    ...(begins ? { opened: opener(plan, record)('progress', change.due ?? firstDue({ cadence }, now)) } : {}),
    ...(places ? { words: { places } } : {}),
  });
}

function outOfBounds(line: Line, change: LineWishes, { now, record }: Context): Refusal | undefined {
  const cadence = change.cadence ?? line.cadence;
  if (change.cadence !== undefined && (change.cadence < SHORTEST_CADENCE || change.cadence > LONGEST_CADENCE)) {
    return refuse('cadence-out-of-bounds');
  }
  const lead = change.lead ?? line.lead;
  if (lead !== undefined && lead >= (cadence ?? LONGEST_CADENCE)) return refuse('lead-too-long');
  if (change.due === undefined) return undefined;
  if (change.due <= now) return refuse('due-in-the-past', { due: change.due });
  if (line.status === 'not needed yet') return refuse('line-not-started', { line: line.audience, record });
  return undefined;
}
