/**
 * When a line's updates are due (M3): the points of its cadence, moved out of quiet hours, and never later than its deadline.
 * Pure. Source: design sections 6 and 8.
 */
import { firstPoint, pointAfter, shortestGap } from '../core/cadence.ts';
import { DAY, HOUR, type Instant, MINUTE, type Span } from '../core/instant.ts';
import { afterQuiet } from '../core/quiet.ts';
import { type Announcement, announcementAfter, firstAnnouncement } from './announcements.ts';
import { deadlineOf } from './deadline.ts';
import type { Line, Update } from './line.ts';
import type { Plan } from './plan.ts';

/** When an update is due, and what made it so. */
export interface Due {
  readonly due: Instant;
  /** When it would have been due, if that was in quiet hours. */
  readonly quiet?: Instant | undefined;
  /** How long before due its text is asked for, where that does not follow from the cadence. */
  readonly lead?: Span | undefined;
}

type Clocked = Pick<Line, 'audience' | 'cadence' | 'quiet' | 'bounds' | 'round' | 'before'>;
type Dated = Pick<Plan, 'declaredAt' | 'known' | 'window'>;

/** The first update is due this long after the declaration, or at the cadence's first point if that is earlier. */
export const FIRST_DUE: Span = 30 * MINUTE;
/** A closing update is due within this, or at the cadence's next point if that is earlier. */
const CLOSING_DUE: Span = HOUR;
/** What changed is told within this to those who are told of every change; the text is wanted at once. */
const CHANGE_DUE: Span = 15 * MINUTE;
const LONGEST_DEFAULT_LEAD: Span = 15 * MINUTE;
/** The text for a far deadline is wanted a third of the way before it, but not longer before than this. */
const LONGEST_DEADLINE_LEAD: Span = DAY;
/** They are never made to wait. */
const NEVER_QUIET = 'emergency-services';

/** By when the line's next update must be out, after so many that counted; none when nothing binds it. */
export const lineDeadline = (plan: Dated, line: Pick<Line, 'bounds' | 'round'>, before = line.round ?? 0): Instant | undefined =>
  deadlineOf(line.bounds, plan, before);

/** A point in time with what binds it; without a point, the deadline alone. */
function bound(plan: Dated, line: Clocked, point: Instant | undefined, now: Instant, before?: number): Due | undefined {
  const deadline = lineDeadline(plan, line, before);
  const wanted = point === undefined ? undefined : Math.max(point, line.bounds?.notBefore ?? point);
  const awake = wanted === undefined || line.audience === NEVER_QUIET ? wanted : afterQuiet(line.quiet, wanted);
  if (awake !== undefined && (deadline === undefined || awake <= deadline)) {
    return { due: awake, ...(awake === wanted ? {} : { quiet: wanted }) };
  }
  if (deadline === undefined) return undefined;
  const lead = Math.min(LONGEST_DEADLINE_LEAD, Math.max(0, Math.floor((deadline - now) / 3)));
  return point === undefined ? { due: deadline, lead } : { due: deadline };
}

/** The earlier of a span from now and the cadence's first point from now. */
const within = (span: Span, line: Clocked, now: Instant): Instant =>
  Math.min(now + span, firstPoint(line.cadence, now) ?? now + span);

const sure = (due: Due | undefined, otherwise: Instant): Due => due ?? { due: otherwise };

/** The announcements of a line, where it has no clock of its own. */
const announced = ({ window }: Dated, { before, cadence }: Clocked) =>
  window && before && cadence === undefined ? { window, before } : undefined;

/** An announcement, with what binds the line; asked for in its own time. */
function announcedDue(plan: Dated, line: Clocked, next: Announcement, now: Instant, before?: number): Due | undefined {
  const due = bound(plan, line, next.due, now, before);
  return due && (due.quiet === undefined ? { ...due, lead: next.lead } : due);
}

/** What an update tells that is due then: of a change, what is to come or that it has begun; else it is one of many. */
export const announcedPhase = ({ window }: Pick<Plan, 'window'>, due: Instant): 'first' | 'progress' =>
  window !== undefined && due < window.start ? 'first' : 'progress';

/** When a line's first update is due. */
export function firstDue(plan: Dated, line: Clocked, now: Instant): Due {
  const of = announced(plan, line);
  const next = of && firstAnnouncement(of.window, of.before, now);
  const due = next && announcedDue(plan, line, next, now);
  if (due) return due;
  const point = within(FIRST_DUE, line, now);
  return sure(bound(plan, line, point, now), point);
}

/** When a line's last update is due. */
export function closingDue(plan: Dated, line: Clocked, now: Instant): Due {
  const point = within(CLOSING_DUE, line, now);
  return sure(bound(plan, line, point, now), point);
}

/** When the update is due that tells of a change; its text is asked for at once. */
export function changeDue(plan: Dated, line: Clocked, now: Instant): Due {
  const due = sure(bound(plan, line, now + CHANGE_DUE, now), now + CHANGE_DUE);
  return due.quiet === undefined ? { ...due, lead: CHANGE_DUE } : due;
}

/** When the update is due that a deadline alone asks for: on a line without a clock. */
export const deadlineDue = (plan: Dated, line: Clocked, now: Instant): Due | undefined => bound(plan, line, undefined, now);

/**
 * When the update is due that follows a release (`counts`) or a skip: the next point of the cadence after both the due time and
 * now, or the next deadline; none when nothing follows. A skip at its deadline lets that deadline go.
 */
export function followingDue(
  plan: Dated,
  line: Clocked,
  update: Pick<Update, 'due'>,
  now: Instant,
  counts: boolean,
): Due | undefined {
  const before = (line.round ?? 0) + (counts || letsGo(plan, line, update) ? 1 : 0);
  const of = announced(plan, line);
  if (of) {
    const next = announcementAfter(of.window, of.before, Math.max(update.due, now));
    return next && announcedDue(plan, line, next, now, before);
  }
  return bound(plan, line, pointAfter(line.cadence, update.due, now), now, before);
}

/** When an update is due after its line got another cadence, if that is sooner: its time was promised, so it is never later. */
export function soonerDue(plan: Dated, line: Clocked, update: Pick<Update, 'due'>, now: Instant): Due | undefined {
  const point = firstPoint(line.cadence, now);
  const due = point === undefined ? undefined : bound(plan, line, point, now);
  return due && due.due < update.due ? due : undefined;
}

/** Whether a skip of this update gives up its deadline. */
export const letsGo = (plan: Dated, line: Pick<Line, 'bounds' | 'round'>, update: Pick<Update, 'due'>): boolean => {
  const deadline = lineDeadline(plan, line);
  return deadline !== undefined && update.due >= deadline;
};

/** When an update is due once a line goes on that was paused: as it was, or at the next point of its cadence when that is over. */
export function resumedDue(plan: Dated, line: Clocked, update: Pick<Update, 'due'>, now: Instant): Due {
  if (update.due > now) return { due: update.due };
  const point = pointAfter(line.cadence, update.due, now) ?? within(FIRST_DUE, line, now);
  return sure(bound(plan, line, point, now), point);
}

/** How long before due the author is asked. */
export const leadOf = ({ lead, cadence }: Pick<Line, 'lead' | 'cadence'>, update?: Pick<Update, 'lead'>): Span =>
  lead ?? update?.lead ?? Math.min(LONGEST_DEFAULT_LEAD, Math.floor((shortestGap(cadence) ?? FIRST_DUE) / 3));

interface Standing {
  readonly plan: Dated;
  readonly line: Clocked & Pick<Line, 'update'>;
}

/** When what is being prepared is due once its line is bound otherwise: an earlier deadline brings it forward, one that it stood at takes it along. */
export function rebound(before: Standing, { plan, line }: Standing): Due | undefined {
  const { update } = line;
  if (!update || update.override) return undefined;
  const [was, is] = [lineDeadline(before.plan, before.line), lineDeadline(plan, line)];
  const wanted = is !== undefined && (update.due > is || update.due === was) ? is : update.due;
  const due = Math.max(wanted, line.bounds?.notBefore ?? wanted);
  return due === update.due ? undefined : { due, ...(update.lead === undefined ? {} : { lead: update.lead }) };
}
