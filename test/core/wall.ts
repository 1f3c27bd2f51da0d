/**
 * The wall clock as somebody sees it who watches it minute by minute, to judge cadences and quiet hours by: no calendar
 * arithmetic, only what `Intl` says a clock shows. Slow and plain on purpose.
 */
import type { Weekly } from '../../src/core/cadence.ts';
import type { Quiet } from '../../src/core/quiet.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const QUARTER = 15 * MINUTE;
const shows = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** By how many milliseconds the zone's clock is ahead of UTC; clocks change on the quarter of an hour. */
function ahead(zone: string, at: number): number {
  const quarter = Math.floor(at / QUARTER) * QUARTER;
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const format =
    shows.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  shows.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(quarter).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = part;
  const offset = Date.UTC(year, month - 1, day, hour, minute) - quarter;
  offsets.set(key, offset);
  return offset;
}

/** A minute as the clock shows it; `wall` orders minutes as a clock that leaves nothing out would show them. */
interface Minute {
  readonly day: number;
  readonly time: string;
  readonly at: number;
  readonly wall: number;
}

export interface Glance {
  readonly at: number;
  /** Minutes that the clock shows now for the first time: its own, after those that it left out. */
  readonly fresh: readonly Minute[];
}

/** Each minute from one instant to another, with what the clock shows for the first time. What is left out comes later by the jump. */
export function* watch(zone: string, from: number, to: number): Generator<Glance> {
  let latest = Number.NEGATIVE_INFINITY;
  let owed: Minute[] = [];
  const read = (wall: number, at: number) => ({
    day: new Date(wall).getUTCDay() || 7,
    time: new Date(wall).toISOString().slice(11, 16),
    at,
    wall,
  });
  for (let at = Math.floor(from / MINUTE) * MINUTE; at <= to; at += MINUTE) {
    const wall = at + ahead(zone, at);
    const fresh: Minute[] = [];
    if (Number.isFinite(latest)) {
      // What the clock left out would have been shown from now on, minute by minute.
      for (let left = latest + MINUTE, late = at; left < wall; left += MINUTE, late += MINUTE) owed.push(read(left, late));
    }
    if (wall > latest) {
      fresh.push(read(wall, at));
      latest = wall;
    }
    fresh.push(...owed.filter((one) => one.at === at));
    owed = owed.filter((one) => one.at > at);
    yield { at, fresh };
  }
}

/** The first minute after a moment at which the clock shows one of the rule's times on one of its days. */
export function seenNext({ days, times, zone: where }: Weekly, after: number): number | undefined {
  for (const { at: now, fresh } of watch(where, after - DAY, after + 9 * DAY)) {
    if (now > after && fresh.some((shown) => days.includes(shown.day) && times.includes(shown.time))) return now;
  }
  return undefined;
}

/** The time itself, or when the watcher sees the quiet hours end. */
export function seenAwake({ from, to, zone: where }: Quiet, moment: number): number {
  let quiet = false;
  let latest = Number.NEGATIVE_INFINITY;
  for (const { at: now, fresh } of watch(where, moment - 2 * DAY, moment + 3 * DAY)) {
    if (now > moment && !quiet) return moment;
    // What was left out and comes later changes nothing any more when a later minute of that day already did.
    for (const shown of [...fresh].sort((a, b) => a.wall - b.wall)) {
      if ((shown.time !== from && shown.time !== to) || shown.wall < latest) continue;
      quiet = shown.time === from;
      latest = shown.wall;
    }
    if (now > moment && !quiet) return now;
  }
  return moment;
}
