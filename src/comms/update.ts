/** The updates that are being prepared for a line: what is due next, and beside it what mends one that left. Pure figures. */
import { type Instant, MINUTE, type Span } from '../core/instant.ts';
import type { Line, Update } from './line.ts';
import type { Plan } from './plan.ts';

/** How long a release can be taken back where the line does not say otherwise. */
const UNDO: Span = 10_000;
/** Longer than this nobody waits for what is released. */
export const LONGEST_UNDO: Span = 5 * MINUTE;
/** A holding statement says that the update comes within this. */
const PROMISED: Span = 30 * MINUTE;
/** A correction is to leave within this. */
export const CORRECTION_DUE: Span = 15 * MINUTE;
/** They are told at once. */
const AT_ONCE = 'emergency-services';

/** How long a release on this line can be taken back. */
export const undoOf = ({ undo, audience }: Pick<Line, 'undo' | 'audience'>): Span => undo ?? (audience === AT_ONCE ? 0 : UNDO);

/** Everything that is being prepared for a line. */
export const updatesOf = (line: Pick<Line, 'update' | 'beside'>): readonly Update[] => [
  ...(line.update ? [line.update] : []),
  ...(line.beside ?? []),
];

/** What of it has this id. */
export const updateOf = (line: Pick<Line, 'update' | 'beside'>, id: string): Update | undefined =>
  updatesOf(line).find((update) => update.id === id);

/** The update with this id and its line, where it is being prepared. */
export function preparedIn(plan: Pick<Plan, 'lines'>, id: string): { readonly line: Line; readonly update: Update } | undefined {
  for (const line of plan.lines) {
    const update = updateOf(line, id);
    if (update) return { line, update };
  }
  return undefined;
}

/** The holding statement of a line. */
export const holdingOf = (line: Pick<Line, 'beside'>): Update | undefined =>
  line.beside?.find(({ phase }) => phase === 'holding');

/** When it goes out: so long after the line's own update was due, unless that is leaving or its line rests. */
export function holdsAt(line: Pick<Line, 'beside' | 'update' | 'paused'>): Instant | undefined {
  const { update } = line;
  const holding = holdingOf(line);
  if (!holding?.ready || holding.after === undefined || !update || update.leaving || line.paused) return undefined;
  return update.due + holding.after;
}

/** By when the update comes for which a holding statement stands in. */
export const promisedBy = (now: Instant): Instant => now + PROMISED;
