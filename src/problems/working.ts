/** Who besides those who manage problems says what helps and what the cause is: specialists, and the virtual team that was invited (P11, P18). */
import type { Context, PartName, PersonId } from '../core/record.ts';
import type { Refusal } from '../core/refusal.ts';
import { mayManage } from '../incidents/index.ts';
import { PROBLEM_ROLES, type Problem } from './record.ts';

/** The virtual team as the escalation holds it; by name, because its rules themselves ask for the problem. */
const TEAM: PartName<{ readonly team: readonly PersonId[] }> = { name: 'escalation', initial: { team: [] } };

/** Refuses `not-yours`. */
export const mayWork = ({ standing }: Pick<Problem, 'standing'>, context: Context): Refusal | undefined =>
  mayManage(
    standing,
    { manage: [...PROBLEM_ROLES.manage, 'specialist'], also: context.other(TEAM)?.team ?? TEAM.initial.team },
    context,
  );
