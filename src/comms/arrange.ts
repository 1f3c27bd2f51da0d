/** The settings of a line: cadence, lead, due time, releasers, approvals, destination, mechanism, author, template, class (M3 to M5). Pure. */
import { type Cadence, hasClock, shortestGap } from '../core/cadence.ts';
import { DAY, type Instant, MINUTE, type Span } from '../core/instant.ts';
import { canonical } from '../core/journal.ts';
import { accept, type Context, type Decision } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { audiencesOf } from '../people/index.ts';
import { outOfBinding } from './binding.ts';
import { type Due, firstDue, leadOf, soonerDue } from './due.ts';
import { classOfLine } from './guarding.ts';
import { authorOf, type Line, type LineMechanism, releasersOf } from './line.ts';
import { opener } from './opening.ts';
import { isClosing, type Plan } from './plan.ts';
import type { LineWishes } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { mayAdd, mayLower } from './rights.ts';
import { LONGEST_UNDO, undoOf } from './update.ts';

const SHORTEST_CADENCE: Span = MINUTE;
const LONGEST_CADENCE: Span = 30 * DAY;

/** Pages that need no destination: they are one. */
const PAGES: Readonly<Partial<Record<LineMechanism, string>>> = {
  'status-page': 'status/channel/main',
  'press-page': 'press/channel/main',
};

/** Whether two lists hold the same, in whatever order. */
export const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/** Whether two cadences say the same; the database keeps no order of their keys. */
const sameCadence = (a: Cadence, b: Cadence): boolean => canonical(a) === canonical(b);

/** What of the wishes differs from how the line stands: a form gives back what it showed. */
function wanted(plan: Plan, line: Line, wishes: LineWishes, context: Context): LineWishes {
  const { cadence, lead, due, releasers, author, template, mechanism, approvals, undo } = wishes;
  const places = placesFor(line, wishes);
  const minute = (at: Instant) => Math.floor(at / MINUTE);
  return {
    ...(cadence !== undefined && !sameCadence(cadence, line.cadence ?? { rule: 'on demand' }) ? { cadence } : {}),
    ...(lead !== undefined && lead !== leadOf(line, line.update) ? { lead } : {}),
    ...(due !== undefined && (!line.update || minute(due) !== minute(line.update.due)) ? { due } : {}),
    ...(releasers !== undefined && !same(releasers, releasersOf(line, context.org)) ? { releasers } : {}),
    ...(places !== undefined && !same(places, line.places) ? { places } : {}),
    ...(author !== undefined && author !== authorOf(line, plan) ? { author } : {}),
    ...(template !== undefined && template !== line.template ? { template } : {}),
    ...(wishes.class !== undefined && wishes.class !== classOfLine(line) ? { class: wishes.class } : {}),
    ...(mechanism !== undefined && mechanism !== (line.mechanism ?? 'as-destination') ? { mechanism } : {}),
    ...(approvals !== undefined && approvals !== line.approvals ? { approvals } : {}),
    ...(undo !== undefined && undo !== undoOf(line) ? { undo } : {}),
  };
}

/** Where it goes: what is wished, else as it is; a page comes with its mechanism, and goes with it. */
function placesFor(line: Line, { places, mechanism }: LineWishes): readonly string[] | undefined {
  if (mechanism === undefined || mechanism === (line.mechanism ?? 'as-destination')) return places;
  const page = PAGES[mechanism];
  const left = line.mechanism && PAGES[line.mechanism];
  const others = (places ?? line.places.filter((place) => place !== left)).filter((place) => place !== page);
  return page === undefined ? others : [...others, page];
}

/**
 * Decides other settings for a line that is not closed, by somebody who may arrange the plan. A shorter cadence brings the next
 * update forward; a longer one leaves it, because its time was promised.
 * Refuses `cadence-out-of-bounds`, `lead-too-long`, `due-in-the-past`, `not-before`, `past-deadline`, `line-not-started`, `own-releaser`,
 * `own-approvals`, `unknown-template-set`, `undo-out-of-bounds`.
 */
export function arrange(plan: Plan, line: Line, wishes: LineWishes, context: Context): Decision<PlanEvent> {
  const { now, org, record } = context;
  const change = wanted(plan, line, wishes, context);
  if (Object.keys(change).length === 0) return accept();
  const refused = outOfBounds(plan, line, change, context);
  if (refused) return refused;
  const added = change.releasers?.filter((person) => !releasersOf(line, org).includes(person)) ?? [];
  const author = change.author ?? authorOf(line, plan);
  const own = mayAdd(plan, line, added, author, context) ?? mayLower(plan, line, change.approvals, author, context);
  if (own) return own;

  const { places, due, ...settings } = change;
  const wished = { ...line, cadence: change.cadence ?? line.cadence };
  const opens = begins(plan, line, change) ? (due === undefined ? firstDue(plan, wished, now) : { due }) : undefined;
  const again = line.update ? (due === undefined ? sooner(plan, wished, change, now) : { due }) : undefined;
  return accept({
    type: 'line-changed',
    line: line.audience,
    ...settings,
    ...again,
    ...(change.releasers || change.approvals !== undefined ? { before: releasersOf(line, org) } : {}),
    ...(opens ? { opened: opener(plan, record)(line.told ? 'progress' : 'first', opens) } : {}),
    ...(places ? { words: { places } } : {}),
  });
}

/** A line that has nothing due begins with a cadence that makes something due, or with a due time. */
function begins(plan: Plan, line: Line, { cadence, due }: LineWishes): boolean {
  if (plan.status !== 'running' || line.status !== 'active' || line.update) return false;
  const now = cadence ?? line.cadence;
  return due !== undefined || hasClock(now) || (typeof now === 'object' && now.rule === 'once' && !line.told);
}

/** A shorter cadence brings the next update forward; a closing one stays. */
function sooner(plan: Plan, wished: Line, { cadence }: LineWishes, now: Instant): Due | undefined {
  const { update } = wished;
  if (cadence === undefined || !update || isClosing(update.phase)) return undefined;
  return soonerDue(plan, wished, update, now);
}

function outOfBounds(plan: Plan, line: Line, change: LineWishes, { now, org, record }: Context): Refusal | undefined {
  const sets = audiencesOf(org);
  if (change.template !== undefined && !sets.includes(change.template)) {
    return refuse('unknown-template-set', { said: change.template, sets: [...sets] });
  }
  const gap = shortestGap(change.cadence ?? line.cadence);
  if (change.cadence !== undefined && gap !== undefined && (gap < SHORTEST_CADENCE || gap > LONGEST_CADENCE)) {
    return refuse('cadence-out-of-bounds');
  }
  if (change.undo !== undefined && change.undo > LONGEST_UNDO) return refuse('undo-out-of-bounds');
  const lead = change.lead ?? line.lead;
  if (lead !== undefined && lead >= (gap ?? LONGEST_CADENCE)) return refuse('lead-too-long');
  if (change.due === undefined) return undefined;
  if (change.due <= now) return refuse('due-in-the-past', { due: change.due });
  if (line.status === 'not needed yet') return refuse('line-not-started', { line: line.audience, record });
  return outOfBinding(plan, line, change.due, record);
}
