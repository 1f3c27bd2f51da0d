/** What people can say about problems. */
import { historyCard } from '../chat/history-card.ts';
import { aRecord, command, oneOf, openly, perhaps, privately, someRecords } from '../chat/registry.ts';
import { history } from '../core/history.ts';
import { refuse } from '../core/refusal.ts';
import {
  eventWords,
  intakeFields,
  intakeInitial,
  intakeOf,
  listCard,
  raisedCard,
  recordCard,
  recordList,
  standingDoings,
  titlesOf,
} from '../incidents/index.ts';
import { PROBLEM_ROLES, problem } from './problem.ts';
import { shown } from './shown.ts';

const record = aRecord('the problem, for example PRB-1', 'PRB');

const raise = command({
  name: 'problem new',
  help: 'Raise a problem: the cause behind incidents.',
  args: {},
  form: { title: 'New problem', submit: 'Raise', fields: intakeFields },
  run: (c, _values, answers) =>
    c.change({
      record: { raise: 'PRB' },
      part: problem,
      command: { type: 'raise', intake: intakeOf(answers) },
      reply: ({ view }) =>
        openly(raisedCard(shown(view), ['Link the incidents that it causes: ', { code: `/problem link ${view.id} INC-1` }])),
    }),
});

const show = command({
  name: 'problem show',
  help: 'Show a problem.',
  args: { record },
  run: async (c, { record: id }) => {
    const view = await c.view(id);
    if (!view) return c.refused(refuse('unknown-record', { record: id }));
    const seen = shown(view);
    return privately(recordCard(seen, await titlesOf(c.db, seen.links)));
  },
});

const edit = command({
  name: 'problem edit',
  help: 'Change what was said about a problem.',
  args: { record },
  form: {
    title: 'Edit problem',
    submit: 'Save',
    fields: intakeFields,
    initial: async (c, { record: id }) => {
      const view = await c.view(id);
      return view ? intakeInitial(view.state(problem).intake) : refuse('unknown-record', { record: id });
    },
  },
  run: (c, { record: id }, answers) =>
    c.change({
      record: id,
      part: problem,
      command: { type: 'edit', intake: intakeOf(answers) },
      reply: ({ view }) => privately(recordCard(shown(view))),
    }),
});

const list = command({
  name: 'problem list',
  help: 'List problems, newest first; at first those that are not resolved.',
  args: { which: perhaps(oneOf('which ones', 'open', 'major', 'resolved', 'all')) },
  run: async (c, { which = 'open' }) =>
    privately(listCard('Problems', await recordList(c.db, 'PRB', which), 'There are none. /problem new raises one.')),
});

const past = command({
  name: 'problem history',
  help: 'Show what happened to a problem.',
  args: { record },
  run: async (c, { record: id }) => {
    const entries = await history(c.db, id);
    return entries.length === 0
      ? c.refused(refuse('unknown-record', { record: id }))
      : privately(historyCard(id, entries, eventWords));
  },
});

const link = command({
  name: 'problem link',
  help: 'Link a problem with incidents, changes or other problems.',
  args: { record, records: someRecords('what to link it with, for example INC-1') },
  run: async (c, { record: id, records }) => {
    const titles = await titlesOf(c.db, records);
    // Records are never deleted, so what exists here exists when the link is made.
    const unknown = records.find((one) => !titles.has(one));
    if (unknown !== undefined) return c.refused(refuse('unknown-record', { record: unknown }));
    return c.change({
      record: id,
      part: problem,
      command: { type: 'link', records },
      reply: ({ view }) => privately(recordCard(shown(view), titles)),
    });
  },
});

export const doings = [
  raise,
  show,
  edit,
  list,
  past,
  link,
  ...standingDoings({ root: 'problem', kind: 'PRB', part: problem, roles: PROBLEM_ROLES, shown }),
];
