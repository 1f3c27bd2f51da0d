/**
 * What binds the time of an update beside its cadence (M3): by when at the latest, counted from a moment, and what it must wait
 * for. Pure. Source: the issue *Plans*, cadence and clock.
 */
import { Temporal } from 'temporal-polyfill';
import type { Instant, Span } from '../core/instant.ts';

/** A span, or calendar months in a zone: the 31st and a month is the last day of a shorter month. */
export type Within = Span | { readonly months: number; readonly zone: string };

/** From when it is counted: when the record was declared major, or when it became known. */
export const MOMENTS = ['declared', 'known'] as const;

export interface Bounds {
  /** By when the first update must be out, the second, and so on, counted from the declaration. */
  readonly declared?: readonly Within[] | undefined;
  /** The same, counted from when it became known; of two deadlines the earlier counts. */
  readonly known?: readonly Within[] | undefined;
  readonly notBefore?: Instant | undefined;
  /** The audience that is told first. */
  readonly after?: string | undefined;
}

/** What the moments are; `known` is absent until somebody says it. */
export interface Moments {
  readonly declaredAt: Instant;
  readonly known?: Instant | undefined;
}

/** The end of a term that begins at a moment. */
export const endOf = (within: Within, from: Instant): Instant =>
  typeof within === 'number'
    ? from + within
    : Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(within.zone).add({ months: within.months })
        .epochMilliseconds;

/** By when the update after so many others must be out: the earlier of its deadlines; none when nothing binds it. */
export function deadlineOf(bounds: Bounds | undefined, moments: Moments, before: number): Instant | undefined {
  const ends = [
    [bounds?.declared?.[before], moments.declaredAt],
    [bounds?.known?.[before], moments.known],
  ] as const;
  const all = ends.flatMap(([within, from]) => (within === undefined || from === undefined ? [] : [endOf(within, from)]));
  return all.length === 0 ? undefined : Math.min(...all);
}
