/** What people can say and press to vote: their votes, questions, conflicts of interest and delegations (C7). */
import { type Block, type Card, card, controls, text } from '../chat/card.ts';
import { paragraph } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { aPerson, aTime, button, type Conversation, command, perhaps, privately, theRest } from '../chat/registry.ts';
import type { RecordView } from '../core/ask.ts';
import { ORG, type PersonId, type RecordId } from '../core/record.ts';
import { delegatedCard, org } from '../people/index.ts';
import { ballot } from './ballot.ts';
import { ballotControls, countedCard, questionCard } from './ballot-card.ts';
import { change } from './change.ts';
import { rfc } from './raise.ts';
import { type BallotCommand, present } from './round.ts';
import { type MyVote, openBallots } from './store.ts';
import type { Choice } from './tally.ts';
import { titled } from './words.ts';

const onBallot = (c: Conversation, record: RecordId, wanted: BallotCommand, shown: (view: RecordView) => Card): Promise<Reply> =>
  c.change({ record, part: ballot, command: wanted, reply: ({ view }) => privately(shown(view)) });

const vote = (c: Conversation, record: RecordId, value: string, choice: Choice, reason = ''): Promise<Reply> =>
  onBallot(c, record, { type: 'vote', round: Number(value), choice, reason }, (view) => countedCard(view, c.me));

const approve = button({ name: 'ballot.approve', run: (c, { record, value }) => vote(c, record, value, 'approve') });
const abstain = button({ name: 'ballot.abstain', run: (c, { record, value }) => vote(c, record, value, 'abstain') });
const reject = button({
  name: 'ballot.reject',
  form: {
    title: 'Reject',
    submit: 'Reject',
    fields: { reason: paragraph('Reason', { hint: 'the requester and the board read it' }) },
  },
  run: (c, { record, value }, { reason }) => vote(c, record, value, 'reject', reason),
});

const ask = button({
  name: 'ballot.ask',
  form: { title: 'Ask', submit: 'Ask', fields: { question: paragraph('Question', { hint: 'it goes to the change owner' }) } },
  run: (c, { record, value }, { question }) =>
    onBallot(c, record, { type: 'ask', round: Number(value), question }, (view) => askedCard(view)),
});

const askedCard = (view: RecordView): Card =>
  card(`Asked: ${titled(view.id, view.state(change))}`, [
    text('The change owner is asked; question and answer stand on the ballot. You are told the answer.'),
  ]);

const answer = button({
  name: 'ballot.answer',
  form: { title: 'Answer', submit: 'Answer', fields: { answer: paragraph('Answer') } },
  run: (c, { record, value }, answers) => {
    const [round, number] = value.split('.').map(Number);
    return onBallot(c, record, { type: 'answer', round: round ?? 0, number: number ?? 0, answer: answers.answer }, (view) =>
      questionCard(view, value),
    );
  },
});

const recuse = command({
  name: 'rfc recuse',
  help: 'Declare a conflict of interest: you take no part in the ballot, and your vote is taken out.',
  args: { rfc, reason: perhaps(theRest('why')) },
  run: (c, { rfc: record, reason = '' }) => onBallot(c, record, { type: 'recuse', reason }, (view) => recusedCard(view)),
});

const recusedCard = (view: RecordView): Card => {
  const end = present(view.state(ballot))?.end;
  const then =
    end?.outcome === 'approved'
      ? 'The ballot was decided before, so what it decided stands; you take no part in a later one.'
      : 'You cannot vote on this RFC, and a vote you had cast no longer counts.';
  return card(`You take no part: ${titled(view.id, view.state(change))}`, [
    text(`Your conflict of interest is on record. ${then}`),
  ]);
};

const delegate = command({
  name: 'rfc delegate',
  help: 'Let somebody outside the board vote, and release updates, for you until a day.',
  args: { person: aPerson('who votes for you'), until: aTime('until when, for example 2027-01-31', 'until') },
  run: (c, { person, until }) =>
    c.change({
      record: ORG,
      part: org,
      command: { type: 'delegate', to: person, until },
      reply: () => privately(delegatedCard(person, until)),
    }),
});

/** Five ballots with their buttons fit in a card. */
const SHOWN = 5;

const votes = command({
  name: 'rfc votes',
  help: 'Show the ballots that wait for your vote, and those you have voted in.',
  args: {},
  run: async (c) => privately(votesCard(await openBallots(c.db, await c.actor(), await c.org(), await c.now()), c.me)),
});

function votesCard(mine: readonly MyVote[], me: PersonId): Card {
  if (mine.length === 0) return card('Your votes', [text('No open ballot waits for you.')]);
  const waiting = mine.filter(({ vote }) => vote === undefined).length;
  const shown = mine.slice(0, SHOWN);
  return card(
    waiting === 0 ? 'Your votes' : `${waiting} ${waiting === 1 ? 'ballot waits' : 'ballots wait'} for your vote`,
    [
      ...shown.flatMap(({ record, title, round, person, vote }): readonly Block[] => [
        text(
          { bold: `${record}: ${title}` },
          person === me ? '' : ' for ',
          person === me ? '' : { person },
          vote === undefined ? ', not voted yet' : `, voted: ${vote}`,
          ', until ',
          { time: round.deadline },
        ),
        controls(...ballotControls(record, round)),
      ]),
      ...(mine.length > shown.length ? [text(`${mine.length - shown.length} more follow when these are voted on.`)] : []),
    ],
    { summary: waiting === 0 ? 'No ballot waits for your vote' : `${waiting} ballots wait for your vote` },
  );
}

export const ballotDoings = [approve, reject, abstain, ask, answer, recuse, delegate, votes];
