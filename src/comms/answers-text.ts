/** A question with its answer as they stand in an update for everybody. Pure. */

/** What fits in the field of a question; more of a mail is not a question any more. */
export const LONGEST_QUESTION = 1000;

/** A question that is answered to all. */
export interface Answered {
  readonly text: string;
  readonly answer: string;
}

const flat = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** Whether a text tells the answer, however its lines are broken. */
export const tells = (text: string, { answer }: Pick<Answered, 'answer'>): boolean => flat(text).includes(flat(answer));

/** The text with each question and answer that it does not tell yet, in paragraphs of their own at its end. */
export const withAnswers = (text: string, answered: readonly Answered[]): string =>
  answered.reduce(
    (before, one) =>
      tells(before, one)
        ? before
        : `${before.trimEnd()}${before.trim() === '' ? '' : '\n\n'}Question: ${one.text.trim()}\nAnswer: ${one.answer.trim()}`,
    text,
  );
