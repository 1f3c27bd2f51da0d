/** What people can say to analyse a problem: the same words for everybody who works on it (P6, P7). */
import { foreseen } from '../chat/foreseen.ts';
import { choice, line, maybe, paragraph } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { aRecord, type Conversation, command, openly, privately, theRest } from '../chat/registry.ts';
import type { Accepted } from '../core/apply.ts';
import type { RecordId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { resolverKey } from '../people/index.ts';
import { type AnalysisCommand, analysis, CELLS, cellOf, RESULTS } from './analysis.ts';
import { analysisCard, fishboneCard } from './analysis-card.ts';
import { problem } from './problem.ts';

const record = aRecord('the problem, for example PRB-1', 'PRB');

const table = ({ view }: Pick<Accepted, 'view'>) => analysisCard(view.id, view.state(problem).intake.title, view.state(analysis));
const bones = ({ view }: Pick<Accepted, 'view'>) => fishboneCard(view.id, view.state(problem).intake.title, view.state(analysis));

const change = (
  c: Conversation,
  id: RecordId,
  wanted: AnalysisCommand,
  reply: (accepted: Accepted) => Reply = (accepted) => privately(table(accepted)),
): Promise<Reply> => c.change({ record: id, part: analysis, command: wanted, reply });

const cells = {
  'what-is': maybe(paragraph('What it is', { hint: 'Card payments are refused with error 91' })),
  'what-not': maybe(paragraph('What it is not', { hint: 'Cash withdrawals work' })),
  'where-is': maybe(paragraph('Where it is', { hint: 'Branches in the north' })),
  'where-not': maybe(paragraph('Where it is not', { hint: 'Branches in the south' })),
  'when-is': maybe(paragraph('When it is', { hint: 'Mondays, 8:00 to 9:00, since 4 January' })),
  'when-not': maybe(paragraph('When it is not', { hint: 'Other days' })),
  'extent-is': maybe(paragraph('How big it is', { hint: 'One payment in five' })),
  'extent-not': maybe(paragraph('How big it is not', { hint: 'Never all of them' })),
};

/** British and American English are both spoken in server rooms. */
const analyse = (['analyse', 'analyze'] as const).map((word) =>
  command({
    name: `problem ${word}`,
    help: 'Fill in what is and what is not so about a problem (Kepner-Tregoe).',
    args: { record },
    form: {
      title: 'Analysis',
      submit: 'Save',
      fields: cells,
      initial: async (c, { record: id }) => {
        const refused = await foreseen(c, id, analysis, { type: 'fill', cells: {} });
        if (refused) return refused;
        const state = (await c.view(id))?.state(analysis) ?? analysis.initial;
        return Object.fromEntries(CELLS.map((cell) => [cell, cellOf(state, cell)]));
      },
    },
    run: (c, { record: id }, answers) =>
      change(c, id, { type: 'fill', cells: Object.fromEntries(CELLS.map((cell) => [cell, answers[cell] ?? ''])) }),
  }),
);

const suspect = command({
  name: 'problem suspect',
  help: 'Name a possible cause, or say what its test showed.',
  args: { record },
  form: {
    title: 'Possible cause',
    submit: 'Save',
    fields: {
      cause: line('Possible cause', { hint: 'The same words again change its test and result' }),
      test: maybe(paragraph('Test', { hint: 'How it is tested, and what it showed' })),
      result: maybe(choice('Result', RESULTS)),
    },
    initial: async (c, { record: id }) => (await foreseen(c, id, analysis, { type: 'suspect', cause: '' })) ?? {},
  },
  run: (c, { record: id }, answers) => change(c, id, { type: 'suspect', ...answers }),
});

const branch = command({
  name: 'problem branch',
  help: 'Add a cause to a branch of the fishbone, or give a branch to a resolver group.',
  args: { record, words: theRest('People: nobody was told, or People -> network-team') },
  run: (c, { record: id, words }) => {
    const [, branchName = '', to = ''] = /^([^:]{1,60})->\s*(\S.*)$/su.exec(words) ?? [];
    if (branchName.trim() !== '') {
      const wanted: AnalysisCommand = { type: 'give-branch', name: branchName.trim(), group: resolverKey(to) };
      return change(c, id, wanted, (accepted) => privately(bones(accepted)));
    }
    const [, name = '', cause = ''] = /^([^:]{1,60}):\s*(.+)$/su.exec(words) ?? [];
    if (name.trim() === '') return Promise.resolve(c.refused(refuse('no-branch', { record: id, said: words })));
    return change(c, id, { type: 'branch', name: name.trim(), cause: cause.trim() }, (accepted) => privately(bones(accepted)));
  },
});

const bone = command({
  name: 'problem fishbone',
  help: 'Draw the fishbone of a problem: branches of possible causes.',
  args: { record },
  run: async (c, { record: id }) => {
    const view = await c.view(id);
    return view ? openly(bones({ view })) : c.refused(refuse('unknown-record', { record: id }));
  },
});

const cause = command({
  name: 'problem cause',
  help: 'Say what the true cause of a problem is.',
  args: { record },
  form: {
    title: 'True cause',
    submit: 'Save',
    fields: { text: paragraph('True cause', { hint: 'What is verified, not what is likely' }) },
    initial: async (c, { record: id }) => {
      const text = (await c.view(id))?.state(analysis).cause?.text ?? '';
      return (await foreseen(c, id, analysis, { type: 'cause', text })) ?? { text };
    },
  },
  run: (c, { record: id }, { text }) => change(c, id, { type: 'cause', text }),
});

export const analysisDoings = [...analyse, suspect, branch, bone, cause];
