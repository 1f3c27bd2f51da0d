/** What follows from answers: coordinators get questions, askers their answers, the plan the answers for everybody, the owner decisions. */
import { liveName } from '../chat/live.ts';
import { type Ask, type EventOf, type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import type { Context, PersonId } from '../core/record.ts';
import { type AnswersCommand, type AnswersEvent, answers as answersPart } from './answers.ts';
import { answeredCard, comesCard, leftCard, lineQuestionsCard, questionCard, questionId, toldCard } from './answers-cards.ts';
import { nextReminder } from './answers-decision.ts';
import { coordinatorsOf } from './answers-rights.ts';
import { questionKept } from './answers-store.ts';
import { tells } from './answers-text.ts';
import { decidedCard, undecidedCard } from './decision-cards.ts';
import { authorOf, type Line } from './line.ts';
import { plan as planPart } from './part.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { answeredOf, forAll, nextChase, OWNER_FROM, type Question } from './question.ts';
import { LIVE, URGENCY } from './telling.ts';

type About = { readonly view: RecordView; readonly context: Context; readonly question: Question };

const toAnswers = (command: AnswersCommand): Ask => ({ ask: 'command', part: answersPart.name, command });
const toPlan = (command: PlanCommand): Ask => ({ ask: 'command', part: planPart.name, command });

const timerOf = (question: Pick<Question, 'number'>): string => `question.${question.number}`;

/** Its row and its card follow what it is now. */
const shown = ({ view, question }: About): readonly Ask[] => [
  questionKept(view.id, questionId(view.id, question), question),
  { ask: 'refresh', live: liveName(LIVE.question, String(question.number)) },
  { ask: 'refresh', live: liveName(LIVE.questions, question.line) },
  { ask: 'refresh', live: LIVE.board },
];

function chase({ question }: About): Ask {
  if (question.status !== 'open') return { ask: 'no-timer', key: timerOf(question) };
  const command: AnswersCommand = { type: 'chase', question: question.number };
  return { ask: 'timer', key: timerOf(question), at: nextChase(question), part: answersPart.name, command };
}

/** So many open questions of a line have a card each; what comes after stands on one card with all of them. */
const CARDS = 10;

/** What coordinators are shown for a question: its own card, or where there are too many, once the card with all of them. */
function cardFor(
  { view, context, question }: About,
  anew: boolean,
): { readonly content: object; readonly live: string } | undefined {
  const plan = view.state(planPart);
  const { questions } = view.state(answersPart);
  const open = questions.filter(({ line, status }) => line === question.line && status === 'open');
  if (open.length <= CARDS) {
    const live = liveName(LIVE.question, String(question.number));
    return { content: questionCard(view.id, plan, question, context.now), live };
  }
  // When they become too many, and then as often as the oldest is chased, or somebody has them anew.
  const due = anew || question.chased > 0 ? open[0] === question : open.length === CARDS + 1;
  return due
    ? {
        content: lineQuestionsCard(view.id, plan, questions, question.line, context.now),
        live: liveName(LIVE.questions, question.line),
      }
    : undefined;
}

/** The card with the buttons, to whoever coordinates the line; the owner where nobody else is there, or from the second chase on. */
function toCoordinators(about: About, only?: readonly PersonId[]): readonly Ask[] {
  const { view, context, question } = about;
  const shownAs = cardFor(about, only !== undefined);
  if (!shownAs) return [];
  const plan = view.state(planPart);
  const line = plan.lines.find(({ audience }) => audience === question.line);
  const coordinators = line ? coordinatorsOf(plan, line, context.org) : [];
  const people = question.chased >= OWNER_FROM || coordinators.length === 0 ? [...coordinators, plan.owner] : coordinators;
  return tell(only ?? people, shownAs.content, {
    live: shownAs.live,
    urgency: question.chased > 0 ? URGENCY.overdue : URGENCY.notice,
  });
}

const toAsker = ({ question }: About, content: object): Ask => ({
  ask: 'say',
  to: { place: question.place },
  content,
  urgency: URGENCY.draft,
});

function onQuestion(about: About, event: EventOf<AnswersEvent, QuestionType>): readonly Ask[] {
  const { view, question } = about;
  const plan = view.state(planPart);
  switch (event.type) {
    case 'asked':
    case 'chased':
    case 'put-back':
      return toCoordinators(about);
    case 'answered':
      return [toAsker(about, answeredCard(view.id, plan, question, event.words.text, event.as))];
    case 'left':
      return [toAsker(about, leftCard(view.id, plan, question, event.words.reason, event.as))];
    case 'taken-up': {
      const line = plan.lines.find(({ audience }) => audience === event.line);
      return [toAsker(about, comesCard(plan, question, line?.update?.due)), added(view, event.line, event.by)];
    }
    case 'told-all':
      return [toAsker(about, toldCard(plan, question, event.update))];
    default:
      return event satisfies never;
  }
}

/** The answers for everybody that wait on a line, for its next update. */
const added = (view: RecordView, line: string, by: PersonId): Ask =>
  toPlan({ type: 'add-answers', line, answered: forAll(view.state(answersPart).questions, line), by });

const QUESTIONS = ['asked', 'chased', 'put-back', 'answered', 'left', 'taken-up', 'told-all'] as const;
type QuestionType = (typeof QUESTIONS)[number];

const questions = QUESTIONS.map((type) =>
  when<AnswersEvent, QuestionType>(answersPart.name, type, (event, view, context) => {
    const question = view.state(answersPart).questions.find(({ number }) => number === event.question);
    if (!question) return [];
    const about = { view, context, question };
    return [...shown(about), chase(about), ...onQuestion(about, event)];
  }),
);

const decisionTimer = (update: string): string => `decision.${update}`;

const remind = (view: RecordView, update: string): Ask => {
  const decision = view.state(answersPart).decisions[update];
  const key = decisionTimer(update);
  if (!decision || decision.decided) return { ask: 'no-timer', key };
  const command: AnswersCommand = { type: 'chase-decision', update };
  return { ask: 'timer', key, at: nextReminder(decision), part: answersPart.name, command };
};

/** The owner and whoever writes the line. */
function decisionPeople(view: RecordView, audience: string): readonly PersonId[] {
  const plan = view.state(planPart);
  const line = plan.lines.find((one) => one.audience === audience);
  return [plan.owner, ...(line ? [authorOf(line, plan)] : [])];
}

const decisions: readonly Reaction[] = [
  when<AnswersEvent, 'decision-asked'>(answersPart.name, 'decision-asked', (event, view) => [remind(view, event.update)]),
  when<AnswersEvent, 'decided'>(answersPart.name, 'decided', (event, view) => {
    const decision = view.state(answersPart).decisions[event.update];
    const content = decision && decidedCard(view.id, view.state(planPart), decision);
    return [
      remind(view, event.update),
      ...(content ? tell(decisionPeople(view, event.line), content, { urgency: URGENCY.overdue }) : []),
    ];
  }),
  when<AnswersEvent, 'decision-overdue'>(answersPart.name, 'decision-overdue', (event, view) => {
    const decision = view.state(answersPart).decisions[event.update];
    const content = decision && undecidedCard(view.id, view.state(planPart), decision);
    return [
      remind(view, event.update),
      ...(content ? tell(decisionPeople(view, event.line), content, { urgency: URGENCY.overdue }) : []),
    ];
  }),
];

/** What waits on a line goes into its next update; where none comes any more, its questions are open again. */
function goesOn(view: RecordView, audience: string): readonly Ask[] {
  const waiting = view.state(answersPart).questions.filter((one) => one.line === audience && one.status === 'to all');
  const by = waiting[0]?.ended?.by;
  const line = view.state(planPart).lines.find((one) => one.audience === audience);
  if (by === undefined) return [];
  return line === undefined || line.status === 'closed'
    ? [toAnswers({ type: 'line-over', line: audience })]
    : [added(view, audience, by)];
}

/** What the update told is told; what was answered while it was leaving goes into the one after it. */
function released(view: RecordView, { line, update, corrects, phase, words }: EventOf<PlanEvent, 'released'>): readonly Ask[] {
  const of = view.state(planPart).lines.find(({ audience }) => audience === line);
  // What mends an earlier one, or holds the place of the next, is not the next update itself.
  if (of?.last?.update !== update)
    return phase === 'retraction' && corrects !== undefined ? [{ ask: 'no-timer', key: decisionTimer(corrects) }] : [];
  const waiting = view.state(answersPart).questions.filter((one) => one.line === line && one.status === 'to all');
  const later = waiting.filter((one) => one.leaving === update && !tells(words.text, { answer: one.answer ?? '' }));
  const over = of.status === 'closed';
  const by = later[0]?.ended?.by;
  return [
    ...(waiting.length > 0 ? [toAnswers({ type: 'told', line, update, text: words.text })] : []),
    ...(over && later.length > 0 ? [toAnswers({ type: 'line-over', line })] : []),
    ...(!over && by !== undefined ? [toPlan({ type: 'add-answers', line, answered: answeredOf(later), by })] : []),
    ...(words.decision ? [toAnswers({ type: 'ask-decision', update, line, ...words.decision })] : []),
  ];
}

/** Somebody writes lines now that somebody else wrote: the open questions about these are theirs too. */
function handedTo(
  view: RecordView,
  context: Context,
  person: PersonId,
  lines: (line: Line) => boolean = () => true,
): readonly Ask[] {
  const plan = view.state(planPart);
  const theirs = plan.lines.filter((line) => lines(line) && authorOf(line, plan) === person).map(({ audience }) => audience);
  return view
    .state(answersPart)
    .questions.filter(({ status, line }) => status === 'open' && theirs.includes(line))
    .flatMap((question) => toCoordinators({ view, context, question }, [person]));
}

const plan: readonly Reaction[] = [
  when<PlanEvent, 'released'>(planPart.name, 'released', (event, view) => released(view, event)),
  when<PlanEvent, 'undone'>(planPart.name, 'undone', ({ line }, view) => goesOn(view, line)),
  when<PlanEvent, 'held-back'>(planPart.name, 'held-back', ({ line }, view) => goesOn(view, line)),
  // A text that is made from the facts has no answers yet; one that somebody wrote is as they want it.
  when<PlanEvent, 'drafted'>(planPart.name, 'drafted', ({ line, made }, view) => (made ? goesOn(view, line) : [])),
  when<PlanEvent, 'skipped'>(planPart.name, 'skipped', ({ line }, view) => goesOn(view, line)),
  when<PlanEvent, 'closing-asked'>(planPart.name, 'closing-asked', ({ closed }, view) =>
    closed.flatMap((line) => goesOn(view, line)),
  ),
  when<PlanEvent, 'closing-withdrawn'>(planPart.name, 'closing-withdrawn', ({ closed }, view) =>
    closed.flatMap((line) => goesOn(view, line)),
  ),
  when<PlanEvent, 'reopened'>(planPart.name, 'reopened', ({ lines }, view) => lines.flatMap(({ line }) => goesOn(view, line))),
  when<PlanEvent, 'exercise-ended'>(planPart.name, 'exercise-ended', (_event, view) => [
    toAnswers({ type: 'exercise-over' }),
    ...Object.keys(view.state(answersPart).decisions).map((update): Ask => ({ ask: 'no-timer', key: decisionTimer(update) })),
  ]),
  when<PlanEvent, 'owner-changed'>(planPart.name, 'owner-changed', ({ owner }, view, context) =>
    handedTo(view, context, owner, ({ author }) => author === undefined),
  ),
  when<PlanEvent, 'handed-over'>(planPart.name, 'handed-over', ({ to }, view, context) => handedTo(view, context, to)),
  when<PlanEvent, 'line-changed'>(planPart.name, 'line-changed', ({ line, author }, view, context) =>
    author === undefined ? [] : handedTo(view, context, author, ({ audience }) => audience === line),
  ),
];

export const answersReactions: readonly Reaction[] = [
  when<AnswersEvent, 'seen-counted'>(answersPart.name, 'seen-counted', () => [{ ask: 'refresh', live: LIVE.board }]),
  ...questions,
  ...decisions,
  ...plan,
];
