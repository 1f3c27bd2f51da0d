/**
 * How an incident or a problem stands: open or resolved, normal or major, and whose it is. A major one always has an owner and a
 * communication plan (P5). Pure; incidents and problems share these rules and differ in the roles.
 */
import type { Instant } from '../core/instant.ts';
import {
  accept,
  BELLMAN,
  type Context,
  type Decision,
  holdersOf,
  type PersonId,
  type RecordId,
  type Role,
  requireRole,
} from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';

export interface Standing {
  readonly status: 'open' | 'resolved';
  readonly major: boolean;
  readonly owner?: PersonId | undefined;
  /** Who was asked to own it, by whom; until they accept, the owner stays. */
  readonly proposed?: { readonly to: PersonId; readonly by: PersonId } | undefined;
  readonly resolution?: string | undefined;
  readonly resolvedAt?: Instant | undefined;
}

export const newStanding: Standing = { status: 'open', major: false };

/** The roles that declare a record major, and those that otherwise act for its owner. */
export interface StandingRoles {
  readonly declare: readonly Role[];
  readonly manage: readonly Role[];
  /** Those who read and classify a private one too. */
  readonly reads: readonly Role[];
  /** Whether whoever raised it may resolve it while it is not major. */
  readonly reporterResolves: boolean;
  /** Whether what was said can still be completed once it is resolved. */
  readonly mendsResolved?: boolean;
  /** Who manages this one as its owner does: whoever leads the work on it. */
  readonly also?: readonly PersonId[];
}

export type StandingCommand =
  /** `breach`: it is a security breach, known since then. */
  | {
      readonly type: 'declare';
      readonly owner: PersonId;
      readonly place?: string | undefined;
      readonly breach?: Instant | undefined;
    }
  | { readonly type: 'propose-owner'; readonly to: PersonId }
  | { readonly type: 'accept-owner' }
  | { readonly type: 'decline-owner' }
  | { readonly type: 'normal'; readonly reason: string }
  | { readonly type: 'resolve'; readonly resolution: string }
  | { readonly type: 'reopen'; readonly reason: string };

export type StandingEvent =
  | {
      readonly type: 'declared';
      readonly owner: PersonId;
      readonly breach?: Instant | undefined;
      readonly words: { readonly place?: string | undefined };
    }
  | { readonly type: 'owner-proposed'; readonly to: PersonId; readonly by: PersonId }
  | { readonly type: 'owner-changed'; readonly owner: PersonId; readonly before?: PersonId | undefined }
  | { readonly type: 'owner-declined'; readonly to: PersonId; readonly by: PersonId }
  | { readonly type: 'made-normal'; readonly words: { readonly reason: string } }
  | {
      readonly type: 'resolved';
      readonly at: Instant;
      readonly major: boolean;
      /** It goes on as this one: whoever is told hears it from there. */
      readonly into?: RecordId;
      readonly words: { readonly resolution: string };
    }
  | { readonly type: 'reopened'; readonly major: boolean; readonly words: { readonly reason: string } };

/**
 * Decides how a record stands. Refuses `role-needed`, `owner-needed`, `already-major`, `known-in-the-future`, `not-major`, `already-owner`, `not-proposed`,
 * `not-yours`, `is-resolved`, `is-open`.
 */
export function decideStanding(
  standing: Standing,
  command: StandingCommand,
  { roles, reporter }: { readonly roles: StandingRoles; readonly reporter: PersonId },
  context: Context,
): Decision<StandingEvent> {
  const { actor, record, now } = context;
  const resolved = standing.status === 'resolved' ? refuse('is-resolved', { record, at: standing.resolvedAt ?? 0 }) : undefined;
  switch (command.type) {
    case 'declare': {
      const refused = requireRole(context, ...roles.declare) ?? resolved;
      if (refused) return refused;
      if (standing.major) return refuse('already-major', { record, owner: standing.owner ?? '' });
      if (command.owner === '' || command.owner === BELLMAN) return refuse('owner-needed', { record });
      if (command.breach !== undefined && command.breach > now) return refuse('known-in-the-future', { at: command.breach });
      return accept({ type: 'declared', owner: command.owner, breach: command.breach, words: { place: command.place } });
    }
    case 'propose-owner': {
      const refused = mayManage(standing, roles, context) ?? resolved;
      if (refused) return refused;
      if (command.to === standing.owner) return refuse('already-owner', { record, owner: command.to });
      // Who names themselves has accepted by it.
      return command.to === actor.person
        ? accept({ type: 'owner-changed', owner: command.to, before: standing.owner })
        : accept({ type: 'owner-proposed', to: command.to, by: actor.person });
    }
    case 'accept-owner':
    case 'decline-owner': {
      if (standing.proposed?.to !== actor.person) return refuse('not-proposed', { record });
      if (resolved) return resolved;
      return command.type === 'accept-owner'
        ? accept({ type: 'owner-changed', owner: actor.person, before: standing.owner })
        : accept({ type: 'owner-declined', to: actor.person, by: standing.proposed.by });
    }
    case 'normal': {
      const refused = requireRole(context, ...roles.declare) ?? resolved;
      if (refused) return refused;
      return standing.major
        ? accept({ type: 'made-normal', words: { reason: command.reason } })
        : refuse('not-major', { record });
    }
    case 'resolve': {
      const reports = roles.reporterResolves && !standing.major && actor.person === reporter;
      const refused = (reports ? undefined : mayManage(standing, roles, context)) ?? resolved;
      return refused ?? accept({ type: 'resolved', at: now, major: standing.major, words: { resolution: command.resolution } });
    }
    case 'reopen': {
      const refused = actor.person === reporter ? undefined : mayManage(standing, roles, context);
      if (refused) return refused;
      return resolved
        ? accept({ type: 'reopened', major: standing.major, words: { reason: command.reason } })
        : refuse('is-open', { record });
    }
    default:
      return command satisfies never;
  }
}

/** The owner and those who act for owners. Refuses `not-yours`. */
export function mayManage(
  standing: Standing,
  roles: Pick<StandingRoles, 'manage' | 'also'>,
  { actor, org, record }: Pick<Context, 'actor' | 'org' | 'record'>,
): Refusal | undefined {
  const { also = [] } = roles;
  if (actor.person === standing.owner || also.includes(actor.person)) return undefined;
  if (roles.manage.some((role) => actor.roles.has(role))) return undefined;
  const managers = holdersOf(org, ...roles.manage);
  const people = [...new Set([...(standing.owner === undefined ? [] : [standing.owner]), ...also, ...managers])];
  return refuse('not-yours', { record, people: people.length > 0 ? people : holdersOf(org, 'admin') });
}

/** How it stands after an event. */
export function evolveStanding(standing: Standing, event: StandingEvent): Standing {
  switch (event.type) {
    case 'declared':
      return { ...standing, major: true, owner: event.owner, proposed: undefined };
    case 'owner-proposed':
      return { ...standing, proposed: { to: event.to, by: event.by } };
    case 'owner-changed':
      return { ...standing, owner: event.owner, proposed: undefined };
    case 'owner-declined':
      return { ...standing, proposed: undefined };
    case 'made-normal':
      return { ...standing, major: false };
    case 'resolved':
      return { ...standing, status: 'resolved', resolvedAt: event.at, resolution: event.words.resolution, proposed: undefined };
    case 'reopened':
      return { ...standing, status: 'open', resolvedAt: undefined, resolution: undefined };
    default:
      return event satisfies never;
  }
}
