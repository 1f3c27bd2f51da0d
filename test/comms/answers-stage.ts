/** A plan whose customers were told once, and what its readers and coordinators then do. */
import { type Answers, type AnswersCommand, answers } from '../../src/comms/answers.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import type { Question } from '../../src/comms/question.ts';
import { type Actor, BELLMAN, type PersonId, type Typed } from '../../src/core/record.ts';
import { isRefusal, type Refusal } from '../../src/core/refusal.ts';
import { majorProblem, type Stage } from './stage.ts';

export const CUSTOMERS = 'customers';

/** Writes and releases the next update of a line; gives its id. The time to take it back passes. */
export function tell(stage: Stage, text: string, line = CUSTOMERS): string {
  if (!stage.line(line).update) stage.does('olga', { type: 'start', line });
  stage.does('olga', { type: 'draft', line, text });
  return release(stage, line);
}

/** What the buttons of a line's draft carry now. */
export function seenOf(stage: Stage, line = CUSTOMERS): { readonly update: string; readonly seen: string } {
  const of = stage.line(line);
  if (!of.update) throw new Error(`Nothing awaits release on ${line}`);
  return { update: of.update.id, seen: draftHash(of, of.update).slice(0, HASH_ON_BUTTON) };
}

/** Releases what awaits release on a line; gives its id. */
export function release(stage: Stage, line = CUSTOMERS): string {
  const pressed = seenOf(stage, line);
  stage.does('cora', { type: 'release', ...pressed });
  stage.pass(11_000);
  return pressed.update;
}

export const answersIn = (stage: Stage): Answers => stage.view().state(answers);

export const questionsIn = (stage: Stage): readonly Question[] => answersIn(stage).questions;

export const answersTries = (
  stage: Stage,
  person: PersonId,
  command: AnswersCommand,
  more: Partial<Actor> = {},
): readonly Typed[] | Refusal => stage.tries(person, answers.name, command, more);

export function answersDoes(
  stage: Stage,
  person: PersonId,
  command: AnswersCommand,
  more: Partial<Actor> = {},
): readonly Typed[] {
  const outcome = answersTries(stage, person, command, more);
  if (isRefusal(outcome)) throw new Error(`Refused: ${outcome.refused} ${JSON.stringify(outcome.facts)}`);
  return outcome;
}

const placeOf = (person: PersonId): string => `console/person/${person}`;

export const asks = (stage: Stage, person: PersonId, update: string, text: string) =>
  answersDoes(stage, person, { type: 'ask', update, text, place: placeOf(person) });

export const asksByMail = (stage: Stage, address: string, update: string, text: string, mail = `<${text}@x>`) =>
  answersDoes(stage, BELLMAN, { type: 'ask', update, text, place: `email/address/${address}`, mail });

/** A major problem of Olga's whose customers were told; everything said until then is forgotten. */
export function told(): { readonly stage: Stage; readonly update: string } {
  const stage = majorProblem();
  const update = tell(stage, 'Payments are slow.');
  stage.heard();
  return { stage, update };
}

/** The titles of what was said to a person's direct messages, by place or by person. */
export const heardBy = (stage: Stage, person: PersonId): readonly string[] =>
  stage.said.flatMap(({ to, content }) =>
    ('person' in to && to.person === person) || ('place' in to && to.place === placeOf(person)) ? [content.title] : [],
  );
