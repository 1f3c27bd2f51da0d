/** What higher rooms and `main.ts` may read or ask of what is known. */
import { knownError } from './known-error.ts';
import { similarRecords } from './store.ts';

export { doings } from './commands.ts';
export { type KnownErrorEvent, knownError } from './known-error.ts';
export { offered, problemOf } from './offer.ts';
export { reactions } from './reactions.ts';
export { alike, type Found, searchable } from './store.ts';

export const parts = [knownError];

export const projections = [similarRecords];
