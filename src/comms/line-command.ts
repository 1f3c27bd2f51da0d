/** How people set a line of a plan: its cadence, lead, next time, releasers, destination, author and more (M3 to M5). */
import { cadenceField, parseCadence } from '../chat/cadence-words.ts';
import { capital } from '../chat/card.ts';
import { foreseen } from '../chat/foreseen.ts';
import { choice, line, maybe, people, person, places, type RawAnswers, span, time } from '../chat/form.ts';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import { command } from '../chat/registry.ts';
import { spanWords, timeField } from '../chat/time-words.ts';
import { typedPlace } from '../chat/ways.ts';
import { CLASSES } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { leadOf } from './due.ts';
import { classOfLine } from './guarding.ts';
import { authorOf, MECHANISMS } from './line.ts';
import { plan as planPart } from './part.ts';
import type { PlanCommand } from './plan-command.ts';
import { mayArrange } from './rights.ts';
import { audience, change, changed, done, knowing, lineOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';

const mechanism = {
  ...choice('Mechanism', MECHANISMS, { hint: 'A status page and a press page need no destination' }),
  choices: MECHANISMS.map((value) => ({ value, label: value === 'e-mail' ? 'E-mail' : capital(value.replaceAll('-', ' ')) })),
};

/** How many must release. */
const APPROVALS = ['1', '2'] as const;

/** At which field a refusal is told. */
const WRONG_FIELD: Readonly<Record<string, string>> = {
  'cadence-out-of-bounds': 'cadence',
  'lead-too-long': 'lead',
  'due-in-the-past': 'due',
  'not-before': 'due',
  'past-deadline': 'due',
  'unknown-template-set': 'template',
};

/** `/comms line`: the settings of a line. */
export const settings = command({
  name: 'comms line',
  help: 'Change how often an audience is told, by whom, where, and when next.',
  args: { record, line: audience },
  form: {
    title: 'Line of the plan',
    submit: 'Save',
    fields: {
      cadence: maybe(line('Cadence', { hint: '30m, weekdays 9:00 16:00 Europe/Berlin, on change, once' })),
      lead: maybe(span('Ask for draft', { hint: 'How long before it is due: 15m' })),
      due: maybe(time('First due', { hint: 'in 30m, tomorrow 9:00' })),
      releasers: maybe(people('Releasers', { hint: 'Empty: as they are; at first whoever holds communications' })),
      places: maybe(
        places('Destination', {
          hint: '#channel, @person, name@example.org, https://..., status, press, call:+49301234:@kate, list:key',
          readBy: 'mechanism',
        }),
      ),
      author: maybe(person('Author', { hint: 'Empty: as it is; at first the owner' })),
      template: maybe(line('Template', { hint: 'Whose texts: customers; empty: as it is, at first its own' })),
      class: maybe(choice('Class', CLASSES, { hint: 'The highest class of what it may carry' })),
      mechanism: maybe(mechanism),
      approvals: maybe(choice('Approvals', APPROVALS, { hint: 'How many releasers must agree' })),
    },
    initial: async (c, values): Promise<RawAnswers | Refusal> => {
      const found = await lineOf(c, values.record, values.line);
      if (isRefusal(found)) return found;
      const { line, plan } = found;
      const refused = mayArrange(plan, await knowing(c));
      if (refused) return refused;
      return {
        ...(line.cadence === undefined ? {} : { cadence: cadenceField(line.cadence) }),
        lead: spanWords(leadOf(line, line.update)),
        ...(line.update ? { due: timeField(line.update.due, c.asker.timeZone) } : {}),
        ...(line.releasers ? { releasers: line.releasers.join(',') } : {}),
        ...(line.places.length > 0 ? { places: line.places.map((place) => typedPlace(place, c.asker.platform)).join(', ') } : {}),
        author: authorOf(line, plan),
        ...(line.template === undefined ? {} : { template: line.template }),
        class: classOfLine(line),
        mechanism: line.mechanism ?? 'as-destination',
        approvals: String(line.approvals),
      };
    },
  },
  run: async (c, values, wishes) => {
    const cadence = wishes.cadence === undefined ? undefined : parseCadence(wishes.cadence, c.asker.timeZone);
    if (wishes.cadence !== undefined && cadence === undefined) {
      return { kind: 'mend', fields: { cadence: plainWords(refusalWords(refuse('wrong-cadence', { said: wishes.cadence }))) } };
    }
    const approvals = wishes.approvals === undefined ? undefined : Number(wishes.approvals);
    const wanted: PlanCommand = { type: 'line', line: values.line, ...wishes, cadence, approvals };
    // What one field is wrong about is said at that field, and the rest of what was written stays.
    const wrong = await foreseen(c, values.record, planPart, wanted);
    const field = wrong && WRONG_FIELD[wrong.refused];
    if (wrong && field) return { kind: 'mend', fields: { [field]: plainWords(refusalWords(wrong)) } };
    return change(c, values.record, wanted, ({ events, view, now }) =>
      events.length === 0
        ? done('As it was', `${audienceLabel(values.line)} already stands like this, so nothing was changed.`)
        : changed({ view, now }),
    );
  },
});
