/** What can be asked of a communication plan, by people, timers, the record it belongs to, and the delivery worker. */
import type { Cadence } from '../core/cadence.ts';
import type { Instant, Span } from '../core/instant.ts';
import type { DataClass, PersonId } from '../core/record.ts';
import type { Window } from './announcements.ts';
import type { Bounds } from './deadline.ts';
import type { FactChange, MadeFromFacts } from './facts.ts';
import type { HandoverCommand } from './handover-event.ts';
import type { LineMechanism } from './line.ts';
import type { Priority } from './pace.ts';
import type { PlanKind } from './plan.ts';
import type { FromAnswers } from './wanted.ts';

/** What somebody wants of a line; what is absent stays as it is. */
export interface LineWishes {
  readonly cadence?: Cadence | undefined;
  readonly lead?: Span | undefined;
  readonly due?: Instant | undefined;
  readonly releasers?: readonly PersonId[] | undefined;
  readonly places?: readonly string[] | undefined;
  readonly author?: PersonId | undefined;
  readonly template?: string | undefined;
  readonly class?: DataClass | undefined;
  readonly mechanism?: LineMechanism | undefined;
  readonly approvals?: number | undefined;
  /** How long a release can be taken back; 0: it leaves at once. */
  readonly undo?: Span | undefined;
}

export type PlanCommand =
  | {
      readonly type: 'begin';
      readonly kind: PlanKind;
      readonly owner: PersonId;
      readonly title: string;
      readonly place?: string | undefined;
      /** How far the record may be known. */
      readonly class?: DataClass | undefined;
      /** How pressing the record is: the template's cadences follow it. */
      readonly priority?: Priority | undefined;
    }
  /** Begins an exercise, or ends the one that runs. */
  | { readonly type: 'exercise'; readonly kind: PlanKind; readonly title: string; readonly class?: DataClass | undefined }
  | ({ readonly type: 'line'; readonly line: string } & LineWishes)
  | { readonly type: 'start'; readonly line: string }
  /** From the organisation: a list of an audience was changed. */
  | { readonly type: 'see-lists' }
  /** `seen`: the hash of the draft that is being changed, when one was shown. */
  | {
      readonly type: 'draft';
      readonly line: string;
      /** Absent: what is due next on the line. */
      readonly update?: string | undefined;
      readonly text: string;
      readonly seen?: string | undefined;
      /** Whether it was made from the facts as it stands. */
      readonly made?: boolean | undefined;
      /** Names of people that it may not give away. */
      readonly names?: readonly string[] | undefined;
    }
  /** From the situation sheet: it was filled in anew. */
  | {
      readonly type: 'facts';
      readonly version: number;
      readonly class?: DataClass | undefined;
      readonly by: PersonId;
      readonly changes: readonly FactChange[];
      readonly texts: MadeFromFacts['texts'];
      readonly names: MadeFromFacts['names'];
    }
  /** The last text again, as of now. */
  | { readonly type: 'no-change'; readonly update: string; readonly names?: readonly string[] | undefined }
  /** Whoever says so writes it. */
  | { readonly type: 'take'; readonly update: string }
  | { readonly type: 'send-back'; readonly update: string; readonly seen: string; readonly what: string }
  | { readonly type: 'release'; readonly update: string; readonly seen: string }
  /** What goes out if nothing else is released so long after due. */
  | {
      readonly type: 'holding';
      readonly line: string;
      readonly text: string;
      readonly after: Span;
      readonly names?: readonly string[] | undefined;
    }
  /** Its time has come; from a timer. */
  | { readonly type: 'hold'; readonly update: string }
  /** It is a security breach, known since then. */
  | { readonly type: 'breach'; readonly known: Instant }
  | { readonly type: 'undo'; readonly update: string }
  /** The time to take a release back is over; from a timer. */
  | { readonly type: 'leave'; readonly update: string }
  /** An update that left was wrong. */
  | {
      readonly type: 'correct';
      readonly what: 'correction' | 'retraction';
      readonly update: string;
      readonly text: string;
      readonly names?: readonly string[] | undefined;
    }
  | { readonly type: 'skip'; readonly line: string; readonly update?: string | undefined; readonly reason: string }
  /** The ladder's next step; from a timer. */
  | { readonly type: 'tick'; readonly line: string; readonly update: string }
  /** From the record: it is resolved, no longer major, open again, owned by somebody else, named anew. */
  | { readonly type: 'resolve'; readonly resolution?: string | undefined }
  | { readonly type: 'normal' }
  /** `major`: whether its lines start again; else only the last updates are no longer wanted. */
  | { readonly type: 'reopen'; readonly major?: boolean | undefined }
  | { readonly type: 'owner'; readonly owner: PersonId }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'class'; readonly class: DataClass }
  /** Its board is to stand at another place too, and follow it. */
  | { readonly type: 'keep-board'; readonly place: string }
  | ChangeCommand
  | ClockCommand
  | FromAnswers
  | HandoverCommand
  | AfterCommand;

/** What a change asks of its plan; its rules are in `change-course.ts`. */
export type ChangeCommand =
  | {
      readonly type: 'schedule';
      readonly owner: PersonId;
      readonly title: string;
      readonly place?: string | undefined;
      readonly class?: DataClass | undefined;
      readonly window: Window;
      /** How long before its start it is announced; absent: as usual. */
      readonly before?: readonly Span[] | undefined;
    }
  | { readonly type: 'reschedule'; readonly window: Window }
  | { readonly type: 'work-started' }
  | { readonly type: 'work-ended' }
  /** It failed, or was backed out. */
  | { readonly type: 'work-failed' }
  | { readonly type: 'call-off' };

/** What can be done to the clock of a plan's lines; its rules are in `clock.ts`. */
export type ClockCommand =
  /** Another due time for what is being prepared, by hand. */
  | { readonly type: 'move'; readonly line: string; readonly due: Instant; readonly reason: string }
  /** Reminders rest so long; the due time stays. */
  | { readonly type: 'snooze'; readonly line: string; readonly span: Span }
  | { readonly type: 'pause'; readonly line: string; readonly reason: string }
  | { readonly type: 'resume'; readonly line: string; readonly reason: string }
  /** Deadlines and what an update must wait for; what is absent stays as it is. `known`: since when it is known. */
  | { readonly type: 'bind'; readonly line: string; readonly bounds: Bounds; readonly known?: Instant | undefined }
  /** A releaser sets the deadline of what is being prepared, and what it must wait for, aside. */
  | { readonly type: 'override'; readonly line: string; readonly reason: string }
  /** From the record: something that those must hear who are told of every change. */
  | { readonly type: 'changed'; readonly what: 'priority' };

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
      /** It is tried again: nothing is decided yet. */
      readonly held?: true | undefined;
      /** Where it goes in place of that. */
      readonly instead?: string | undefined;
    }
  /** A person decided on the places of which nobody can tell. */
  | { readonly type: 'settle'; readonly update: string; readonly again: boolean };
