/** What begins an update, as events carry it. */
import type { Instant, Span } from '../core/instant.ts';
import type { Phase } from './line.ts';

/** An update that begins to be prepared. */
export interface Opened {
  readonly id: string;
  readonly phase: Phase;
  readonly due: Instant;
  /** When it would have been due, had that not been in quiet hours. */
  readonly quiet?: Instant | undefined;
  /** How long before due its text is asked for, where that does not follow from the cadence. */
  readonly lead?: Span | undefined;
}
