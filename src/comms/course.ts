/** The course of a plan as a whole: it begins from the template, closes with its record, and goes on when that is open again. Pure. */
import { type Context, holdersOf } from '../core/record.ts';
import { closingDue, firstDue } from './due.ts';
import { opener } from './opening.ts';
import { type Plan, toldOn } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { templateLines } from './template.ts';

/** The plan from the template; each active line's first update is opened. */
export function begun(plan: Plan, command: Extract<PlanCommand, { type: 'begin' }>, { record, org, now }: Context): PlanEvent {
  const open = opener(plan, record);
  const lines = templateLines(org, command.priority);
  return {
    type: 'begun',
    kind: command.kind,
    owner: command.owner,
    at: now,
    holders: holdersOf(org, 'communications'),
    class: command.class,
    lines: lines.map(({ places: _places, ...line }) => ({
      ...line,
      ...(line.status === 'active' ? { opened: open('first', firstDue({ declaredAt: now }, line, now)) } : {}),
    })),
    words: {
      title: command.title,
      place: command.place,
      places: Object.fromEntries(lines.map(({ audience, places }) => [audience, places])),
    },
  };
}

/** A running plan closes; one whose record was no longer major closes once more when that is resolved, if anybody was told. */
export const mayClose = (plan: Plan, why: 'resolve' | 'normal'): boolean =>
  plan.status === 'running' ||
  (plan.status === 'closing' &&
    plan.closing === 'normal' &&
    why === 'resolve' &&
    plan.lines.some(({ audience }) => toldOn(plan, audience).length > 0));

/**
 * Resolved: everybody who was ever told, also on a line that is closed or was never started again, and everybody who waits for it
 * gets a last word. No longer major: those who were told in this round.
 */
export function closing(plan: Plan, why: 'resolve' | 'normal', { record, now }: Context, resolution?: string): PlanEvent {
  const open = opener(plan, record);
  const active = plan.lines.filter(({ status }) => status === 'active');
  const last =
    why === 'resolve'
      ? plan.lines.filter((line) => active.includes(line) || toldOn(plan, line.audience).length > 0)
      : active.filter(({ told }) => told);
  const phase = why === 'resolve' ? 'resolved' : 'normal';
  return {
    type: 'closing-asked',
    why: phase,
    at: now,
    lines: last.map((line) => ({ line: line.audience, opened: open(phase, closingDue(plan, line, now)) })),
    closed: active.filter((line) => !last.includes(line)).map(({ audience }) => audience),
    ...(resolution === undefined ? {} : { words: { resolution } }),
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
      opened: open(line.released > 0 ? 'progress' : 'first', firstDue(plan, line, now)),
    })),
  };
}

/** The record is open again, but not major: what was to be its last word is not wanted. */
export const withdrawn = (plan: Plan, { now }: Pick<Context, 'now'>): PlanEvent => ({
  type: 'closing-withdrawn',
  at: now,
  closed: plan.lines.filter(({ status }) => status === 'active').map(({ audience }) => audience),
});
