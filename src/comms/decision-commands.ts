/** A decision that an audience is asked for: `/comms ask-decision`, and the options under the update. */

import { LIMITS } from '../chat/card.ts';
import { foreseen } from '../chat/foreseen.ts';
import { line, paragraph, time } from '../chat/form.ts';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import { button, command } from '../chat/registry.ts';
import { isRefusal } from '../core/refusal.ts';
import { optionIn } from './answer-buttons.ts';
import { answers as answersPart } from './answers.ts';
import { wasSaidAt } from './answers-store.ts';
import { plan as planPart } from './part.ts';
import type { PlanCommand } from './plan-command.ts';
import { change, done, planOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';

/** The options as people write them, one a line, with or without a dash or a number before it. */
const optionsIn = (said: string): readonly string[] => [
  ...new Set(
    said
      .split('\n')
      .map((one) => one.replace(/^\s*(?:[-*•]|\d[.)])\s*/u, '').trim())
      .filter((one) => one !== ''),
  ),
];

/** At which field a refusal is told. */
const WRONG_FIELD: Readonly<Record<string, string>> = {
  'wrong-options': 'options',
  'needed-by-past': 'neededBy',
  'unknown-line': 'audience',
};

const askDecision = command({
  name: 'comms ask-decision',
  help: 'Ask an audience for a decision with its next update; its options become buttons.',
  args: { record },
  form: {
    title: 'Ask for a decision',
    submit: 'Add to next update',
    fields: {
      question: paragraph('Question', { most: 500, hint: 'What is to be decided' }),
      options: paragraph('Options', {
        most: 500,
        hint: `One a line, two to five, at most ${LIMITS.buttonLabel} characters each`,
      }),
      neededBy: time('Needed by', { hint: 'in 2h, 17:00' }),
      audience: line('Audience', { hint: 'senior-management' }),
    },
    initial: async (c, values) => {
      const plan = await planOf(c, values.record);
      return isRefusal(plan) ? plan : { audience: 'senior-management' };
    },
  },
  run: async (c, values, answers) => {
    const wanted: PlanCommand = {
      type: 'want-decision',
      line: answers.audience
        .trim()
        .toLowerCase()
        .replaceAll(/[\s_]+/gu, '-'),
      question: answers.question,
      options: optionsIn(answers.options),
      neededBy: answers.neededBy,
    };
    const wrong = await foreseen(c, values.record, planPart, wanted);
    const field = wrong && WRONG_FIELD[wrong.refused];
    if (wrong && field) return { kind: 'mend', fields: { [field]: plainWords(refusalWords(wrong)) } };
    return change(c, values.record, wanted, ({ view }) =>
      done(
        'In the next update',
        `The next update for ${audienceLabel(wanted.line, view.state(planPart).lines)} asks for the decision, with its options as buttons. It leaves when it is released.`,
      ),
    );
  },
});

/** An option under an update. Whoever sees it where the update was said is of its audience. */
const decide = button({
  name: 'comms.decide',
  run: async (c, { record: id, value }) => {
    const { update, option } = optionIn(value);
    const told = await wasSaidAt(c.db, id, update, c.at);
    return c.change({
      record: id,
      part: answersPart,
      command: { type: 'decide', update, option, told },
      told,
      reply: ({ view }) => {
        const decision = view.state(answersPart).decisions[update];
        return done(
          'Decided',
          { bold: decision?.options[option] ?? '' },
          '. It is recorded with your name, and the owner has it.',
        );
      },
    });
  },
});

export const deciding = [askDecision, decide];
