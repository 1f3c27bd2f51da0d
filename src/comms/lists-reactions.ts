/** What follows for plans when an audience's list changes: each that runs looks anew, and its drafts show it. */
import { type Ask, type Reaction, when } from '../core/ask.ts';
import type { RecordKind } from '../core/record.ts';
import { type OrgEvent, org } from '../people/index.ts';
import { plan as planPart } from './part.ts';
import type { PlanCommand } from './plan-command.ts';

/** Where plans run, and how their records stand then. */
const RUNNING: readonly (readonly [of: RecordKind, status: string])[] = [
  ['PRB', 'major'],
  ['INC', 'major'],
  ['RFC', 'approved'],
  ['RFC', 'in progress'],
];

const lookAnew = (): readonly Ask[] => {
  const command: PlanCommand = { type: 'see-lists' };
  return RUNNING.map(([of, status]): Ask => ({ ask: 'each', of, status, part: planPart.name, command }));
};

export const listsReactions: readonly Reaction[] = [
  when<OrgEvent, 'list-set'>(org.name, 'list-set', lookAnew),
  when<OrgEvent, 'list-dropped'>(org.name, 'list-dropped', lookAnew),
];
