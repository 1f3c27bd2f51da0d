/** Releasing what awaits it, sending it back, skipping it: `/comms release`, `/comms skip` and the buttons of a draft. */
import { line as lineField, paragraph } from '../chat/form.ts';
import { button, command, privately } from '../chat/registry.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { draftCard, draftSeen } from './draft-card.ts';
import { updateIn } from './find.ts';
import { approvedBy } from './line.ts';
import { plan as planPart } from './part.ts';
import { mayRelease, mayWrite } from './rights.ts';
import { audience, change, changed, done, knowing, lineOf, planOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';

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

export const releasing = [look, skip, release, sendBack, skipButton];
