/** As whom somebody is waited for. Pure. */
import type { Instant } from '../core/instant.ts';
import { type Org, type PersonId, ROLES } from '../core/record.ts';

/** Themselves and whoever delegated to them for now (one hop), and every role that one of these holds. */
export function waitedForAs(
  { roles, delegations }: Pick<Org, 'roles' | 'delegations'>,
  me: PersonId,
  now: Instant,
): readonly string[] {
  const givers = Object.entries(delegations).flatMap(([giver, { to, until }]) => (to === me && until > now ? [giver] : []));
  const people = [me, ...givers];
  return [...people, ...ROLES.filter((role) => people.some((person) => roles[role]?.includes(person)))];
}
