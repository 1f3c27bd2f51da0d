/**
 * Counting a ballot: quorum, threshold, mandatory roles, and whether the result can still change (design section 7, rules 3 to 5 and 8).
 * Pure, integer arithmetic. "The rest" are those of the electorate who have not voted; votes cast count as they stand.
 */
import type { PersonId, Role } from '../core/record.ts';

export type Choice = 'approve' | 'reject' | 'abstain';

export type Threshold =
  | { readonly kind: 'majority' }
  | { readonly kind: 'any' }
  | { readonly kind: 'unanimous' }
  | { readonly kind: 'count'; readonly least: number }
  | { readonly kind: 'percent'; readonly percent: number };

/** The rule of one ballot, as it was when the ballot opened. */
export interface Rule {
  readonly threshold: Threshold;
  /** Absent: half the electorate rounded up, at least 2; of an emergency board 2. */
  readonly quorum?: number;
  /** An emergency board: any 2, or 1 and the on-call. */
  readonly emergency: boolean;
  readonly onCall?: PersonId;
  /** Each of these roles must approve; its holders in the electorate. */
  readonly mandatory: readonly { readonly role: Role; readonly holders: readonly PersonId[] }[];
}

/** Who may vote, and how they have voted so far. */
export interface Roll {
  readonly electorate: readonly PersonId[];
  readonly votes: Readonly<Record<PersonId, Choice>>;
}

/** Why a ballot is decided, and what it lacked. */
export type Verdict =
  | { readonly outcome: 'approved'; readonly because: 'all voted' | 'certain' | 'deadline' }
  | { readonly outcome: 'rejected'; readonly because: 'all voted' | 'impossible' | 'deadline' }
  | { readonly outcome: 'rejected'; readonly because: 'mandatory reject'; readonly roles: readonly Role[] }
  | { readonly outcome: 'expired'; readonly because: 'no quorum'; readonly quorum: number }
  | { readonly outcome: 'expired'; readonly because: 'mandatory missing'; readonly roles: readonly Role[] };

const SMALLEST_QUORUM = 2;
const LEAST_APPROVALS = 2;

/** The threshold that a board's setting names: `majority`, `any`, `unanimous`, `count 3`, `percent 66`. Anything else counts as majority. */
export function thresholdOf(setting: string): Threshold {
  const [kind, number] = setting.trim().toLowerCase().split(/\s+/u);
  const given = Number(number);
  if (kind === 'any' || kind === 'unanimous') return { kind };
  if (kind === 'count' && Number.isInteger(given) && given > 0) return { kind, least: given };
  if (kind === 'percent' && Number.isInteger(given) && given > 0 && given <= 100) return { kind, percent: given };
  return { kind: 'majority' };
}

/** How many must take part (approve, reject or abstain) in an electorate of this size. */
export function quorumOf(rule: Rule, size: number): number {
  if (rule.quorum !== undefined) return rule.quorum;
  return rule.emergency ? SMALLEST_QUORUM : Math.max(SMALLEST_QUORUM, Math.floor((size + 1) / 2));
}

/** With fewer in the electorate than this, the ballot could never pass: it does not open, or ends void. */
export function fewestVoters(rule: Rule, electorate: readonly PersonId[]): number {
  const counted = rule.threshold.kind === 'count' ? rule.threshold.least : 0;
  return Math.max(quorumOf(rule, electorate.length), counted, leastApprovals(rule, electorate));
}

function leastApprovals(rule: Rule, electorate: readonly PersonId[]): number {
  if (rule.emergency) return rule.onCall !== undefined && electorate.includes(rule.onCall) ? 1 : LEAST_APPROVALS;
  return rule.threshold.kind === 'any' ? 1 : LEAST_APPROVALS;
}

export interface Count {
  readonly approve: number;
  readonly reject: number;
  readonly abstain: number;
}

/** The votes of the electorate; a vote of anybody else is not counted. */
export function count({ electorate, votes }: Roll): Count {
  const of = (choice: Choice) => electorate.filter((person) => votes[person] === choice).length;
  return { approve: of('approve'), reject: of('reject'), abstain: of('abstain') };
}

/** Who has not voted. */
export const waitingFor = ({ electorate, votes }: Roll): readonly PersonId[] =>
  electorate.filter((person) => votes[person] === undefined);

function meetsThreshold(threshold: Threshold, approve: number, reject: number): boolean {
  switch (threshold.kind) {
    case 'majority':
      return approve > reject;
    case 'any':
      return approve >= 1;
    case 'count':
      return approve >= threshold.least;
    case 'percent':
      return approve >= 1 && 100 * approve >= threshold.percent * (approve + reject);
    case 'unanimous':
      return approve >= 1 && reject === 0;
    default:
      return threshold satisfies never;
  }
}

/** Two people at least, except under `any`; of an emergency board one is enough when the on-call approves. */
function enoughApprove(rule: Rule, approve: number, onCallApproves: boolean): boolean {
  if (approve >= LEAST_APPROVALS) return true;
  if (approve < 1) return false;
  return rule.emergency ? onCallApproves : rule.threshold.kind === 'any';
}

/** Whether the votes carry, once quorum and mandatory roles are given. */
const carries = (rule: Rule, approve: number, reject: number, onCallApproves: boolean): boolean =>
  meetsThreshold(rule.threshold, approve, reject) && enoughApprove(rule, approve, onCallApproves);

/** The mandatory roles of which no holder voted so. */
const without = (rule: Rule, { electorate, votes }: Roll, ...choices: readonly (Choice | undefined)[]): readonly Role[] =>
  rule.mandatory
    .filter(({ holders }) => !holders.some((holder) => electorate.includes(holder) && choices.includes(votes[holder])))
    .map(({ role }) => role);

const rejecting = (rule: Rule, { electorate, votes }: Roll): readonly Role[] =>
  rule.mandatory
    .filter(({ holders }) => holders.some((holder) => electorate.includes(holder) && votes[holder] === 'reject'))
    .map(({ role }) => role);

/** Mandatory roles without any holder in the electorate. */
export const unheld = (rule: Rule, electorate: readonly PersonId[]): readonly Role[] =>
  rule.mandatory.filter(({ holders }) => !holders.some((holder) => electorate.includes(holder))).map(({ role }) => role);

/**
 * The verdict that the rule justifies now, or undefined while it is open. Decided at the first of: all voted; pass holds whatever
 * the rest do or leave undone; pass can no longer hold; the deadline (`final`). The electorate is not smaller than `fewestVoters`.
 */
export function verdict(rule: Rule, roll: Roll, final: boolean): Verdict | undefined {
  const refused = rejecting(rule, roll);
  if (refused.length > 0) return { outcome: 'rejected', because: 'mandatory reject', roles: refused };

  const { approve, reject, abstain } = count(roll);
  const rest = waitingFor(roll);
  const quorum = quorumOf(rule, roll.electorate.length);
  const reached = approve + reject + abstain >= quorum;
  const lacking = without(rule, roll, 'approve');
  const onCallApproves = rule.onCall !== undefined && approves(roll, rule.onCall);

  if (final || rest.length === 0) {
    if (!reached) return { outcome: 'expired', because: 'no quorum', quorum };
    if (lacking.length > 0) return { outcome: 'expired', because: 'mandatory missing', roles: lacking };
    const because = rest.length === 0 ? 'all voted' : 'deadline';
    return { outcome: carries(rule, approve, reject, onCallApproves) ? 'approved' : 'rejected', because };
  }

  // A holder who abstained cannot be waited for: once all have, the mandatory vote stays missing.
  const hopeless = without(rule, roll, 'approve', undefined);
  if (hopeless.length > 0) return { outcome: 'expired', because: 'mandatory missing', roles: hopeless };

  // At worst the rest reject, or do nothing and leave the quorum as it is; a holder among them could reject for the role.
  const holderLeft = rule.mandatory.some(({ holders }) => holders.some((holder) => rest.includes(holder)));
  if (reached && lacking.length === 0 && !holderLeft && carries(rule, approve, reject + rest.length, onCallApproves)) {
    return { outcome: 'approved', because: 'certain' };
  }
  // At best the rest approve, the on-call among them.
  const onCallCould = onCallApproves || (rule.onCall !== undefined && rest.includes(rule.onCall));
  if (!carries(rule, approve + rest.length, reject, onCallCould)) return { outcome: 'rejected', because: 'impossible' };
  return undefined;
}

const approves = ({ electorate, votes }: Roll, person: PersonId): boolean =>
  electorate.includes(person) && votes[person] === 'approve';
