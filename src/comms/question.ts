/**
 * A question of a reader: asked under an update, answered to whoever asked or to everybody by the next update, or left with a reason.
 * What can be asked of it is decided in `answers-question.ts`. Pure. Source: design section 8; M6.
 */
import { HOUR, type Instant, MINUTE, type Span } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import type { Standing } from './answers-rights.ts';
import type { Answered } from './answers-text.ts';

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

/** How a question ended, or was taken up: by whom, and as what. */
export interface Ended {
  readonly question: number;
  readonly line: string;
  readonly by: PersonId;
  readonly as: Standing;
  readonly at: Instant;
}

/** What fits in the field of an answer; with its question it leaves an update room for its own text. */
export const LONGEST_ANSWER = 1000;
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

/** The questions of a line that wait for its next update. */
export const waitingOn = (questions: readonly Question[], line: string): readonly Question[] =>
  questions.filter((one) => one.line === line && one.status === 'to all');

/** The questions of a line whose answers the next update is to tell. */
export const forAll = (questions: readonly Question[], line: string): readonly Answered[] =>
  answeredOf(waitingOn(questions, line));

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
