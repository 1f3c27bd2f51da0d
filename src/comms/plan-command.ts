/** What can be asked of a communication plan, by people, timers, the record it belongs to, and the delivery worker. */
import type { Instant, Span } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import type { PlanKind } from './plan.ts';

/** What somebody wants of a line; what is absent stays as it is. */
export interface LineWishes {
  readonly cadence?: Span | undefined;
  readonly lead?: Span | undefined;
  readonly due?: Instant | undefined;
  readonly releasers?: readonly PersonId[] | undefined;
  readonly places?: readonly string[] | undefined;
  readonly author?: PersonId | undefined;
}

export type PlanCommand =
  | {
      readonly type: 'begin';
      readonly kind: PlanKind;
      readonly owner: PersonId;
      readonly title: string;
      readonly place?: string | undefined;
    }
  | ({ readonly type: 'line'; readonly line: string } & LineWishes)
  | { readonly type: 'start'; readonly line: string }
  /** `seen`: the hash of the draft that is being changed, when one was shown. */
  | { readonly type: 'draft'; readonly line: string; readonly text: string; readonly seen?: string | undefined }
  | { readonly type: 'send-back'; readonly update: string; readonly seen: string; readonly what: string }
  | { readonly type: 'release'; readonly update: string; readonly seen: string }
  | { readonly type: 'skip'; readonly line: string; readonly update?: string | undefined; readonly reason: string }
  /** The ladder's next step; from a timer. */
  | { readonly type: 'tick'; readonly line: string; readonly update: string }
  /** From the record: it is resolved, no longer major, open again, owned by somebody else, named anew. */
  | { readonly type: 'resolve' }
  | { readonly type: 'normal' }
  | { readonly type: 'reopen' }
  | { readonly type: 'owner'; readonly owner: PersonId }
  | { readonly type: 'title'; readonly title: string }
  | AfterCommand;

/** What can still become of an update that was released; its rules are in `after.ts`. */
export type AfterCommand =
  /** From the delivery worker: it may not leave any more. */
  | { readonly type: 'stopped'; readonly update: string; readonly why: string }
  /**
   * From the delivery worker: it did not reach a place, or (`unsure`) nobody can tell. Without an update it was a direct message
   * about the record.
   */
  | {
      readonly type: 'undelivered';
      readonly update?: string | undefined;
      readonly place: string;
      /** Whose direct messages the place is, where that is known. */
      readonly person?: PersonId | undefined;
      readonly unsure: boolean;
      readonly why: string;
    }
  /** A person decided on the places of which nobody can tell. */
  | { readonly type: 'settle'; readonly update: string; readonly again: boolean };
