/**
 * Questions of readers: asked under an update, answered to whoever asked or to everybody by the next update, or left with a reason.
 * None is forgotten: an open one is chased with growing gaps, in the end at the owner. Pure. Source: design section 8; M6.
 */
import { HOUR, type Instant, MINUTE, type Span } from '../core/instant.ts';
import { isPrivate } from '../core/reading.ts';
import { accept, type Context, type Decision, type PersonId, USUAL_CLASS } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { mayAnswer, mayWriteOutside, type Standing } from './answers-rights.ts';
import { type Answered, tells, withAnswers } from './answers-text.ts';
import type { Line } from './line.ts';
import { plan as planPart } from './part.ts';
import { noPlan, type Plan } from './plan.ts';

export interface Question {
  /** 3 of `PRB-1.q3`. */
  readonly number: number;
  /** The update under which it was asked, and its line. */
  readonly update: string;
  readonly line: string;
  /** Absent: somebody outside, known by the address in `place` only. */
  readonly by?: PersonId | undefined;
  /** Whether an answer leaves the house: to an address, or to a guest. */
  readonly outside: boolean;
  readonly at: Instant;
  readonly text: string;
  /** Where its answer goes. */
  readonly place: string;
  /** The Message-ID of the mail that asked. */
  readonly mail?: string | undefined;
  /** `to all`: answered in the next update's draft, which is not released yet. */
  readonly status: 'open' | 'to all' | 'answered' | 'answered to all' | 'left';
  /** The update that was leaving already when it was answered to all, so that it is no matter if that one does not tell it. */
  readonly leaving?: string | undefined;
  /** What was answered, or why it was left. */
  readonly answer?: string | undefined;
  readonly ended?: { readonly by: PersonId; readonly as: Standing; readonly at: Instant } | undefined;
  /** How often it was chased, and since when the next gap counts. */
  readonly chased: number;
  readonly since: Instant;
}

export type QuestionCommand =
  | {
      readonly type: 'ask';
      readonly update: string;
      readonly text: string;
      readonly place: string;
      /** Only with a mail from outside, which Bellman itself hands in. */
      readonly mail?: string | undefined;
    }
  | { readonly type: 'answer'; readonly question: number; readonly text: string }
  | { readonly type: 'answer-all'; readonly question: number; readonly text: string }
  | { readonly type: 'leave'; readonly question: number; readonly reason: string }
  /** From a timer. */
  | { readonly type: 'chase'; readonly question: number }
  /** From the plan: an update was released, with the text that its audience reads; or a line ended. */
  | { readonly type: 'told'; readonly line: string; readonly update: string; readonly text: string }
  | { readonly type: 'line-over'; readonly line: string }
  /** An exercise ended, and everything that was still open in it. */
  | { readonly type: 'exercise-over' };

export type QuestionEvent =
  | {
      readonly type: 'asked';
      readonly question: number;
      readonly update: string;
      readonly line: string;
      readonly by?: PersonId | undefined;
      readonly outside: boolean;
      readonly at: Instant;
      readonly words: { readonly text: string; readonly place: string; readonly mail?: string | undefined };
    }
  | ({ readonly type: 'answered'; readonly words: { readonly text: string } } & Ended)
  | ({ readonly type: 'taken-up'; readonly leaving?: string | undefined; readonly words: { readonly text: string } } & Ended)
  | ({ readonly type: 'left'; readonly words: { readonly reason: string } } & Ended)
  | { readonly type: 'told-all'; readonly question: number; readonly update: string; readonly at: Instant }
  /** Its answer was not in the update that was released, or no update comes any more: it is open again. */
  | { readonly type: 'put-back'; readonly question: number; readonly at: Instant }
  | { readonly type: 'chased'; readonly question: number; readonly at: Instant; readonly times: number };

interface Ended {
  readonly question: number;
  readonly line: string;
  readonly by: PersonId;
  readonly as: Standing;
  readonly at: Instant;
}

/** What fits in the field of an answer; with its question it leaves an update room for its own text. */
export const LONGEST_ANSWER = 1000;
/** The longest text of an update that a dialog shows whole. */
const LONGEST_UPDATE = 3000;
/** More questions than this of one person wait at a time for nobody's good. */
const OPEN_A_PERSON = 5;
/** What of a question is kept for its card once it is over; the journal has it whole. */
const KEPT = 200;

/** How long a question waits before it is chased, and then again; the last gap repeats. */
const GAPS: readonly Span[] = [30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR];
/** From this chase on the owner hears of it too. */
export const OWNER_FROM = 2;

/** When an open question is chased next. */
export const nextChase = ({ chased, since }: Pick<Question, 'chased' | 'since'>): Instant =>
  since + (GAPS[Math.min(chased, GAPS.length - 1)] ?? HOUR);

/** Whether somebody still waits for its answer. */
export const isWaiting = ({ status }: Question): boolean => status === 'open' || status === 'to all';

/** Questions as an update tells them, with their answers. */
export const answeredOf = (questions: readonly Question[]): readonly Answered[] =>
  questions.map(({ text, answer = '' }) => ({ text, answer }));

const waitingOn = (questions: readonly Question[], line: string): readonly Question[] =>
  questions.filter((one) => one.line === line && one.status === 'to all');

/** The questions of a line whose answers the next update is to tell. */
export const forAll = (questions: readonly Question[], line: string): readonly Answered[] =>
  answeredOf(waitingOn(questions, line));

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

/** Why no next update of the line can tell it. */
function noRoom(
  questions: readonly Question[],
  plan: Plan,
  line: Line,
  one: { readonly text: string; readonly answer: string },
  { record }: Context,
): Refusal | undefined {
  if (line.status === 'closed') return refuse('line-closed', { line: line.audience, record });
  if (plan.status === 'closing' && !line.update) return refuse('plan-closing', { line: line.audience, record });
  const text = withAnswers(line.update?.draft?.text ?? line.last?.text ?? '', [...forAll(questions, line.audience), one]);
  return text.length > LONGEST_UPDATE ? refuse('draft-full', { line: line.audience, most: LONGEST_UPDATE }) : undefined;
}

/** The questions after an event. */
export function evolveQuestions(questions: readonly Question[], event: QuestionEvent): readonly Question[] {
  const changed = (change: (one: Question) => Partial<Question>) =>
    questions.map((one) => (one.number === event.question ? { ...one, ...change(one) } : one));
  switch (event.type) {
    case 'asked': {
      const { question, update, line, by, outside, at, words } = event;
      return [...questions, { number: question, update, line, by, outside, at, ...words, status: 'open', chased: 0, since: at }];
    }
    case 'answered':
      return changed((one) => ({ status: 'answered', ...over(one, event.words.text), ended: endOf(event) }));
    case 'left':
      return changed((one) => ({ status: 'left', ...over(one, event.words.reason), ended: endOf(event) }));
    case 'taken-up':
      return changed(() => ({ status: 'to all', answer: event.words.text, leaving: event.leaving, ended: endOf(event) }));
    case 'told-all':
      return changed((one) => ({ status: 'answered to all', ...over(one, one.answer ?? '') }));
    case 'put-back':
      return changed(() => ({
        status: 'open',
        answer: undefined,
        leaving: undefined,
        ended: undefined,
        chased: 0,
        since: event.at,
      }));
    case 'chased':
      return changed(() => ({ chased: event.times, since: event.at }));
    default:
      return event satisfies never;
  }
}

const endOf = ({ by, as, at }: Ended) => ({ by, as, at });

const beginning = (text: string): string => [...text].slice(0, KEPT).join('');

const over = ({ text }: Question, answer: string) => ({ text: beginning(text), answer: beginning(answer) });
