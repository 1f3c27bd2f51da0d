/**
 * The part `answers` of a record with a plan: who has seen its updates, what readers ask, what an audience decides (M6). Each noun
 * decides for itself. Source: design section 8.
 */
import { accept, type Context, type Decision as Decided, type Part } from '../core/record.ts';
import { type DecisionCommand, type DecisionEvent, type Decisions, decideDecision, evolveDecisions } from './answers-decision.ts';
import { decideQuestion } from './answers-question.ts';
import { evolveQuestions, type Question, type QuestionCommand, type QuestionEvent } from './question.ts';

/** How many persons have seen an update; of how many, where it went to persons who are all known. */
export interface Seen {
  readonly seen: number;
  readonly of?: number | undefined;
}

export interface Answers {
  /** By the id of the update. Sums only: who it was stands in rows of their own. */
  readonly seen: Readonly<Record<string, Seen>>;
  readonly questions: readonly Question[];
  readonly decisions: Decisions;
}

export type AnswersCommand =
  /** From the count of the rows, every few seconds at most, however many people press. */
  ({ readonly type: 'count-seen'; readonly update: string } & Seen) | QuestionCommand | DecisionCommand;

export type AnswersEvent = ({ readonly type: 'seen-counted'; readonly update: string } & Seen) | QuestionEvent | DecisionEvent;

function decide(answers: Answers, command: AnswersCommand, context: Context): Decided<AnswersEvent> {
  switch (command.type) {
    case 'count-seen': {
      const { update, seen, of } = command;
      const known = answers.seen[update];
      return known?.seen === seen && known.of === of ? accept() : accept({ type: 'seen-counted', update, seen, of });
    }
    case 'ask-decision':
    case 'decide':
    case 'chase-decision':
      return decideDecision(answers.decisions, command, context);
    case 'ask':
    case 'answer':
    case 'answer-all':
    case 'leave':
    case 'chase':
    case 'told':
    case 'line-over':
    case 'exercise-over':
      return decideQuestion(answers.questions, command, context);
    default:
      return command satisfies never;
  }
}

function evolve(answers: Answers, event: AnswersEvent): Answers {
  switch (event.type) {
    case 'seen-counted':
      return { ...answers, seen: { ...answers.seen, [event.update]: { seen: event.seen, of: event.of } } };
    case 'decision-asked':
    case 'decided':
    case 'decision-overdue':
      return { ...answers, decisions: evolveDecisions(answers.decisions, event) };
    case 'asked':
    case 'answered':
    case 'taken-up':
    case 'told-all':
    case 'put-back':
    case 'left':
    case 'chased':
      return { ...answers, questions: evolveQuestions(answers.questions, event) };
    default:
      return event satisfies never;
  }
}

export const answers: Part<Answers, AnswersCommand, AnswersEvent> = {
  name: 'answers',
  initial: { seen: {}, questions: [], decisions: {} },
  decide,
  evolve,
};
