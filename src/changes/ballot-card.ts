/** What people see of a ballot: with its buttons while it takes votes, without once it is decided (C7; design section 7, rule 12). */
import { type Block, type Card, type Control, card, controls, facts, list, text, type Words } from '../chat/card.ts';
import type { RecordView } from '../core/ask.ts';
import { joined } from '../core/inline.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { ballot } from './ballot.ts';
import { change } from './change.ts';
import type { Question } from './question.ts';
import type { Change } from './rfc.ts';
import { type End, type Round, rollOf, type Vote } from './round.ts';
import { type Choice, count, quorumOf, type Rule, type Threshold, waitingFor } from './tally.ts';
import { becauseWords, brief, countWords, names, outcomeTitle, reasonsOf, titled, windowWords } from './words.ts';

const MOST_NAMES = 12;
const MOST_QUESTIONS = 3;
const DESCRIPTION = 300;
const FIELD = 150;

/** The four buttons of a ballot. They carry the round, so that a click on an old card is explained and not counted. */
export const ballotControls = (record: RecordId, round: Round): readonly Control[] => {
  const value = String(round.number);
  return [
    { label: 'Approve', action: 'ballot.approve', record, value, style: 'primary' },
    { label: 'Reject', action: 'ballot.reject', record, value, style: 'danger' },
    { label: 'Abstain', action: 'ballot.abstain', record, value },
    { label: 'Ask', action: 'ballot.ask', record, value },
  ];
};

/** The ballot of one round, as it stands or as it ended. Every copy of it shows the same. */
export function ballotCard(view: RecordView, number: number): Card {
  const round = view.state(ballot).rounds.find((one) => one.number === number);
  const rfc = view.state(change);
  if (!round) return card(`There is no ballot ${number} on ${titled(view.id, rfc)}`);
  return round.end ? endedCard(view.id, rfc, round, round.end) : openCard(view.id, rfc, round);
}

function openCard(record: RecordId, rfc: Change, round: Round): Card {
  const { fields } = rfc;
  const roll = rollOf(round);
  const waiting = waitingFor(roll);
  const made = rfc.way === 'already' ? ['This change was made before it was approved. '] : [];
  const blocks: Block[] = [
    text(
      ...made,
      `${round.board} votes until `,
      { time: round.deadline },
      `: ${fields.type === 'emergency' ? 'an' : 'a'} ${fields.type} change of `,
      { person: rfc.requester },
      '.',
    ),
    text(brief(fields.description, DESCRIPTION)),
    facts(
      ['Window', ...windowWords(fields)],
      ['Risk', brief(fields.risk, FIELD) || 'not said yet'],
      ...(fields.items === '' ? [] : [['Affected items', brief(fields.items, FIELD)] as const]),
      ['Backout plan', brief(fields.backout, FIELD)],
      ['Change owner', { person: fields.owner }],
      ['Implementer', { person: fields.implementer }],
      ...(fields.links.length === 0 ? [] : [['Linked records', fields.links.join(', ')] as const]),
      ['So far', countWords(count(roll))],
      ['Not voted yet', ...names(waiting, MOST_NAMES)],
      ['Passes with', ruleWords(round.rule, round.electorate.length)],
    ),
    ...votesBlock(round),
    ...questionsBlock(round.questions),
    controls(...ballotControls(record, round)),
    text('All of it, with the plans: ', { code: `/rfc show ${record}` }, '.'),
  ];
  return card(`Vote on ${titled(record, rfc)}`, blocks, {
    tone: round.rule.emergency ? 'danger' : 'info',
    summary: `${round.board}: vote on ${titled(record, rfc)}. ${countWords(count(roll))}, ${waiting.length} have not voted.`,
  });
}

const TONES = { approved: 'success', rejected: 'danger', expired: 'warning', void: 'warning' } as const;

function endedCard(record: RecordId, rfc: Change, round: Round, end: End): Card {
  const roll = rollOf(round);
  const waiting = waitingFor(roll);
  const outcome = outcomeTitle(end.outcome);
  const summary = `${outcome}: ${titled(record, rfc)}. ${countWords(count(roll))}; ${becauseWords(end)}.`;
  const blocks: Block[] = [
    text({ bold: outcome }, ' at ', { time: end.at }, `, because ${becauseWords(end)}. ${countWords(count(roll))}.`),
    ...votesBlock(round),
    ...(waiting.length === 0 ? [] : [facts(['Did not vote', ...names(waiting, MOST_NAMES)])]),
    ...questionsBlock(round.questions),
    ...(end.because === 'edited'
      ? [text('These votes no longer count. A new ballot opens when the change managers agree.')]
      : []),
  ];
  return card(`${outcome}: ${titled(record, rfc)}`, blocks, { tone: TONES[end.outcome], summary });
}

const SAID: Readonly<Record<Choice, string>> = { approve: 'Approved', reject: 'Rejected', abstain: 'Abstained' };

/** Who voted how; a vote by a delegate names both. */
function votesBlock({ votes, electorate, left }: Round): readonly Block[] {
  const cast = electorate.flatMap((person) => {
    const vote = votes[person];
    return vote ? [[person, vote] as const] : [];
  });
  const lines = (['approve', 'reject', 'abstain'] as const).flatMap((choice): Words[] => {
    const voters = cast.filter(([, vote]) => vote.choice === choice);
    if (voters.length === 0) return [];
    const more = voters.length > MOST_NAMES ? [` and ${voters.length - MOST_NAMES} more`] : [];
    const said = voters.slice(0, MOST_NAMES).flatMap((voter, at) => [...(at === 0 ? [] : [', ']), ...voterWords(...voter)]);
    return [[{ bold: SAID[choice] }, ': ', ...said, ...more]];
  });
  const reasons = reasonsOf(
    cast.flatMap(([person, { choice, reason }]) => (choice === 'reject' ? [{ person, reason }] : [])),
    FIELD,
  );
  const gone = left.map(({ person, why }): Words => [{ person }, ` takes no part any more (${why}).`]).slice(0, MOST_NAMES);
  return [
    ...(lines.length + gone.length === 0 ? [] : [list(...lines, ...gone)]),
    ...(reasons.length === 0 ? [] : [text('Reasons given:'), list(...reasons)]),
  ];
}

const voterWords = (person: PersonId, { by }: Vote): Words =>
  by === person ? [{ person }] : [{ person: by }, ' for ', { person }];

/** The last questions with their answers. */
function questionsBlock(questions: readonly Question[]): readonly Block[] {
  if (questions.length === 0) return [];
  const shown = questions.slice(-MOST_QUESTIONS);
  const earlier = questions.length - shown.length;
  return [
    text(earlier > 0 ? `Questions (${earlier} earlier ones are in the history):` : 'Questions:'),
    list(
      ...shown.map(
        ({ by, text: question, answer }): Words => [
          { person: by },
          `: ${brief(question, FIELD)} `,
          ...(answer
            ? joined([{ bold: 'Answer' }, { person: answer.by }], ' by ').concat(`: ${brief(answer.text, FIELD)}`)
            : ['(not answered yet)']),
        ],
      ),
    ),
  ];
}

/** What makes it pass, in a few words. */
export function ruleWords(rule: Rule, size: number): string {
  const roles = rule.mandatory.map(({ role }) => role);
  const needs = roles.length === 0 ? '' : `, ${roles.join(' and ')} among them`;
  return `${thresholdWords(rule)}${needs}; at least ${quorumOf(rule, size)} of ${size} must take part`;
}

function thresholdWords({ threshold, emergency, onCall }: Rule): string {
  if (!emergency) return THRESHOLDS[threshold.kind](threshold);
  const two = onCall === undefined ? 'any two approvals' : "any two approvals, or the on-call's";
  return threshold.kind === 'any' ? two : `${two}, and ${THRESHOLDS[threshold.kind](threshold)}`;
}

const THRESHOLDS: Readonly<Record<Threshold['kind'], (threshold: Threshold) => string>> = {
  majority: () => 'more approvals than rejections, at least two',
  any: () => 'one approval',
  unanimous: () => 'no rejection and at least two approvals',
  count: (threshold) => (threshold.kind === 'count' ? `${Math.max(2, threshold.least)} approvals` : ''),
  percent: (threshold) => (threshold.kind === 'percent' ? `${threshold.percent}% of approvals and rejections, at least two` : ''),
};

/** What a voter reads privately: what was counted, and how to change it. */
export function countedCard(view: RecordView, me: PersonId): Card {
  const round = view.state(ballot).rounds.at(-1);
  const title = titled(view.id, view.state(change));
  const mine = round?.electorate.find((person) => round.votes[person]?.by === me);
  const vote = mine === undefined ? undefined : round?.votes[mine];
  if (!round || mine === undefined || !vote) {
    const why = round?.end ? ` The ballot ended before it: ${becauseWords(round.end)}.` : '';
    return card(`Not counted: ${title}`, [text(`Your vote was not counted.${why}`)], { tone: 'warning' });
  }
  const whose: Words = mine === me ? ['Your vote'] : ['Your vote for ', { person: mine }];
  const counted: Words = [...whose, ' is counted: ', { bold: vote.choice }, '.'];
  const then = round.end
    ? ` The ballot is decided: ${round.end.outcome}, because ${becauseWords(round.end)}.`
    : ' To change it, press another button while the ballot is open.';
  return card(`Counted: ${vote.choice} on ${title}`, [text(...counted, then)], { tone: 'success' });
}

/** A question for the change owner, with its button until it is answered. */
export function questionCard(view: RecordView, about: string): Card {
  const [round = '', number = ''] = about.split('.');
  const asked = view
    .state(ballot)
    .rounds.find((one) => one.number === Number(round))
    ?.questions.find((one) => one.number === Number(number));
  const title = titled(view.id, view.state(change));
  if (!asked) return card(`There is no such question on ${title}`);
  const blocks: readonly Block[] = asked.answer
    ? [text({ bold: 'Answered' }, ' by ', { person: asked.answer.by }, `: ${brief(asked.answer.text, 1500)}`)]
    : [
        text('Your answer stands on the ballot, for everybody who votes.'),
        controls({ label: 'Answer', action: 'ballot.answer', record: view.id, value: about, style: 'primary' }),
      ];
  return card(`Question on ${title}`, [text({ person: asked.by }, ` asks: ${brief(asked.text, 1500)}`), ...blocks], {
    tone: asked.answer ? 'neutral' : 'info',
    summary: `A question on ${title}: ${brief(asked.text, 200)}`,
  });
}
