/**
 * The communication plan of a major problem or a major incident: what it knows, what can be asked of it, what can happen to it.
 * Its rules are in `decide.ts` and `evolve.ts`. Source: design section 8; M1 to M5, P5.
 */
import type { Instant, Span } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import type { Line, Phase } from './line.ts';

export type PlanKind = 'problem' | 'incident';

/** What became of an update that is no longer being prepared. */
export interface Outcome {
  readonly line: string;
  readonly what: 'released' | 'skipped' | 'replaced';
  readonly at: Instant;
  /** Who released or skipped it. */
  readonly by: readonly PersonId[];
  /** How many releasers it needed, and which update of its audience it was. */
  readonly needed: number;
  readonly number: number;
  /** Why it must not leave any more although it was released. */
  readonly stopped?: string | undefined;
  /** Places of which nobody can tell whether it arrived there, until a person decides. */
  readonly unsure?: readonly string[] | undefined;
  /** What was decided last: whether it goes there again. */
  readonly again?: boolean | undefined;
}

export interface Plan {
  /** `none` until it is begun; `closing` once every line was asked for its last update. */
  readonly status: 'none' | 'running' | 'closing';
  /** Why it closes. */
  readonly closing?: 'resolved' | 'normal' | undefined;
  readonly kind: PlanKind;
  readonly title: string;
  readonly owner: PersonId;
  readonly declaredAt: Instant;
  /** Where the record was declared: its plan stands there, and drafts are asked for there. */
  readonly place?: string | undefined;
  readonly lines: readonly Line[];
  /** The number of the newest update. */
  readonly count: number;
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** Who held `communications` when something happened last: for showing, never for deciding. */
  readonly holders: readonly PersonId[];
  /** Places of people whom a message about the record did not reach; each is told of once. */
  readonly unreached?: readonly string[] | undefined;
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

export type AfterEvent =
  | { readonly type: 'stopped'; readonly line: string; readonly update: string; readonly why: string }
  | {
      readonly type: 'undelivered';
      readonly line: string;
      readonly update: string;
      readonly unsure: boolean;
      readonly words: { readonly place: string; readonly why: string };
    }
  | {
      readonly type: 'unreached';
      readonly person?: PersonId | undefined;
      readonly words: { readonly place: string; readonly why: string };
    }
  | { readonly type: 'settled'; readonly line: string; readonly update: string; readonly by: PersonId; readonly again: boolean };

/** What somebody wants of a line; what is absent stays as it is. */
export interface LineWishes {
  readonly cadence?: Span | undefined;
  readonly lead?: Span | undefined;
  readonly due?: Instant | undefined;
  readonly releasers?: readonly PersonId[] | undefined;
  readonly places?: readonly string[] | undefined;
  readonly author?: PersonId | undefined;
}

/** An update that begins to be prepared. */
export interface Opened {
  readonly id: string;
  readonly phase: Phase;
  readonly due: Instant;
}

/** Places and texts are `words`: they may name people outside, and can be erased. */
export type PlanEvent =
  | {
      readonly type: 'begun';
      readonly kind: PlanKind;
      readonly owner: PersonId;
      readonly at: Instant;
      readonly holders: readonly PersonId[];
      readonly lines: readonly (Omit<Line, 'places' | 'update'> & { readonly opened?: Opened | undefined })[];
      readonly words: {
        readonly title: string;
        readonly place?: string | undefined;
        readonly places: Readonly<Record<string, readonly string[]>>;
      };
    }
  | { readonly type: 'holders-seen'; readonly holders: readonly PersonId[] }
  | ({ readonly type: 'line-changed'; readonly line: string; readonly opened?: Opened | undefined } & Omit<
      LineWishes,
      'places'
    > & {
        /** Who could release it until now, when that changes. */
        readonly before?: readonly PersonId[] | undefined;
        readonly words?: { readonly places: readonly string[] };
      })
  | { readonly type: 'line-started'; readonly line: string; readonly opened: Opened }
  | { readonly type: 'asked'; readonly line: string; readonly update: string }
  | { readonly type: 'nudged'; readonly line: string; readonly update: string }
  | { readonly type: 'overdue'; readonly line: string; readonly update: string; readonly at: Instant; readonly notice: number }
  | {
      readonly type: 'drafted';
      readonly line: string;
      readonly update: string;
      readonly by: PersonId;
      readonly at: Instant;
      /** Whether its releasers had a text before them already. */
      readonly again: boolean;
      /** Whose approval counted for that text. */
      readonly unapproved: readonly PersonId[];
      readonly words: { readonly text: string };
    }
  | {
      readonly type: 'sent-back';
      readonly line: string;
      readonly update: string;
      readonly by: PersonId;
      readonly words: { readonly what: string };
    }
  | { readonly type: 'approved'; readonly line: string; readonly update: string; readonly by: PersonId; readonly hash: string }
  | {
      readonly type: 'released';
      readonly line: string;
      readonly update: string;
      readonly number: number;
      readonly phase: Phase;
      readonly due: Instant;
      readonly late: boolean;
      /** As of when the text is true. */
      readonly asOf: Instant;
      readonly at: Instant;
      readonly by: readonly PersonId[];
      readonly needed: number;
      readonly hash: string;
      readonly opened?: Opened | undefined;
      readonly words: { readonly text: string; readonly places: readonly string[] };
    }
  | {
      readonly type: 'skipped';
      readonly line: string;
      readonly update: string;
      readonly at: Instant;
      readonly by: PersonId;
      readonly opened?: Opened | undefined;
      readonly words: { readonly reason: string };
    }
  | {
      readonly type: 'closing-asked';
      readonly why: 'resolved' | 'normal';
      readonly at: Instant;
      readonly lines: readonly { readonly line: string; readonly opened: Opened }[];
      /** Lines that nobody was told on, or that end without another word. */
      readonly closed: readonly string[];
    }
  | {
      readonly type: 'reopened';
      readonly at: Instant;
      readonly lines: readonly { readonly line: string; readonly opened: Opened }[];
    }
  | { readonly type: 'owner-changed'; readonly owner: PersonId }
  | { readonly type: 'renamed'; readonly words: { readonly title: string } }
  | AfterEvent;

/** The closing phases: after such an update a line is closed. */
export const isClosing = (phase: Phase): phase is 'resolved' | 'normal' => phase === 'resolved' || phase === 'normal';

/** The number of an update in its plan: 3 of `PRB-1.3`. */
export const updateNumber = (id: string): number => Number(id.slice(id.lastIndexOf('.') + 1));

/** A plan before it is begun. */
export const noPlan: Plan = {
  status: 'none',
  kind: 'problem',
  title: '',
  owner: '',
  declaredAt: 0,
  lines: [],
  count: 0,
  outcomes: {},
  holders: [],
};
