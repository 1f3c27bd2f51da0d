/** How people set a line of a plan: its cadence, lead, next time, releasers, destination and author (M3 to M5). */

import { foreseen } from '../chat/foreseen.ts';
import { maybe, people, person, places, type RawAnswers, span, time } from '../chat/form.ts';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import { command } from '../chat/registry.ts';
import { spanWords, timeField } from '../chat/time-words.ts';
import { typedPlace } from '../chat/ways.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { authorOf, leadOf } from './line.ts';
import { plan as planPart } from './part.ts';
import type { PlanCommand } from './plan-command.ts';
import { mayArrange } from './rights.ts';
import { audience, change, changed, done, knowing, lineOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';

/** At which field a refusal is told. */
const WRONG_FIELD: Readonly<Record<string, string>> = {
  'cadence-out-of-bounds': 'cadence',
  'lead-too-long': 'lead',
  'due-in-the-past': 'due',
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
      cadence: maybe(span('Cadence', { hint: '30m, 2h or 1d' })),
      lead: maybe(span('Ask for draft', { hint: 'How long before it is due: 15m' })),
      due: maybe(time('First due', { hint: 'in 30m, tomorrow 9:00' })),
      releasers: maybe(people('Releasers', { hint: 'Empty: as they are; at first whoever holds communications' })),
      places: maybe(
        places('Destination', {
          hint: '#channel, @person, name@example.org, https://..., status, press, call:+49301234:@kate, list:key',
        }),
      ),
      author: maybe(person('Author', { hint: 'Empty: as it is; at first the owner' })),
    },
    initial: async (c, values): Promise<RawAnswers | Refusal> => {
      const found = await lineOf(c, values.record, values.line);
      if (isRefusal(found)) return found;
      const { line, plan } = found;
      const refused = mayArrange(plan, await knowing(c));
      if (refused) return refused;
      return {
        ...(line.cadence === undefined ? {} : { cadence: spanWords(line.cadence) }),
        lead: spanWords(leadOf(line)),
        ...(line.update ? { due: timeField(line.update.due, c.asker.timeZone) } : {}),
        ...(line.releasers ? { releasers: line.releasers.join(',') } : {}),
        ...(line.places.length > 0 ? { places: line.places.map((place) => typedPlace(place, c.asker.platform)).join(', ') } : {}),
        author: authorOf(line, plan),
      };
    },
  },
  run: async (c, values, wishes) => {
    const wanted: PlanCommand = { type: 'line', line: values.line, ...wishes };
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
