/**
 * How often an audience is told (M3): after a span, by the clock on the wall of a time zone, on every change, once, or on demand.
 * Pure; `Temporal` knows the zones. Words for it are in `chat/cadence-words.ts`. Source: design section 6.
 */
import { Temporal } from 'temporal-polyfill';
import { DAY, type Instant, MINUTE, type Span } from './instant.ts';

/** On these days of the week at these times, as the clock on the wall of the zone shows them. */
export interface Weekly {
  readonly rule: 'weekly';
  /** 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[];
  /** `09:00`, in order. */
  readonly times: readonly string[];
  /** IANA name. */
  readonly zone: string;
}

/** `on change`: of the record's status or priority. `once`: one statement, and the closing one. `on demand`: when somebody starts it. */
export type Rule = Weekly | { readonly rule: 'on change' | 'once' | 'on demand' };

/** A span between two updates, or a rule. */
export type Cadence = Span | Rule;

/** Whether a clock makes updates due. */
export const hasClock = (cadence: Cadence | undefined): cadence is Span | Weekly =>
  typeof cadence === 'number' || cadence?.rule === 'weekly';

/** A rule looks this far: a week, and a day on each side for a time that daylight saving moves over midnight. */
const DAYS_AHEAD = 8;

/**
 * The wall clock's time on a day as an instant. A time that daylight saving leaves out comes as much later as the clock jumps; of
 * a time that comes twice, the first counts.
 */
export const wallTime = (date: Temporal.PlainDate, time: string, zone: string): Instant =>
  date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;

/** The day that a zone's calendar shows. */
export const dayIn = (zone: string, at: Instant): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

function weeklyAfter({ days, times, zone }: Weekly, at: Instant): Instant | undefined {
  const today = dayIn(zone, at);
  let first: Instant | undefined;
  for (let ahead = -1; ahead <= DAYS_AHEAD; ahead += 1) {
    const date = today.add({ days: ahead });
    if (!days.includes(date.dayOfWeek)) continue;
    for (const time of times) {
      const point = wallTime(date, time, zone);
      if (point > at && (first === undefined || point < first)) first = point;
    }
    // A day later nothing can be earlier, but for the hour that daylight saving shifts.
    if (first !== undefined && ahead > 0) return first;
  }
  return first;
}

/** The first point after a moment at which the cadence has not run yet; none without a clock. */
export const firstPoint = (cadence: Cadence | undefined, now: Instant): Instant | undefined => {
  if (!hasClock(cadence)) return undefined;
  return typeof cadence === 'number' ? now + cadence : weeklyAfter(cadence, now);
};

/**
 * The point that follows a due time which was just met or missed: the first after that time and after now, so that an early
 * update counts for its period, and a week of downtime leaves one update behind and no burst. None without a clock.
 */
export function pointAfter(cadence: Cadence | undefined, due: Instant, now: Instant): Instant | undefined {
  if (!hasClock(cadence)) return undefined;
  if (typeof cadence !== 'number') return weeklyAfter(cadence, Math.max(due, now));
  return due + cadence * Math.max(1, Math.floor((now - due) / cadence) + 1);
}

/** The shortest time between two points of a cadence; none without a clock. */
export function shortestGap(cadence: Cadence | undefined): Span | undefined {
  if (!hasClock(cadence)) return undefined;
  if (typeof cadence === 'number') return cadence;
  const minutes = cadence.times.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))).sort((a, b) => a - b);
  const overNight = 24 * 60 + (minutes[0] ?? 0) - (minutes.at(-1) ?? 0);
  const gaps = minutes.slice(1).map((minute, at) => minute - (minutes[at] ?? 0));
  return Math.max(MINUTE, Math.min(overNight, ...gaps, DAY / MINUTE) * MINUTE);
}
