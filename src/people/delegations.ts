/** Delegations of the vote and of releasing: dated, one hop, to one person (design section 7, rule 10; section 8). */
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, holdersOf, type Org, type PersonId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';

export type DelegationCommand = { readonly type: 'delegate'; readonly to: PersonId; readonly until: Instant };
export type DelegationEvent = {
  readonly type: 'delegated';
  readonly from: PersonId;
  readonly to: PersonId;
  readonly until: Instant;
};

/** Refuses `not-on-a-board`, `delegate-to-self`, `delegate-on-a-board`, `delegation-past`, `delegation-chain`. */
export function decideDelegation(
  org: Pick<Org, 'boards' | 'delegations' | 'roles' | 'audiences'>,
  command: DelegationCommand,
  context: Context,
): Decision<DelegationEvent> {
  const { boards, delegations } = org;
  const from = context.actor.person;
  const mine = Object.values(boards).filter(({ members }) => members.includes(from));
  if (mine.length === 0 && !releases(org, from)) return refuse('not-on-a-board');
  if (command.to === from) return refuse('delegate-to-self');
  if (mine.some(({ members }) => members.includes(command.to))) return refuse('delegate-on-a-board', { person: command.to });
  if (command.until <= context.now) return refuse('delegation-past', { until: command.until });
  const chained = delegations[command.to];
  if (chained && chained.until > context.now) return refuse('delegation-chain', { person: command.to });
  return accept({ type: 'delegated', from, to: command.to, until: command.until });
}

/** Whoever releases for an audience, as the organisation has it; a releaser of one line only is known to its plan alone. */
const releases = ({ roles, audiences }: Pick<Org, 'roles' | 'audiences'>, person: PersonId): boolean =>
  holdersOf({ roles }, 'communications').includes(person) ||
  Object.values(audiences).some(({ releasers }) => releasers.includes(person));

/** The delegations after an event; a new one takes the place of the one before. */
export const evolveDelegation = (delegations: Org['delegations'], { from, to, until }: DelegationEvent): Org['delegations'] => ({
  ...delegations,
  [from]: { to, until },
});
