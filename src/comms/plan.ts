/**
 * The communication plan of a major problem or a major incident: what it knows. What can be asked of it is in `plan-command.ts`,
 * what can happen to it in `plan-event.ts`; its rules are in `decide.ts` and `evolve.ts`. Source: design section 8; M1 to M5, P5.
 */
import type { Instant } from '../core/instant.ts';
import type { DataClass, PersonId } from '../core/record.ts';
import type { Window } from './announcements.ts';
import type { Line, Phase, StandIns } from './line.ts';
import type { ListsSeen } from './list-seen.ts';

export type PlanKind = 'problem' | 'incident' | 'change';

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
  /** Its number over all records, once it was released: `UPD-7`. */
  readonly upd?: string | undefined;
  readonly standIns?: StandIns | undefined;
  /** How guarded its text was when it was released, and its record. */
  readonly class?: DataClass | undefined;
  readonly under?: DataClass | undefined;
  /** When it was due, and whether it left later. */
  readonly due?: Instant | undefined;
  readonly late?: boolean | undefined;
  /** The update that it corrects or retracts. */
  readonly corrects?: string | undefined;
  /** It went out in the place of an update that was late. */
  readonly held?: boolean | undefined;
  /** What was released about it since, because it was wrong. */
  readonly corrected?: { readonly what: 'correction' | 'retraction'; readonly update: string } | undefined;
  /** Why it must not leave any more although it was released. */
  readonly stopped?: string | undefined;
  /** Places of which nobody can tell whether it arrived there, until a person decides. */
  readonly unsure?: readonly string[] | undefined;
  /** The first place that did not take it for some minutes. */
  readonly heldUp?: string | undefined;
  /** The first of the places that it did not reach, where it went instead, and how many there were. */
  readonly missed?: readonly Missed[] | undefined;
  readonly missedCount?: number | undefined;
  /** What was decided last: whether it goes there again. */
  readonly again?: boolean | undefined;
}

/** A place that an update did not reach. */
export interface Missed {
  readonly place: string;
  readonly why: string;
  readonly instead?: string | undefined;
}

export interface Plan {
  /** `none` until it is begun; `closing` once every line was asked for its last update. */
  readonly status: 'none' | 'running' | 'closing';
  /** Why it closes. */
  readonly closing?: 'resolved' | 'normal' | 'failed' | undefined;
  /** Since when it does, and what made it work again. */
  readonly closingSince?: Instant | undefined;
  readonly resolution?: string | undefined;
  /** It is an exercise, or the last thing that ran here was one; absent: it is in earnest. */
  readonly exercise?: true | undefined;
  readonly kind: PlanKind;
  readonly title: string;
  /** How far its record may be known; absent: as records usually are. */
  readonly class?: DataClass | undefined;
  readonly owner: PersonId;
  readonly declaredAt: Instant;
  /** Of a change: from when to when the work is planned. */
  readonly window?: Window | undefined;
  /** Since when it is known; deadlines may count from it. */
  readonly known?: Instant | undefined;
  /** Where the record was declared: its plan stands there, and drafts are asked for there. */
  readonly place?: string | undefined;
  readonly lines: readonly Line[];
  /** It is the plan for a security breach. */
  readonly breach?: { readonly by: PersonId; readonly at: Instant } | undefined;
  /** Who asked whom to take over what they have to do: from, to. */
  readonly handovers?: Readonly<Record<PersonId, PersonId>> | undefined;
  /** The number of the newest update. */
  readonly count: number;
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** Who held `communications` when something happened last: for showing, never for deciding. */
  readonly holders: readonly PersonId[];
  /** The organisation's lists when something happened last. */
  readonly lists?: ListsSeen | undefined;
  /** Places of people whom a message about the record did not reach; each is told of once. */
  readonly unreached?: readonly string[] | undefined;
}

/** The closing phases: after such an update a line is closed. */
export const isClosing = (phase: Phase): phase is 'resolved' | 'normal' | 'failed' =>
  phase === 'resolved' || phase === 'normal' || phase === 'failed';

/** Phases that concern everybody whom their line ever told: the last word, and that a change moved. */
export const isForAllTold = (phase: Phase): boolean => isClosing(phase) || phase === 'moved';

/** Phases that mend an update which left. */
export const isMending = (phase: Phase): phase is 'correction' | 'retraction' => phase === 'correction' || phase === 'retraction';

/** The updates of a line that left, over all rounds of the plan. */
export const toldOn = (plan: Pick<Plan, 'outcomes'>, audience: string): readonly string[] =>
  Object.entries(plan.outcomes).flatMap(([update, { line, what }]) => (line === audience && what === 'released' ? [update] : []));

/** What is corrected or retracted, as its readers know it. */
export const mendedBy = (
  plan: Pick<Plan, 'outcomes'>,
  corrects: string | undefined,
): { readonly upd: string; readonly at: Instant } | undefined => {
  const wrong = corrects === undefined ? undefined : plan.outcomes[corrects];
  return wrong && { upd: wrong.upd ?? `update ${wrong.number}`, at: wrong.at };
};

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
