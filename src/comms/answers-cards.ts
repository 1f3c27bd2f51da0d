/** What people see of questions: the coordinator with the buttons, the asker with the answer. */
import { type Block, type Card, card, controls, text, type Words } from '../chat/card.ts';
import { placeParts } from '../chat/port.ts';
import { spanWords } from '../chat/time-words.ts';
import { type Instant, MINUTE } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import type { Standing } from './answers-rights.ts';
import { titleFor } from './guarding.ts';
import type { Plan } from './plan.ts';
import { isWaiting, type Question } from './question.ts';
import { audienceLabel } from './template.ts';

/** `PRB-1.q3`. */
export const questionId = (record: RecordId, { number }: Pick<Question, 'number'>): string => `${record}.q${number}`;

/** How long somebody has waited, to the minute. */
export const ageWords = (since: Instant, now: Instant): string =>
  now - since < MINUTE ? 'less than a minute' : spanWords(Math.floor((now - since) / MINUTE) * MINUTE);

const asker = ({ by, place }: Question): Words => (by === undefined ? [placeParts(place).id, ', by mail,'] : [{ person: by }]);

const asked = (plan: Plan, question: Question): Words => {
  const number = plan.outcomes[question.update]?.number;
  return [...asker(question), ` asks about update ${number ?? ''}`, ', ', { time: question.at }, ': ', question.text];
};

/** The buttons of an open question; to all only while another update of the line can come. */
function buttons(record: RecordId, plan: Plan, question: Question): Block {
  const line = plan.lines.find(({ audience }) => audience === question.line);
  const comes = line !== undefined && line.status !== 'closed' && (plan.status === 'running' || line.update !== undefined);
  const target = { record, value: String(question.number) };
  return controls(
    { label: 'Answer', action: 'comms.answer', style: 'primary', ...target },
    ...(comes ? [{ label: 'Answer to all', action: 'comms.answer-all', ...target }] : []),
    { label: 'Leave', action: 'comms.leave-question', style: 'danger', ...target },
  );
}

const outside: Words = [' Whoever releases this line answers, because the words leave the house.'];

/** A question as its coordinator has it: with its buttons while it is open, with what became of it once it is not. */
export function questionCard(record: RecordId, plan: Plan, question: Question | undefined, now: Instant): Card {
  if (!question) return card(`Question about ${record}`);
  const about = `${audienceLabel(question.line, plan.lines)}, ${record}`;
  const words = text(...asked(plan, question));
  const { ended, answer = '' } = question;
  const who: Words = ended ? [{ person: ended.by }, ', ', { time: ended.at }, ': ', answer] : [answer];
  switch (question.status) {
    case 'open': {
      const title = `${question.chased > 0 ? `Question open for ${ageWords(question.at, now)}` : 'Question'}: ${about}`;
      return card(title, [words, ...(question.outside ? [text(...outside)] : []), buttons(record, plan, question)], {
        tone: question.chased > 0 ? 'danger' : 'warning',
        summary: `${title}. ${question.text}`,
      });
    }
    case 'to all':
      return card(`Answer awaits release: ${about}`, [words, text('In the draft of the next update by ', ...who)], {
        tone: 'info',
      });
    case 'answered':
      return card(`Question answered: ${about}`, [words, text('Answered by ', ...who)], { tone: 'success' });
    case 'answered to all':
      return card(`Question answered to all: ${about}`, [words, text('Answered by ', ...who)], { tone: 'success' });
    case 'left':
      return card(`Question left: ${about}`, [words, text('Left by ', ...who)]);
    default:
      return question.status satisfies never;
  }
}

/** How many of a list of questions carry their buttons. */
const WITH_BUTTONS = 5;

/** Open questions, oldest first; the first ones with their buttons. */
export function questionsCard(
  title: string,
  open: readonly { readonly record: RecordId; readonly plan: Plan; readonly question: Question }[],
  now: Instant,
): Card {
  if (open.length === 0) return card(title, [text('No question waits for an answer.')], { tone: 'success' });
  const rows = open.slice(0, WITH_BUTTONS).flatMap(({ record, plan, question }): readonly Block[] => [
    text(
      {
        bold: `${questionId(record, question)}, ${audienceLabel(question.line, plan.lines)}, open for ${ageWords(question.at, now)}: `,
      },
      ...asked(plan, question),
    ),
    ...(question.status === 'open'
      ? [buttons(record, plan, question)]
      : [text('Its answer is in the draft of the next update, which awaits its release.')]),
  ]);
  const more = open.length - WITH_BUTTONS;
  return card(title, [...rows, ...(more > 0 ? [text(`${more} more wait; the ones shown are the oldest.`)] : [])], {
    tone: 'warning',
    summary: `${title}: ${open.length} ${open.length === 1 ? 'question waits' : 'questions wait'}, the oldest for ${ageWords(open[0]?.question.at ?? now, now)}`,
  });
}

/** The questions of one line that wait, on one card: where there are too many for a card each. */
export const lineQuestionsCard = (
  record: RecordId,
  plan: Plan,
  questions: readonly Question[],
  audience: string,
  now: Instant,
): Card =>
  questionsCard(
    `Open questions: ${audienceLabel(audience, plan.lines)}, ${record}`,
    questions
      .filter((question) => question.line === audience && isWaiting(question))
      .map((question) => ({ record, plan, question })),
    now,
  );

const AS: Readonly<Record<Standing, (record: RecordId) => string>> = {
  owner: (record) => `the owner of ${record}`,
  communications: () => 'communications',
  author: () => 'who writes these updates',
  releaser: () => 'who releases these updates',
};

const you = ({ text: words }: Question): Block => text('You asked: ', words);

/** A heading with what the record is called to whoever asked. */
function headed(heading: string, plan: Plan, { line: audience }: Question): string {
  const line = plan.lines.find((one) => one.audience === audience);
  const title = titleFor(plan, line ?? { audience });
  return title === '' ? heading : `${heading}: ${title}`;
}

/** To the asker. Who answered is told by role. */
export const answeredCard = (record: RecordId, plan: Plan, question: Question, answer: string, as: Standing): Card =>
  card(headed('Answer to your question', plan, question), [you(question), text(answer), text(`Answered by ${AS[as](record)}.`)], {
    tone: 'success',
    summary: `${headed('Answer to your question', plan, question)}. ${answer}`,
  });

/** To the asker, while the answer awaits its release. */
export const comesCard = (plan: Plan, question: Question, due: Instant | undefined): Card =>
  card(headed('Your question', plan, question), [
    you(question),
    text('It is answered to everybody with the next update', ...(due === undefined ? [] : [', due ', { time: due }]), '.'),
  ]);

/** To the asker, once everybody was told. */
export const toldCard = (plan: Plan, question: Question, update: string): Card =>
  card(
    headed('Your question is answered', plan, question),
    [you(question), text(`Update ${plan.outcomes[update]?.number ?? ''}, which leaves now, has the answer.`)],
    {
      tone: 'success',
    },
  );

/** To the asker. */
export const leftCard = (record: RecordId, plan: Plan, question: Question, reason: string, as: Standing): Card =>
  card(headed('Your question is not answered', plan, question), [
    you(question),
    text(`It was left by ${AS[as](record)}: ${reason}`),
  ]);
