/** Releasing what awaits it, sending it back, skipping it: `/comms release`, `/comms skip` and the buttons of a draft. */
import { type Control, card, controls, text, type Words } from '../chat/card.ts';
import { line as lineField, paragraph } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { button, command, oneOf, perhaps, privately } from '../chat/registry.ts';
import { spanWords } from '../chat/time-words.ts';
import type { Accepted } from '../core/apply.ts';
import { MINUTE } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { called } from './about.ts';
import { draftCard, draftSeen } from './draft-card.ts';
import { updateIn } from './find.ts';
import { undoButton } from './leaving-cards.ts';
import { approvedBy } from './line.ts';
import { plan as planPart } from './part.ts';
import { isMending } from './plan.ts';
import { mayRelease, mayWrite } from './rights.ts';
import { audience, change, changed, contactsOf, done, knowing, lineOf, planOf, record, why } from './showing.ts';
import { audienceLabel } from './template.ts';
import { preparedIn, undoOf, updatesOf } from './update.ts';
import { goOn, nextButton, waitingFor, walk } from './walk.ts';

/** What whoever pressed Release reads: that it leaves soon and can be taken back, that it left, or how many approvals it lacks. */
function releasedReply(update: string, me: PersonId, { events, view }: Accepted): Reply {
  const plan = view.state(planPart);
  const next = waitingFor(plan, me, update) > 0 ? [nextButton(view.id, update)] : [];
  const answer = (title: string, words: Words, ...buttons: readonly Control[]): Reply =>
    privately(card(title, [text(...words), ...(buttons.length > 0 ? [controls(...buttons)] : [])]));
  const outcome = plan.outcomes[update];
  if (outcome) {
    const upd = outcome.upd === undefined ? '' : ` as ${outcome.upd}`;
    return answer(
      'Released',
      [`${called(plan, outcome)} to ${audienceLabel(outcome.line, plan.lines)} is on its way${upd}.`],
      ...next,
    );
  }
  const found = preparedIn(plan, update);
  if (!found) return answer('Released', ['It is on its way.'], ...next);
  const { line } = found;
  const { leaving, ready, after } = found.update;
  if (ready) {
    const held = `It goes out once if nothing is released ${spanWords(after ?? 0)} after due.`;
    return answer(
      'Stands by',
      [`The holding statement for ${audienceLabel(line.audience, plan.lines)} is released. ${held}`],
      ...next,
    );
  }
  if (leaving) {
    const what = isMending(found.update.phase) ? `The ${found.update.phase}` : `Update ${line.released + 1}`;
    return answer(
      `Leaves in ${spanWords(undoOf(line))}`,
      [
        `${what} to ${audienceLabel(line.audience, plan.lines)} leaves at `,
        { time: leaving.leaves },
        '. Until then Undo takes it back.',
      ],
      undoButton(view.id, update),
      ...next,
    );
  }
  const left = line.approvals - approvedBy(line, found.update).length;
  return answer(
    events.length === 0 ? 'Counted already' : 'Counted',
    [`Your approval counts. ${left} more ${left === 1 ? 'is' : 'are'} needed before it leaves.`],
    ...next,
  );
}

const release = button({
  name: 'comms.release',
  run: (c, pressed) => {
    const seen = draftSeen(pressed.record, pressed.value);
    return change(c, pressed.record, { type: 'release', ...seen }, (accepted) => {
      // Others are on its lists than this button was about: nothing was counted, and its card shows who they are.
      const [first, ...more] = accepted.events;
      if (first?.type === 'lists-seen' && more.length === 0) return c.refused(refuse('lists-changed'));
      return releasedReply(seen.update, c.me, accepted);
    });
  },
});

const undo = button({
  name: 'comms.undo',
  run: (c, pressed) =>
    change(c, pressed.record, { type: 'undo', update: draftSeen(pressed.record, pressed.value).update }, ({ events }) =>
      events.length === 0
        ? done('Taken back already', 'It did not leave; it awaits release.')
        : done('Taken back', 'It did not leave. It awaits release again, with no approvals.'),
    ),
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
  args: { record, line: audience, why },
  form: { ...reasonForm, initial: async (_c, values) => (values.why === undefined ? {} : { reason: values.why }) },
  run: (c, values, { reason }) => change(c, values.record, { type: 'skip', line: values.line, reason }, changed),
});

const look = command({
  name: 'comms release',
  help: 'Go through the drafts that await release, each with its buttons; or look at one line.',
  args: { record, line: perhaps(audience) },
  run: async (c, values) => {
    if (values.line === undefined) return walk(c, values.record);
    const found = await lineOf(c, values.record, values.line);
    if (isRefusal(found)) return c.refused(found);
    const { plan, line } = found;
    const context = await knowing(c);
    // What was not released yet is shown to nobody else, and never in a channel.
    const refused = mayWrite(plan, line, context) && mayRelease(line, context);
    if (refused) return c.refused(refused);
    const waits = updatesOf(line).find(({ status }) => status === 'awaiting release' || status === 'leaving');
    if (!waits) return c.refused(refuse('nothing-to-release', { line: line.audience }));
    return privately(draftCard(values.record, plan, waits.id, await c.now(), await contactsOf(c, values.record)));
  },
});

/** How long a release can be taken back, as people choose it. */
const UNDO = { none: 0, '10s': 10_000, '30s': 30_000, '1m': MINUTE } as const;

const undoTime = command({
  name: 'comms clock undo',
  help: 'Say how long a release to an audience can be taken back.',
  args: { record, line: audience, span: oneOf('how long', 'none', '10s', '30s', '1m') },
  run: (c, values) =>
    change(c, values.record, { type: 'line', line: values.line, undo: UNDO[values.span] }, () =>
      done(
        'Undo',
        values.span === 'none'
          ? `What is released to ${audienceLabel(values.line)} leaves at once.`
          : `What is released to ${audienceLabel(values.line)} can be taken back for ${values.span}.`,
      ),
    ),
});

export const releasing = [undoTime, look, goOn, skip, release, undo, sendBack, skipButton];
