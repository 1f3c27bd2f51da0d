/**
 * The ballot: rounds of voting, each on one revision of one RFC, with a frozen electorate (C7; design section 7, rules 1 to 6, 8, 10, 12).
 * Every decision is made here, by the count in `tally.ts`, and by nothing else.
 */
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, type Part, type PersonId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { change } from './change.ts';
import { reminderNow } from './deadline.ts';
import { drift, opening, type Proposal, standsFor } from './electorate.ts';
import { decideQuestion } from './question.ts';
import {
  type Ballot,
  type BallotCommand,
  type BallotEvent,
  type Because,
  type End,
  evolve,
  type Left,
  present,
  type Round,
  rollOf,
} from './round.ts';
import { count, fewestVoters, unheld, verdict, waitingFor } from './tally.ts';

/**
 * Opening always succeeds as a command: what keeps the ballot from opening is an event, so that it is shown and escalated.
 * Voting refuses `no-ballot`, `old-ballot`, `ballot-ended`, `deadline-over`, `reason-needed` and what `standsFor` refuses.
 * Timers and leaving do nothing once the ballot has ended.
 */
export const ballot: Part<Ballot, BallotCommand, BallotEvent> = {
  name: 'ballot',
  initial: { conflicts: [], rounds: [] },
  people: (state) => present(state)?.electorate ?? [],
  decide(state, command, context): Decision<BallotEvent> {
    switch (command.type) {
      case 'open':
        return open(state, command.proposal, context);
      case 'vote':
        return vote(state, command, context);
      case 'recuse':
        return recuse(state, command.reason, context);
      case 'leave':
        return settle(state, leaving(state, command.person, command.why, context.now), context);
      case 'rights-changed':
        return settle(state, drifted(state, context), context);
      case 'void':
        return isOpen(state) ? accept(ended(state, command.because, context.now, { fields: command.fields })) : accept();
      case 'remind':
      case 'deadline':
        return onTime(state, command, context);
      case 'ask': {
        const round = takes(state, command.round, context);
        return isRefusal(round) ? round : decideQuestion(round, command, context, context.other(change));
      }
      case 'answer': {
        const round = state.rounds.find(({ number }) => number === command.round);
        return round
          ? decideQuestion(round, command, context, context.other(change))
          : refuse('no-ballot', { record: context.record });
      }
      default:
        return command satisfies never;
    }
  },
  evolve,
};

const isOpen = (state: Ballot): boolean => {
  const round = present(state);
  return round !== undefined && round.end === undefined;
};

function open(state: Ballot, proposal: Proposal, { org, now }: Context): Decision<BallotEvent> {
  if (isOpen(state)) return accept();
  const found = opening(proposal, state.conflicts, org, now);
  if (isRefusal(found)) return accept({ type: 'refused-to-open', why: found.refused, facts: found.facts });
  return accept({ type: 'opened', round: state.rounds.length + 1, revision: proposal.revision, at: now, ...found });
}

/** The present round, if a vote or a question on round `wanted` can still be taken; else why not. */
export function takes(state: Ballot, wanted: number, { record, now }: Pick<Context, 'record' | 'now'>): Round | Refusal {
  const round = present(state);
  if (!round) return refuse('no-ballot', { record });
  const meant = state.rounds.find(({ number }) => number === wanted);
  if (meant?.end) {
    const { outcome, because, at, fields } = meant.end;
    return refuse(round.end ? 'ballot-ended' : 'old-ballot', { record, outcome, because, at, fields });
  }
  if (meant !== round) return refuse('no-ballot', { record });
  return now >= round.deadline ? refuse('deadline-over', { record, deadline: round.deadline }) : round;
}

function vote(state: Ballot, command: Extract<BallotCommand, { type: 'vote' }>, context: Context): Decision<BallotEvent> {
  const taken = takes(state, command.round, context);
  if (isRefusal(taken)) return taken;
  const { actor, org, now } = context;
  const gone = drifted(state, context);
  const here = present(gone.reduce(evolve, state)) ?? taken;
  const person = standsFor(here, actor, org, now);
  if (isRefusal(person)) return { ...person, facts: { ...person.facts, record: context.record } };
  if (command.choice === 'reject' && command.reason === '') return refuse('reason-needed', { record: context.record });
  const before = here.votes[person];
  const again = before?.by === actor.person && before.choice === command.choice && before.reason === command.reason;
  const cast: BallotEvent = {
    type: 'voted',
    round: here.number,
    person,
    by: actor.person,
    choice: command.choice,
    at: now,
    ...(command.reason === '' ? {} : { words: { reason: command.reason } }),
  };
  return settle(state, again ? gone : [...gone, cast], context);
}

function recuse(state: Ballot, reason: string, context: Context): Decision<BallotEvent> {
  const { person } = context.actor;
  if (state.conflicts.includes(person)) return accept();
  const words = reason === '' ? {} : { words: { reason } };
  return settle(
    state,
    [{ type: 'conflict-declared', person, ...words }, ...leaving(state, person, 'conflict', context.now)],
    context,
  );
}

/** Somebody leaves the open ballot, if they are in it or have cast a vote for somebody. */
function leaving(state: Ballot, person: PersonId, why: Left['why'], at: Instant): readonly BallotEvent[] {
  const round = present(state);
  if (!round || round.end || round.left.some((one) => one.person === person)) return [];
  const concerned = round.electorate.includes(person) || Object.values(round.votes).some(({ by }) => by === person);
  return concerned ? [{ type: 'left', round: round.number, person, why, at }] : [];
}

/** What changed in the organisation since: former members and role holders go before anything is counted. */
function drifted(state: Ballot, { org, now }: Context): readonly BallotEvent[] {
  const round = present(state);
  if (!round || round.end) return [];
  const { gone, roleless } = drift(round, org);
  return [
    ...gone.map((person) => ({ type: 'left', round: round.number, person, why: 'no longer a member', at: now }) as const),
    ...roleless.map((lost) => ({ type: 'role-lost', round: round.number, ...lost, at: now }) as const),
  ];
}

function onTime(
  state: Ballot,
  command: Extract<BallotCommand, { type: 'remind' | 'deadline' }>,
  context: Context,
): Decision<BallotEvent> {
  const round = present(state);
  if (!round || round.end || round.number !== command.round) return accept();
  const final = command.type === 'deadline';
  if (final && context.now < round.deadline) return accept();
  // After downtime only the last reminder that is due is said, and none when it is too late to vote.
  if (command.type === 'remind' && command.percent !== reminderNow(round, context.now)) return accept();
  const settled = settle(state, drifted(state, context), context, final);
  const after = isRefusal(settled) ? undefined : present(settled.reduce(evolve, state));
  if (command.type === 'deadline' || isRefusal(settled) || !after || after.end) return settled;
  const waiting = waitingFor(rollOf(after));
  return [...settled, { type: 'reminded', round: round.number, percent: command.percent, waiting, at: context.now }];
}

/** These events, and the end of the ballot when the rule justifies one after them. */
function settle(
  state: Ballot,
  events: readonly BallotEvent[],
  { now }: Pick<Context, 'now'>,
  final = false,
): Decision<BallotEvent> {
  if (events.length === 0 && !final) return events;
  const after = events.reduce(evolve, state);
  const round = present(after);
  if (!round || round.end) return events;
  const end = endOf(round, final);
  return end ? [...events, ended(after, end.because, now, end)] : events;
}

type Ending = Pick<End, 'because'> & Partial<Pick<End, 'outcome' | 'roles' | 'fields'>>;

/** How a round ends as its votes stand: void below the fewest voters or without a role's holder, else by its rule. */
function endOf(round: Round, final: boolean): Ending | undefined {
  const { rule, electorate } = round;
  if (electorate.length < fewestVoters(rule, electorate)) return { because: 'too few voters' };
  const roles = unheld(rule, electorate);
  if (roles.length > 0) return { because: 'no role holder', roles };
  return verdict(rule, rollOf(round), final);
}

function ended(state: Ballot, because: Because, at: Instant, end: Omit<Ending, 'because'>): BallotEvent {
  const round = present(state);
  if (!round) throw new Error('Only an open ballot ends');
  return {
    type: 'ended',
    round: round.number,
    revision: round.revision,
    outcome: end.outcome ?? 'void',
    because,
    roles: end.roles ?? [],
    fields: end.fields ?? [],
    at,
    tally: count(rollOf(round)),
    names: Object.entries(round.votes).map(([person, { by, choice }]) => ({ person, by, choice })),
  };
}
