/** Who answers for a line: who is told of questions about it, who may answer them, and as what they are shown to the asker. Pure. */
import { type Context, holdersOf, type Org, type PersonId } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { authorOf, type Line, releasersOf } from './line.ts';
import type { Plan } from './plan.ts';
import { mayRelease, rightOf } from './rights.ts';

/** As what somebody answered: readers see the role, the journal has the person. */
export type Standing = 'owner' | 'communications' | 'author' | 'releaser';

type Knowing = Pick<Context, 'actor' | 'org' | 'now'>;

const unique = (people: readonly PersonId[]): readonly PersonId[] => [...new Set(people)];

/** Who hears of a question about a line: whoever holds `communications`, and who writes the line, which is the owner unless named. */
export const coordinatorsOf = (plan: Plan, line: Line, org: Org): readonly PersonId[] =>
  unique([...holdersOf(org, 'communications'), authorOf(line, plan)]);

/** As what this person answers for the line; undefined: not at all. */
function standingOf(plan: Plan, line: Line, context: Knowing): Standing | undefined {
  const { actor } = context;
  if (actor.roles.has('communications')) return 'communications';
  if (actor.person === plan.owner) return 'owner';
  if (actor.person === authorOf(line, plan)) return 'author';
  return rightOf(line, actor.person, context) === undefined ? undefined : 'releaser';
}

/** As what this person may answer. Refuses `not-the-coordinator`. */
export function mayAnswer(plan: Plan, line: Line, context: Knowing): Standing | Refusal {
  const people = unique([...coordinatorsOf(plan, line, context.org), plan.owner]);
  return standingOf(plan, line, context) ?? refuse('not-the-coordinator', { line: line.audience, people });
}

/**
 * What is written to somebody outside is a statement that leaves, so it needs a releaser of the line (M4) or whoever stands in for one,
 * even to one reader.
 * Refuses `outside-needs-releaser`.
 */
export function mayWriteOutside(line: Line, context: Knowing): Refusal | undefined {
  if (mayRelease(line, context) === undefined) return undefined;
  return refuse('outside-needs-releaser', { line: line.audience, people: releasersOf(line, context.org) });
}
