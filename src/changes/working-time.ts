/** Working time: Monday to Friday, 9:00 to 17:00 UTC; holidays count like other days. */
import { DAY, HOUR, type Instant, type Span } from '../core/instant.ts';

const OPENS: Span = 9 * HOUR;
const CLOSES: Span = 17 * HOUR;

/** Eight hours. */
export const WORKING_DAY: Span = CLOSES - OPENS;

const SATURDAY = 6;
const SUNDAY = 0;

/** The moment at which so much working time has passed since `from`. */
export function afterWorkingTime(from: Instant, span: Span): Instant {
  let left = span;
  for (let midnight = Math.floor(from / DAY) * DAY; ; midnight += DAY) {
    const weekday = new Date(midnight).getUTCDay();
    if (weekday === SATURDAY || weekday === SUNDAY) continue;
    const begin = Math.max(from, midnight + OPENS);
    const here = Math.max(0, midnight + CLOSES - begin);
    if (left <= here) return begin + left;
    left -= here;
  }
}
