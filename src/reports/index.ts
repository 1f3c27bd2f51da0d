/** What `main.ts` may wire of the reports. */

export { auditCommands } from './commands.ts';
export { type ExportsAt, serveExport } from './exports.ts';
export { figureDoings } from './figures-commands.ts';
