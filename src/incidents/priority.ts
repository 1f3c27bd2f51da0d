/**
 * The one priority scheme of incidents and problems (P2): impact says how much of the business is hit, urgency how soon it must be
 * mended. Read a row by impact, a column by urgency.
 *
 *            urgency  high      medium    low
 *   impact high       critical  high      medium
 *          medium     high      medium    low
 *          low        medium    low       planned
 */
export const LEVELS = ['high', 'medium', 'low'] as const;
export type Level = (typeof LEVELS)[number];

export type Priority = 'critical' | 'high' | 'medium' | 'low' | 'planned';

const BY_WEIGHT: readonly Priority[] = ['critical', 'high', 'medium', 'low', 'planned'];

/** The priority that follows from impact and urgency. */
export const priorityOf = (impact: Level, urgency: Level): Priority =>
  BY_WEIGHT[LEVELS.indexOf(impact) + LEVELS.indexOf(urgency)] ?? 'planned';
