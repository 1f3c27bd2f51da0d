/** One line of one record's plan, and how cards about it are headed. */
import { capital } from '../chat/card.ts';
import type { RecordId } from '../core/record.ts';
import type { Line } from './line.ts';
import type { Outcome, Plan } from './plan.ts';
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

/** What an update that left is called among those who made it: `Update 3`, `Correction`, `Holding statement`. */
export function called({ outcomes }: Pick<Plan, 'outcomes'>, outcome: Outcome | undefined): string {
  if (outcome?.held) return 'Holding statement';
  if (outcome?.corrects === undefined) return `Update ${outcome?.number ?? ''}`;
  return capital(outcomes[outcome.corrects]?.corrected?.what ?? 'correction');
}
