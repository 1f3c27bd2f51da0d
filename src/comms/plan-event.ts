/** What can happen to a communication plan. Places and texts are `words`: they may name people outside, and can be erased. */
import type { Instant } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import type { Line, Phase } from './line.ts';
import type { PlanKind } from './plan.ts';
import type { LineWishes } from './plan-command.ts';

/** An update that begins to be prepared. */
export interface Opened {
  readonly id: string;
  readonly phase: Phase;
  readonly due: Instant;
}

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
