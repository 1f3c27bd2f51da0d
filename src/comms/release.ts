/** Releasing an update, and skipping it: by whom, with how many approvals, and what follows it (M4). Pure. */
import { MINUTE, type Span } from '../core/instant.ts';
import { accept, type Context, type Decision, type Org, type PersonId, USUAL_CLASS } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { tooEarly } from './binding.ts';
import { announcedPhase, followingDue } from './due.ts';
import { placesNow } from './exercise.ts';
import { changedSince, updateIn, wantedIn, whileLeaving } from './find.ts';
import { classOfDraft, factsOf, tooGuarded } from './guarding.ts';
import { forbiddenIn } from './leak-check.ts';
import { approvalsOf, type Draft, draftHash, type Leaving, type Line, releasersOf, standInsOf, type Update } from './line.ts';
import { listsNow, listsOutdated, nobodyOnLists } from './lists.ts';
import type { Opened } from './opened.ts';
import { opener } from './opening.ts';
import { isClosing, isForAllTold, isMending, type Plan, toldOn } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { mayRelease, maySkip, rightOf } from './rights.ts';
import { promisedBy, undoOf } from './update.ts';

/**
 * Approves a text, unless others are on its lists than were seen: then the plan sees them. The last approval that is needed releases it, and it leaves once it can no longer be taken back. The same
 * person again changes nothing; a releaser and whoever stands in for them are one person.
 * Refuses `nothing-to-release`, `no-destination`, `nobody-on-lists`, `wrote-it`, `word-forbidden`.
 */
function release(plan: Plan, line: Line, update: Update, context: Context): Decision<PlanEvent> {
  const { actor, record, now } = context;
  const written = update.draft;
  if (!written) return refuse('nothing-to-release', { line: line.audience });
  const early = tooEarly(plan, line, update, context) ?? forbiddenIn(line, written, context);
  if (early) return early;
  if (goesNowhere(plan, line, update)) return refuse('no-destination', { line: line.audience, record });
  if (reallyGoes(plan, update)) {
    const nobody = isClosing(update.phase) ? undefined : nobodyOnLists(line, context.org);
    if (nobody) return nobody;
    // It is not counted, and whoever released it sees at once who would get it now.
    if (listsOutdated(line, context.org)) return accept({ type: 'lists-seen', lists: listsNow(context.org) });
  }
  const going = { line, update, places: placesNow(plan, line.places, context) };
  const guarded = tooGuarded(classOfDraft(plan, line, written, factsOf(context)), going, context);
  if (guarded) return guarded;
  const right = rightOf(line, actor.person, context) ?? actor.person;
  // Where two must look, the second pair of eyes is not the writer's, nor that of whoever stands in for the writer.
  if (line.approvals > 1 && [actor.person, right].includes(written.by))
    return refuse('wrote-it', { line: line.audience, needed: line.approvals });
  const hash = draftHash(line, update);
  const active = (person: PersonId) => !context.org.inactive?.includes(person);
  // Who lost the right since does not count any more.
  const before = approvalsOf(line, update).filter((one) =>
    stillReleased(line, { by: [one.person], standIns: standInsOf([one]) }, 1, context.org, active),
  );
  if (before.some((one) => one.person === actor.person || (one.for ?? one.person) === right)) return accept();
  const mine = { person: actor.person, hash, ...(right === actor.person ? {} : { for: right }) };
  const all = [...before, mine];
  if (all.length < line.approvals) {
    const { person: by, ...more } = mine;
    return accept({ type: 'approved', line: line.audience, update: update.id, by, ...more });
  }
  const by = all.map(({ person }) => person);
  const agreed = { by, standIns: standInsOf(all), at: now, hash };
  if (update.phase === 'holding') return accept({ type: 'holding-ready', line: line.audience, update: update.id, ...agreed });
  const leaving: Leaving = { ...agreed, leaves: now + undoOf(line) };
  return leaving.leaves > now
    ? accept({ type: 'leaving', line: line.audience, update: update.id, ...leaving })
    : accept(left(plan, line, update, written, leaving, context));
}

/** Takes back a release that has not left. Refuses `not-a-releaser`, `left-already`, `update-over`, `unknown-update`, `no-plan`; one that was taken back already changes nothing. */
export function undo(plan: Plan, command: Extract<PlanCommand, { type: 'undo' }>, context: Context): Decision<PlanEvent> {
  if (plan.status === 'none') return refuse('no-plan', { record: context.record });
  const found = updateIn(plan, command.update);
  const outcome = plan.outcomes[command.update];
  if (isRefusal(found)) {
    return outcome?.what === 'released'
      ? refuse('left-already', { line: outcome.line, at: outcome.at, ...(outcome.upd === undefined ? {} : { upd: outcome.upd }) })
      : found;
  }
  const { line, update } = found;
  const refused = mayRelease(line, context);
  if (refused || !update.leaving) return refused ?? accept();
  return accept({
    type: 'undone',
    line: line.audience,
    update: update.id,
    by: context.actor.person,
    released: update.leaving.by,
  });
}

/** The time to take a release back is over: it leaves, if those who released it still may and it still is what they saw. */
export function leave(plan: Plan, command: Extract<PlanCommand, { type: 'leave' }>, context: Context): Decision<PlanEvent> {
  const found = updateIn(plan, command.update);
  if (isRefusal(found)) return accept();
  const { line, update } = found;
  const { leaving } = update;
  if (!leaving || context.now < leaving.leaves) return accept();
  return accept(whatLeaves(plan, line, update, leaving, context));
}

/** What comes of a release whose time has come: it leaves, or it is held back because something is not as it was. */
export function whatLeaves(plan: Plan, line: Line, update: Update, leaving: Leaving, context: Context): PlanEvent {
  const about = { line: line.audience, update: update.id, by: leaving.by };
  const { draft } = update;
  const moved = reallyGoes(plan, update) && listsOutdated(line, context.org);
  if (!draft || moved || draftHash(line, update) !== leaving.hash || goesNowhere(plan, line, update))
    return { type: 'held-back', ...about, why: 'changed' };
  const going = { line, update, places: placesNow(plan, line.places, context) };
  if (tooGuarded(classOfDraft(plan, line, draft, factsOf(context)), going, context))
    return { type: 'held-back', ...about, why: 'class-raised' };
  const active = (person: PersonId) => !context.org.inactive?.includes(person);
  if (!stillReleased(line, leaving, line.approvals, context.org, active))
    return { type: 'held-back', ...about, why: 'releaser-lost-right' };
  return left(plan, line, update, draft, leaving, context);
}

/** Whether enough of those who released something still may: their own right or the one they stood in for was not lost, and they are active. */
export function stillReleased(
  line: Pick<Line, 'releasers'>,
  { by, standIns }: Pick<Leaving, 'by' | 'standIns'>,
  needed: number,
  org: Org,
  active: (person: PersonId) => boolean,
): boolean {
  const releasers = releasersOf(line, org);
  return by.filter((person) => releasers.includes(standIns?.[person] ?? person) && active(person)).length >= needed;
}

/** A last update and a correction also go to whoever was told before, so they need no destination of their own. */
const goesNowhere = (plan: Plan, line: Line, update: Update): boolean =>
  line.places.length === 0 && !isMending(update.phase) && !(isForAllTold(update.phase) && toldOn(plan, line.audience).length > 0);

/** Whether it goes to the places of its line: an exercise has its own, and what mends an update goes where that one went. */
const reallyGoes = (plan: Plan, { phase }: Pick<Update, 'phase'>): boolean => plan.exercise === undefined && !isMending(phase);

/** So long after the time to take it back, a release that did not leave was kept by something else. */
const KEPT: Span = MINUTE;

function left(plan: Plan, line: Line, update: Update, draft: Draft, leaving: Leaving, context: Context): PlanEvent {
  const { now, record, take } = context;
  const mends = isMending(update.phase);
  const holds = update.phase === 'holding';
  // Whoever released it in time was in time.
  const at = now - leaving.leaves < KEPT ? leaving.at : now;
  return {
    type: 'released',
    line: line.audience,
    update: update.id,
    number: line.released + (mends || holds ? 0 : 1),
    upd: `UPD-${take('UPD')}`,
    phase: update.phase,
    due: holds ? now : update.due,
    late: !holds && at > update.due,
    asOf: draft.at,
    at: now,
    by: leaving.by,
    standIns: leaving.standIns,
    class: classOfDraft(plan, line, draft, factsOf(context)),
    under: plan.class ?? USUAL_CLASS,
    needed: line.approvals,
    hash: leaving.hash,
    corrects: update.corrects,
    ...(holds ? { promised: promisedBy(now) } : {}),
    opened: mends || holds ? undefined : next(plan, line, update, record, now, true),
    words: {
      text: draft.text,
      places: mends ? [] : line.places,
      ...(update.decision === undefined ? {} : { decision: update.decision }),
    },
  };
}

/** Skips an update with a reason. Refuses `may-not-skip`, `nothing-due`, `line-not-started`, `line-closed`, `update-over`, `unknown-update`, `update-leaving`. */
export function skip(plan: Plan, command: Extract<PlanCommand, { type: 'skip' }>, context: Context): Decision<PlanEvent> {
  const found = wantedIn(plan, command, context);
  if (isRefusal(found)) return found;
  const { line, update } = found;
  return (
    maySkip(plan, line, context) ??
    whileLeaving(line, update) ??
    accept({
      type: 'skipped',
      line: line.audience,
      update: update.id,
      at: context.now,
      by: context.actor.person,
      opened: line.update?.id === update.id ? next(plan, line, update, context.record, context.now, false) : undefined,
      words: { reason: command.reason },
    })
  );
}

/** The update that follows, at the next point of the cadence or the next deadline; none after a closing one. */
function next(plan: Plan, line: Line, update: Update, record: string, now: number, released: boolean): Opened | undefined {
  const due = isClosing(update.phase) ? undefined : followingDue(plan, line, update, now, released);
  return due && opener(plan, record)(announcedPhase(plan, due.due), due);
}

/** Releases what somebody saw; pressed again while it can still be taken back, it changes nothing. */
export function releaseSeen(
  plan: Plan,
  command: Extract<PlanCommand, { type: 'release' }>,
  context: Context,
): Decision<PlanEvent> {
  const found = awaiting(plan, command, context);
  if (!isRefusal(found)) return release(plan, found.line, found.update, context);
  const { by } = found.facts;
  const mine = found.refused === 'update-leaving' && Array.isArray(by) && by.includes(context.actor.person);
  return mine ? accept() : found;
}

/** The update that awaits release, for a releaser who looked at it as it stands. */
export function awaiting(
  plan: Plan,
  { update: id, seen }: { readonly update: string; readonly seen: string },
  context: Context,
): { readonly line: Line; readonly update: Update } | Refusal {
  if (plan.status === 'none') return refuse('no-plan', { record: context.record });
  const found = updateIn(plan, id);
  if (isRefusal(found)) return found;
  const { line, update } = found;
  const refused = mayRelease(line, context);
  if (refused) return refused;
  const leaving = whileLeaving(line, update);
  if (leaving) return leaving;
  if (update.status !== 'awaiting release') return refuse('nothing-to-release', { line: line.audience });
  return changedSince(line, update, seen) ?? found;
}
