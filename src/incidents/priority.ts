/**
 * The one priority scheme of incidents and problems (P2): impact says how much of the business is hit, urgency how soon it must be
 * mended. Read a row by impact, a column by urgency.
 *
 *            urgency  high      medium    low
 *   impact high       critical  high      medium
 *          medium     high      medium    low
 *          low        medium    low       planned
 *
 * `/bellman priority set` puts another priority in a cell. A record keeps the priority that it got when it was raised or edited last.
 */
import type { Org, PriorityCell } from '../core/record.ts';

export const LEVELS = ['high', 'medium', 'low'] as const;
export type Level = (typeof LEVELS)[number];

/** Heaviest first. */
export const PRIORITIES = ['critical', 'high', 'medium', 'low', 'planned'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Where the organisation keeps another priority than the usual one: `high/medium`. */
export const cellOf = (impact: Level, urgency: Level): PriorityCell => `${impact}/${urgency}`;

/** The priority that follows from impact and urgency: the organisation's own where it set one, else the usual one. */
export const priorityOf = (impact: Level, urgency: Level, own: Org['priorities'] = {}): Priority =>
  PRIORITIES.find((known) => known === own[cellOf(impact, urgency)]) ??
  PRIORITIES[LEVELS.indexOf(impact) + LEVELS.indexOf(urgency)] ??
  'planned';
