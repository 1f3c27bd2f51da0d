/** Who may vote in a ballot, and whether it can open at all (design section 7, rules 1, 4, 6, 8 and 10). */
import { HOUR, type Instant } from '../core/instant.ts';
import type { Actor, Board, Org, PersonId, Role } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { deadlineOf, LEAD } from './deadline.ts';
import type { ChangeType } from './rfc.ts';
import { fewestVoters, type Rule, thresholdOf, unheld } from './tally.ts';

/** What a ballot needs to know of its RFC, copied when it opens. */
export interface Proposal {
  readonly revision: number;
  readonly type: ChangeType;
  readonly start: Instant;
  readonly requester: PersonId;
  readonly implementer: PersonId;
  readonly lastEditor: PersonId;
  readonly already: boolean;
}

export type Reason = 'requester' | 'implementer' | 'editor' | 'conflict';

export interface Excluded {
  readonly person: PersonId;
  readonly why: Reason;
}

export interface Opening {
  readonly board: string;
  readonly place: string;
  readonly rule: Rule;
  readonly electorate: readonly PersonId[];
  readonly excluded: readonly Excluded[];
  readonly deadline: Instant;
}

/** Emergencies go to the ECAB, everything else to the CAB. */
export const boardFor = (type: ChangeType): string => (type === 'emergency' ? 'ECAB' : 'CAB');

/**
 * Freezes the electorate and the rule. Refuses `no-board` (fact `board`), `deadline-past` (`deadline`, `start`, `hours` of lead),
 * `too-few-voters` (`board`, `eligible`, `needed`), `no-role-holder` (`board`, `roles`).
 */
export function opening(proposal: Proposal, conflicts: readonly PersonId[], org: Org, now: Instant): Opening | Refusal {
  const name = boardFor(proposal.type);
  const board = org.boards[name];
  if (!board) return refuse('no-board', { board: name });
  const deadline = deadlineOf(proposal, board.deadline, now);
  if (deadline <= now) {
    return refuse('deadline-past', { deadline, start: proposal.start, hours: LEAD[proposal.type] / HOUR });
  }
  const excluded = exclusions(proposal, conflicts);
  const electorate = roster(board).filter((person) => !excluded.some((one) => one.person === person));
  const rule = ruleOf(board, electorate, org);
  const needed = fewestVoters(rule, electorate);
  if (electorate.length < needed) return refuse('too-few-voters', { board: name, eligible: electorate.length, needed });
  const roles = unheld(rule, electorate);
  if (roles.length > 0) return refuse('no-role-holder', { board: name, roles });
  return { board: name, place: board.place, rule, electorate, excluded, deadline };
}

/** Everybody who cannot vote on it, as a member or for one, each with the first reason. */
function exclusions(proposal: Proposal, conflicts: readonly PersonId[]): readonly Excluded[] {
  const all: readonly Excluded[] = [
    { person: proposal.requester, why: 'requester' },
    { person: proposal.implementer, why: 'implementer' },
    { person: proposal.lastEditor, why: 'editor' },
    ...conflicts.map((person) => ({ person, why: 'conflict' }) as const),
  ];
  return all.filter(({ person }, at) => all.findIndex((one) => one.person === person) === at);
}

/** The members; an emergency board's on-call votes with them. */
const roster = (board: Pick<Board, 'members' | 'emergency' | 'onCall'>): readonly PersonId[] => [
  ...new Set([...board.members, ...(board.emergency && board.onCall !== undefined ? [board.onCall] : [])]),
];

function ruleOf(board: Board, electorate: readonly PersonId[], org: Org): Rule {
  return {
    threshold: thresholdOf(board.threshold),
    emergency: board.emergency,
    ...(board.quorum === undefined ? {} : { quorum: board.quorum }),
    ...(board.emergency && board.onCall !== undefined ? { onCall: board.onCall } : {}),
    mandatory: [...new Set(board.mandatory)].map((role) => ({
      role,
      holders: electorate.filter((person) => org.roles[role]?.includes(person)),
    })),
  };
}

/** A ballot under way, as far as the right to vote in it goes. */
export interface Poll {
  readonly board: string;
  readonly rule: Rule;
  readonly electorate: readonly PersonId[];
  readonly excluded: readonly Excluded[];
  readonly left: readonly { readonly person: PersonId }[];
  readonly votes: Readonly<Record<PersonId, { readonly by: PersonId }>>;
}

/** Members who are no longer on the board, and role holders who no longer hold their role. Nobody joins while a ballot runs. */
export function drift(
  { board, rule, electorate }: Poll,
  org: Org,
): { readonly gone: readonly PersonId[]; readonly roleless: readonly { readonly person: PersonId; readonly role: Role }[] } {
  const members = org.boards[board]?.members ?? [];
  const gone = electorate.filter((person) => !members.includes(person) && person !== rule.onCall);
  const roleless = rule.mandatory.flatMap(({ role, holders }) =>
    holders.filter((person) => !gone.includes(person) && !org.roles[role]?.includes(person)).map((person) => ({ person, role })),
  );
  return { gone, roleless };
}

/**
 * Whose vote somebody casts: their own, or that of the member who delegated to them (dated, one hop). One person has one live vote,
 * so a delegate of several stands for the first of them. Refuses `excluded-from-ballot` (fact `why`), `left-ballot`,
 * `not-in-electorate`, `guest-delegate`; fact `electorate` names who may vote.
 */
export function standsFor(poll: Poll, actor: Pick<Actor, 'person' | 'guest'>, org: Org, now: Instant): PersonId | Refusal {
  const { person } = actor;
  const { electorate, votes } = poll;
  if (electorate.includes(person)) return person;
  const excluded = poll.excluded.find((one) => one.person === person);
  if (excluded) return refuse('excluded-from-ballot', { why: excluded.why, electorate });
  if (poll.left.some((one) => one.person === person)) return refuse('left-ballot', { electorate });
  const givers = electorate.filter((member) => {
    const given = org.delegations[member];
    return given !== undefined && given.to === person && given.until > now && votes[member]?.by !== member;
  });
  const mine = givers.find((member) => votes[member]?.by === person);
  const already = electorate.some((member) => votes[member]?.by === person);
  const member = mine ?? (already ? undefined : givers[0]);
  if (member === undefined) return refuse('not-in-electorate', { electorate });
  return actor.guest ? refuse('guest-delegate', { person: member }) : member;
}

/** Who may vote for somebody who has not: their delegate, if they have one that may. */
export function delegateOf(poll: Poll, member: PersonId, org: Org, now: Instant): PersonId | undefined {
  const to = org.delegations[member]?.to;
  if (to === undefined) return undefined;
  const stands = standsFor(poll, { person: to, guest: false }, org, now);
  return !isRefusal(stands) && stands === member && to !== member ? to : undefined;
}
