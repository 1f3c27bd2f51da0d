/**
 * How guarded lines and their updates are: a line cannot carry what is above its class, a place cannot get what is above its own
 * (S3). Pure; judged where a text is handed in, where it is released, and again when it leaves.
 */
import { classOfPlace } from '../core/place-class.ts';
import { isPrivate, maySayAt } from '../core/reading.ts';
import { type Context, type DataClass, isAbove, type Org, USUAL_CLASS } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { type Sheet, sheetState } from './facts.ts';
import type { Draft, Line, Update } from './line.ts';
import { isMending, type Outcome, type Plan } from './plan.ts';

/** What the lines of the six audiences carry at most, where nobody said otherwise; those of an organisation's own what is usual. */
const BY_AUDIENCE: Readonly<Record<string, DataClass>> = {
  'senior-management': 'confidential',
  'all-staff': 'sensitive',
  customers: 'public',
  'working-staff': 'private',
  press: 'public',
  'emergency-services': 'confidential',
};

type Guarded = Pick<Line, 'audience' | 'class'>;

/** What a line carries at most. */
export const classOfLine = ({ audience, class: of }: Guarded): DataClass => of ?? BY_AUDIENCE[audience] ?? USUAL_CLASS;

const lesser = (one: DataClass, other: DataClass): DataClass => (isAbove(one, other) ? other : one);
const greater = (one: DataClass, other: DataClass): DataClass => (isAbove(one, other) ? one : other);
const classOfRecord = (plan: Pick<Plan, 'class'>): DataClass => plan.class ?? USUAL_CLASS;

/**
 * How guarded a text is that is handed in now: as the facts are. Where nobody said how guarded these are, as the record is, but
 * never more than its line carries: it was written for that line.
 */
export function classOfText(plan: Pick<Plan, 'class'>, line: Guarded, facts: Pick<Sheet, 'class'> | undefined): DataClass {
  return facts?.class ?? lesser(classOfRecord(plan), classOfLine(line));
}

/** How guarded a text is that was handed in before: as it was then, or as the facts are now, whichever is more. */
export function classOfDraft(
  plan: Pick<Plan, 'class'>,
  line: Guarded,
  draft: Pick<Draft, 'class'>,
  facts: Pick<Sheet, 'class'> | undefined,
): DataClass {
  const now = classOfText(plan, line, facts);
  return draft.class === undefined ? now : facts?.class === undefined ? draft.class : greater(draft.class, now);
}

/** The facts of the record, as a rule of its plan reads them. */
export const factsOf = ({ other }: Pick<Context, 'other'>): Sheet | undefined => other(sheetState);

/** Refuses `class-above-line` (facts `class`, `most`) and `class-above-place` (fact `place`); what mends an update goes only where that went. */
export function tooGuarded(
  of: DataClass,
  { line, update, places }: { readonly line: Line; readonly update: Pick<Update, 'phase'>; readonly places: readonly string[] },
  { org, record }: Pick<Context, 'org' | 'record'>,
): Refusal | undefined {
  const about = { record, line: line.audience, class: of };
  const most = classOfLine(line);
  if (isAbove(of, most)) return refuse('class-above-line', { ...about, most });
  if (isMending(update.phase)) return undefined;
  const place = places.find((one) => !maySayAt(of, one, org));
  return place === undefined ? undefined : refuse('class-above-place', { ...about, place, most: classOfPlace(place, org) });
}

/** Why an update may not reach one place, while others still may have it. */
export const TOO_OPEN = 'place-too-open';

/**
 * Why an update that was released may not reach a place any more: `class-raised` where the facts, the record or the line say so,
 * which holds for every place; `place-too-open` where only this place is less guarded than the update.
 */
export function raisedSince(
  plan: Plan,
  line: Guarded,
  outcome: Pick<Outcome, 'class' | 'under'>,
  facts: Pick<Sheet, 'class'> | undefined,
  place: string | undefined,
  org: Pick<Org, 'placeClasses'>,
): 'class-raised' | typeof TOO_OPEN | undefined {
  if (outcome.class === undefined) return undefined;
  const of = facts?.class === undefined ? outcome.class : greater(outcome.class, facts.class);
  const most = classOfLine(line);
  const record = classOfRecord(plan);
  const raised = outcome.under !== undefined && isAbove(record, outcome.under) && isPrivate(record) && isAbove(record, most);
  if (isAbove(of, most) || raised) return 'class-raised';
  return place === undefined || maySayAt(of, place, org) ? undefined : TOO_OPEN;
}

/** Whether a line's readers may know of the record itself: what customers read of a private one leads nobody there. */
export const readersKnow = (plan: Pick<Plan, 'class'>, line: Guarded): boolean =>
  !isPrivate(classOfRecord(plan)) || !isAbove(classOfRecord(plan), classOfLine(line));

/** What the record is called to a line's readers; nothing where they may not know of it. */
export const titleFor = (plan: Pick<Plan, 'class' | 'title'>, line: Guarded): string =>
  readersKnow(plan, line) ? plan.title : '';
