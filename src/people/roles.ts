/** Roles: rights to do something, held by persons. Granted and revoked by admins; the last admin stays (P18, S4). */
import {
  accept,
  BELLMAN,
  type Context,
  type Decision,
  holdersOf,
  type Org,
  type PersonId,
  type Role,
  requireRole,
} from '../core/record.ts';
import { refuse } from '../core/refusal.ts';

export type RoleCommand = { readonly type: 'grant' | 'revoke'; readonly person: PersonId; readonly role: Role };
export type RoleEvent = { readonly type: 'granted' | 'revoked'; readonly person: PersonId; readonly role: Role };

type Roles = Org['roles'];

/** Refuses `role-needed`, `last-admin`. Granting what is held, or revoking what is not, changes nothing. */
export function decideRole({ roles }: { readonly roles: Roles }, command: RoleCommand, context: Context): Decision<RoleEvent> {
  const lacking = requireRole(context, 'admin');
  if (lacking) return lacking;
  const holders = roles[command.role] ?? [];
  const holds = holders.includes(command.person);
  if (command.type === 'grant') return holds ? accept() : accept({ type: 'granted', person: command.person, role: command.role });
  if (!holds) return accept();
  if (command.role === 'admin' && holders.length === 1) return refuse('last-admin', { person: command.person });
  return accept({ type: 'revoked', person: command.person, role: command.role });
}

/** Who holds which role after an event. */
export function evolveRole(roles: Roles, { type, person, role }: RoleEvent): Roles {
  const others = (roles[role] ?? []).filter((holder) => holder !== person);
  return { ...roles, [role]: type === 'granted' ? [...others, person] : others };
}

/** The admins who are to be told of something that one of them did. */
export const otherAdmins = (context: Pick<Context, 'org' | 'actor'>): readonly PersonId[] =>
  holdersOf(context.org, 'admin').filter((admin) => admin !== context.actor.person && admin !== BELLMAN);
