/** What a problem is: what is kept of it, what can be asked of it and what can happen to it (P1 to P5, P12 to P14). */
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import type { Raised, RaisedCommand, RaisedEvent, StandingRoles } from '../incidents/index.ts';

/** The stages of a problem that is not resolved, in their order. */
export const OPEN_STAGES = ['recorded', 'classified', 'investigated', 'root-cause-known', 'error-control'] as const;
export type OpenStage = (typeof OPEN_STAGES)[number];
export type Stage = OpenStage | 'resolved' | 'implementation-review' | 'closed';

/** Where a problem came from (P4). */
export const SOURCES = ['incidents', 'analysis', 'another-function', 'outside'] as const;
export type Source = (typeof SOURCES)[number];

/** What a problem came to. A cause is known by those that were mended or are lived with. */
export const CLOSURES = ['permanently-solved', 'workaround-accepted', 'gone-by-itself', 'duplicate', 'not-a-problem'] as const;
export type Closure = (typeof CLOSURES)[number];

/** What is kept of a problem besides its intake; an empty text: not said. */
export interface Details {
  readonly source?: Source | undefined;
  /** Why its priority is what it is: resources and skills, size and complexity, agreed service levels, what resolving it costs or not. */
  readonly reasons: string;
  /** The service level and operating level agreements that it touches. */
  readonly agreements: string;
  /** Links to documents that help. */
  readonly documents: string;
  readonly solution: string;
}

export const noDetails: Details = { reasons: '', agreements: '', documents: '', solution: '' };

/** It is left open on purpose, until it is looked at again. */
export interface Deferral {
  readonly reason: string;
  readonly review: Instant;
  readonly by: PersonId;
  readonly at: Instant;
  /** How often somebody was reminded of the review. */
  readonly chased: number;
}

/** What was decided of a change that did not cure the problem, or did. */
export interface Judgement {
  readonly rfc: RecordId;
  readonly outcome: 'back-out' | 'keep';
  readonly reason: string;
  readonly by: PersonId;
  readonly at: Instant;
}

export interface Problem extends Raised {
  /** Incidents, changes, known errors and other problems, in the order in which they were linked. */
  readonly links: readonly RecordId[];
  /** What helps until it is mended. */
  readonly workaround?: string | undefined;
  /** How far the work on it is; absent: recorded. It stays when it is resolved, so that it opens again there. */
  readonly stage?: OpenStage;
  /** How far it is once it is resolved; absent: resolved. */
  readonly ending?: 'implementation-review' | 'closed' | undefined;
  readonly closure?: { readonly category: Closure; readonly by: PersonId; readonly at: Instant } | undefined;
  readonly details?: Details;
  readonly deferred?: Deferral | undefined;
  readonly judged?: readonly Judgement[];
  /** How often somebody reported it again who had no incident of it. */
  readonly again?: number | undefined;
}

export type ProblemCommand =
  | (Extract<RaisedCommand, { type: 'edit' }> & {
      readonly details?: Partial<Details>;
      /** Moves it by hand. */
      readonly stage?: OpenStage | 'implementation-review' | undefined;
    })
  /** `links`: what it is raised from, linked from its first moment. */
  | (Extract<RaisedCommand, { type: 'raise' }> & { readonly links?: readonly RecordId[] })
  | Exclude<RaisedCommand, { type: 'edit' | 'raise' }>
  | { readonly type: 'link'; readonly records: readonly RecordId[] }
  | { readonly type: 'unlink'; readonly records: readonly RecordId[] }
  | { readonly type: 'workaround'; readonly workaround: string }
  /** Somebody met it again who took it for a new one. */
  | { readonly type: 'report-again'; readonly title: string; readonly details: string }
  | { readonly type: 'defer'; readonly reason: string; readonly review: Instant }
  | { readonly type: 'judge'; readonly rfc: RecordId; readonly outcome: Judgement['outcome']; readonly reason: string }
  | { readonly type: 'close'; readonly category: Closure }
  // By Bellman itself: what was done, and what is due.
  | { readonly type: 'reached'; readonly stage: Stage }
  | { readonly type: 'review-passed' };

export interface Moved {
  readonly type: 'moved';
  readonly from: Stage;
  readonly stage: Stage;
  /** Somebody wanted just that; absent: it follows from what was done. */
  readonly byHand?: true;
  readonly by: PersonId;
  readonly at: Instant;
}

interface Done {
  readonly by: PersonId;
  readonly at: Instant;
}

export type ProblemEvent =
  | RaisedEvent
  | Moved
  | { readonly type: 'detailed'; readonly source?: Source | undefined; readonly words: Omit<Details, 'source'> }
  | { readonly type: 'linked'; readonly records: readonly RecordId[] }
  | { readonly type: 'unlinked'; readonly records: readonly RecordId[] }
  | { readonly type: 'workaround-found'; readonly words: { readonly workaround: string } }
  | {
      readonly type: 'reported-again';
      readonly by: PersonId;
      readonly words: { readonly title: string; readonly details: string };
    }
  | ({ readonly type: 'deferred'; readonly review: Instant; readonly words: { readonly reason: string } } & Done)
  | { readonly type: 'deferral-chased'; readonly step: number; readonly next: Instant }
  | ({
      readonly type: 'change-judged';
      readonly rfc: RecordId;
      readonly outcome: Judgement['outcome'];
      readonly words: { readonly reason: string };
    } & Done)
  | ({ readonly type: 'closed'; readonly category: Closure } & Done);

export const PROBLEM_ROLES: StandingRoles = {
  declare: ['problem-manager'],
  manage: ['problem-manager', 'problem-support'],
  reads: ['problem-manager', 'problem-support'],
  reporterResolves: false,
  mendsResolved: true,
};

/** The incidents of a problem. */
export const incidentsOf = ({ links }: Pick<Problem, 'links'>): readonly RecordId[] =>
  links.filter((id) => id.startsWith('INC-'));
