/** A ballot's rounds: what one holds, what can be asked of it and happen to it, and how it stands after an event (C7). */
import type { Instant } from '../core/instant.ts';
import type { PersonId, Role } from '../core/record.ts';
import type { Facts } from '../core/refusal.ts';
import type { Excluded, Opening, Proposal } from './electorate.ts';
import { type Question, type QuestionCommand, type QuestionEvent, withQuestion } from './question.ts';
import type { FieldName, Outcome } from './rfc.ts';
import type { Choice, Count, Roll, Rule } from './tally.ts';

export interface Vote {
  readonly choice: Choice;
  /** Who cast it: the member, or the delegate for them. */
  readonly by: PersonId;
  readonly at: Instant;
  readonly reason: string;
}

export interface Left {
  readonly person: PersonId;
  readonly why: 'conflict' | 'no longer a member' | 'deactivated';
}

export type Because =
  | 'all voted'
  | 'certain'
  | 'impossible'
  | 'deadline'
  | 'mandatory reject'
  | 'no quorum'
  | 'mandatory missing'
  | 'too few voters'
  | 'no role holder'
  | 'edited'
  | 'withdrawn'
  | 'cancelled'
  | 'backed out';

/** A ballot that somebody ended by what they did to the RFC. */
export type ByHand = Extract<Because, 'edited' | 'withdrawn' | 'cancelled' | 'backed out'>;

export interface End {
  readonly outcome: Outcome;
  readonly because: Because;
  readonly at: Instant;
  readonly roles: readonly Role[];
  /** Of a ballot that an edit voided: the material fields. */
  readonly fields: readonly FieldName[];
}

export interface Round {
  readonly number: number;
  readonly revision: number;
  readonly board: string;
  readonly place: string;
  readonly rule: Rule;
  readonly electorate: readonly PersonId[];
  readonly excluded: readonly Excluded[];
  readonly left: readonly Left[];
  readonly votes: Readonly<Record<PersonId, Vote>>;
  readonly questions: readonly Question[];
  readonly opened: Instant;
  readonly deadline: Instant;
  readonly end?: End;
}

export interface Ballot {
  /** Who declared a conflict of interest, before or while it was voted on. */
  readonly conflicts: readonly PersonId[];
  /** The last one is the present one. */
  readonly rounds: readonly Round[];
}

export type BallotCommand =
  | { readonly type: 'open'; readonly proposal: Proposal }
  | { readonly type: 'vote'; readonly round: number; readonly choice: Choice; readonly reason: string }
  | { readonly type: 'recuse'; readonly reason: string }
  /** By the people room: somebody was deactivated, or may no longer vote. */
  | { readonly type: 'leave'; readonly person: PersonId; readonly why: Left['why'] }
  /** A board lost a member, or somebody a role: whoever may not vote any more leaves at once. */
  | { readonly type: 'rights-changed' }
  | { readonly type: 'void'; readonly because: ByHand; readonly fields: readonly FieldName[] }
  | { readonly type: 'remind'; readonly round: number; readonly percent: number }
  | { readonly type: 'deadline'; readonly round: number }
  | QuestionCommand;

interface At {
  readonly round: number;
  readonly at: Instant;
}

export type BallotEvent =
  | ({ readonly type: 'opened'; readonly revision: number } & At & Opening)
  | { readonly type: 'refused-to-open'; readonly why: string; readonly facts: Facts }
  | ({
      readonly type: 'voted';
      /** Whose vote it is. */
      readonly person: PersonId;
      readonly by: PersonId;
      readonly choice: Choice;
      readonly words?: { readonly reason: string };
    } & At)
  | { readonly type: 'conflict-declared'; readonly person: PersonId; readonly words?: { readonly reason: string } }
  | ({ readonly type: 'left' } & Left & At)
  | ({ readonly type: 'role-lost'; readonly person: PersonId; readonly role: Role } & At)
  | ({ readonly type: 'reminded'; readonly percent: number; readonly waiting: readonly PersonId[] } & At)
  | ({
      readonly type: 'ended';
      readonly revision: number;
      readonly tally: Count;
      readonly names: readonly { readonly person: PersonId; readonly by: PersonId; readonly choice: Choice }[];
    } & Omit<End, 'at'> &
      At)
  | QuestionEvent;

/** The round that is voted on now, or was last. */
export const present = ({ rounds }: Ballot): Round | undefined => rounds.at(-1);

/** The electorate and its votes, as the count needs them. */
export const rollOf = ({ electorate, votes }: Round): Roll => ({
  electorate,
  votes: Object.fromEntries(Object.entries(votes).map(([person, { choice }]) => [person, choice])),
});

/** The ballot after an event. Never fails: what was decided has happened. */
export function evolve(state: Ballot, event: BallotEvent): Ballot {
  switch (event.type) {
    case 'opened': {
      const { type: _type, round, at, ...frozen } = event;
      return {
        ...state,
        rounds: [...state.rounds, { ...frozen, number: round, opened: at, left: [], votes: {}, questions: [] }],
      };
    }
    case 'refused-to-open':
    case 'reminded':
      return state;
    case 'conflict-declared':
      return { ...state, conflicts: [...state.conflicts, event.person] };
    case 'voted': {
      const { person, choice, by, at, words } = event;
      return onRound(state, event.round, (round) => ({
        ...round,
        votes: { ...round.votes, [person]: { choice, by, at, reason: words?.reason ?? '' } },
      }));
    }
    case 'left':
      return onRound(state, event.round, (round) => without(round, event));
    case 'role-lost':
      return onRound(state, event.round, (round) => ({ ...round, rule: withoutRole(round.rule, event) }));
    case 'asked':
    case 'answered':
      return onRound(state, event.round, (round) => ({ ...round, questions: withQuestion(round.questions, event) }));
    case 'ended': {
      const { outcome, because, at, roles, fields } = event;
      return onRound(state, event.round, (round) => ({ ...round, end: { outcome, because, at, roles, fields } }));
    }
    default:
      return event satisfies never;
  }
}

const onRound = (state: Ballot, number: number, evolved: (round: Round) => Round): Ballot => ({
  ...state,
  rounds: state.rounds.map((round) => (round.number === number ? evolved(round) : round)),
});

/** Whoever leaves takes the vote along: their own, and one that they cast for somebody. */
function without(round: Round, { person, why }: Left): Round {
  const votes = Object.entries(round.votes).filter(([member, { by }]) => member !== person && by !== person);
  return {
    ...round,
    electorate: round.electorate.filter((member) => member !== person),
    left: [...round.left, { person, why }],
    votes: Object.fromEntries(votes),
  };
}

const withoutRole = (rule: Rule, lost: { readonly person: PersonId; readonly role: Role }): Rule => ({
  ...rule,
  mandatory: rule.mandatory.map(({ role, holders }) => ({
    role,
    holders: role === lost.role ? holders.filter((holder) => holder !== lost.person) : holders,
  })),
});
