/**
 * The wall clock as somebody sees it who watches it minute by minute, to judge cadences and quiet hours by: no calendar
 * arithmetic, only what `Intl` says a clock shows. Slow and plain on purpose.
 */
const MINUTE = 60_000;
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

export interface Glance {
  readonly at: number;
  /** Minutes that the clock shows now for the first time: its own, after those that it left out. */
  readonly fresh: readonly { readonly day: number; readonly time: string; readonly at: number }[];
}

/** Each minute from one instant to another, with what the clock shows for the first time. What is left out comes later by the jump. */
export function* watch(zone: string, from: number, to: number): Generator<Glance> {
  let latest = Number.NEGATIVE_INFINITY;
  let owed: { day: number; time: string; at: number }[] = [];
  const read = (wall: number, at: number) => ({
    day: new Date(wall).getUTCDay() || 7,
    time: new Date(wall).toISOString().slice(11, 16),
    at,
  });
  for (let at = Math.floor(from / MINUTE) * MINUTE; at <= to; at += MINUTE) {
    const wall = at + ahead(zone, at);
    const fresh: { day: number; time: string; at: number }[] = [];
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
