/** What `main.ts` may wire of timelines. */
import { timeline } from './timeline.ts';

export { doings } from './commands.ts';

export const parts = [timeline];
