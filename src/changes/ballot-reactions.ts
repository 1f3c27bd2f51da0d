/** What follows from what happens to a ballot: its card, reminders, the deadline, and the word to the RFC of how it ended. */
import { liveName } from '../chat/live.ts';
import { type Ask, type EventOf, type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import { maySayAt } from '../core/reading.ts';
import type { Context, PersonId } from '../core/record.ts';
import { type OrgEvent, org } from '../people/index.ts';
import { LIVE, refresh } from './asks.ts';
import { ballot } from './ballot.ts';
import { ballotCard, questionCard } from './ballot-card.ts';
import { change } from './change.ts';
import { REMINDERS, remindersOf } from './deadline.ts';
import { delegateOf } from './electorate.ts';
import { voidedCard } from './notice-cards.ts';
import type { ChangeCommand } from './rfc.ts';
import { type BallotCommand, type BallotEvent, type ByHand, present } from './round.ts';

const DEADLINE = 'ballot.deadline';
const reminder = (percent: number): string => `ballot.remind.${percent}`;

/** An emergency is for reading now. */
const URGENT = 2;

const on = <T extends BallotEvent['type']>(
  type: T,
  react: (event: EventOf<BallotEvent, T>, view: RecordView, context: Context) => readonly Ask[],
): Reaction => when<BallotEvent, T>(ballot.name, type, react);

/** The ballot's card and its copies, and the requester's card, which names who has not voted. */
const refreshed = (round: number): readonly Ask[] => [refresh(liveName(LIVE.ballot, String(round))), refresh(LIVE.rfc)];

const timer = (key: string, at: number, command: BallotCommand): Ask => ({ ask: 'timer', key, at, part: ballot.name, command });
const onChange = (command: ChangeCommand): Ask => ({ ask: 'command', part: change.name, command });

/** Every open ballot looks at once who of its electorate may still vote. */
const eachBallot = (): readonly Ask[] => {
  const command: BallotCommand = { type: 'rights-changed' };
  return [{ ask: 'each', of: 'RFC', status: 'voting', part: ballot.name, command }];
};

export const ballotReactions: readonly Reaction[] = [
  when<OrgEvent, 'member-removed'>(org.name, 'member-removed', eachBallot),
  when<OrgEvent, 'revoked'>(org.name, 'revoked', eachBallot),
  on('opened', (event, view, { org }) => {
    const { round, at, deadline, place, rule, electorate } = event;
    const open = maySayAt(view.class, place, org);
    const live = liveName(LIVE.ballot, String(round));
    const content = ballotCard(view, round);
    const urgency = rule.emergency ? { urgency: URGENT } : {};
    return [
      ...(open ? [{ ask: 'say', to: { place }, content, live, ...urgency } as const] : []),
      // At night nobody watches the channel, and what is private must not stand there.
      ...(rule.emergency || !open ? tell(electorate, content, { live, ...urgency }) : []),
      timer(DEADLINE, deadline, { type: 'deadline', round }),
      ...remindersOf(at, deadline).map((due, index) => {
        const percent = REMINDERS[index] ?? 0;
        return timer(reminder(percent), due, { type: 'remind', round, percent });
      }),
      onChange({ type: 'ballot-opened', round, deadline }),
    ];
  }),
  on('refused-to-open', ({ why, facts }) => [onChange({ type: 'ballot-refused', why, facts })]),
  on('voted', ({ round }) => refreshed(round)),
  on('left', ({ round }) => refreshed(round)),
  on('role-lost', ({ round }) => refreshed(round)),
  on('reminded', ({ round, waiting }, view, { org, now }) => {
    const poll = present(view.state(ballot));
    if (!poll) return [];
    const delegates = waiting.flatMap((member) => delegateOf(poll, member, org, now) ?? []);
    const urgency = poll.rule.emergency ? { urgency: URGENT } : {};
    return tell([...waiting, ...delegates], ballotCard(view, round), { live: liveName(LIVE.ballot, String(round)), ...urgency });
  }),
  on('asked', ({ round, number, by }, view) => {
    const { requester, fields } = view.state(change);
    const about = `${round}.${number}`;
    const to = fields.owner === by ? requester : fields.owner;
    return [
      ...tell([to], questionCard(view, about), { live: liveName(LIVE.question, about) }),
      refresh(liveName(LIVE.ballot, String(round))),
    ];
  }),
  on('answered', ({ round, number, by }, view) => {
    const about = `${round}.${number}`;
    const asked = view
      .state(ballot)
      .rounds.find((one) => one.number === round)
      ?.questions.find((one) => one.number === number);
    return [
      ...(asked && asked.by !== by ? tell([asked.by], questionCard(view, about)) : []),
      refresh(liveName(LIVE.ballot, String(round))),
      refresh(liveName(LIVE.question, about)),
    ];
  }),
  on('ended', (event, view) => {
    const { round: number, revision, outcome, because } = event;
    const round = view.state(ballot).rounds.find((one) => one.number === number);
    const byHand = BY_HAND.has(because);
    const by = whoEnded(view);
    const voters = round && byHand ? [...round.electorate, ...Object.values(round.votes).map((vote) => vote.by)] : [];
    return [
      { ask: 'no-timer', key: DEADLINE },
      ...REMINDERS.map((percent): Ask => ({ ask: 'no-timer', key: reminder(percent) })),
      ...refreshed(number),
      ...(round && byHand
        ? [
            ...tell(
              voters.filter((person) => person !== by),
              voidedCard(view, round, by),
            ),
            { ask: 'say', to: { place: round.place }, content: voidedCard(view, round, by) } as const,
          ]
        : [onChange({ type: 'ballot-decided', round: number, revision, outcome })]),
    ];
  }),
];

/** A ballot is voided by a reaction, so its own actor is Bellman: who edited or took back the RFC is in the RFC. */
const whoEnded = (view: RecordView): PersonId => view.state(change).ended?.by ?? view.state(change).lastEditor;

const BY_HAND: ReadonlySet<string> = new Set<ByHand>(['edited', 'withdrawn', 'cancelled', 'backed out']);
