/** What becomes of questions of readers. None is forgotten: an open one is chased with growing gaps, in the end at the owner. Pure. */
import { isPrivate } from '../core/reading.ts';
import { accept, type Context, type Decision, USUAL_CLASS } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { addAnswers } from './answers-draft.ts';
import { mayAnswer, mayWriteOutside } from './answers-rights.ts';
import { type Answered, tells, withAnswers } from './answers-text.ts';
import type { Line } from './line.ts';
import { plan as planPart } from './part.ts';
import { noPlan, type Plan } from './plan.ts';
import {
  type Ended,
  forAll,
  isWaiting,
  nextChase,
  type Question,
  type QuestionCommand,
  type QuestionEvent,
  waitingOn,
} from './question.ts';

/** The longest text of an update that a dialog shows whole. */
const LONGEST_UPDATE = 3000;
/** More questions than this of one person wait at a time for nobody's good. */
const OPEN_A_PERSON = 5;

/** What becomes of a question. Refuses `unknown-update`, `too-many-questions`, `question-over`, `not-the-coordinator`, `outside-needs-releaser`, `outside-private`, `line-closed`, `draft-full`. */
export function decideQuestion(
  questions: readonly Question[],
  command: QuestionCommand,
  context: Context,
): Decision<QuestionEvent> {
  const plan = context.other(planPart) ?? noPlan;
  switch (command.type) {
    case 'ask':
      return ask(questions, plan, command, context);
    case 'answer': {
      const found = mine(questions, plan, command.question, context);
      if (isRefusal(found)) return found;
      const { question, line, ended } = found;
      // Nobody but its own people reads of a private record; a mail would not be sent.
      if (question.mail !== undefined && isPrivate(plan.class ?? USUAL_CLASS))
        return refuse('outside-private', { record: context.record });
      const refused = question.outside ? mayWriteOutside(line, context) : undefined;
      return refused ?? accept({ type: 'answered', ...ended, words: { text: command.text } });
    }
    case 'answer-all': {
      const found = mine(questions, plan, command.question, context);
      if (isRefusal(found)) return found;
      const refused = noRoom(questions, plan, found.line, { text: found.question.text, answer: command.text }, context);
      const { update } = found.line;
      const leaving = update?.status === 'leaving' ? update.id : undefined;
      return refused ?? accept({ type: 'taken-up', ...found.ended, leaving, words: { text: command.text } });
    }
    case 'leave': {
      const found = mine(questions, plan, command.question, context);
      return isRefusal(found) ? found : accept({ type: 'left', ...found.ended, words: { reason: command.reason } });
    }
    case 'chase': {
      const question = questions.find(({ number }) => number === command.question);
      if (question?.status !== 'open' || context.now < nextChase(question)) return accept();
      return accept({ type: 'chased', question: question.number, at: context.now, times: question.chased + 1 });
    }
    case 'told':
      return accept(
        ...waitingOn(questions, command.line).flatMap(({ number, answer = '', leaving }): readonly QuestionEvent[] => {
          const { update, text } = command;
          if (tells(text, { answer })) return [{ type: 'told-all', question: number, update, at: context.now }];
          return leaving === update ? [] : [{ type: 'put-back', question: number, at: context.now }];
        }),
      );
    case 'line-over':
      return accept(
        ...waitingOn(questions, command.line).map(
          ({ number }): QuestionEvent => ({ type: 'put-back', question: number, at: context.now }),
        ),
      );
    case 'exercise-over':
      return accept(
        ...questions.filter(isWaiting).map(
          ({ number, line }): QuestionEvent => ({
            type: 'left',
            question: number,
            line,
            by: context.actor.person,
            as: 'owner',
            at: context.now,
            words: { reason: 'The exercise is over.' },
          }),
        ),
      );
    default:
      return command satisfies never;
  }
}

function ask(
  questions: readonly Question[],
  plan: Plan,
  { update, text, place, mail }: Extract<QuestionCommand, { type: 'ask' }>,
  { actor, now }: Context,
): Decision<QuestionEvent> {
  const outcome = plan.outcomes[update];
  if (outcome?.what !== 'released') return refuse('unknown-update', { update });
  const by = mail === undefined ? actor.person : undefined;
  const mine = questions.filter((one) => isWaiting(one) && (by === undefined ? one.place === place : one.by === by));
  if (mine.some((one) => one.text === text && one.update === update)) return accept();
  if (mine.length >= OPEN_A_PERSON) return refuse('too-many-questions', { most: OPEN_A_PERSON });
  return accept({
    type: 'asked',
    question: questions.length + 1,
    update,
    line: outcome.line,
    by,
    outside: mail !== undefined || actor.guest,
    at: now,
    words: { text, place, mail },
  });
}

/** An open question, for somebody who may answer it. */
function mine(
  questions: readonly Question[],
  plan: Plan,
  number: number,
  context: Context,
): { readonly question: Question; readonly line: Line; readonly ended: Ended } | Refusal {
  const question = questions.find((one) => one.number === number);
  const line = plan.lines.find(({ audience }) => audience === question?.line);
  if (!question || !line) return refuse('unknown-question', { question: number });
  const as = mayAnswer(plan, line, context);
  if (isRefusal(as)) return as;
  if (question.status !== 'open')
    return refuse('question-over', {
      what: question.status,
      by: question.ended?.by ?? '',
      at: question.ended?.at ?? question.at,
    });
  return { question, line, ended: { question: number, line: line.audience, by: context.actor.person, as, at: context.now } };
}

/** Why no next update of the line can tell it; what the plan would refuse is refused here, before anybody is promised anything. */
function noRoom(questions: readonly Question[], plan: Plan, line: Line, one: Answered, context: Context): Refusal | undefined {
  const answered = [...forAll(questions, line.audience), one];
  const text = withAnswers(line.update?.draft?.text ?? line.last?.text ?? '', answered);
  if (text.length > LONGEST_UPDATE) return refuse('draft-full', { line: line.audience, most: LONGEST_UPDATE });
  const added = addAnswers(plan, { type: 'add-answers', line: line.audience, answered, by: context.actor.person }, context);
  return isRefusal(added) ? added : undefined;
}
