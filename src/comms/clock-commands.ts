/** What people can say about the clock of a line: move it, let reminders rest, pause and resume it, bind it, set that aside (M3). */
import { foreseen } from '../chat/foreseen.ts';
import { choice, line as lineField, maybe, type RawAnswers, time } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import { aSpan, aTime, type Conversation, command } from '../chat/registry.ts';
import { timeField } from '../chat/time-words.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { MOMENTS, type Within } from './deadline.ts';
import { plan as planPart } from './part.ts';
import type { ClockCommand, PlanCommand } from './plan-command.ts';
import { mayArrange } from './rights.ts';
import { audience, change, changed, done, knowing, lineOf, record, why } from './showing.ts';
import { audienceLabel } from './template.ts';
import { parseWithin, withinWords } from './within-words.ts';

const reason = { reason: lineField('Reason', { hint: 'Why; it stands in the journal' }) };

/** The board as it is then, or that nothing was different. */
const doing = (c: Conversation, id: RecordId, wanted: PlanCommand & { readonly line: string }): Promise<Reply> =>
  change(c, id, wanted, ({ events, view, now }) =>
    events.length === 0
      ? done('As it was', `${audienceLabel(wanted.line)} already stands like this, so nothing was changed.`)
      : changed({ view, now }),
  );

/** What would be refused is told before anybody writes a reason; one that was said already stands in the dialog. */
const opens = async (c: Conversation, id: RecordId, wanted: ClockCommand, why?: string): Promise<RawAnswers | Refusal> =>
  (await foreseen(c, id, planPart, wanted)) ?? (why === undefined ? {} : { reason: why });

const move = command({
  name: 'comms clock move',
  help: 'Move the due time of the next update of an audience, with the reason.',
  args: { record, line: audience, due: aTime('the new time, for example in 30m or tomorrow 9:00') },
  form: {
    title: 'Move the due time',
    submit: 'Move',
    fields: reason,
    initial: (c, { record: id, line, due }) => opens(c, id, { type: 'move', line, due, reason: '' }),
  },
  run: (c, { record: id, line, due }, answers) => doing(c, id, { type: 'move', line, due, ...answers }),
});

const snooze = command({
  name: 'comms snooze',
  help: 'Let the reminders of an update rest for a while; it stays due.',
  args: { record, line: audience, span: aSpan('for how long, for example 10m') },
  run: (c, { record: id, line, span }) => doing(c, id, { type: 'snooze', line, span }),
});

const pause = command({
  name: 'comms pause',
  help: 'Pause a line: nobody is asked or reminded, and nothing leaves, until it is resumed.',
  args: { record, line: audience, why },
  form: {
    title: 'Pause this line',
    submit: 'Pause',
    fields: reason,
    initial: (c, { record: id, line, why }) => opens(c, id, { type: 'pause', line, reason: '' }, why),
  },
  run: (c, { record: id, line }, answers) => doing(c, id, { type: 'pause', line, ...answers }),
});

const resume = command({
  name: 'comms resume',
  help: 'Resume a paused line; it goes on at the next point of its cadence.',
  args: { record, line: audience, why },
  form: {
    title: 'Resume this line',
    submit: 'Resume',
    fields: reason,
    initial: (c, { record: id, line, why }) => opens(c, id, { type: 'resume', line, reason: '' }, why),
  },
  run: (c, { record: id, line }, answers) => doing(c, id, { type: 'resume', line, ...answers }),
});

/** Terms as they were typed: `4h, 72h, 1 month`; an empty list takes them away. */
function termsIn(said: string, zone: string): readonly Within[] | Refusal {
  if (['off', 'none'].includes(said.trim().toLowerCase())) return [];
  const terms = said.split(/[,;]/u).map((one) => parseWithin(one, zone));
  return terms.every((term) => term !== undefined) ? terms : refuse('wrong-term', { said });
}

/** At which field of the form a refusal is told. */
const WRONG_FIELD: Readonly<Record<string, string>> = {
  'known-missing': 'known',
  'known-in-the-future': 'known',
  'unknown-line': 'after',
  'after-circle': 'after',
  'not-before-too-late': 'notBefore',
};

const deadline = command({
  name: 'comms clock deadline',
  help: 'Bind a line: by when its updates must be out, not before when, and which audience is told first.',
  args: { record, line: audience },
  form: {
    title: 'Deadlines of the line',
    submit: 'Save',
    fields: {
      from: maybe(choice('From', MOMENTS, { hint: 'Declared major, or known; of two deadlines the earlier counts' })),
      span: maybe(lineField('Span', { hint: '4h; for each update in turn: 24h, 72h, 1 month; off takes it away' })),
      known: maybe(time('Known since', { hint: '2027-01-31 22:00' })),
      notBefore: maybe(time('Not before', { hint: 'tomorrow 9:00; now takes it away' })),
      after: maybe(lineField('After line', { hint: 'The audience that is told first: all-staff; none takes it away' })),
    },
    initial: async (c, values): Promise<RawAnswers | Refusal> => {
      const found = await lineOf(c, values.record, values.line);
      if (isRefusal(found)) return found;
      const { plan, line } = found;
      const refused = mayArrange(plan, await knowing(c));
      if (refused) return refused;
      const from = MOMENTS.find((moment) => line.bounds?.[moment]);
      const zone = c.asker.timeZone;
      return {
        ...(from === undefined ? {} : { from, span: (line.bounds?.[from] ?? []).map(withinWords).join(', ') }),
        ...(plan.known === undefined ? {} : { known: timeField(plan.known, zone) }),
        ...(line.bounds?.notBefore === undefined ? {} : { notBefore: timeField(line.bounds.notBefore, zone) }),
        ...(line.bounds?.after === undefined ? {} : { after: line.bounds.after }),
      };
    },
  },
  run: async (c, { record: id, line }, { from, span, known, notBefore, after }) => {
    const terms = span === undefined ? undefined : termsIn(span, c.asker.timeZone);
    if (terms && isRefusal(terms)) return mend('span', terms);
    const first = after?.trim().toLowerCase().replaceAll(/\s+/gu, '-');
    const wanted = {
      type: 'bind',
      line,
      bounds: {
        ...(terms ? { [from ?? 'declared']: terms } : {}),
        ...(notBefore === undefined ? {} : { notBefore }),
        ...(first === undefined ? {} : { after: first === 'none' ? '' : first }),
      },
      ...(known === undefined ? {} : { known }),
    } as const satisfies ClockCommand;
    const wrong = await foreseen(c, id, planPart, wanted);
    const field = wrong && WRONG_FIELD[wrong.refused];
    return wrong && field ? mend(field, wrong) : doing(c, id, wanted);
  },
});

const mend = (field: string, wrong: Refusal): Reply => ({ kind: 'mend', fields: { [field]: plainWords(refusalWords(wrong)) } });

const override = command({
  name: 'comms clock override',
  help: 'As a releaser, set the deadline of the next update and what it waits for aside, with the reason.',
  args: { record, line: audience },
  form: {
    title: 'Set bounds aside',
    submit: 'Set aside',
    fields: reason,
    initial: (c, { record: id, line }) => opens(c, id, { type: 'override', line, reason: '' }),
  },
  run: (c, { record: id, line }, answers) => doing(c, id, { type: 'override', line, ...answers }),
});

export const clockDoings = [move, snooze, pause, resume, deadline, override];
