/** Questions as people ask and answer them: *Ask* under an update, the coordinator's buttons, `/comms questions`. */
import { foreseen } from '../chat/foreseen.ts';
import { line, paragraph } from '../chat/form.ts';
import { placeOf, type Reply } from '../chat/port.ts';
import { aRecord, button, type Conversation, command, type Pressed, perhaps, privately } from '../chat/registry.ts';
import type { Accepted } from '../core/apply.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { type AnswersCommand, answers as answersPart } from './answers.ts';
import { questionsCard } from './answers-cards.ts';
import { mayAnswer } from './answers-rights.ts';
import { seen } from './answers-seen.ts';
import { openQuestions, wasSaidAt } from './answers-store.ts';
import { LONGEST_QUESTION } from './answers-text.ts';
import { plan as planPart } from './part.ts';
import type { Plan } from './plan.ts';
import { isWaiting, LONGEST_ANSWER, type Question } from './question.ts';
import { done, knowing, planOf } from './showing.ts';

const change = (
  c: Conversation,
  record: RecordId,
  wanted: AnswersCommand,
  reply: (accepted: Accepted) => Reply,
): Promise<Reply> => c.change({ record, part: answersPart, command: wanted, reply });

/** An answer goes to whoever asked and to nobody else, on the platform on which they asked. */
const asked = (c: Conversation, { value: update }: Pressed, text: string): AnswersCommand => ({
  type: 'ask',
  update,
  text,
  place: placeOf({ platform: c.asker.platform, kind: 'person', id: c.asker.user }),
});

/** Whether the update was said where it is pressed: whoever is told may ask. */
const told = (c: Conversation, { record, value: update }: Pressed): Promise<boolean> => wasSaidAt(c.db, record, update, c.at);

/** Said before a dialog opens: why it would be in vain. */
const inVain = async (c: Conversation, record: RecordId, wanted: AnswersCommand): Promise<Refusal | Record<string, string>> =>
  (await foreseen(c, record, answersPart, wanted)) ?? {};

const ask = button({
  name: 'comms.ask',
  form: {
    title: 'Ask about this update',
    submit: 'Ask',
    fields: { question: paragraph('Question', { most: LONGEST_QUESTION, hint: 'Only those who answer read it' }) },
    initial: async (c, pressed) => ((await told(c, pressed)) ? {} : inVain(c, pressed.record, asked(c, pressed, ''))),
  },
  run: async (c, pressed, { question }) =>
    c.change({
      record: pressed.record,
      part: answersPart,
      command: asked(c, pressed, question),
      told: await told(c, pressed),
      reply: ({ events }) =>
        events.length === 0
          ? done('Asked already', 'Your question waits for its answer; you get it in a direct message.')
          : done('Asked', 'Your question is with whoever answers for these updates. You get the answer in a direct message.'),
    }),
});

const numberOf = ({ value }: Pressed): number => Number(value);

const answer = button({
  name: 'comms.answer',
  form: {
    title: 'Answer the question',
    submit: 'Answer',
    fields: { answer: paragraph('Answer', { most: LONGEST_ANSWER, hint: 'Only whoever asked reads it' }) },
    initial: (c, pressed) => inVain(c, pressed.record, { type: 'answer', question: numberOf(pressed), text: '' }),
  },
  run: (c, pressed, { answer: text }) =>
    change(c, pressed.record, { type: 'answer', question: numberOf(pressed), text }, () =>
      done('Answered', 'Your answer is on its way to whoever asked.'),
    ),
});

const answerAll = button({
  name: 'comms.answer-all',
  form: {
    title: 'Answer to all',
    submit: 'Add to next update',
    fields: { answer: paragraph('Answer', { most: LONGEST_ANSWER, hint: 'It leaves with the next update, once released' }) },
    initial: (c, pressed) => inVain(c, pressed.record, { type: 'answer-all', question: numberOf(pressed), text: '' }),
  },
  run: (c, pressed, { answer: text }) =>
    change(c, pressed.record, { type: 'answer-all', question: numberOf(pressed), text }, () =>
      done(
        'In the next update',
        'Question and answer are in the next update, which is released like any other. Whoever asked knows.',
      ),
    ),
});

const leave = button({
  name: 'comms.leave-question',
  form: {
    title: 'Leave the question',
    submit: 'Leave',
    fields: { reason: line('Reason', { hint: 'Whoever asked reads it' }) },
    initial: (c, pressed) => inVain(c, pressed.record, { type: 'leave', question: numberOf(pressed), reason: '' }),
  },
  run: (c, pressed, { reason }) =>
    change(c, pressed.record, { type: 'leave', question: numberOf(pressed), reason }, () =>
      done('Left', 'Whoever asked is told that it is not answered, and why.'),
    ),
});

type Knowing = Awaited<ReturnType<typeof knowing>>;

interface Open {
  readonly record: RecordId;
  readonly plan: Plan;
  readonly question: Question;
}

/** So many open questions are looked through. */
const LOOKED_THROUGH = 200;

/** The questions that this person may answer, oldest first. */
export async function myQuestions(c: Conversation): Promise<readonly Open[]> {
  const [found, context] = await Promise.all([openQuestions(c.db, { most: LOOKED_THROUGH }), knowing(c)]);
  const records = [...new Set(found.map(({ record }) => record))];
  const open = await Promise.all(records.map((record) => openOf(c, record, context)));
  return open.flat().sort((a, b) => a.question.at - b.question.at);
}

/** The open questions of one record that this person may answer: nobody else reads what readers ask. */
async function openOf(c: Conversation, record: RecordId, context: Knowing): Promise<readonly Open[]> {
  const view = await c.view(record);
  if (!view) return [];
  const plan = view.state(planPart);
  const mine = plan.lines.filter((of) => !isRefusal(mayAnswer(plan, of, context))).map(({ audience }) => audience);
  return view
    .state(answersPart)
    .questions.flatMap((question) => (isWaiting(question) && mine.includes(question.line) ? [{ record, plan, question }] : []));
}

/** Why somebody does not see a record's questions: they answer for none of its lines. */
function notTheirs(plan: Plan, context: Knowing): Refusal | undefined {
  const refusals = plan.lines.map((of) => mayAnswer(plan, of, context));
  return refusals.every(isRefusal) ? refusals.find(isRefusal) : undefined;
}

const questions = command({
  name: 'comms questions',
  help: 'Show the questions of readers that wait for an answer: yours, or those of one record.',
  args: { record: perhaps(aRecord('the record, if only one', 'PRB', 'INC', 'RFC', 'REL')) },
  run: async (c, { record }) => {
    if (record === undefined) return privately(questionsCard('Your open questions', await myQuestions(c), await c.now()));
    const plan = await planOf(c, record);
    if (isRefusal(plan)) return c.refused(plan);
    const context = await knowing(c);
    const refused = notTheirs(plan, context);
    if (refused) return c.refused(refused);
    return privately(questionsCard(`Open questions of ${record}`, await openOf(c, record, context), context.now));
  },
});

export const answering = [seen, ask, answer, answerAll, leave, questions];
