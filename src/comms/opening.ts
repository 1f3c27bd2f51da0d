/** An update as it begins to be prepared, and as it begins anew when it is due at another time. Pure. */
import type { RecordId } from '../core/record.ts';
import type { Due } from './due.ts';
import type { Phase, Update } from './line.ts';
import type { Opened } from './opened.ts';
import { isClosing, type Plan } from './plan.ts';

/** Numbers new updates, one after the other. */
export function opener(plan: Pick<Plan, 'count'>, record: RecordId): (phase: Phase, due: Due) => Opened {
  let count = plan.count;
  return (phase, due) => {
    count += 1;
    return { id: `${record}.${count}`, phase, ...due };
  };
}

/** A closing update is asked for as soon as it begins. */
export const opening = ({ id, phase, due, quiet, lead }: Opened): Update => ({
  id,
  phase,
  due,
  status: isClosing(phase) ? 'drafting' : 'upcoming',
  nudged: false,
  notices: 0,
  ...(quiet === undefined ? {} : { quiet }),
  ...(lead === undefined ? {} : { lead }),
});

/** The update with another due time: its ladder begins anew, and reminders rest no longer. */
export const dueAgain = (update: Update, { due, quiet, lead }: Due): Update => ({
  ...update,
  due,
  quiet,
  lead,
  snoozed: undefined,
  nudged: false,
  notices: 0,
  noticedAt: undefined,
  status: update.draft || isClosing(update.phase) ? update.status : 'upcoming',
});
