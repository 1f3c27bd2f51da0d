/** The reports that different readers get (P16): what each is about, and the period that it covers. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import type { Chart } from './chart.ts';
import type { Question } from './trend.ts';

export const REPORTS = [
  'management',
  'incident-manager',
  'service-desk',
  'service-level',
  'resolver-groups',
  'business',
] as const;
export type ReportName = (typeof REPORTS)[number];

export const EVERY = ['weekly', 'monthly'] as const;
export type Every = (typeof EVERY)[number];

/** Whom a report is for, and which trends it draws. */
export const ABOUT: Readonly<Record<ReportName, { readonly title: string; readonly questions: readonly Question[] }>> = {
  management: { title: 'Management report', questions: ['overall', 'major', 'priority', 'high'] },
  'incident-manager': { title: 'Report for the incident manager', questions: ['priority', 'overall', 'high', 'unresolved'] },
  'service-desk': { title: 'Report for the service desk', questions: ['type', 'site', 'shifting', 'closure'] },
  'service-level': { title: 'Report for the service level manager', questions: ['priority', 'overall'] },
  'resolver-groups': { title: 'Report for resolver groups', questions: ['tier', 'shifting', 'unresolved', 'type'] },
  business: { title: 'Report for business managers', questions: ['part', 'site', 'major', 'overall'] },
};

export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/** What happened in a period; times to resolve in milliseconds, null where nothing was resolved. */
export interface Figures {
  readonly raised: number;
  readonly resolved: number;
  readonly major: number;
  readonly high: number;
  readonly median: number | null;
  readonly ninetieth: number | null;
  /** Resolved by tier 1, of those resolved that had a tier; and how many of the resolved went from one tier to another. */
  readonly firstTier: number;
  readonly tiered: number;
  readonly moved: number;
  /** Raised without a problem that they belong to. */
  readonly alone: number;
  readonly problemsRaised: number;
  readonly problemsResolved: number;
}

export interface PriorityRow {
  readonly priority: number;
  readonly unresolved: number;
  readonly resolved: number;
  readonly median: number | null;
  readonly ninetieth: number | null;
}

export interface GroupRow {
  readonly group: string;
  readonly unresolved: number;
  readonly resolved: number;
  readonly moved: number;
}

export interface NamedRecord {
  readonly id: RecordId;
  readonly title: string;
  readonly raised: Instant;
  readonly resolved: Instant | null;
}

/** Everything that a report may tell; plain data, so that it can be kept as it was told. */
export interface Told {
  readonly period: Period;
  readonly now: Figures;
  readonly before: Figures;
  /** Incidents and problems that are unresolved now. */
  readonly unresolved: number;
  readonly problems: number;
  readonly priorities: readonly PriorityRow[];
  readonly groups: readonly GroupRow[];
  readonly oldest: readonly NamedRecord[];
  readonly majors: readonly NamedRecord[];
  readonly updates: { readonly due: number; readonly onTime: number };
  /** Problems raised in the period with a target response time, and those on which the work began in time. */
  readonly targets: { readonly due: number; readonly met: number };
  readonly charts: readonly Chart[];
}

const HOUR_OF_REPORTS = { hour: 8 };

const zoned = (at: Instant, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** When a report is next due after a moment: Monday, or the first of the month, at 08:00 in this zone. */
export function nextDue(every: Every, after: Instant, zone: string): Instant {
  const day = zoned(after, zone).with({
    ...HOUR_OF_REPORTS,
    minute: 0,
    second: 0,
    millisecond: 0,
    microsecond: 0,
    nanosecond: 0,
  });
  const first = every === 'weekly' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 });
  const step = every === 'weekly' ? { weeks: 1 } : { months: 1 };
  return first.epochMilliseconds > after ? first.epochMilliseconds : first.add(step).epochMilliseconds;
}

/** What a report that is due at a moment covers: the week or the month that ended with the day before. */
export function periodBefore(every: Every, due: Instant, zone: string): Period {
  const end = zoned(due, zone).startOfDay();
  const start = every === 'weekly' ? end.subtract({ weeks: 1 }) : end.subtract({ months: 1 });
  return { from: start.epochMilliseconds, to: end.epochMilliseconds };
}

/** A report that runs regularly, on ORG-1. */
export interface Schedule {
  readonly report: ReportName;
  readonly every: Every;
  readonly place: string;
  readonly zone: string;
  readonly by: PersonId;
  readonly next: Instant;
}
