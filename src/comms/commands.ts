/** What people can say and press about communication plans. Rights depend on the plan, so the rules check them. */

import { foreseen } from '../chat/foreseen.ts';
import { line as lineField, paragraph, type RawAnswers } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { button, type Conversation, command, openly, type Pressed, privately } from '../chat/registry.ts';
import { holdersOf, type RecordId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { leave, sendAgain, unsureOf } from '../delivery/index.ts';
import { draftCard, draftSeen, planCard } from './cards.ts';
import { changedSince, updateIn } from './find.ts';
import { approvedBy, type Line } from './line.ts';
import { settings } from './line-command.ts';
import { plan as planPart } from './part.ts';
import type { PlanCommand } from './plan.ts';
import { mayRelease, mayWrite } from './rights.ts';
import { audience, change, changed, done, knowing, lineOf, planOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';
import { openingText } from './texts.ts';

const board = command({
  name: 'comms plan',
  help: 'Show the communication plan of a major problem or incident.',
  args: { record },
  run: async (c, { record: id }) => {
    const plan = await planOf(c, id);
    if (isRefusal(plan)) return c.refused(plan);
    // The board that stands in the channel remembers the holders; the one that is asked for looks.
    const holders = holdersOf(await c.org(), 'communications');
    return openly(planCard(id, { ...plan, holders }, await c.now()));
  },
});

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

const release = button({
  name: 'comms.release',
  run: (c, pressed) =>
    change(c, pressed.record, { type: 'release', ...draftSeen(pressed.record, pressed.value) }, ({ events, view }) => {
      const plan = view.state(planPart);
      const { update } = draftSeen(pressed.record, pressed.value);
      const outcome = plan.outcomes[update];
      if (outcome) return done('Released', `Update ${outcome.number} to ${audienceLabel(outcome.line)} is on its way.`);
      const line = plan.lines.find((one) => one.update?.id === update);
      const left = line?.update ? line.approvals - approvedBy(line, line.update).length : 0;
      return done(
        events.length === 0 ? 'Counted already' : 'Counted',
        `Your approval counts. ${left} more ${left === 1 ? 'is' : 'are'} needed before it leaves.`,
      );
    }),
});

const sendBack = button({
  name: 'comms.send-back',
  form: { title: 'Send back', submit: 'Send back', fields: { what: paragraph('What to change') } },
  run: (c, pressed, { what }) =>
    change(c, pressed.record, { type: 'send-back', ...draftSeen(pressed.record, pressed.value), what }, () =>
      done('Sent back', 'Its writer has your words and writes it again.'),
    ),
});

const reasonForm = { title: 'Skip this update', submit: 'Skip', fields: { reason: lineField('Reason') } } as const;

const skipButton = button({
  name: 'comms.skip',
  form: reasonForm,
  run: async (c, pressed, { reason }) => {
    const { update } = draftSeen(pressed.record, pressed.value);
    const plan = await planOf(c, pressed.record);
    if (isRefusal(plan)) return c.refused(plan);
    const found = updateIn(plan, update);
    if (isRefusal(found)) return c.refused(found);
    return change(c, pressed.record, { type: 'skip', line: found.line.audience, update, reason }, changed);
  },
});

const skip = command({
  name: 'comms skip',
  help: 'Skip the next update of an audience, with the reason.',
  args: { record, line: audience },
  form: reasonForm,
  run: (c, values, { reason }) => change(c, values.record, { type: 'skip', line: values.line, reason }, changed),
});

const started = (c: Conversation, id: RecordId, key: string): Promise<Reply> =>
  change(c, id, { type: 'start', line: key }, changed);

const start = command({
  name: 'comms start',
  help: 'Start a line that is told on demand, for example press.',
  args: { record, line: audience },
  run: (c, values) => started(c, values.record, values.line),
});

const startButton = button({ name: 'comms.start', run: (c, pressed) => started(c, pressed.record, pressed.value) });

const look = command({
  name: 'comms release',
  help: 'Show the draft that awaits release, with its buttons.',
  args: { record, line: audience },
  run: async (c, values) => {
    const found = await lineOf(c, values.record, values.line);
    if (isRefusal(found)) return c.refused(found);
    const { plan, line } = found;
    const context = await knowing(c);
    // What was not released yet is shown to nobody else, and never in a channel.
    const refused = mayWrite(plan, line, context) && mayRelease(line, context);
    if (refused) return c.refused(refused);
    if (line.update?.status !== 'awaiting release') return c.refused(refuse('nothing-to-release', { line: line.audience }));
    return privately(draftCard(values.record, plan, line.update.id, await c.now()));
  },
});

/** The decision is journaled first; after a crash in between, the next press carries out what was decided. */
const settle = (name: string, again: boolean) =>
  button({
    name,
    run: async (c, { record: id, value: update }) => {
      const unsure = (await unsureOf(c.db, update)).map((one) => one.id);
      const reply = await change(c, id, { type: 'settle', update, again }, () =>
        again
          ? done('Sent again', 'It goes once more to the places that were unsure.')
          : done('Left', 'It stays as it is at the places that were unsure.'),
      );
      const plan = await planOf(c, id);
      const outcome = isRefusal(plan) ? undefined : plan.outcomes[update];
      if (outcome?.unsure?.length === 0) await (outcome.again ? sendAgain : leave)(c.db, unsure);
      return reply;
    },
  });

export const doings = [
  settle('comms.send-again', true),
  settle('comms.leave', false),
  board,
  settings,
  draft,
  look,
  skip,
  start,
  write,
  edit,
  release,
  sendBack,
  skipButton,
  startButton,
];
