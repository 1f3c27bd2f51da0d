/** Cadences and quiet hours as people write and read them. */
import { Temporal } from 'temporal-polyfill';
import { type Cadence, hasClock, type Weekly } from '../core/cadence.ts';
import type { Quiet } from '../core/quiet.ts';
import { parseSpan, spanWords } from './time-words.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const GROUPS: Readonly<Record<string, readonly number[]>> = {
  daily: [1, 2, 3, 4, 5, 6, 7],
  day: [1, 2, 3, 4, 5, 6, 7],
  weekdays: [1, 2, 3, 4, 5],
  weekday: [1, 2, 3, 4, 5],
  weekends: [6, 7],
  weekend: [6, 7],
};
const BARE = { 'on change': 'on change', once: 'once', 'on demand': 'on demand', none: 'on demand', off: 'on demand' } as const;
/** More times a day than this are a span. */
const MOST_TIMES = 24;

const dayOf = (said: string): number =>
  DAYS.findIndex((day) => said === day || said === NAMES[DAYS.indexOf(day)]?.toLowerCase()) + 1;

/** `weekdays`, `mon`, `thursday`, `mon-fri`; undefined when it names no day. */
function daysIn(said: string): readonly number[] | undefined {
  const group = GROUPS[said];
  if (group) return group;
  const [from = '', to] = said.split('-');
  const [first, last] = [dayOf(from), dayOf(to ?? from)];
  if (first === 0 || last === 0) return undefined;
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, at) => ((first - 1 + at) % 7) + 1);
}

/** `9:00` is `09:00`; undefined when it is no time of a day. */
function clockTime(said: string): string | undefined {
  const match = /^(\d\d?):(\d\d)$/u.exec(said);
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) return undefined;
  return `${match[1]?.padStart(2, '0')}:${match[2]}`;
}

/** The zone's own name for `europe/berlin`; undefined when there is no such zone. */
function zoneOf(said: string): string | undefined {
  if (!/^[a-z]/iu.test(said)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: said }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const sorted = <T extends string | number>(all: Iterable<T>): readonly T[] =>
  [...new Set(all)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

function weekly(words: readonly string[], zone: string): Weekly | undefined {
  const days: number[] = [];
  const times: string[] = [];
  let place: string | undefined;
  for (const word of words) {
    const named = daysIn(word.toLowerCase());
    const time = named ? undefined : clockTime(word);
    const somewhere = named || time ? undefined : zoneOf(word);
    if (named) days.push(...named);
    else if (time) times.push(time);
    else if (somewhere && place === undefined) place = somewhere;
    else return undefined;
  }
  if (days.length === 0 || times.length === 0 || times.length > MOST_TIMES) return undefined;
  return { rule: 'weekly', days: sorted(days), times: sorted(times), zone: place ?? zone };
}

/** An ISO 8601 duration without months and years, as `PT30M`. */
function isoSpan(said: string): number | undefined {
  try {
    const length = Temporal.Duration.from(said).total({ unit: 'milliseconds' });
    return length > 0 ? length : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * `30m`, `every 2 hours`, `PT30M`; `weekdays 9:00 16:00 Europe/Berlin`, `daily 9:00`, `mon,thu 10:00` (in the zone of the person
 * who writes, unless one is named); `on change`, `once`, `on demand`. Undefined when it is none of these.
 */
export function parseCadence(said: string, zone: string): Cadence | undefined {
  const words = said
    .trim()
    .split(/[\s,;]+/u)
    .filter((word) => !['', 'every', 'at', 'and', 'in'].includes(word.toLowerCase()));
  const compact = words.join(' ').toLowerCase();
  const bare = Object.entries(BARE).find(([name]) => name === compact)?.[1];
  if (bare) return { rule: bare };
  if (/^p[\dt]/u.test(compact)) return isoSpan(compact.toUpperCase());
  const span = compact.replaceAll(/(\d)\s*(m|h|d|w)(in(ute)?|our|ay|eek)?s?(?![a-z])/gu, '$1$2');
  return parseSpan(span) ?? weekly(words, zone);
}

const isRun = (days: readonly number[], run: readonly number[]): boolean => days.join() === run.join();

/** A cadence as people write it, so that a form gives back what it showed. */
export function cadenceField(cadence: Cadence | undefined): string {
  if (cadence === undefined) return 'on demand';
  if (typeof cadence === 'number') return spanWords(cadence);
  if (cadence.rule !== 'weekly') return cadence.rule;
  const { days, times, zone } = cadence;
  const named = isRun(days, [1, 2, 3, 4, 5, 6, 7])
    ? 'daily'
    : isRun(days, [1, 2, 3, 4, 5])
      ? 'weekdays'
      : days.map((day) => DAYS[day - 1]).join(',');
  return [named, ...times, zone].join(' ');
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** A cadence in a sentence: `Every 30m`, `Every weekday at 09:00 and 16:00 (Europe/Berlin)`, `On demand`. */
export function cadenceWords(cadence: Cadence | undefined): string {
  if (typeof cadence === 'number') return `Every ${spanWords(cadence)}`;
  if (!hasClock(cadence)) {
    switch (cadence?.rule) {
      case 'on change':
        return 'On every change';
      case 'once':
        return 'Once';
      default:
        return 'On demand';
    }
  }
  const { days, times, zone } = cadence;
  const named = isRun(days, [1, 2, 3, 4, 5, 6, 7])
    ? 'day'
    : isRun(days, [1, 2, 3, 4, 5])
      ? 'weekday'
      : listed(days.map((day) => NAMES[day - 1] ?? ''));
  return `Every ${named} at ${listed(times)} (${zone})`;
}

/** `22:00-07:00 Europe/Berlin`, the zone that of the person who writes unless one is named; undefined when it is none. */
export function parseQuiet(said: string, zone: string): Quiet | undefined {
  const match = /^(\d\d?:\d\d)\s*(?:-|–|to)\s*(\d\d?:\d\d)(?:\s+(\S+))?$/iu.exec(said.trim());
  if (!match) return undefined;
  const [from, to] = [clockTime(match[1] ?? ''), clockTime(match[2] ?? '')];
  const place = match[3] === undefined ? zone : zoneOf(match[3]);
  return from === undefined || to === undefined || from === to || place === undefined ? undefined : { from, to, zone: place };
}

/** Quiet hours in a sentence: `22:00 to 07:00 (Europe/Berlin)`. */
export const quietWords = ({ from, to, zone }: Quiet): string => `${from} to ${to} (${zone})`;
