/** Who may read a record because its plan names them (S3). Pure. */
import type { PersonId, Reader } from '../core/record.ts';
import type { Line } from './line.ts';
import type { Plan } from './plan.ts';

const namedOn = ({ author, releasers, update }: Line): readonly (PersonId | undefined)[] => [
  author,
  ...(releasers ?? []),
  update?.draft?.by,
];

/** The owner, whoever holds `communications`, and those whom a line names as author, writer or releaser. */
export const readersOf = (plan: Plan): readonly Reader[] =>
  plan.status === 'none'
    ? []
    : [plan.owner, 'communications', ...plan.lines.flatMap(namedOn).filter((person) => person !== undefined)];
