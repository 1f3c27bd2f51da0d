/** Writing the text of an update: `/comms draft`, and the buttons *Write* and *Edit*. Rights depend on the plan, so the rules check them. */
import { foreseen } from '../chat/foreseen.ts';
import { paragraph, type RawAnswers } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { button, type Conversation, command, type Pressed } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { answers as answersPart } from './answers.ts';
import { withAnswers } from './answers-text.ts';
import { draftSeen } from './draft-card.ts';
import { namesAbout, openingWords, sourcesOf } from './drafting.ts';
import { changedSince, updateIn, whileLeaving } from './find.ts';
import type { Line, Update } from './line.ts';
import { plan as planPart } from './part.ts';
import type { PlanCommand } from './plan-command.ts';
import { forAll } from './question.ts';
import { mayWrite } from './rights.ts';
import { audience, change, done, knowingOf, lineOf, planOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';
import { updateOf } from './update.ts';

const textForm = { title: 'Text of the update', submit: 'Hand in' } as const;
const textField = { text: paragraph('Text', { hint: 'As its audience will read it' }) };

/** Which text is written: what is due next on a line, or the update that is named. */
interface Wanted {
  readonly line: string;
  readonly update?: string | undefined;
}

/** What the button *Write* carries, in the words of a command: `customers`, or `customers.3` for the third update of the plan. */
function wantedBy({ record: id, value }: Pressed): Wanted {
  const [line = '', number] = value.split('.');
  return { line, ...(number === undefined ? {} : { update: `${id}.${number}` }) };
}

/** What stands in the dialog at first. A text that was not released yet is shown only to those who may write it. */
async function openingOf(c: Conversation, id: RecordId, wanted: Wanted): Promise<RawAnswers | Refusal> {
  const found = await lineOf(c, id, wanted.line);
  if (isRefusal(found)) return found;
  const update = wanted.update === undefined ? found.line.update : updateOf(found.line, wanted.update);
  const refused = await foreseen(c, id, planPart, { type: 'draft', ...wanted, text: update?.draft?.text ?? '' });
  if (refused) return refused;
  const view = await c.view(id);
  const { questions } = view?.state(answersPart) ?? answersPart.initial;
  const text = view ? openingWords(await sourcesOf(c, view), found.line, update) : '';
  return { text: update === found.line.update ? withAnswers(text, forAll(questions, wanted.line)) : text };
}

const handIn = async (c: Conversation, id: RecordId, wanted: Extract<PlanCommand, { type: 'draft' }>): Promise<Reply> =>
  change(c, id, { ...wanted, names: await namesAbout(c, id) }, ({ events, view }) =>
    events.length === 0
      ? done('As it was', 'The text is the one that awaits release already, so nothing was changed.')
      : done(
          'Handed in',
          `The text for ${audienceLabel(wanted.line, view.state(planPart).lines)} awaits its release now; its releasers have it.`,
        ),
  );

const draft = command({
  name: 'comms draft',
  help: 'Write the next update for an audience.',
  args: { record, line: audience },
  form: { ...textForm, fields: textField, initial: (c, values) => openingOf(c, values.record, { line: values.line }) },
  run: (c, values, answers) => handIn(c, values.record, { type: 'draft', line: values.line, text: answers.text }),
});

const write = button({
  name: 'comms.write',
  form: { ...textForm, fields: textField, initial: (c, pressed) => openingOf(c, pressed.record, wantedBy(pressed)) },
  run: (c, pressed, answers) => handIn(c, pressed.record, { type: 'draft', ...wantedBy(pressed), text: answers.text }),
});

/** The draft that a button is about, with its line, for somebody who may write it, if it stands as it stood on the card. */
async function pressedDraft(
  c: Conversation,
  { record: id, value }: Pressed,
): Promise<{ readonly line: Line; readonly update: Update } | Refusal> {
  const { update, seen } = draftSeen(id, value);
  const plan = await planOf(c, id);
  if (isRefusal(plan)) return plan;
  const found = updateIn(plan, update);
  if (isRefusal(found)) return found;
  return mayWrite(plan, found.line, await knowingOf(c, id)) ?? changedSince(found.line, found.update, seen) ?? found;
}

const edit = button({
  name: 'comms.edit',
  form: {
    ...textForm,
    fields: textField,
    initial: async (c, pressed) => {
      const found = await pressedDraft(c, pressed);
      if (isRefusal(found)) return found;
      return whileLeaving(found.line, found.update) ?? { text: found.update.draft?.text ?? '' };
    },
  },
  run: async (c, pressed, answers) => {
    const found = await pressedDraft(c, pressed);
    if (isRefusal(found)) return c.refused(found);
    const { line, update } = found;
    const { seen } = draftSeen(pressed.record, pressed.value);
    return handIn(c, pressed.record, { type: 'draft', line: line.audience, update: update.id, text: answers.text, seen });
  },
});

const noChange = button({
  name: 'comms.no-change',
  run: async (c, { record: id, value }) => {
    const { update } = draftSeen(id, value);
    return change(c, id, { type: 'no-change', update, names: await namesAbout(c, id) }, ({ events }) =>
      events.length === 0
        ? done('As it was', 'The last text awaits its release already, so nothing was changed.')
        : done('Handed in', 'The last text awaits its release again, as of now; its releasers have it.'),
    );
  },
});

const take = button({
  name: 'comms.take',
  run: (c, { record: id, value }) =>
    change(c, id, { type: 'take', update: draftSeen(id, value).update }, ({ events }) =>
      events.length === 0
        ? done('It is yours already', 'You write this update, so nothing was changed.')
        : done('It is yours', 'You write this update; the others who were asked see that you have it.'),
    ),
});

export const writing = [draft, write, edit, noChange, take];
