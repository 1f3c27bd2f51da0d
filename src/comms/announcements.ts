/**
 * When a change is announced (M7): before it starts, at its start and at its end. The points follow from its window, so they move
 * with it. Pure. Source: M7; the issue *Plans*, plans for changes and releases.
 */
import { DAY, HOUR, type Instant, MINUTE, type Span } from '../core/instant.ts';

/** From when to when the work is planned; a change of the short form may have no end yet. */
export interface Window {
  readonly start: Instant;
  readonly end?: Instant | undefined;
}

/** How long before its start a change is announced, unless a line says otherwise. */
export const BEFORE: readonly Span[] = [5 * DAY, DAY, HOUR];
/** Who hears of a change from its beginning: administrators and those who use what changes. Others start on demand. */
export const TOLD_OF_CHANGES: readonly string[] = ['all-staff', 'customers', 'working-staff'];

/** What was missed before the plan began is told within this. */
const AT_ONCE: Span = 30 * MINUTE;
/** Texts are asked for a fifth of the way ahead, between these. */
const SHORTEST_LEAD: Span = 20 * MINUTE;
const LONGEST_LEAD: Span = DAY;

/** One announcement: when it is due, how long before that its text is asked for, and what it tells. */
export interface Announcement {
  readonly due: Instant;
  readonly lead: Span;
  /** `first`: what is to come; `progress`: it has begun, or should be over. */
  readonly phase: 'first' | 'progress';
}

const leadBefore = (span: Span): Span => Math.min(LONGEST_LEAD, Math.max(SHORTEST_LEAD, Math.floor(span / 5)));

/** All announcements of a window, earliest first. */
export function announcements({ start, end }: Window, before: readonly Span[]): readonly Announcement[] {
  const spans = [...new Set(before)].filter((span) => span > 0).sort((a, b) => b - a);
  return [
    ...spans.map((span): Announcement => ({ due: start - span, lead: leadBefore(span), phase: 'first' })),
    { due: start, lead: SHORTEST_LEAD, phase: 'progress' },
    ...(end === undefined || end <= start ? [] : [{ due: end, lead: SHORTEST_LEAD, phase: 'progress' } as const]),
  ];
}

/** The next announcement that is due after an instant; none once the window is over. */
export const announcementAfter = (window: Window, before: readonly Span[], after: Instant): Announcement | undefined =>
  announcements(window, before).find(({ due }) => due > after);

/**
 * The first announcement of a line that was told nothing yet: the next point; or at once, where one has passed already and the next
 * one is further off. None once the window is over.
 */
export function firstAnnouncement(window: Window, before: readonly Span[], now: Instant): Announcement | undefined {
  const next = announcementAfter(window, before, now);
  const missed = announcements(window, before).some(({ due, phase }) => phase === 'first' && due <= now);
  if (!next || !missed || now >= window.start || next.due <= now + AT_ONCE) return next;
  return { due: now + AT_ONCE, lead: AT_ONCE, phase: 'first' };
}

/** Whether two windows are the same. */
export const sameWindow = (a: Window | undefined, b: Window | undefined): boolean => a?.start === b?.start && a?.end === b?.end;
