/** Points in time and spans, as plain numbers so that states and events are JSON without loss. */

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/** A span in milliseconds. */
export type Span = number;

export const SECOND: Span = 1000;
export const MINUTE: Span = 60 * SECOND;
export const HOUR: Span = 60 * MINUTE;
export const DAY: Span = 24 * HOUR;
