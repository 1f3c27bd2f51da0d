/** What people can say about known errors. */
import { classCommand } from '../chat/class-command.ts';
import { foreseen } from '../chat/foreseen.ts';
import { line, maybe, paragraph } from '../chat/form.ts';
import { historyCard } from '../chat/history-card.ts';
import { LISTED, listCard } from '../chat/list-card.ts';
import { aRecord, command, oneOf, openly, perhaps, privately, theRest } from '../chat/registry.ts';
import { history } from '../core/history.ts';
import { USUAL_CLASS } from '../core/record.ts';
import { titlesOf } from '../core/records.ts';
import { refuse } from '../core/refusal.ts';
import { foundCard, knownErrorCard } from './cards.ts';
import { KEEPERS, knownError } from './known-error.ts';
import { alike, knownErrorList } from './store.ts';
import { eventWords } from './words.ts';

const record = aRecord('the known error, for example KER-1', 'KER');
const FOUND = 5;

const fields = {
  title: maybe(line('Title', { hint: 'The fault in a few words; empty: as it is' })),
  symptom: paragraph('Symptom', { hint: 'What somebody sees who meets it' }),
  workaround: paragraph('Workaround', { hint: 'What helps meanwhile, or the solution that is proposed' }),
};

const create = command({
  name: 'ker new',
  help: 'Record a known error of a problem, with what helps meanwhile.',
  args: { problem: aRecord('the problem, for example PRB-1', 'PRB') },
  right: KEEPERS,
  form: {
    title: 'Known error',
    submit: 'Record',
    fields,
    initial: async (c, { problem }) => {
      const title = (await titlesOf(c.db, [problem], c.me)).get(problem);
      return title === undefined ? refuse('unknown-record', { record: problem }) : { title };
    },
  },
  run: async (c, { problem }, answers) => {
    const title = (await titlesOf(c.db, [problem], c.me)).get(problem);
    if (title === undefined) return c.refused(refuse('unknown-record', { record: problem }));
    const description = { ...answers, title: answers.title ?? title };
    return c.change({
      record: { raise: 'KER' },
      part: knownError,
      // What is known of a private problem is as private.
      command: { type: 'record', problem, class: (await c.view(problem))?.class ?? USUAL_CLASS, description },
      reply: ({ view }) => openly(knownErrorCard(view.id, view.state(knownError))),
    });
  },
});

const show = command({
  name: 'ker show',
  help: 'Show a known error and what helps.',
  args: { record },
  run: async (c, { record: id }) => {
    const view = await c.view(id);
    return view ? privately(knownErrorCard(id, view.state(knownError))) : c.refused(refuse('unknown-record', { record: id }));
  },
});

const search = command({
  name: 'ker search',
  help: 'Find known errors and open problems that read like these words.',
  args: { words: theRest('what you see, in your own words') },
  run: async (c, { words }) => privately(foundCard(words, await alike(c.db, { title: words }, c.me, FOUND))),
});

const edit = command({
  name: 'ker edit',
  help: 'Change what is written about a known error.',
  args: { record },
  right: KEEPERS,
  form: {
    title: 'Known error',
    submit: 'Save',
    fields,
    initial: async (c, { record: id }) => {
      const view = await c.view(id);
      if (!view) return refuse('unknown-record', { record: id });
      const { title, symptom, workaround } = view.state(knownError);
      const description = { title, symptom, workaround };
      return (await foreseen(c, id, knownError, { type: 'describe', description })) ?? description;
    },
  },
  run: async (c, { record: id }, answers) => {
    const before = await c.view(id);
    const description = { ...answers, title: answers.title ?? before?.state(knownError).title ?? '' };
    return c.change({
      record: id,
      part: knownError,
      command: { type: 'describe', description },
      reply: ({ view }) => privately(knownErrorCard(id, view.state(knownError))),
    });
  },
});

const retire = command({
  name: 'ker retire',
  help: 'Say that a known error cannot be met any more, with the reason.',
  args: { record },
  right: KEEPERS,
  form: { title: 'Retire known error', submit: 'Retire', fields: { reason: line('Reason') } },
  run: (c, { record: id }, { reason }) =>
    c.change({
      record: id,
      part: knownError,
      command: { type: 'retire', reason },
      reply: ({ view }) => privately(knownErrorCard(id, view.state(knownError))),
    }),
});

const list = command({
  name: 'ker list',
  help: 'List known errors, newest first; at first the current ones.',
  args: { which: perhaps(oneOf('which ones', 'current', 'retired', 'all')) },
  run: async (c, { which = 'current' }) =>
    privately(
      listCard('Known errors', await knownErrorList(c.db, which, c.me, LISTED + 1), [
        'There are none. ',
        { code: '/ker new PRB-1' },
        ' records one.',
      ]),
    ),
});

const past = command({
  name: 'ker history',
  help: 'Show what happened to a known error.',
  args: { record },
  run: async (c, { record: id }) => {
    const entries = await history(c.db, id, c.me);
    return entries.length === 0
      ? c.refused(refuse('unknown-record', { record: id }))
      : privately(historyCard(id, entries, eventWords));
  },
});

export const doings = [
  create,
  show,
  search,
  edit,
  classCommand({ root: 'ker', one: 'a known error', kind: 'KER', part: knownError }),
  retire,
  list,
  past,
];
