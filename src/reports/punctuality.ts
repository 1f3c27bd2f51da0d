/** How punctual updates were in a month, as people read it. Pure. */
import { Temporal } from 'temporal-polyfill';
import { type Card, card, list, rowOf, text, type Words } from '../chat/card.ts';
import { newest } from '../chat/history-card.ts';
import { spanWords } from '../chat/time-words.ts';
import { audienceLabel } from '../comms/index.ts';
import { type Instant, MINUTE } from '../core/instant.ts';
import type { Punctuality } from './punctuality-store.ts';

/** A month as people say it, and from when up to when it lasts in their zone. */
export interface Month {
  /** `2026-11`. */
  readonly month: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** The month that somebody said (`2026-11`), or the one that is now; undefined when it is none. */
export function monthOf(said: string | undefined, now: Instant, zone: string): Month | undefined {
  try {
    const month =
      said === undefined
        ? Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth()
        : /^\d{4}-\d\d$/u.test(said.trim())
          ? Temporal.PlainYearMonth.from(said.trim())
          : undefined;
    if (!month) return undefined;
    const first = (of: Temporal.PlainYearMonth) => of.toPlainDate({ day: 1 }).toZonedDateTime(zone).epochMilliseconds;
    return { month: month.toString(), from: first(month), to: first(month.add({ months: 1 })) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** How many of those that were due left in time, in whole per cent, rounded down; undefined when none was due. */
export const share = ({ onTime, due }: Pick<Punctuality, 'onTime' | 'due'>): number | undefined =>
  due === 0 ? undefined : Math.floor((100 * onTime) / due);

const delayWords = (delay: number | null): string =>
  delay === null ? '' : `, half of the late ones by ${spanWords(Math.max(MINUTE, Math.round(delay / MINUTE) * MINUTE))} or more`;

const rowWords = (row: Punctuality): Words => [
  { bold: audienceLabel(row.audience) },
  `: ${row.due} due, ${row.onTime} on time (${share(row)}%), ${row.late} late${delayWords(row.delay)}`,
  `, ${row.skipped} skipped${row.open > 0 ? `, ${row.open} not released yet` : ''}.`,
];

/** The month at a glance, worst audience first. */
export function punctualityCard({ month }: Month, rows: readonly Punctuality[]): Card {
  const title = `Punctuality in ${month}`;
  if (rows.length === 0) return card(title, [text('No update was due in that month.')]);
  const worst = [...rows].sort((a, b) => (share(b) ?? 100) - (share(a) ?? 100));
  const sum = rows.reduce((all, { due, onTime }) => ({ due: all.due + due, onTime: all.onTime + onTime }), { due: 0, onTime: 0 });
  const shown = newest(worst, rowWords);
  return card(
    title,
    [
      text(`${sum.onTime} of ${sum.due} updates left in time (${share(sum)}%). Exercises are not counted.`),
      list(...shown.rows.toReversed()),
      ...(shown.before > 0 ? [text(`And ${shown.before} more audiences; the file has all of them.`)] : []),
      ...rowOf([{ label: 'As CSV', action: 'report.punctuality-file', record: 'ORG-1', value: month }]),
    ],
    { summary: `${title}: ${sum.onTime} of ${sum.due} updates left in time` },
  );
}

export const PUNCTUALITY_COLUMNS = [
  'month',
  'audience',
  'due',
  'on_time',
  'late',
  'skipped',
  'not_released',
  'median_minutes_late',
] as const;

/** The same as a table. */
export const punctualityTable = (
  { month }: Month,
  rows: readonly Punctuality[],
): readonly Readonly<Record<(typeof PUNCTUALITY_COLUMNS)[number], string | number>>[] =>
  rows.map(({ audience, due, onTime, late, skipped, open, delay }) => ({
    month,
    audience,
    due,
    on_time: onTime,
    late,
    skipped,
    not_released: open,
    median_minutes_late: delay === null ? '' : Math.round(delay / MINUTE),
  }));
