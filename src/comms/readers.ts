/** Who may read a record because its plan names them (S3). Pure. */
import type { PersonId, Reader } from '../core/record.ts';
import type { Line } from './line.ts';
import type { Plan } from './plan.ts';
import { updatesOf } from './update.ts';

const namedOn = (line: Line): readonly (PersonId | undefined)[] => [
  line.author,
  ...(line.releasers ?? []),
  ...updatesOf(line).flatMap(({ draft, takenBy }) => [draft?.by, takenBy]),
];

/** The owner, whoever holds `communications`, those whom a line names as author, writer or releaser, and whoever is asked to take over. */
export const readersOf = (plan: Plan): readonly Reader[] =>
  plan.status === 'none'
    ? []
    : [
        plan.owner,
        'communications',
        ...Object.values(plan.handovers ?? {}),
        ...plan.lines.flatMap(namedOn).filter((person) => person !== undefined),
      ];
