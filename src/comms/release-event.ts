/** What can happen to a text that awaits its release: approved, leaving, taken back, held back, released; and what stands by for it. */
import type { Instant, Span } from '../core/instant.ts';
import type { DataClass, PersonId } from '../core/record.ts';
import type { Phase, StandIns } from './line.ts';
import type { Opened } from './opened.ts';
import type { Wanted } from './wanted.ts';

export type ReleaseEvent =
  | {
      readonly type: 'approved';
      readonly line: string;
      readonly update: string;
      readonly by: PersonId;
      /** Whose right it was, where somebody else's. */
      readonly for?: PersonId | undefined;
      readonly hash: string;
    }
  | {
      readonly type: 'leaving';
      readonly line: string;
      readonly update: string;
      readonly by: readonly PersonId[];
      readonly standIns?: StandIns | undefined;
      readonly at: Instant;
      readonly leaves: Instant;
      readonly hash: string;
    }
  | {
      readonly type: 'holding-begun';
      readonly line: string;
      readonly update: string;
      readonly after: Span;
      readonly at: Instant;
    }
  /** Released beforehand: it goes out by itself when its time comes. */
  | {
      readonly type: 'holding-ready';
      readonly line: string;
      readonly update: string;
      readonly by: readonly PersonId[];
      readonly standIns?: StandIns | undefined;
      readonly at: Instant;
      readonly hash: string;
    }
  | {
      readonly type: 'undone';
      readonly line: string;
      readonly update: string;
      readonly by: PersonId;
      /** Who had released it. */
      readonly released: readonly PersonId[];
    }
  /** It was released and did not leave, because something was no longer as it was. */
  | {
      readonly type: 'held-back';
      readonly line: string;
      readonly update: string;
      readonly by: readonly PersonId[];
      readonly why: 'releaser-lost-right' | 'changed' | 'class-raised';
    }
  | {
      readonly type: 'released';
      readonly line: string;
      readonly update: string;
      readonly number: number;
      /** Its number over all records. */
      readonly upd: string;
      readonly standIns?: StandIns | undefined;
      /** The update that it corrects or retracts. */
      readonly corrects?: string | undefined;
      readonly phase: Phase;
      readonly due: Instant;
      readonly late: boolean;
      /** As of when the text is true. */
      readonly asOf: Instant;
      readonly at: Instant;
      readonly by: readonly PersonId[];
      /** How guarded its text is, and its record. */
      readonly class?: DataClass | undefined;
      readonly under?: DataClass | undefined;
      readonly needed: number;
      readonly hash: string;
      readonly opened?: Opened | undefined;
      /** Of a holding statement: when the update comes for which it stands. */
      readonly promised?: Instant | undefined;
      readonly words: {
        readonly text: string;
        readonly places: readonly string[];
        readonly decision?: Wanted | undefined;
      };
    };
