/**
 * A line of a communication plan: one audience, how often it is told, by whom and where (M2 to M5), and the update that is
 * being prepared for it. Pure figures about one line; what happens to it is decided in `decide.ts`.
 * Source: design section 8.
 */
import { HOUR, type Instant, MINUTE, type Span } from '../core/instant.ts';
import { contentHash } from '../core/journal.ts';
import { holdersOf, type Org, type PersonId } from '../core/record.ts';

/** Why an update is written: `first` and `progress` while it lasts; `resolved` and `normal` (no longer major) are the closing ones. */
export type Phase = 'first' | 'progress' | 'resolved' | 'normal';

/** A text that waits for its release. */
export interface Draft {
  readonly text: string;
  /** Who wrote it, or changed it last. */
  readonly by: PersonId;
  /** As of when it is true. */
  readonly at: Instant;
  /** Who approved it, each with the whole hash of what they saw. */
  readonly approvals: readonly { readonly person: PersonId; readonly hash: string }[];
}

/** The statement that is being prepared: upcoming, drafting (asked for, or sent back), or awaiting release. */
export interface Update {
  /** `PRB-1.3`: the third update of the record's plan. */
  readonly id: string;
  readonly phase: Phase;
  readonly status: 'upcoming' | 'drafting' | 'awaiting release';
  readonly due: Instant;
  readonly draft?: Draft | undefined;
  /** What a releaser wants changed, until it is written again. */
  readonly sentBack?: { readonly by: PersonId; readonly what: string } | undefined;
  readonly nudged: boolean;
  /** How often it was said that it is overdue, and when it was said last. */
  readonly notices: number;
  readonly noticedAt?: Instant | undefined;
}

export interface Line {
  /** `senior-management`: one of the audiences. */
  readonly audience: string;
  readonly status: 'not needed yet' | 'active' | 'closed';
  /** The time between two updates; absent: on demand. */
  readonly cadence?: Span | undefined;
  /** How long before due the text is asked for; absent: the smaller of 15 minutes and a third of the cadence. */
  readonly lead?: Span | undefined;
  /** Who writes; absent: the owner of the plan. */
  readonly author?: PersonId | undefined;
  /** Who may release; absent: whoever holds `communications`. */
  readonly releasers?: readonly PersonId[] | undefined;
  /** How many persons must release. */
  readonly approvals: number;
  readonly places: readonly string[];
  /** What is due next; an on-demand line has none between two statements. */
  readonly update?: Update | undefined;
  /** How many updates this audience got, over all rounds of the plan. */
  readonly released: number;
  /** Whether it got one since the plan began or was begun again. */
  readonly told: boolean;
  readonly last?: { readonly text: string; readonly at: Instant } | undefined;
}

/** The first update is due this long after the declaration, or after the cadence if that is less. */
export const FIRST_DUE: Span = 30 * MINUTE;
/** A closing update is due within this, or within the cadence if that is less. */
export const CLOSING_DUE: Span = HOUR;
const LONGEST_DEFAULT_LEAD: Span = 15 * MINUTE;
/** How long after each overdue notice the next one comes; the last gap repeats. */
const GAPS: readonly Span[] = [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE, 60 * MINUTE];

/** When a line's first update is due. */
export const firstDue = (line: Pick<Line, 'cadence'>, now: Instant): Instant =>
  now + Math.min(FIRST_DUE, line.cadence ?? FIRST_DUE);

/** When a line's last update is due. */
export const closingDue = (line: Pick<Line, 'cadence'>, now: Instant): Instant =>
  now + Math.min(CLOSING_DUE, line.cadence ?? CLOSING_DUE);

/** How long before due the author is asked. */
export const leadOf = ({ lead, cadence }: Pick<Line, 'lead' | 'cadence'>): Span =>
  lead ?? Math.min(LONGEST_DEFAULT_LEAD, Math.floor((cadence ?? FIRST_DUE) / 3));

/** The first point of the cadence that is after now, counted from the due time that was just met or missed. */
export const nextPoint = (due: Instant, cadence: Span, now: Instant): Instant =>
  due + cadence * Math.max(1, Math.floor((now - due) / cadence) + 1);

/** When the ladder's next step is to be taken: asking, nudging, saying that it is overdue, saying it again. */
export function nextStep(line: Pick<Line, 'lead' | 'cadence'>, update: Update): Instant {
  const lead = leadOf(line);
  if (update.notices > 0) return (update.noticedAt ?? update.due) + gapAfter(update.notices);
  if (update.status === 'upcoming') return update.due - lead;
  return update.nudged ? update.due : update.due - Math.floor(lead / 2);
}

const gapAfter = (notices: number): Span => GAPS[Math.min(notices, GAPS.length) - 1] ?? HOUR;

/** Whoever may release this line now. */
export const releasersOf = (line: Pick<Line, 'releasers'>, org: Pick<Org, 'roles'>): readonly PersonId[] =>
  line.releasers ?? holdersOf(org, 'communications');

/** Who may release this line, as the plan last saw it: for showing, never for deciding. */
export const releasersShown = (
  line: Pick<Line, 'releasers'>,
  plan: { readonly holders: readonly PersonId[] },
): readonly PersonId[] => line.releasers ?? plan.holders;

/** What keeps a line from being told; its clock runs all the same. */
export type Gap = 'nobody may release' | 'no destination';

/** What a line lacks; a closed one lacks nothing. */
export const gapsOf = (line: Line, releasers: readonly PersonId[]): readonly Gap[] =>
  line.status === 'closed'
    ? []
    : [
        ...(releasers.length === 0 ? (['nobody may release'] as const) : []),
        ...(line.places.length === 0 ? (['no destination'] as const) : []),
      ];

/** What a releaser agrees to: text, places, who may release, how many must. Any change of these makes another hash. */
export const draftHash = (line: Line, update: Update): string =>
  contentHash({
    update: update.id,
    text: update.draft?.text ?? '',
    at: update.draft?.at ?? 0,
    places: line.places,
    releasers: line.releasers ?? 'communications',
    approvals: line.approvals,
  });

/** What of the hash a button carries. */
export const HASH_ON_BUTTON = 16;

/** Who agreed to exactly what would leave now. */
export const approvedBy = (line: Line, update: Update): readonly PersonId[] => {
  const hash = draftHash(line, update);
  return [...new Set((update.draft?.approvals ?? []).filter((one) => one.hash === hash).map(({ person }) => person))];
};

/** Who writes this line. */
export const authorOf = (line: Pick<Line, 'author'>, plan: { readonly owner: PersonId }): PersonId => line.author ?? plan.owner;

/** Who is waited for when a text is wanted: who wrote it last, else the author. */
export const writerOf = (line: Pick<Line, 'author'>, plan: { readonly owner: PersonId }, update: Update): PersonId =>
  update.draft?.by ?? authorOf(line, plan);
