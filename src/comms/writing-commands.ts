/** Writing the text of an update: `/comms draft`, and the buttons *Write* and *Edit*. Rights depend on the plan, so the rules check them. */
import { foreseen } from '../chat/foreseen.ts';
import { paragraph, type RawAnswers } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { button, type Conversation, command, type Pressed } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { draftSeen } from './draft-card.ts';
import { changedSince, updateIn } from './find.ts';
import type { Line } from './line.ts';
import { plan as planPart } from './part.ts';
import type { PlanCommand } from './plan-command.ts';
import { mayWrite } from './rights.ts';
import { audience, change, done, knowing, lineOf, planOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';
import { openingText } from './texts.ts';

const textForm = { title: 'Text of the update', submit: 'Hand in' } as const;
const textField = { text: paragraph('Text', { hint: 'As its audience will read it' }) };

/** What stands in the dialog at first. A text that was not released yet is shown only to those who may write it. */
async function openingOf(c: Conversation, id: RecordId, key: string): Promise<RawAnswers | Refusal> {
  const found = await lineOf(c, id, key);
  if (isRefusal(found)) return found;
  const refused = await foreseen(c, id, planPart, { type: 'draft', line: key, text: found.line.update?.draft?.text ?? '' });
  return refused ?? { text: openingText(found.line) };
}

const handIn = (c: Conversation, id: RecordId, wanted: Extract<PlanCommand, { type: 'draft' }>): Promise<Reply> =>
  change(c, id, wanted, ({ events }) =>
    events.length === 0
      ? done('As it was', 'The text is the one that awaits release already, so nothing was changed.')
      : done('Handed in', `The text for ${audienceLabel(wanted.line)} awaits its release now; its releasers have it.`),
  );

const draft = command({
  name: 'comms draft',
  help: 'Write the next update for an audience.',
  args: { record, line: audience },
  form: { ...textForm, fields: textField, initial: (c, values) => openingOf(c, values.record, values.line) },
  run: (c, values, answers) => handIn(c, values.record, { type: 'draft', line: values.line, text: answers.text }),
});

const write = button({
  name: 'comms.write',
  form: { ...textForm, fields: textField, initial: (c, pressed) => openingOf(c, pressed.record, pressed.value) },
  run: (c, pressed, answers) => handIn(c, pressed.record, { type: 'draft', line: pressed.value, text: answers.text }),
});

/** The line whose draft a button is about, for somebody who may write it, if the draft stands as it stood on the card. */
async function pressedLine(c: Conversation, { record: id, value }: Pressed): Promise<Line | Refusal> {
  const { update, seen } = draftSeen(id, value);
  const plan = await planOf(c, id);
  if (isRefusal(plan)) return plan;
  const found = updateIn(plan, update);
  if (isRefusal(found)) return found;
  return mayWrite(plan, found.line, await knowing(c)) ?? changedSince(found.line, found.update, seen) ?? found.line;
}

const edit = button({
  name: 'comms.edit',
  form: {
    ...textForm,
    fields: textField,
    initial: async (c, pressed) => {
      const line = await pressedLine(c, pressed);
      return isRefusal(line) ? line : { text: openingText(line) };
    },
  },
  run: async (c, pressed, answers) => {
    const line = await pressedLine(c, pressed);
    if (isRefusal(line)) return c.refused(line);
    const { seen } = draftSeen(pressed.record, pressed.value);
    return handIn(c, pressed.record, { type: 'draft', line: line.audience, text: answers.text, seen });
  },
});

export const writing = [draft, write, edit];
