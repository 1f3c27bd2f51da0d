/** What people can say and press about communication plans; each noun has its own file. */

import type { Reply } from '../chat/port.ts';
import { button, type Conversation, command } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { answering } from './answers-commands.ts';
import { boardDoings } from './board-commands.ts';
import { breaching } from './breach-commands.ts';
import { callButtons } from './calls-commands.ts';
import { clockDoings } from './clock-commands.ts';
import { contactDoings } from './contact-commands.ts';
import { correcting } from './correction-commands.ts';
import { deciding } from './decision-commands.ts';
import { exerciseDoings } from './exercise-commands.ts';
import { handingOver } from './handover-commands.ts';
import { holding } from './holding-commands.ts';
import { settings } from './line-command.ts';
import { previewDoings } from './preview.ts';
import { releasing } from './release-commands.ts';
import { sheetDoings } from './sheet-commands.ts';
import { audience, change, changed, record } from './showing.ts';
import { templateDoings } from './template-commands.ts';
import { settling } from './unsure-commands.ts';
import { wordDoings } from './words-commands.ts';
import { worklist } from './worklist-commands.ts';
import { writing } from './writing-commands.ts';

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
  ...boardDoings,
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
