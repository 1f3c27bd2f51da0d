/**
 * The course of a change's plan (M7): it begins with the announcements that its window makes due, follows the window when that moves,
 * and closes when the work is done, has failed, or is called off. Pure. Source: M7; the issue *Plans*, plans for changes and releases.
 */
import { type Instant, MINUTE, type Span } from '../core/instant.ts';
import { accept, type Context, type Decision, holdersOf } from '../core/record.ts';
import { BEFORE, sameWindow, TOLD_OF_CHANGES, type Window } from './announcements.ts';
import { announcedPhase, closingDue, firstDue } from './due.ts';
import type { Line } from './line.ts';
import { opener } from './opening.ts';
import { type Plan, toldOn } from './plan.ts';
import type { ChangeCommand } from './plan-command.ts';
import type { PlanEvent, Redue } from './plan-event.ts';
import { templateLines } from './template.ts';

/** What nobody could foresee is told within this; its text is wanted at once. */
const NEWS_DUE: Span = 15 * MINUTE;

/** Decides what a change asks of its plan. A change without a plan asks in vain, and nothing is refused. */
export function decideChange(plan: Plan, command: ChangeCommand, context: Context): Decision<PlanEvent> {
  if (command.type === 'schedule') return plan.status === 'running' ? accept() : accept(scheduled(plan, command, context));
  if (plan.status === 'none' || plan.kind !== 'change') return accept();
  switch (command.type) {
    case 'reschedule':
      return plan.status !== 'running' || sameWindow(plan.window, command.window)
        ? accept()
        : accept(replanned({ ...plan, window: command.window }, 'moved', context));
    case 'work-started':
      return plan.status === 'running' ? accept(replanned(plan, 'started', context)) : accept();
    case 'work-ended':
      return plan.status === 'running' ? accept(over(plan, 'resolved', context)) : accept();
    case 'call-off':
      return plan.status === 'running' ? accept(over(plan, 'normal', context)) : accept();
    case 'work-failed':
      return accept(over(plan, 'failed', context));
    default:
      return command satisfies never;
  }
}

/** Whether a line was told anything of this change. */
const wasTold = (plan: Plan, line: Line): boolean => line.told || toldOn(plan, line.audience).length > 0;

/** Those who use what changes are told from the beginning; other lines start on demand, and then have the same announcements. */
function scheduled(plan: Plan, command: Extract<ChangeCommand, { type: 'schedule' }>, { record, org, now }: Context): PlanEvent {
  const open = opener(plan, record);
  const { window, before = BEFORE } = command;
  const lines = templateLines(org).map((line): Line => {
    const { cadence: _ofProblems, ...rest } = line;
    return { ...rest, before, status: TOLD_OF_CHANGES.includes(line.audience) ? 'active' : 'not needed yet' };
  });
  const dated = { declaredAt: now, window };
  return {
    type: 'begun',
    kind: 'change',
    owner: command.owner,
    at: now,
    holders: holdersOf(org, 'communications'),
    class: command.class,
    window,
    lines: lines.map(({ places: _places, ...line }) => {
      const comes = line.status === 'active' && now < lastOf(window);
      const due = firstDue(dated, line, now);
      return { ...line, ...(comes ? { opened: open(announcedPhase(dated, due.due), due) } : {}) };
    }),
    words: {
      title: command.title,
      place: command.place,
      places: Object.fromEntries(lines.map(({ audience, places }) => [audience, places])),
    },
  };
}

const lastOf = ({ start, end }: Window): Instant => Math.max(start, end ?? start);

/**
 * The window moved, or the work has begun. Who was told what is no longer so is told what is so now, at once; what others are told
 * is due when the window now says.
 */
function replanned(plan: Plan, why: 'moved' | 'started', { record, now }: Context): PlanEvent {
  const open = opener(plan, record);
  const active = plan.lines.filter(({ status }) => status === 'active');
  // At its start is announced by the clock; only a start that came otherwise is news to those who expect it later.
  const news = active.filter((line) => wasTold(plan, line) && (why === 'moved' || line.update?.phase === 'first'));
  const others = active.filter((line) => !news.includes(line) && line.update);
  const at = { due: now + NEWS_DUE, lead: NEWS_DUE };
  return {
    type: 'replanned',
    why,
    at: now,
    ...(why === 'moved' && plan.window ? { window: plan.window } : {}),
    lines: news.map((line) => ({ line: line.audience, opened: open(why === 'moved' ? 'moved' : 'progress', at) })),
    dues: others.flatMap((line): readonly Redue[] => {
      const due = why === 'moved' ? firstDue(plan, line, now) : undefined;
      return due && due.due !== line.update?.due ? [{ line: line.audience, ...due }] : [];
    }),
  };
}

/** Everybody who was told gets the last word; after a failure once more when the change is backed out too. The other lines end. */
function over(plan: Plan, why: 'resolved' | 'normal' | 'failed', { record, now }: Context): PlanEvent {
  const open = opener(plan, record);
  const again = plan.status === 'closing' && plan.closing === 'failed';
  const told = plan.lines.filter((line) => wasTold(plan, line) && !(again && line.update));
  const kept = again ? plan.lines.filter(({ update }) => update) : [];
  return {
    type: 'closing-asked',
    why,
    at: now,
    lines: told.map((line) => ({ line: line.audience, opened: open(why, closingDue(plan, line, now)) })),
    closed: plan.lines
      .filter((line) => line.status === 'active' && !told.includes(line) && !kept.includes(line))
      .map(({ audience }) => audience),
  };
}
