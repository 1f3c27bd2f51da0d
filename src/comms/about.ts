/** One line of one record's plan, and how cards about it are headed. */
import type { RecordId } from '../core/record.ts';
import type { Line } from './line.ts';
import type { Plan } from './plan.ts';
import { audienceLabel } from './template.ts';

/** One line of one record's plan, as its notices need it. */
export interface About {
  readonly record: RecordId;
  readonly plan: Plan;
  readonly line: Line;
}

/** `Overdue: Press and media, PRB-1`. */
export const title = (
  what: string,
  { record, line }: { readonly record: RecordId; readonly line: Pick<Line, 'audience' | 'label'> },
): string => `${what}: ${audienceLabel(line.audience, [line])}, ${record}`;
