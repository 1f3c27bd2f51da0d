/**
 * How a record's priority paces the template's cadences (M3): what is critical or high is told as often as the template says,
 * the rest less often. An organisation's own cadence is taken as it is.
 */
import type { Span } from '../core/instant.ts';

/** The one priority scheme of incidents and problems (P2), most pressing first. */
export type Priority = 'critical' | 'high' | 'medium' | 'low' | 'planned';

const TIMES: Readonly<Record<Priority, number>> = { critical: 1, high: 1, medium: 2, low: 4, planned: 4 };

/** The template's time between two updates, for a record of this priority; without one as the template says. */
export const paced = (cadence: Span, priority: Priority | undefined): Span =>
  cadence * (priority === undefined ? 1 : TIMES[priority]);
