/** Times and spans as people write them. */
import { Temporal } from 'temporal-polyfill';
import { DAY, HOUR, type Instant, MINUTE, SECOND, type Span } from '../core/instant.ts';

const UNITS: Readonly<Record<string, Span>> = { s: SECOND, m: MINUTE, min: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/** `30m`, `2h`, `1d`, `1h 30m`, `90s`, `1w` in milliseconds; undefined when it is none, or not longer than nothing. */
export function parseSpan(words: string): Span | undefined {
  const compact = words.trim().toLowerCase().replaceAll(/\s+/g, '');
  if (!/^(\d{1,6}(min|[smhdw]))+$/.test(compact)) return undefined;
  let span = 0;
  for (const [, count, unit] of compact.matchAll(/(\d+)(min|[smhdw])/g)) span += Number(count) * (UNITS[unit ?? ''] ?? 0);
  return span > 0 ? span : undefined;
}

/** A span as people write it: `1d 2h`, `30m`. */
export function spanWords(span: Span): string {
  const parts: string[] = [];
  let rest = span;
  for (const [unit, size] of [
    ['d', DAY],
    ['h', HOUR],
    ['m', MINUTE],
    ['s', SECOND],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  return parts.join(' ') || '0s';
}

/**
 * A time as people write it, in their zone: `now`, `in 30m`, `22:00` (today, or tomorrow when it is past), `today 22:00`,
 * `tomorrow 22:00`, `2027-01-31 22:00`, `2027-01-31` (its first moment), or ISO 8601 with an offset. Undefined when it is none.
 */
export function parseTime(words: string, now: Instant, zone: string): Instant | undefined {
  const said = words.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (said === 'now') return now;
  if (said.startsWith('in ')) {
    const span = parseSpan(said.slice(3));
    return span === undefined ? undefined : now + span;
  }
  try {
    if (/^\d{4}-\d\d-\d\dt.*(z|[+-]\d\d:?\d\d)$/.test(said)) return Temporal.Instant.from(said.toUpperCase()).epochMilliseconds;
    const match = /^(?:(today|tomorrow|\d{4}-\d\d-\d\d)[ t]?)?(?:(\d\d?):(\d\d))?$/.exec(said);
    if (!match || said === '') return undefined;
    const [, day, hour, minute] = match;
    const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
    const today = here.toPlainDate();
    const date = day === 'tomorrow' ? today.add({ days: 1 }) : !day || day === 'today' ? today : Temporal.PlainDate.from(day);
    if (hour === undefined && (!day || day === 'today' || day === 'tomorrow')) return undefined;
    const clock = Temporal.PlainTime.from({ hour: Number(hour ?? 0), minute: Number(minute ?? 0) }, { overflow: 'reject' });
    const at = date.toZonedDateTime({ timeZone: zone, plainTime: clock });
    const wanted = !day && at.epochMilliseconds < now ? at.add({ days: 1 }) : at;
    return wanted.epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Until when, as people write it: as `parseTime`, but a day alone (`2027-01-31`, `today`, `tomorrow`) counts to its last moment. */
export function parseUntil(words: string, now: Instant, zone: string): Instant | undefined {
  const day = words.trim().toLowerCase();
  if (!/^(today|tomorrow|\d{4}-\d\d-\d\d)$/.test(day)) return parseTime(words, now, zone);
  const begins = parseTime(`${day} 00:00`, now, zone);
  if (begins === undefined) return undefined;
  const next = Temporal.Instant.fromEpochMilliseconds(begins).toZonedDateTimeISO(zone).add({ days: 1 });
  return next.epochMilliseconds - 1;
}

/** A time with its day and zone, for where the platform cannot show the reader's own: `Fri 15 Jan 2027, 22:00 (Europe/Berlin)`. */
export function timeWords(at: Instant, zone: string): string {
  const date = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(date);
  const day = part({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).replace(',', '');
  return `${day}, ${part({ hour: '2-digit', minute: '2-digit', hour12: false })} (${zone})`;
}

/** A time as a form's field shows it again: `2027-01-31 22:00`, in the zone of the person who reads it. */
export function timeField(at: Instant, zone: string): string {
  const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return `${here.toPlainDate().toString()} ${here.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}
