/**
 * A line of a communication plan: one audience, how often it is told, by whom and where (M2 to M5), and the update that is
 * being prepared for it. Pure figures about one line; what happens to it is decided in `decide.ts`.
 * Source: design section 8.
 */
import type { Cadence } from '../core/cadence.ts';
import type { Instant, Span } from '../core/instant.ts';
import { contentHash } from '../core/journal.ts';
import type { Quiet } from '../core/quiet.ts';
import { type DataClass, holdersOf, type Org, type PersonId } from '../core/record.ts';
import type { Bounds } from './deadline.ts';
import type { FactChange } from './facts.ts';
import type { Leak } from './leak.ts';
import type { Wanted } from './wanted.ts';

/** Why an update is written: `first` and `progress` while it lasts; `resolved` and `normal` (no longer major) are the closing ones;
 * `correction` and `retraction` mend one that left. */
export type Phase = 'first' | 'progress' | 'moved' | 'resolved' | 'normal' | 'failed' | 'correction' | 'retraction' | 'holding';

/** Somebody agreed to what would leave, by the whole hash of it; perhaps for a releaser who is away. */
export interface Approval {
  readonly person: PersonId;
  readonly hash: string;
  /** Whose right it was, where somebody else's. */
  readonly for?: PersonId | undefined;
}

/** Whose right somebody used, by who used it: B for A. Those who used their own are not in it. */
export type StandIns = Readonly<Record<PersonId, PersonId>>;

/** A release that can still be taken back. */
export interface Leaving {
  readonly by: readonly PersonId[];
  readonly standIns?: StandIns | undefined;
  /** When it was released, and when it leaves. */
  readonly at: Instant;
  readonly leaves: Instant;
  /** What they agreed to. */
  readonly hash: string;
}

/** A text that waits for its release. */
export interface Draft {
  readonly text: string;
  /** Who wrote it, or changed it last. */
  readonly by: PersonId;
  /** As of when it is true. */
  readonly at: Instant;
  /** Who approved it, each with the whole hash of what they saw. */
  readonly approvals: readonly Approval[];
  /** The version of the situation sheet that was in force when it was handed in, and how guarded its facts were. */
  readonly facts?: number | undefined;
  readonly class?: DataClass | undefined;
  /** Whether it was made from the facts and not touched since. */
  readonly made?: boolean | undefined;
  /** What of the facts changed after it was written, and when last. */
  readonly outdated?: Outdated | undefined;
  /** What of it may not leave, as it was seen when it was handed in. */
  readonly leaks?: readonly Leak[] | undefined;
}

export interface Outdated {
  readonly facts: number;
  readonly at: Instant;
  readonly changes: readonly FactChange[];
}

/** The statement that is being prepared: upcoming, drafting (asked for, or sent back), awaiting release, or leaving while it can be taken back. */
export interface Update {
  /** `PRB-1.3`: the third update of the record's plan. */
  readonly id: string;
  readonly phase: Phase;
  readonly status: 'upcoming' | 'drafting' | 'awaiting release' | 'leaving' | 'ready';
  readonly due: Instant;
  readonly draft?: Draft | undefined;
  /** What a releaser wants changed, until it is written again. */
  readonly sentBack?: { readonly by: PersonId; readonly what: string } | undefined;
  readonly leaving?: Leaving | undefined;
  /** A holding statement that was released beforehand. */
  readonly ready?: Leaving | undefined;
  /** How long after due of the line's own update a holding statement goes out. */
  readonly after?: Span | undefined;
  /** Who said that they write it; absent: the author of the line. */
  readonly takenBy?: PersonId | undefined;
  /** The update that it corrects or retracts. */
  readonly corrects?: string | undefined;
  readonly nudged: boolean;
  /** How often it was said that it is overdue, and when it was said last. */
  readonly notices: number;
  readonly noticedAt?: Instant | undefined;
  /** When it would have been due, had that not been in quiet hours. */
  readonly quiet?: Instant | undefined;
  /** How long before due its text is asked for, where that does not follow from the cadence. */
  readonly lead?: Span | undefined;
  /** Until when reminders rest; the due time stays. */
  readonly snoozed?: Instant | undefined;
  /** What its readers are asked to decide; released with its text. */
  readonly decision?: Wanted | undefined;
  /** A releaser set its deadline and what it must wait for aside. */
  readonly override?: Said | undefined;
}

/** Who said something, when, and why. */
export interface Said {
  readonly by: PersonId;
  readonly at: Instant;
  readonly why: string;
}

/** By what an update goes out (M5); a status page and a press page need no destination. */
export const MECHANISMS = [
  'as-destination',
  'channel',
  'direct-message',
  'user-group',
  'thread',
  'e-mail',
  'webhook',
  'status-page',
  'press-page',
  'call',
] as const;
export type LineMechanism = (typeof MECHANISMS)[number];

export interface Line {
  /** `senior-management`: one of the audiences. */
  readonly audience: string;
  /** As people read the audience, and how urgent its updates are; absent: as the template says. */
  readonly label?: string | undefined;
  readonly urgency?: number | undefined;
  readonly status: 'not needed yet' | 'active' | 'closed';
  /** How guarded what it carries may be at most. */
  readonly class?: DataClass | undefined;
  /** Whose templates its texts begin with; absent: those of its audience. */
  readonly template?: string | undefined;
  /** The time between two updates, or a rule; absent: on demand. */
  readonly cadence?: Cadence | undefined;
  /** Of a change: how long before its start it is announced; absent: the line has a clock of its own. */
  readonly before?: readonly Span[] | undefined;
  /** How long before due the text is asked for; absent: the smaller of 15 minutes and a third of the cadence. */
  readonly lead?: Span | undefined;
  /** Who writes; absent: the owner of the plan. */
  readonly author?: PersonId | undefined;
  /** Who may release; absent: whoever holds `communications`. */
  readonly releasers?: readonly PersonId[] | undefined;
  /** How many persons must release. */
  readonly approvals: number;
  readonly places: readonly string[];
  /** Which versions of the lists among its places were seen last. */
  readonly lists?: string | undefined;
  /** What is due next; an on-demand line has none between two statements. */
  readonly update?: Update | undefined;
  /** Corrections and retractions that are being prepared beside it. */
  readonly beside?: readonly Update[] | undefined;
  /** How long a release can be taken back; absent: 10 s, and for emergency services not at all. */
  readonly undo?: Span | undefined;
  /** How many updates this audience got, over all rounds of the plan. */
  readonly released: number;
  /** Whether it got one since the plan began or was begun again. */
  readonly told: boolean;
  /** The update that left last; `wrong`: it was corrected or retracted since. */
  readonly last?:
    | { readonly text: string; readonly at: Instant; readonly update?: string | undefined; readonly wrong?: boolean | undefined }
    | undefined;
  /** When its audience is not told. */
  readonly quiet?: Quiet | undefined;
  /** What binds its times beside the cadence. */
  readonly bounds?: Bounds | undefined;
  /** How many updates counted for its deadlines since the plan began; absent: none. */
  readonly round?: number | undefined;
  /** It asks and chases nobody, until it is resumed. */
  readonly paused?: Said | undefined;
  /** Absent: as the destinations say. */
  readonly mechanism?: LineMechanism | undefined;
}

/** Whoever may release this line now. */
export const releasersOf = (line: Pick<Line, 'releasers'>, org: Pick<Org, 'roles'>): readonly PersonId[] =>
  line.releasers ?? holdersOf(org, 'communications');

/** Who may release this line, as the plan last saw it: for showing, never for deciding. */
export const releasersShown = (
  line: Pick<Line, 'releasers'>,
  plan: { readonly holders: readonly PersonId[] },
): readonly PersonId[] => line.releasers ?? plan.holders;

/** What keeps a line from being told; its clock runs all the same. */
export type Gap = 'nobody may release' | 'two must agree and one may release' | 'no destination';

/** What a line lacks; a closed one lacks nothing. */
export const gapsOf = (line: Line, releasers: readonly PersonId[]): readonly Gap[] =>
  line.status === 'closed'
    ? []
    : [
        ...(releasers.length === 0 ? (['nobody may release'] as const) : []),
        ...(releasers.length === 1 && line.approvals > 1 ? (['two must agree and one may release'] as const) : []),
        ...(line.places.length === 0 ? (['no destination'] as const) : []),
      ];

/** What a releaser agrees to: text, places, class, who may release, how many must. Any change of these makes another hash. */
export const draftHash = (line: Line, update: Update): string =>
  contentHash({
    update: update.id,
    text: update.draft?.text ?? '',
    at: update.draft?.at ?? 0,
    // Whoever releases a text that the facts have left behind has seen that they have.
    outdated: update.draft?.outdated?.facts,
    places: line.places,
    ...(line.lists === undefined ? {} : { lists: line.lists }),
    releasers: line.releasers ?? 'communications',
    approvals: line.approvals,
    ...(line.class === undefined ? {} : { class: line.class }),
    ...(update.draft?.class === undefined ? {} : { guarded: update.draft.class }),
    ...(update.decision === undefined ? {} : { decision: update.decision }),
  });

/** What of the hash a button carries. */
export const HASH_ON_BUTTON = 16;

/** Who agreed to exactly what would leave now. */
export const approvedBy = (line: Line, update: Update): readonly PersonId[] => [
  ...new Set(approvalsOf(line, update).map(({ person }) => person)),
];

/** The approvals of exactly what would leave now. */
export function approvalsOf(line: Line, update: Update): readonly Approval[] {
  const hash = draftHash(line, update);
  return (update.draft?.approvals ?? []).filter((one) => one.hash === hash);
}

/** Whose right each of these used, where it was somebody else's. */
export const standInsOf = (approvals: readonly Approval[]): StandIns | undefined => {
  const used = approvals.flatMap((one) => (one.for === undefined ? [] : [[one.person, one.for] as const]));
  return used.length === 0 ? undefined : Object.fromEntries(used);
};

/** Who writes this line. */
export const authorOf = (line: Pick<Line, 'author'>, plan: { readonly owner: PersonId }): PersonId => line.author ?? plan.owner;

/** Who is waited for when a text is wanted: who took it, else who wrote it last, else the author. */
export const writerOf = (line: Pick<Line, 'author'>, plan: { readonly owner: PersonId }, update: Update): PersonId =>
  update.takenBy ?? update.draft?.by ?? authorOf(line, plan);
