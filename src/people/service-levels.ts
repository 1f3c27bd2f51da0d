/**
 * The organisation's service levels: how soon the work on a problem of a category and priority must begin (P1, P2). Pure. Categories
 * and priorities are the incidents' words; here they are only keys.
 */
import type { Span } from '../core/instant.ts';
import { accept, type Context, type Decision, type Org, type Role, requireRole } from '../core/record.ts';

/** `category/priority`. */
export type ServiceLevels = NonNullable<Org['serviceLevels']>;

export interface ServiceLevelCommand {
  readonly type: 'set-service-level';
  /** `any`: every category that has none of its own. */
  readonly category: string;
  readonly priority: string;
  /** Absent: there is none any more. */
  readonly span?: Span | undefined;
}

export type ServiceLevelEvent = Omit<ServiceLevelCommand, 'type'> & { readonly type: 'service-level-set' };

export const ANY_CATEGORY = 'any';

export const SERVICE_LEVEL_ROLES: readonly Role[] = ['admin', 'problem-manager'];

/** How soon the work must begin; undefined: nothing was agreed. */
export const serviceLevelOf = (levels: ServiceLevels, category: string | undefined, priority: string): Span | undefined =>
  levels[`${category ?? ANY_CATEGORY}/${priority}`] ?? levels[`${ANY_CATEGORY}/${priority}`];

/** Refuses `role-needed`. The same once more changes nothing. */
export function decideServiceLevel(
  levels: ServiceLevels,
  { category, priority, span }: ServiceLevelCommand,
  context: Context,
): Decision<ServiceLevelEvent> {
  const lacking = requireRole(context, ...SERVICE_LEVEL_ROLES);
  if (lacking) return lacking;
  return levels[`${category}/${priority}`] === span ? accept() : accept({ type: 'service-level-set', category, priority, span });
}

/** The service levels after an event. */
export function evolveServiceLevels(levels: ServiceLevels, { category, priority, span }: ServiceLevelEvent): ServiceLevels {
  const key = `${category}/${priority}`;
  const others = Object.fromEntries(Object.entries(levels).filter(([one]) => one !== key));
  return span === undefined ? others : { ...others, [key]: span };
}
