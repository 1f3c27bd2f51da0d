/** Who may do what with a plan; judged against the line and the organisation as of the deciding transaction (M4). */
import { type Context, holdersOf, type PersonId, type Role } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { authorOf, type Line, releasersOf } from './line.ts';
import type { Plan } from './plan.ts';

type Knowing = Pick<Context, 'actor' | 'org'>;

/** Those who look after plans when the owner does not, nearest first. */
export const managersOf = (plan: Pick<Plan, 'kind'>): readonly Role[] =>
  plan.kind === 'incident' ? ['incident-manager', 'problem-manager'] : ['problem-manager'];

const holdsAny = ({ actor }: Knowing, roles: readonly Role[]): boolean => roles.some((role) => actor.roles.has(role));

const unique = (people: readonly PersonId[]): readonly PersonId[] => [...new Set(people)];

/** A line's settings: the owner, `communications`, the managers, admins. Refuses `not-your-plan`. */
export function mayArrange(plan: Plan, context: Knowing): Refusal | undefined {
  const { actor, org } = context;
  if (actor.person === plan.owner || holdsAny(context, ['communications', 'admin', ...managersOf(plan)])) return undefined;
  return refuse('not-your-plan', { people: unique([plan.owner, ...holdersOf(org, 'communications')]) });
}

/** The text: author, owner, `communications`, and whoever releases the line. Refuses `not-your-text`. */
export function mayWrite(plan: Plan, line: Line, context: Knowing): Refusal | undefined {
  const people = unique([authorOf(line, plan), plan.owner, ...releasersOf(line, context.org)]);
  if (people.includes(context.actor.person) || holdsAny(context, ['communications'])) return undefined;
  return refuse('not-your-text', { line: line.audience, people });
}

/** Only the line's releasers; a guest only when named. Refuses `not-a-releaser`. */
export function mayRelease(line: Line, { actor, org }: Knowing): Refusal | undefined {
  const releasers = releasersOf(line, org);
  const named = line.releasers !== undefined;
  if (releasers.includes(actor.person) && (named || !actor.guest)) return undefined;
  return refuse('not-a-releaser', { line: line.audience, people: releasers });
}

/** Skipping: the releasers and the owner. Refuses `may-not-skip`. */
export function maySkip(plan: Plan, line: Line, context: Knowing): Refusal | undefined {
  if (context.actor.person === plan.owner || mayRelease(line, context) === undefined) return undefined;
  return refuse('may-not-skip', { line: line.audience, people: unique([plan.owner, ...releasersOf(line, context.org)]) });
}

/**
 * Nobody makes themselves a releaser of a line that they write or own, whatever else they are (design section 8).
 * Refuses `own-releaser`: somebody else who may arrange the plan does it.
 */
export function mayAdd(
  plan: Plan,
  line: Line,
  added: readonly PersonId[],
  author: PersonId,
  context: Knowing,
): Refusal | undefined {
  const me = context.actor.person;
  const writes = [plan.owner, author, authorOf(line, plan), line.update?.draft?.by].includes(me);
  if (!added.includes(me) || !writes) return undefined;
  const roles: readonly Role[] = [...managersOf(plan), 'admin'];
  const others = holdersOf(context.org, ...roles).filter((person) => person !== me);
  return refuse('own-releaser', { line: line.audience, people: others });
}
