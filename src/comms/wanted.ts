/** A decision that an update asks its audience for. It is part of the draft, so it leaves only when it was released. */
import type { Instant } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import type { Answered } from './answers-text.ts';

export interface Wanted {
  readonly question: string;
  /** Two to five. */
  readonly options: readonly string[];
  readonly neededBy: Instant;
}

/** What answers ask of a plan: a question with its answer joins the next update; a decision is asked for by it. */
export type FromAnswers =
  | { readonly type: 'add-answers'; readonly line: string; readonly answered: readonly Answered[]; readonly by: PersonId }
  | ({ readonly type: 'want-decision'; readonly line: string } & Wanted);

export interface DecisionWanted {
  readonly type: 'decision-wanted';
  readonly line: string;
  readonly update: string;
  readonly by: PersonId;
  /** Whose approval counted for the text without it. */
  readonly unapproved: readonly PersonId[];
  readonly words: { readonly decision: Wanted };
}
