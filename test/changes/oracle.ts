/** The rule of a ballot read out loud, and every way in which it could go on, tried one by one: slow, plain, and independent of the house's count. */
import type { Choice, Threshold } from '../../src/changes/tally.ts';

export interface Case {
  readonly threshold: Threshold;
  readonly quorum: number | undefined;
  readonly emergency: boolean;
  readonly onCall: number | undefined;
  /** Per mandatory role the numbers of its holders. */
  readonly holders: readonly (readonly number[])[];
  /** One entry for each of the electorate. */
  readonly votes: readonly (Choice | undefined)[];
}

export type Votes = Case['votes'];

export const CHOICES = ['approve', 'reject', 'abstain', undefined] as const;

/** Whether these votes, as the last word, make an approval: design section 7, rules 3, 4 and 8. */
export function passes(one: Case, votes: Votes = one.votes): boolean {
  const tell = (choice: Choice) => votes.filter((vote) => vote === choice).length;
  const [A, R, abstentions] = [tell('approve'), tell('reject'), tell('abstain')];
  let quorum = one.quorum;
  if (quorum === undefined) {
    quorum = 2;
    if (!one.emergency) while (quorum * 2 < votes.length) quorum += 1;
  }
  if (A + R + abstentions < quorum) return false;
  for (const holders of one.holders) {
    if (holders.some((holder) => votes[holder] === 'reject')) return false;
    if (!holders.some((holder) => votes[holder] === 'approve')) return false;
  }
  const onCallApproves = one.onCall !== undefined && votes[one.onCall] === 'approve';
  const enough = one.emergency ? A >= 2 || onCallApproves : A >= 2 || one.threshold.kind === 'any';
  if (!enough) return false;
  switch (one.threshold.kind) {
    case 'majority':
      return A > R;
    case 'any':
      return A >= 1;
    case 'count':
      return A >= one.threshold.least;
    case 'percent':
      return A >= 1 && A / (A + R) >= one.threshold.percent / 100 - 1e-12;
    case 'unanimous':
      return R === 0 && A >= 1;
    default:
      return one.threshold satisfies never;
  }
}

/** Every way in which those who have not voted could vote, or not. */
function* completions(votes: Votes, from = 0): Generator<Votes> {
  const next = votes.findIndex((vote, index) => index >= from && vote === undefined);
  if (next < 0) yield votes;
  else for (const choice of CHOICES) yield* completions(votes.with(next, choice), next + 1);
}

/** What the rest can still make of it. */
export function future(one: Case): { readonly certain: boolean; readonly possible: boolean } {
  const all = [...completions(one.votes)].map((votes) => passes(one, votes));
  return { certain: all.every(Boolean), possible: all.some(Boolean) };
}
