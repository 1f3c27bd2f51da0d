/** The course of a plan as a whole: it begins from the template, closes with its record, and goes on when that is open again. Pure. */
import { type Context, holdersOf } from '../core/record.ts';
import { opener } from './arrange.ts';
import { closingDue, firstDue } from './line.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { templateLines } from './template.ts';

/** The plan from the template; each active line's first update is opened. */
export function begun(plan: Plan, command: Extract<PlanCommand, { type: 'begin' }>, { record, org, now }: Context): PlanEvent {
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
export function closing(plan: Plan, why: 'resolve' | 'normal', { record, now }: Context): PlanEvent {
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

/** The lines that were needed start again. */
export function reopened(plan: Plan, { record, now }: Context): PlanEvent {
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
