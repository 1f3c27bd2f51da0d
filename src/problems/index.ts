/** What higher rooms and `main.ts` may read or ask of problems. */
import type { LiveCards } from '../chat/live.ts';
import { ownerCard, proposalCard } from '../incidents/index.ts';
import { analysis } from './analysis.ts';
import { evidence } from './evidence.ts';
import { problem } from './problem.ts';
import { shown } from './shown.ts';

export { doings } from './commands.ts';
export { type ProblemCommand, problem } from './problem.ts';
export { reactions } from './reactions.ts';

export const parts = [problem, analysis, evidence];

export const liveCards: LiveCards = {
  [ownerCard('problem')]: (view, _now, person) => proposalCard(shown(view), person, 'problem'),
};
