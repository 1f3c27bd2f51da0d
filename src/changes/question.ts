/** Questions on a ballot: asked by those who vote, answered by the change owner, on the card for all to read (C7). */
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, type PersonId } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { type Poll, standsFor } from './electorate.ts';
import type { Change } from './rfc.ts';

export interface Question {
  readonly number: number;
  readonly by: PersonId;
  readonly at: Instant;
  readonly text: string;
  readonly answer?: { readonly by: PersonId; readonly at: Instant; readonly text: string };
}

export type QuestionCommand =
  | { readonly type: 'ask'; readonly round: number; readonly question: string }
  | { readonly type: 'answer'; readonly round: number; readonly number: number; readonly answer: string };

interface On {
  readonly round: number;
  readonly number: number;
  readonly by: PersonId;
  readonly at: Instant;
}

export type QuestionEvent =
  | ({ readonly type: 'asked'; readonly words: { readonly question: string } } & On)
  | ({ readonly type: 'answered'; readonly words: { readonly answer: string } } & On);

/** Where a question is asked. */
interface Asked extends Poll {
  readonly number: number;
  readonly questions: readonly Question[];
}

/**
 * Refuses `no-question`, `not-yours-to-answer` (fact `people`), and to ask what `standsFor` refuses. An answer may come after the
 * ballot ended, and may be given anew.
 */
export function decideQuestion(
  round: Asked,
  command: QuestionCommand,
  { actor, org, now, record }: Context,
  rfc: Change | undefined,
): Decision<QuestionEvent> {
  if (command.type === 'ask') {
    const stands = standsFor(round, actor, org, now);
    if (isRefusal(stands)) return { ...stands, facts: { ...stands.facts, record } };
    const number = round.questions.length + 1;
    return accept({
      type: 'asked',
      round: round.number,
      number,
      by: actor.person,
      at: now,
      words: { question: command.question },
    });
  }
  const question = round.questions.find(({ number }) => number === command.number);
  if (!question) return refuse('no-question', { record });
  const people = rfc ? [...new Set([rfc.fields.owner, rfc.requester, rfc.fields.implementer])] : [];
  if (!people.includes(actor.person)) return refuse('not-yours-to-answer', { record, people });
  const answer = { number: question.number, by: actor.person, at: now, words: { answer: command.answer } };
  return accept({ type: 'answered', round: round.number, ...answer });
}

/** The questions after one was asked or answered. */
export function withQuestion(questions: readonly Question[], event: QuestionEvent): readonly Question[] {
  const { number, by, at } = event;
  if (event.type === 'asked') return [...questions, { number, by, at, text: event.words.question }];
  return questions.map((one) => (one.number === number ? { ...one, answer: { by, at, text: event.words.answer } } : one));
}
