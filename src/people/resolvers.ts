/** Resolver groups: who mends things, in tiers 1 to 3; records are assigned to them (P7, P15). Pure. */
import {
  accept,
  type Context,
  type Decision,
  type PersonId,
  type ResolverGroup,
  requireRole,
  type Tier,
} from '../core/record.ts';
import { refuse } from '../core/refusal.ts';

export type ResolverCommand =
  | { readonly type: 'create-resolvers'; readonly group: string; readonly tier: Tier }
  | { readonly type: 'add-resolver' | 'remove-resolver'; readonly group: string; readonly person: PersonId };

export type ResolverEvent =
  | { readonly type: 'resolvers-created'; readonly group: string; readonly tier: Tier }
  | { readonly type: 'resolver-added' | 'resolver-removed'; readonly group: string; readonly person: PersonId };

type Groups = Readonly<Record<string, ResolverGroup>>;

/** Who may say who mends what. */
export const RESOLVER_ROLES = ['admin', 'incident-manager', 'service-desk'] as const;

/** What people see of them in one list. */
const MOST_GROUPS = 100;

/** `Network team` is `network-team`. */
export const resolverKey = (said: string): string =>
  said
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/gu, '-');

/**
 * Refuses `role-needed`, `resolvers-exist` (facts: `group`, `tier`), `unknown-resolvers` (facts: `said`, `known`), `too-many-resolvers`.
 * Who is in it already, or is not, changes nothing.
 */
export function decideResolvers(groups: Groups, command: ResolverCommand, context: Context): Decision<ResolverEvent> {
  const lacking = requireRole(context, ...RESOLVER_ROLES);
  if (lacking) return lacking;
  const group = resolverKey(command.group);
  const known = groups[group];
  if (command.type === 'create-resolvers') {
    if (known?.tier === command.tier) return accept();
    if (known) return refuse('resolvers-exist', { group, tier: known.tier });
    if (Object.keys(groups).length >= MOST_GROUPS) return refuse('too-many-resolvers', { most: MOST_GROUPS });
    return accept({ type: 'resolvers-created', group, tier: command.tier });
  }
  if (!known) return refuse('unknown-resolvers', { said: command.group, known: Object.keys(groups) });
  const { person } = command;
  const isIn = known.members.includes(person);
  if (command.type === 'add-resolver') return isIn ? accept() : accept({ type: 'resolver-added', group, person });
  return isIn ? accept({ type: 'resolver-removed', group, person }) : accept();
}

/** The groups after an event. */
export function evolveResolvers(groups: Groups, event: ResolverEvent): Groups {
  const { group } = event;
  if (event.type === 'resolvers-created') return { ...groups, [group]: { tier: event.tier, members: [] } };
  const known = groups[group] ?? { tier: 1, members: [] };
  const others = known.members.filter((member) => member !== event.person);
  return { ...groups, [group]: { ...known, members: event.type === 'resolver-added' ? [...others, event.person] : others } };
}
