/** What `main.ts` may wire of the reports. */
import { factReactions } from './fact.ts';
import { recordFacts } from './fact-store.ts';

export { auditCommands } from './commands.ts';
export { type ExportsAt, serveExport } from './exports.ts';
export { figureDoings } from './figures-commands.ts';

export const reactions = [...factReactions];

export const projections = [recordFacts];
