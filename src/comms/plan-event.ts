/** What can happen to a communication plan. Places and texts are `words`: they may name people outside, and can be erased. */
import type { Instant, Span } from '../core/instant.ts';
import type { DataClass, PersonId } from '../core/record.ts';
import type { Window } from './announcements.ts';
import type { Bounds } from './deadline.ts';
import type { FactChange } from './facts.ts';
import type { HandoverEvent } from './handover-event.ts';
import type { Leak } from './leak.ts';
import type { Line } from './line.ts';
import type { ListsSeen } from './list-seen.ts';
import type { Opened } from './opened.ts';
import type { PlanKind } from './plan.ts';
import type { LineWishes } from './plan-command.ts';
import type { ReleaseEvent } from './release-event.ts';
import type { DecisionWanted } from './wanted.ts';

export type PlanEvent =
  | {
      readonly type: 'begun';
      /** It is an exercise. */
      readonly exercise?: true | undefined;
      readonly kind: PlanKind;
      readonly owner: PersonId;
      readonly at: Instant;
      readonly holders: readonly PersonId[];
      readonly class?: DataClass | undefined;
      readonly window?: Window | undefined;
      readonly lines: readonly (Omit<Line, 'places' | 'update'> & { readonly opened?: Opened | undefined })[];
      readonly words: {
        readonly title: string;
        readonly place?: string | undefined;
        readonly places: Readonly<Record<string, readonly string[]>>;
      };
    }
  /** Nothing of these is prepared or due any more. */
  | { readonly type: 'exercise-ended'; readonly audiences: readonly string[]; readonly updates: readonly string[] }
  | { readonly type: 'holders-seen'; readonly holders: readonly PersonId[] }
  | { readonly type: 'lists-seen'; readonly lists: ListsSeen }
  | ({ readonly type: 'line-changed'; readonly line: string; readonly opened?: Opened | undefined } & Omit<
      LineWishes,
      'places'
    > & {
        readonly quiet?: Instant | undefined;
        /** Who could release it until now, when that changes, or how many must. */
        readonly before?: readonly PersonId[] | undefined;
        readonly words?: { readonly places: readonly string[] };
      })
  | { readonly type: 'line-started'; readonly line: string; readonly opened: Opened }
  /** `late`: at a time when it should have been asked again. */
  | { readonly type: 'asked'; readonly line: string; readonly update: string; readonly late?: boolean | undefined }
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
      readonly facts?: number | undefined;
      readonly class?: DataClass | undefined;
      readonly made?: boolean | undefined;
      readonly words: { readonly text: string; readonly leaks?: readonly Leak[] | undefined };
    }
  /** The facts changed after the text was written. */
  | {
      readonly type: 'outdated';
      readonly line: string;
      readonly update: string;
      readonly facts: number;
      readonly at: Instant;
      readonly words: { readonly changes: readonly FactChange[] };
    }
  | {
      readonly type: 'sent-back';
      readonly line: string;
      readonly update: string;
      readonly by: PersonId;
      readonly words: { readonly what: string };
    }
  | { readonly type: 'taken'; readonly line: string; readonly update: string; readonly by: PersonId }
  | ReleaseEvent
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
      readonly why: 'resolved' | 'normal' | 'failed';
      readonly at: Instant;
      readonly lines: readonly { readonly line: string; readonly opened: Opened }[];
      /** Lines that nobody was told on, or that end without another word. */
      readonly closed: readonly string[];
      /** What made it work again. */
      readonly words?: { readonly resolution: string } | undefined;
    }
  | {
      readonly type: 'reopened';
      readonly at: Instant;
      readonly lines: readonly { readonly line: string; readonly opened: Opened }[];
    }
  /** Of a change: its window moved, or the work has begun. Who was told gets news at once; for others the times are other ones. */
  | {
      readonly type: 'replanned';
      readonly why: 'moved' | 'started';
      readonly at: Instant;
      readonly window?: Window | undefined;
      readonly lines: readonly { readonly line: string; readonly opened: Opened }[];
      readonly dues: readonly Redue[];
    }
  /** The record is open again without being major, so its last updates are not wanted. */
  | { readonly type: 'closing-withdrawn'; readonly at: Instant; readonly closed: readonly string[] }
  | {
      readonly type: 'correction-asked';
      readonly what: 'correction' | 'retraction';
      readonly line: string;
      /** The new update, which waits for its release. */
      readonly update: string;
      readonly corrects: string;
      readonly by: PersonId;
      readonly at: Instant;
      readonly due: Instant;
      readonly words: { readonly text: string; readonly leaks?: readonly Leak[] | undefined };
    }
  | { readonly type: 'board-kept'; readonly by: PersonId; readonly words: { readonly place: string } }
  | { readonly type: 'owner-changed'; readonly owner: PersonId }
  | { readonly type: 'renamed'; readonly words: { readonly title: string } }
  /** How far the record may be known. */
  | { readonly type: 'classified'; readonly class: DataClass }
  | DecisionWanted
  | ClockEvent
  | { readonly type: 'breach-known'; readonly known: Instant; readonly by: PersonId; readonly at: Instant }
  /** Every term is set now. */
  | { readonly type: 'breach-begun' }
  | HandoverEvent
  | AfterEvent;

/** A line's update that is due at another time. */
export interface Redue {
  readonly line: string;
  readonly due: Instant;
  readonly quiet?: Instant | undefined;
  readonly lead?: Span | undefined;
}

export type ClockEvent =
  | {
      readonly type: 'moved';
      readonly line: string;
      readonly update: string;
      readonly by: PersonId;
      readonly from: Instant;
      readonly due: Instant;
      readonly words: { readonly reason: string };
    }
  | { readonly type: 'snoozed'; readonly line: string; readonly update: string; readonly by: PersonId; readonly until: Instant }
  | {
      readonly type: 'paused';
      readonly line: string;
      readonly by: PersonId;
      readonly at: Instant;
      readonly words: { readonly reason: string };
    }
  | {
      readonly type: 'resumed';
      readonly line: string;
      readonly by: PersonId;
      readonly due?: Redue | undefined;
      readonly words: { readonly reason: string };
    }
  | {
      readonly type: 'bound';
      readonly line: string;
      readonly by: PersonId;
      readonly bounds: Bounds;
      readonly known?: Instant | undefined;
      readonly opened?: Opened | undefined;
      /** Whatever is due at another time by it, on this line and on others. */
      readonly dues: readonly Redue[];
    }
  | {
      readonly type: 'overridden';
      readonly line: string;
      readonly update: string;
      readonly by: PersonId;
      readonly at: Instant;
      readonly words: { readonly reason: string };
    }
  | {
      readonly type: 'change-noticed';
      readonly what: 'priority';
      readonly lines: readonly { readonly line: string; readonly opened: Opened }[];
      /** What was being prepared already comes sooner. */
      readonly dues: readonly Redue[];
    };

export type AfterEvent =
  | { readonly type: 'stopped'; readonly line: string; readonly update: string; readonly why: string }
  | {
      readonly type: 'undelivered';
      readonly line: string;
      readonly update: string;
      readonly unsure: boolean;
      readonly held?: true | undefined;
      readonly words: { readonly place: string; readonly why: string; readonly instead?: string | undefined };
    }
  | {
      readonly type: 'unreached';
      readonly person?: PersonId | undefined;
      readonly words: { readonly place: string; readonly why: string };
    }
  | { readonly type: 'settled'; readonly line: string; readonly update: string; readonly by: PersonId; readonly again: boolean };
