/** Identities: one person on several platforms, joined by a one-time code (design section 4). */
import { accept, type Context, type Decision, type PersonId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';

export type IdentityCommand = {
  readonly type: 'join-identity';
  readonly platform: string;
  readonly user: string;
  readonly person: PersonId;
  /** Open records in which both persons have acted. */
  readonly shared: readonly string[];
};

export type IdentityEvent = {
  readonly type: 'identity-joined';
  readonly platform: string;
  readonly person: PersonId;
  /** Who this identity was before. */
  readonly before: PersonId;
  /** The journal's chain names people by our own ids only. */
  readonly words: { readonly user: string };
};

/** Platforms whose identities are for trying only: anybody can be anyone there. */
const FOR_TRYING: ReadonlySet<string> = new Set(['console']);

/** Whether identities of this platform may be joined with others at all. */
export const joinable = (platform: string): boolean => !FOR_TRYING.has(platform);

/**
 * Joins the asker's identity to `person`. Refuses `console-not-linked`, and `both-acted` while both have acted in the same open
 * ballot or release: one person would have counted twice.
 */
export function decideIdentity(_state: unknown, command: IdentityCommand, context: Context): Decision<IdentityEvent> {
  if (!joinable(command.platform)) return refuse('console-not-linked');
  if (command.person === context.actor.person) return accept();
  if (command.shared.length > 0) return refuse('both-acted', { records: command.shared });
  return accept({
    type: 'identity-joined',
    platform: command.platform,
    person: command.person,
    before: context.actor.person,
    words: { user: command.user },
  });
}
