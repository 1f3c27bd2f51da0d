/** Persons who have left: they hold no role, sit on no board, release nothing, and cannot act (design section 7, rule 1; S4). */
import { accept, type Context, type Decision, type Org, type PersonId, type Role, requireRole } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import type { AudienceEvent } from './audiences.ts';
import type { BoardEvent } from './boards.ts';
import type { RoleEvent } from './roles.ts';

export type ActivityCommand = { readonly type: 'deactivate' | 'activate'; readonly person: PersonId };
export type ActivityEvent = { readonly type: 'deactivated' | 'activated'; readonly person: PersonId };

type Left = ActivityEvent | RoleEvent | BoardEvent | AudienceEvent;

/**
 * Whoever is deactivated loses each role, each seat and each right to release by an event of its own, so that everything that
 * follows from such a loss follows here too. Who comes back holds nothing. Refuses `role-needed`, `last-admin`.
 */
export function decideActivity(org: Omit<Org, 'version'>, { type, person }: ActivityCommand, context: Context): Decision<Left> {
  const lacking = requireRole(context, 'admin');
  if (lacking) return lacking;
  const gone = org.inactive?.includes(person) ?? false;
  if (gone === (type === 'deactivate')) return accept();
  if (type === 'activate') return accept<Left>({ type: 'activated', person });
  if (org.roles.admin?.length === 1 && org.roles.admin.includes(person)) return refuse('last-admin', { person });
  return accept<Left>(
    { type: 'deactivated', person },
    ...Object.entries(org.roles)
      .filter(([, holders]) => holders?.includes(person))
      // The keys of the roles are roles.
      .map(([role]): RoleEvent => ({ type: 'revoked', person, role: role as Role })),
    ...Object.values(org.boards)
      .filter(({ members }) => members.includes(person))
      .map(({ name }): BoardEvent => ({ type: 'member-removed', board: name, person })),
    ...Object.values(org.audiences)
      .filter(({ releasers }) => releasers.includes(person))
      .map(
        ({ key, releasers }): AudienceEvent => ({
          type: 'releasers-set',
          audience: key,
          people: releasers.filter((one) => one !== person),
        }),
      ),
  );
}

export const evolveActivity = (inactive: Org['inactive'], { type, person }: ActivityEvent): readonly PersonId[] => {
  const others = (inactive ?? []).filter((one) => one !== person);
  return type === 'deactivated' ? [...others, person] : others;
};
