/** What `main.ts` and the web may read or ask of alerts that come in. */
import { sources } from './sources.ts';
import { alertRecords } from './store.ts';

export { doings } from './commands.ts';
export { alertsIn, EXPECTED, type Sent } from './formats.ts';
export { reactions } from './reactions.ts';
export { hashOf, keepTaken, sourceNamed, wasTaken } from './store.ts';
export { type Taken, takeAlert } from './take.ts';

export const parts = [sources];
export const projections = [alertRecords];
