/** What `main.ts` may wire of the reports. */
import { when } from '../core/ask.ts';
import { factReactions } from './fact.ts';
import { recordFacts } from './fact-store.ts';
import { recurrences } from './recurrence.ts';
import { recurrenceReactions } from './recurrence-doings.ts';
import { reportCard } from './report-cards.ts';
import { type SchedulesEvent, schedules } from './schedules.ts';

export { documentCard, tableCard } from './cards.ts';
export { auditCommands } from './commands.ts';
export { type ExportsAt, exportDocument, exportTable, serveExport } from './exports.ts';
export { figureDoings } from './figures-commands.ts';
export { recurrenceCards as liveCards } from './recurrence-doings.ts';
export { recurrenceLook } from './recurrence-look.ts';
export { reportDoings } from './report-commands.ts';
export { sendReports } from './telling.ts';
export { foldTallies } from './trends-store.ts';
export { vendorDocumentDoing } from './vendor-document.ts';

export const parts = [schedules, recurrences];

export const reactions = [
  ...factReactions,
  ...recurrenceReactions,
  when<SchedulesEvent, 'sent'>(schedules.name, 'sent', ({ report, place, words }) => [
    { ask: 'say', to: { place }, content: reportCard(report, words.told), urgency: 9 },
  ]),
];

export const projections = [recordFacts];
