/** What people can say and press about communication plans; each noun has its own file. */
import type { Reply } from '../chat/port.ts';
import { button, type Conversation, command, openly } from '../chat/registry.ts';
import { holdersOf, type RecordId } from '../core/record.ts';
import { isRefusal } from '../core/refusal.ts';
import { answers } from './answers.ts';
import { answering } from './answers-commands.ts';
import { breaching } from './breach-commands.ts';
import { callButtons } from './calls-commands.ts';
import { planCard } from './cards.ts';
import { clockDoings } from './clock-commands.ts';
import { contactDoings } from './contact-commands.ts';
import { contacts } from './contacts.ts';
import { correcting } from './correction-commands.ts';
import { deciding } from './decision-commands.ts';
import { exerciseDoings } from './exercise-commands.ts';
import { marked } from './exercise-reactions.ts';
import { handingOver } from './handover-commands.ts';
import { holding } from './holding-commands.ts';
import { settings } from './line-command.ts';
import { previewDoings } from './preview.ts';
import { releasing } from './release-commands.ts';
import { sheetDoings } from './sheet-commands.ts';
import { audience, change, changed, planOf, record } from './showing.ts';
import { templateDoings } from './template-commands.ts';
import { settling } from './unsure-commands.ts';
import { wordDoings } from './words-commands.ts';
import { worklist } from './worklist-commands.ts';
import { writing } from './writing-commands.ts';

const board = command({
  name: 'comms plan',
  help: 'Show the communication plan of a major problem or incident, or of a change.',
  args: { record },
  run: async (c, { record: id }) => {
    const plan = await planOf(c, id);
    if (isRefusal(plan)) return c.refused(plan);
    // The board that stands in the channel remembers the holders; the one that is asked for looks.
    const holders = holdersOf(await c.org(), 'communications');
    const view = await c.view(id);
    const shown = planCard(id, { ...plan, holders }, await c.now(), view?.state(answers), view?.state(contacts));
    return openly(plan.exercise === undefined ? shown : marked(shown));
  },
});

const started = (c: Conversation, id: RecordId, key: string): Promise<Reply> =>
  change(c, id, { type: 'start', line: key }, changed);

const start = command({
  name: 'comms start',
  help: 'Start a line that is told on demand, for example press.',
  args: { record, line: audience },
  run: (c, values) => started(c, values.record, values.line),
});

const startButton = button({ name: 'comms.start', run: (c, pressed) => started(c, pressed.record, pressed.value) });

export const doings = [
  ...sheetDoings,
  ...previewDoings,
  ...templateDoings,
  ...wordDoings,
  ...answering,
  ...deciding,
  ...settling,
  board,
  settings,
  ...clockDoings,
  ...writing,
  ...releasing,
  ...correcting,
  holding,
  ...handingOver,
  ...breaching,
  ...callButtons,
  ...worklist,
  ...contactDoings,
  ...exerciseDoings,
  start,
  startButton,
];
