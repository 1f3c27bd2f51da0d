/** What higher rooms and `main.ts` may read or ask of problems. */
import type { LiveCards } from '../chat/live.ts';
import { ownerCard, proposalCard } from '../incidents/index.ts';
import { analysis } from './analysis.ts';
import { escalation } from './escalation.ts';
import { evidence } from './evidence.ts';
import { problem } from './problem.ts';
import { shown } from './shown.ts';
import { target } from './target.ts';

export { doings } from './commands.ts';
export { vendorDocument } from './escalation-card.ts';
export { type ProblemCommand, type ProblemEvent, problem } from './problem.ts';
export { reactions } from './reactions.ts';

export const parts = [problem, analysis, evidence, target, escalation];

export const liveCards: LiveCards = {
  [ownerCard('problem')]: (view, _now, person) => proposalCard(shown(view), person, 'problem'),
};
