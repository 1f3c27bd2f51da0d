/** What `main.ts` may wire of the reviews. */
import type { LiveCards } from '../chat/live.ts';
import { actionCard } from './cards.ts';
import { ACTION_CARD } from './reactions.ts';
import { review } from './review.ts';

export { circulateTimelines } from './circulate.ts';
export { reviewDoings } from './commands.ts';
export { reactions } from './reactions.ts';

export const parts = [review];

export const liveCards: LiveCards = {
  [ACTION_CARD]: (view, _now, number) => actionCard(view.id, view.state(review), Number(number)),
};
