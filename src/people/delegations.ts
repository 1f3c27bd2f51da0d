/** Delegations of the vote: dated, one hop, to one person (design section 7, rule 10). */
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, type Org, type PersonId } from '../core/record.ts';
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
  { boards, delegations }: Pick<Org, 'boards' | 'delegations'>,
  command: DelegationCommand,
  context: Context,
): Decision<DelegationEvent> {
  const from = context.actor.person;
  const mine = Object.values(boards).filter(({ members }) => members.includes(from));
  if (mine.length === 0) return refuse('not-on-a-board');
  if (command.to === from) return refuse('delegate-to-self');
  if (mine.some(({ members }) => members.includes(command.to))) return refuse('delegate-on-a-board', { person: command.to });
  if (command.until <= context.now) return refuse('delegation-past', { until: command.until });
  const chained = delegations[command.to];
  if (chained && chained.until > context.now) return refuse('delegation-chain', { person: command.to });
  return accept({ type: 'delegated', from, to: command.to, until: command.until });
}

/** The delegations after an event; a new one takes the place of the one before. */
export const evolveDelegation = (delegations: Org['delegations'], { from, to, until }: DelegationEvent): Org['delegations'] => ({
  ...delegations,
  [from]: { to, until },
});
