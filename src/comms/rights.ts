/** Who may do what with a plan; judged against the line and the organisation as of the deciding transaction (M4). */
import { type Context, holdersOf, type PartName, type PersonId, type Role } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { authorOf, type Line, releasersOf } from './line.ts';
import type { Plan, PlanKind } from './plan.ts';
import { updatesOf } from './update.ts';

type Knowing = Pick<Context, 'actor' | 'org' | 'now'>;

const MANAGERS: Readonly<Record<PlanKind, readonly Role[]>> = {
  problem: ['problem-manager'],
  incident: ['incident-manager', 'problem-manager'],
  change: ['change-manager'],
};

/** Those who look after plans when the owner does not, nearest first. */
export const managersOf = (plan: Pick<Plan, 'kind'>): readonly Role[] => MANAGERS[plan.kind];

const holdsAny = ({ actor }: Knowing, roles: readonly Role[]): boolean => roles.some((role) => actor.roles.has(role));

const unique = (people: readonly PersonId[]): readonly PersonId[] => [...new Set(people)];

/** A line's settings: the owner, `communications`, the managers, admins. Refuses `not-your-plan`. */
export function mayArrange(plan: Plan, context: Knowing): Refusal | undefined {
  const { actor, org } = context;
  if (actor.person === plan.owner || holdsAny(context, ['communications', 'admin', ...managersOf(plan)])) return undefined;
  const near = [...(plan.owner === '' ? [] : [plan.owner]), ...holdersOf(org, 'communications')];
  const people = near.length > 0 ? near : managersOf(plan).flatMap((role) => holdersOf(org, role));
  return refuse('not-your-plan', { people: unique(people) });
}

/**
 * Whose right to release a line somebody has: their own, or that of a releaser who is away and named them for so long (one hop).
 * Undefined: nobody's.
 */
export function rightOf(
  line: Pick<Line, 'releasers'>,
  person: PersonId,
  { org, now }: Pick<Context, 'org' | 'now'>,
): PersonId | undefined {
  const releasers = releasersOf(line, org);
  if (releasers.includes(person)) return person;
  return releasers.find((one) => {
    const delegation = org.delegations[one];
    return delegation?.to === person && delegation.until > now;
  });
}

/** Everybody who can release a line now: its releasers, and whoever stands in for one of them. */
export function releasingNow(line: Pick<Line, 'releasers'>, { org, now }: Pick<Context, 'org' | 'now'>): readonly PersonId[] {
  const releasers = releasersOf(line, org);
  const standIns = releasers.flatMap((one) => {
    const delegation = org.delegations[one];
    return delegation && delegation.until > now ? [delegation.to] : [];
  });
  return unique([...releasers, ...standIns]);
}

/** Who has which part in the work on a record, as the room of the record keeps it: its part is called like the plan's kind. */
const crewOf = (plan: Plan): PartName<{ readonly crew?: { readonly communications?: readonly PersonId[] } }> => ({
  name: plan.kind,
  initial: {},
});

/**
 * The text: author, owner, `communications`, whoever has the communications of this record, and whoever releases the line. Refuses
 * `not-your-text`.
 */
export function mayWrite(plan: Plan, line: Line, context: Knowing & Partial<Pick<Context, 'other'>>): Refusal | undefined {
  const taken = updatesOf(line).flatMap(({ takenBy }) => (takenBy === undefined ? [] : [takenBy]));
  const speaking = context.other?.(crewOf(plan))?.crew?.communications ?? [];
  const people = unique([authorOf(line, plan), plan.owner, ...taken, ...speaking, ...releasingNow(line, context)]);
  if (people.includes(context.actor.person) || holdsAny(context, ['communications'])) return undefined;
  return refuse('not-your-text', { line: line.audience, people });
}

/** Only the line's releasers and whoever stands in for one; a guest only when named. Refuses `not-a-releaser`. */
export function mayRelease(line: Line, context: Knowing): Refusal | undefined {
  const { actor, org } = context;
  const right = rightOf(line, actor.person, context);
  const named = line.releasers !== undefined && right === actor.person;
  if (right !== undefined && (named || !actor.guest)) return undefined;
  return refuse('not-a-releaser', { line: line.audience, people: releasersOf(line, org) });
}

/** Skipping: the releasers and the owner. Refuses `may-not-skip`. */
export function maySkip(plan: Plan, line: Line, context: Knowing): Refusal | undefined {
  if (context.actor.person === plan.owner || mayRelease(line, context) === undefined) return undefined;
  return refuse('may-not-skip', { line: line.audience, people: unique([plan.owner, ...releasersOf(line, context.org)]) });
}

/** Asking for a correction: the releasers, communications and the owner. Refuses `may-not-correct`. */
export function mayCorrect(plan: Plan, line: Line, context: Knowing): Refusal | undefined {
  if (context.actor.person === plan.owner || holdsAny(context, ['communications'])) return undefined;
  if (mayRelease(line, context) === undefined) return undefined;
  return refuse('may-not-correct', { line: line.audience, people: unique([plan.owner, ...releasersOf(line, context.org)]) });
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
  const writes = [plan.owner, author, authorOf(line, plan), line.update?.takenBy, line.update?.draft?.by].includes(me);
  if (!added.includes(me) || !writes) return undefined;
  const roles: readonly Role[] = [...managersOf(plan), 'admin'];
  const others = holdersOf(context.org, ...roles).filter((person) => person !== me);
  return refuse('own-releaser', { line: line.audience, people: others });
}

/** The facts: owner, authors, `communications`, the managers, admins. Refuses `not-your-facts`. */
export function mayTellFacts(plan: Plan, context: Knowing): Refusal | undefined {
  const people = unique([plan.owner, ...plan.lines.map((line) => authorOf(line, plan))]);
  if (people.includes(context.actor.person) || mayArrange(plan, context) === undefined) return undefined;
  return refuse('not-your-facts', { people: unique([...people, ...holdersOf(context.org, 'communications')]) });
}

/**
 * Nobody makes it easier to release what they write or own (design section 8). Refuses `own-approvals`: somebody else who may
 * arrange the plan does it.
 */
export function mayLower(
  plan: Plan,
  line: Line,
  approvals: number | undefined,
  author: PersonId,
  context: Knowing,
): Refusal | undefined {
  const me = context.actor.person;
  const writes = [plan.owner, author, authorOf(line, plan), line.update?.takenBy, line.update?.draft?.by].includes(me);
  if (approvals === undefined || approvals >= line.approvals || !writes) return undefined;
  const roles: readonly Role[] = [...managersOf(plan), 'admin'];
  return refuse('own-approvals', {
    line: line.audience,
    people: holdersOf(context.org, ...roles).filter((person) => person !== me),
  });
}
