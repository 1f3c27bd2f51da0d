/** What an RFC is: its fields and statuses, what can be asked of it and what can happen to it (C1 to C3, C12; design section 7). */

import type { Classified, Classify } from '../core/classify.ts';
import type { Instant, Span } from '../core/instant.ts';
import type { DataClass, PersonId, RecordId } from '../core/record.ts';
import type { Facts } from '../core/refusal.ts';

export const CHANGE_TYPES = ['standard', 'minor', 'major', 'significant', 'emergency'] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

export const PRIORITIES = ['emergency', 'high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What people wrote; an empty text was left out. Kept beside the journal's chain, so that it can be erased. */
export interface Texts {
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly items: string;
  readonly risk: string;
  readonly impact: string;
  readonly benefit: string;
  readonly plan: string;
  readonly backout: string;
}

/** What people chose. Only an RFC of the short forms may have no end yet. */
export interface Settings {
  readonly type: ChangeType;
  readonly priority: Priority;
  readonly start: Instant;
  readonly end?: Instant;
  readonly owner: PersonId;
  readonly implementer: PersonId;
  readonly links: readonly RecordId[];
}

export type Fields = Texts & Settings;
export type FieldName = keyof Fields;

export type Status =
  | 'draft'
  | 'in review'
  | 'voting'
  | 'approved'
  | 'rejected'
  | 'expired'
  | 'void'
  | 'withdrawn'
  | 'cancelled'
  | 'in progress'
  | 'done'
  | 'failed'
  | 'backed out';

/** What a ballot can come to; the RFC's status is called the same. */
export type Outcome = 'approved' | 'rejected' | 'expired' | 'void';

/** How it was raised. `short`: five fields at night, the rest is chased. `already`: made before it was approved (rule 8). */
export type Way = 'form' | 'short' | 'already';

/** One review by the change managers, or their second look at an RFC whose ballot could not open. */
export interface Review {
  /** Who is waited for. */
  readonly for: readonly PersonId[];
  readonly since: Instant;
  readonly due: Instant;
  /** Why the ballot could not open: the code and the facts of the refusal. */
  readonly stuck?: { readonly why: string; readonly facts: Facts };
  readonly ended?: { readonly how: 'agreed' | 'sent back' | 'ended'; readonly by: PersonId; readonly at: Instant };
}

export interface Approval {
  readonly revision: number;
  readonly at: Instant;
  /** Of a standard change: who confirmed it, and the reference of its pre-approval. */
  readonly confirmed?: { readonly by: PersonId; readonly reference: string };
}

export interface Change {
  readonly status: Status;
  /** Counts the versions of the material fields; 0 before it is raised. */
  readonly revision: number;
  readonly fields: Fields;
  readonly way: Way;
  readonly requester: PersonId;
  readonly raisedAt: Instant;
  /** Who changed a material field last. */
  readonly lastEditor: PersonId;
  readonly watchers: readonly PersonId[];
  readonly reviews: readonly Review[];
  readonly sentBack?: { readonly by: PersonId; readonly at: Instant; readonly missing: string };
  readonly deadline?: Instant;
  readonly approval?: Approval;
  readonly work?: { readonly startedAt: Instant; readonly by: PersonId };
  /** How the work or the RFC ended, in the words of who ended it. */
  readonly ended?: { readonly at: Instant; readonly by: PersonId; readonly reason: string };
  /** The review after a change that was made before its approval. */
  readonly madeReview?: {
    readonly due: Instant;
    readonly done?: { readonly by: PersonId; readonly at: Instant; readonly findings: string };
  };
  /** How far it may be known; absent: as records usually are. */
  readonly class?: DataClass;
}

export type ChangeCommand =
  | { readonly type: 'raise'; readonly way: Way; readonly fields: Fields }
  | { readonly type: 'submit' }
  /** With `submit`, an RFC that was turned down goes to review again at once. */
  | { readonly type: 'edit'; readonly fields: Partial<Fields>; readonly submit?: boolean }
  | { readonly type: 'agree'; readonly revision: number; readonly reference?: string }
  | {
      readonly type: 'reclassify';
      readonly revision: number;
      readonly fields: Pick<Fields, 'priority' | 'category'> & Partial<Pick<Fields, 'type'>>;
    }
  | { readonly type: 'send-back'; readonly revision: number; readonly missing: string }
  | { readonly type: 'open-again' }
  | { readonly type: 'withdraw' }
  | { readonly type: 'cancel' }
  | { readonly type: 'start' }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'back-out'; readonly reason: string }
  | { readonly type: 'extend'; readonly end: Instant }
  | { readonly type: 'review-made'; readonly findings: string }
  | { readonly type: 'link'; readonly to: RecordId }
  | { readonly type: 'assign'; readonly as: 'owner' | 'implementer'; readonly person: PersonId }
  /** Its communication plan begins; `before`: how long before the start it is announced, absent: as usual. */
  | { readonly type: 'announce'; readonly place?: string; readonly before?: readonly Span[] }
  | { readonly type: 'watch' }
  | { readonly type: 'unwatch' }
  | Classify
  /** From a problem that the change was to cure: what was decided of it there, by whom. */
  | {
      readonly type: 'judge';
      readonly problem: RecordId;
      readonly outcome: Verdict;
      readonly by: PersonId;
      readonly reason: string;
    }
  // By Bellman itself: what the ballot came to, and what is due.
  | { readonly type: 'ballot-opened'; readonly round: number; readonly deadline: Instant }
  | { readonly type: 'ballot-refused'; readonly why: string; readonly facts: Facts }
  | { readonly type: 'ballot-decided'; readonly round: number; readonly revision: number; readonly outcome: Outcome }
  | { readonly type: 'chase-review'; readonly review: number; readonly step: number }
  /** Somebody became a change manager, or is none any more. */
  | { readonly type: 'look-for-reviewers' }
  | { readonly type: 'start-passed'; readonly revision: number; readonly step: number }
  | { readonly type: 'end-passed'; readonly step: number }
  | { readonly type: 'chase-made-review'; readonly step: number };

/** What becomes of a change by what it did for a problem. */
export type Verdict = 'back-out' | 'keep';

interface Done {
  readonly by: PersonId;
  readonly at: Instant;
}

/** How an RFC came before its board. */
export type Road = 'review' | 'emergency' | 'already' | 'reopened';

export type ChangeEvent =
  | ({
      readonly type: 'raised';
      readonly way: Way;
      readonly settings: Settings;
      readonly reviewDue?: Instant;
      readonly words: Texts;
    } & Done)
  | ({ readonly type: 'submitted'; readonly revision: number; readonly for: readonly PersonId[]; readonly due: Instant } & Done)
  | ({
      readonly type: 'edited';
      readonly revision: number;
      /** The status in which it was edited. */
      readonly was: Status;
      readonly changed: readonly FieldName[];
      readonly material: readonly FieldName[];
      readonly settings: Partial<Settings>;
      /** Links that it had and has no more. */
      readonly unlinked: readonly RecordId[];
      readonly words: Partial<Texts>;
    } & Done)
  | ({ readonly type: 'confirmed'; readonly revision: number; readonly words: { readonly reference: string } } & Done)
  | ({ readonly type: 'balloted'; readonly road: Road; readonly revision: number } & Done)
  | ({ readonly type: 'sent-back'; readonly words: { readonly missing: string } } & Done)
  | { readonly type: 'voting'; readonly round: number; readonly deadline: Instant; readonly at: Instant }
  | {
      readonly type: 'not-opened';
      readonly why: string;
      readonly facts: Facts;
      readonly for: readonly PersonId[];
      readonly at: Instant;
      readonly due: Instant;
    }
  | {
      readonly type: 'decided';
      readonly round: number;
      readonly revision: number;
      readonly outcome: Outcome;
      readonly at: Instant;
    }
  | ({ readonly type: 'withdrawn'; readonly was: Status } & Done)
  | ({ readonly type: 'cancelled'; readonly was: Status } & Done)
  | ({ readonly type: 'started'; readonly revision: number; readonly early: boolean } & Done)
  | ({ readonly type: 'done' } & Done)
  | ({ readonly type: 'failed'; readonly words: { readonly reason: string } } & Done)
  | ({ readonly type: 'backed-out'; readonly was: Status; readonly words: { readonly reason: string } } & Done)
  | ({ readonly type: 'extended'; readonly end: Instant } & Done)
  | ({ readonly type: 'made-reviewed'; readonly words: { readonly findings: string } } & Done)
  | ({
      readonly type: 'announced';
      readonly before?: readonly Span[];
      readonly words: { readonly place?: string | undefined };
    } & Done)
  | {
      readonly type: 'judged';
      readonly problem: RecordId;
      readonly outcome: Verdict;
      readonly by: PersonId;
      readonly words: { readonly reason: string };
    }
  | { readonly type: 'linked'; readonly to: RecordId }
  | { readonly type: 'watched'; readonly person: PersonId }
  | { readonly type: 'unwatched'; readonly person: PersonId }
  | Classified
  | {
      readonly type: 'review-chased';
      readonly review: number;
      readonly step: number;
      readonly for: readonly PersonId[];
      readonly next: Instant;
    }
  | {
      readonly type: 'reviewers-changed';
      readonly review: number;
      readonly for: readonly PersonId[];
      readonly added: readonly PersonId[];
    }
  | { readonly type: 'start-chased'; readonly step: number; readonly next: Instant }
  | { readonly type: 'end-chased'; readonly step: number; readonly next: Instant }
  | { readonly type: 'made-review-chased'; readonly step: number; readonly next: Instant };

/** The review that is waited for, if one is. */
export const openReview = (change: Change): Review | undefined => {
  const last = change.reviews.at(-1);
  return last?.ended || change.status !== 'in review' ? undefined : last;
};

/** Who may act for the RFC: its requester and its change owner. */
export const isTheirs = (change: Change, person: PersonId): boolean =>
  person === change.requester || person === change.fields.owner;

/** Whom the RFC concerns, each once: requester, change owner, implementer, watchers. */
export const interested = ({ requester, fields, watchers }: Change): readonly PersonId[] => [
  ...new Set([requester, fields.owner, fields.implementer, ...watchers]),
];
