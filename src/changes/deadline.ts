/** Until when a ballot takes votes, and when those who have not voted are reminded (design section 7, rules 6 and 8). */
import { HOUR, type Instant, type Span } from '../core/instant.ts';
import { PATIENCE } from './fields.ts';
import type { ChangeType } from './rfc.ts';

/** A change that was made before its approval is voted on within this time. */
export const ALREADY_MADE_LIMIT: Span = 24 * HOUR;

/** How long before its start a change must be decided. */
export const LEAD: Readonly<Record<ChangeType, Span>> = {
  emergency: 0,
  standard: 4 * HOUR,
  minor: 4 * HOUR,
  major: 24 * HOUR,
  significant: 24 * HOUR,
};

/** When reminders go out, in percent of the time between opening and deadline. */
export const REMINDERS = [50, 80] as const;

export interface Timing {
  readonly type: ChangeType;
  readonly start: Instant;
  /** Made before its approval. */
  readonly already: boolean;
}

/**
 * The earlier of the board's limit and the change's start less its lead. An emergency change whose start is "now" starts when it is
 * approved, so its start sets no limit; one that was made already has 24 hours. The result may be past: then the ballot cannot open.
 */
export function deadlineOf({ type, start, already }: Timing, limit: Span, now: Instant): Instant {
  if (already) return now + ALREADY_MADE_LIMIT;
  const atOnce = type === 'emergency' && start <= now && start >= now - PATIENCE;
  return atOnce ? now + limit : Math.min(now + limit, start - LEAD[type]);
}

/** When the reminders of a ballot are due. */
export const remindersOf = (opened: Instant, deadline: Instant): readonly Instant[] =>
  REMINDERS.map((percent) => opened + Math.floor(((deadline - opened) * percent) / 100));

/** The reminder that it is time for, in percent: the last one that is due, until the deadline. */
export function reminderNow(
  { opened, deadline }: { readonly opened: Instant; readonly deadline: Instant },
  now: Instant,
): number | undefined {
  if (now >= deadline) return undefined;
  const due = remindersOf(opened, deadline);
  return REMINDERS.findLast((_percent, at) => now >= (due[at] ?? deadline));
}
