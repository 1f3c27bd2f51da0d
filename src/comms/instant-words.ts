/** Times inside a text that leaves: in the audience's zone, with the day when it is not today. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../core/instant.ts';

const here = (at: Instant, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** `10:05 (Europe/Berlin)`; `10:05 UTC`. */
export const clockWords = (at: Instant, zone: string): string =>
  `${here(at, zone).toPlainTime().toString({ smallestUnit: 'minute' })} ${zone === 'UTC' ? zone : `(${zone})`}`;

/** `Friday 15 January 2027`. */
export const dayWords = (at: Instant, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .format(new Date(at))
    .replace(',', '');

/** The clock, and before it the day when it is another one than that of `today`. */
export const instantWords = (at: Instant, today: Instant, zone: string): string =>
  here(at, zone).toPlainDate().equals(here(today, zone).toPlainDate())
    ? clockWords(at, zone)
    : `${dayWords(at, zone)}, ${clockWords(at, zone)}`;
