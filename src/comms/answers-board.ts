/** What a plan's board and its ledger say of answers: who has seen the last update of a line, and what is still asked. */
import type { Answers, Seen } from './answers.ts';
import type { Line } from './line.ts';
import { type Plan, updateNumber } from './plan.ts';
import { isWaiting } from './question.ts';

/** `seen by 12 of 40`; nothing when nobody pressed and it is not known who could. */
export const seenWords = (sum: Seen | undefined): string | undefined =>
  sum === undefined ? undefined : `seen by ${sum.seen}${sum.of === undefined ? '' : ` of ${sum.of}`}`;

/** Of one line, as a sentence or two; empty when there is nothing to say. */
export function answersOf(line: Line, plan: Plan, answers: Answers): string {
  const released = Object.entries(plan.outcomes).filter(([, { line: of, what }]) => of === line.audience && what === 'released');
  const [last] = released.sort(([a], [b]) => updateNumber(b) - updateNumber(a));
  const seen = last && seenWords(answers.seen[last[0]]);
  const open = answers.questions.filter((one) => one.line === line.audience && isWaiting(one)).length;
  return [
    ...(seen === undefined ? [] : [` Update ${last?.[1].number ?? ''} ${seen}.`]),
    ...(open === 0 ? [] : [` ${open} ${open === 1 ? 'question waits' : 'questions wait'} for an answer.`]),
  ].join('');
}
