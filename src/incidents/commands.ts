/** What people can say about incidents. */
import { historyCard } from '../chat/history-card.ts';
import { aRecord, command, oneOf, openly, perhaps, privately } from '../chat/registry.ts';
import { history } from '../core/history.ts';
import { refuse } from '../core/refusal.ts';
import { listCard, raisedCard, recordCard } from './cards.ts';
import { eventWords } from './history.ts';
import { INCIDENT_ROLES, incident } from './incident.ts';
import { intakeFields, intakeInitial, intakeOf } from './intake.ts';
import { shown } from './shown.ts';
import { standingDoings } from './standing-commands.ts';
import { recordList, titlesOf } from './store.ts';

const record = aRecord('the incident, for example INC-1', 'INC');

const raise = command({
  name: 'incident new',
  help: 'Raise an incident: something does not work.',
  args: {},
  form: { title: 'New incident', submit: 'Raise', fields: intakeFields },
  run: (c, _values, answers) =>
    c.change({
      record: { raise: 'INC' },
      part: incident,
      command: { type: 'raise', intake: intakeOf(answers) },
      reply: ({ view }) =>
        openly(raisedCard(shown(view), ['Those who look after incidents are told. ', { code: `/incident show ${view.id}` }])),
    }),
});

const show = command({
  name: 'incident show',
  help: 'Show an incident.',
  args: { record },
  run: async (c, { record: id }) => {
    const view = await c.view(id);
    if (!view) return c.refused(refuse('unknown-record', { record: id }));
    const seen = shown(view);
    return privately(recordCard(seen, await titlesOf(c.db, seen.links)));
  },
});

const edit = command({
  name: 'incident edit',
  help: 'Change what was said about an incident.',
  args: { record },
  form: {
    title: 'Edit incident',
    submit: 'Save',
    fields: intakeFields,
    initial: async (c, { record: id }) => {
      const view = await c.view(id);
      return view ? intakeInitial(view.state(incident).intake) : refuse('unknown-record', { record: id });
    },
  },
  run: (c, { record: id }, answers) =>
    c.change({
      record: id,
      part: incident,
      command: { type: 'edit', intake: intakeOf(answers) },
      reply: ({ view }) => privately(recordCard(shown(view))),
    }),
});

const list = command({
  name: 'incident list',
  help: 'List incidents, newest first; at first those that are not resolved.',
  args: { which: perhaps(oneOf('which ones', 'open', 'major', 'resolved', 'all')) },
  run: async (c, { which = 'open' }) =>
    privately(listCard('Incidents', await recordList(c.db, 'INC', which), 'There are none. /incident new raises one.')),
});

const past = command({
  name: 'incident history',
  help: 'Show what happened to an incident.',
  args: { record },
  run: async (c, { record: id }) => {
    const entries = await history(c.db, id);
    return entries.length === 0
      ? c.refused(refuse('unknown-record', { record: id }))
      : privately(historyCard(id, entries, eventWords));
  },
});

export const doings = [
  raise,
  show,
  edit,
  list,
  past,
  ...standingDoings({ root: 'incident', kind: 'INC', part: incident, roles: INCIDENT_ROLES, shown }),
];
