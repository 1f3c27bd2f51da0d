/** What higher rooms and `main.ts` may read or ask of changes. */
import type { LiveCards } from '../chat/live.ts';
import { announceDoings } from './announce-commands.ts';
import { announceReactions } from './announce-reactions.ts';
import { LIVE } from './asks.ts';
import { ballot } from './ballot.ts';
import { ballotCard, questionCard } from './ballot-card.ts';
import { ballotDoings } from './ballot-commands.ts';
import { ballotReactions } from './ballot-reactions.ts';
import { change } from './change.ts';
import { classReactions } from './class-reactions.ts';
import { judgedReactions } from './judged-reactions.ts';
import { lookDoings } from './look.ts';
import { endCard, failedCard, madeReviewCard, outcomeCard, startCard } from './notice-cards.ts';
import { raiseDoings } from './raise.ts';
import { changeReactions } from './reactions.ts';
import { reviewCard } from './review-card.ts';
import { reviewDoings } from './review-commands.ts';
import { rfcCard } from './rfc-card.ts';
import { workDoings } from './work-commands.ts';

export { ballot } from './ballot.ts';
export { change } from './change.ts';
export type { ChangeCommand, Fields } from './rfc.ts';
export type { BallotCommand } from './round.ts';

export const parts = [change, ballot];

export const reactions = [...changeReactions, ...ballotReactions, ...announceReactions, ...classReactions, ...judgedReactions];

export const doings = [...raiseDoings, ...reviewDoings, ...ballotDoings, ...workDoings, ...announceDoings, ...lookDoings];

export const liveCards: LiveCards = {
  [LIVE.rfc]: (view) => rfcCard(view),
  [LIVE.review]: (view, now, about) => reviewCard(view, Number(about), now),
  [LIVE.ballot]: (view, _now, about) => ballotCard(view, Number(about)),
  [LIVE.outcome]: (view, _now, about) => outcomeCard(view, about),
  [LIVE.question]: (view, _now, about) => questionCard(view, about),
  [LIVE.start]: (view, _now, about) => startCard(view, Number(about)),
  [LIVE.end]: (view) => endCard(view),
  [LIVE.failed]: (view) => failedCard(view),
  [LIVE.made]: (view) => madeReviewCard(view),
};
