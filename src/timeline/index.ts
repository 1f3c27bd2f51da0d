/** What `main.ts` may wire of timelines. */

import type { ExportsAt } from '../reports/index.ts';
import { doings as said } from './commands.ts';
import { emoji, marked } from './keep.ts';
import { settings } from './settings.ts';
import { timelineMessages, timelinePlaces } from './store.ts';
import { timeline } from './timeline.ts';

export { reactions } from './reactions.ts';
export { recordAt } from './store.ts';

export const doings = (where: ExportsAt) => [...said(where), emoji, marked];

export const parts = [timeline, settings];
export const projections = [timelinePlaces, timelineMessages];
