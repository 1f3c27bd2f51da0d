/** `/bellman breach`: what is prepared for a security breach, and making a plan the one for it (M8). */
import { choice, maybe, people, person, places, span, time } from '../chat/form.ts';
import { command, privately } from '../chat/registry.ts';
import { spanWords, timeField } from '../chat/time-words.ts';
import { typedPlace } from '../chat/ways.ts';
import { ORG } from '../core/record.ts';
import { audiencesOf, org as orgPart } from '../people/index.ts';
import { preparedFor } from './breach.ts';
import { preparedCard } from './breach-cards.ts';
import { audience, change, changed, record } from './showing.ts';

/** Who prepares for a breach. */
const RIGHT = ['admin', 'security', 'communications'] as const;

const APPROVALS = ['1', '2'] as const;

const begin = command({
  name: 'bellman breach begin',
  help: 'Make the plan of a major problem or incident the one that is prepared for a security breach.',
  args: { record },
  form: {
    title: 'Security breach',
    submit: 'Begin',
    fields: { known: time('Known since', { hint: 'now, 2027-01-31 22:00' }) },
    initial: async (c) => ({ known: timeField(await c.now(), c.asker.timeZone) }),
  },
  run: (c, values, { known }) => change(c, values.record, { type: 'breach', known }, changed),
});

const line = command({
  name: 'bellman breach line',
  help: 'Prepare who must be told of a security breach, by when, by whom and where.',
  args: { audience },
  right: RIGHT,
  form: {
    title: 'Prepared for a breach',
    submit: 'Save',
    fields: {
      within: maybe(span('Within', { hint: 'After it is known: 72h' })),
      cadence: maybe(span('Then every', { hint: '4h' })),
      releasers: maybe(people('Releasers')),
      places: maybe(places('Destination', { hint: '#channel, @person, name@example.org, call:+49301234:@kate' })),
      author: maybe(person('Author')),
      approvals: maybe(choice('Approvals', APPROVALS, { hint: 'How many releasers must agree' })),
    },
    initial: async (c, values) => {
      const { within, cadence, releasers, places: to, author, approvals } = preparedFor(await c.org(), values.audience);
      return {
        ...(within === undefined ? {} : { within: spanWords(within) }),
        ...(cadence === undefined ? {} : { cadence: spanWords(cadence) }),
        ...(releasers ? { releasers: releasers.join(',') } : {}),
        ...(to ? { places: to.map((place) => typedPlace(place, c.asker.platform)).join(', ') } : {}),
        ...(author === undefined ? {} : { author }),
        ...(approvals === undefined ? {} : { approvals: String(approvals) }),
      };
    },
  },
  run: (c, values, { approvals, ...wanted }) =>
    c.change({
      record: ORG,
      part: orgPart,
      command: {
        type: 'prepare-breach',
        audience: values.audience,
        ...wanted,
        ...(approvals === undefined ? {} : { approvals: Number(approvals) }),
      },
      reply: ({ view }) => {
        const org = { version: view.seq, ...view.state(orgPart) };
        return privately(preparedCard(org, audiencesOf(org)));
      },
    }),
});

const show = command({
  name: 'bellman breach show',
  help: 'Show what is prepared for a security breach.',
  args: {},
  run: async (c) => {
    const org = await c.org();
    return privately(preparedCard(org, audiencesOf(org)));
  },
});

export const breaching = [begin, line, show];
