/** The change managers' review: who reviews, until when, and what they may decide (C2; design section 7, rules 10 and 11). */
import { HOUR, type Instant, MINUTE } from '../core/instant.ts';
import { accept, type Context, type Decision, holdersOf, type Org, type PersonId, requireRole } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { boardFor } from './electorate.ts';
import { difference } from './fields.ts';
import { type Change, type ChangeCommand, type ChangeEvent, type Fields, isTheirs, openReview } from './rfc.ts';
import { afterWorkingTime, WORKING_DAY } from './working-time.ts';

const EMERGENCY_REVIEW = 10 * MINUTE;
const HIGH_REVIEW = 4 * HOUR;

/** The change managers, without those whose own RFC it is. */
export const reviewersOf = ({ requester, fields }: Pick<Change, 'requester' | 'fields'>, org: Org): readonly PersonId[] =>
  holdersOf(org, 'change-manager').filter((person) => person !== requester && person !== fields.owner);

/** Ten minutes for an emergency, four hours for high priority, else the board's time for reviews, else a working day. */
export function reviewDue({ type, priority }: Pick<Fields, 'type' | 'priority'>, org: Org, now: Instant): Instant {
  if (type === 'emergency' || priority === 'emergency') return now + EMERGENCY_REVIEW;
  if (priority === 'high') return now + HIGH_REVIEW;
  const review = org.boards[boardFor(type)]?.review;
  return review === undefined ? afterWorkingTime(now, WORKING_DAY) : now + review;
}

/** The events that send an RFC to review. */
export function toReview(change: Change, revision: number, { actor, org, now }: Context): ChangeEvent {
  const due = reviewDue(change.fields, org, now);
  return { type: 'submitted', revision, for: reviewersOf(change, org), due, by: actor.person, at: now };
}

export type ReviewCommand = Extract<
  ChangeCommand,
  { type: 'agree' | 'reclassify' | 'send-back' | 'open-again' | 'chase-review' | 'look-for-reviewers' | 'ballot-refused' }
>;

/**
 * Refuses `role-needed`, `own-review`, `not-in-review` (fact `status`), `old-review` (facts `revision`, `seen`), `links-needed`.
 * Agreeing to what is agreed already changes nothing.
 */
export function decideReview(change: Change, command: ReviewCommand, context: Context): Decision<ChangeEvent> {
  const { actor, org, now, record } = context;
  switch (command.type) {
    case 'ballot-refused':
      return accept({
        type: 'not-opened',
        why: command.why,
        facts: command.facts,
        for: reviewersOf(change, org),
        at: now,
        due: reviewDue(change.fields, org, now),
      });
    case 'chase-review':
      return chase(change, command, context);
    case 'look-for-reviewers': {
      const waited = openReview(change)?.for;
      const people = reviewersOf(change, org);
      const added = people.filter((person) => !waited?.includes(person));
      const same = added.length === 0 && people.length === waited?.length;
      return !waited || same
        ? accept()
        : accept({ type: 'reviewers-changed', review: change.reviews.length, for: people, added });
    }
    case 'open-again': {
      const wrong = notAReviewer(change, context);
      if (wrong) return wrong;
      if (change.status === 'voting') return accept();
      if (!TURNED_DOWN.has(change.status)) return refuse('not-turned-down', { record, status: change.status });
      return accept({ type: 'balloted', road: 'reopened', revision: change.revision, by: actor.person, at: now });
    }
    case 'agree':
    case 'reclassify':
    case 'send-back': {
      const wrong = notAReviewer(change, context);
      if (wrong) return wrong;
      const agreed = change.status === 'voting' || change.status === 'approved';
      if (agreed && command.type === 'agree' && command.revision === change.revision) return accept();
      if (!openReview(change)) return refuse('not-in-review', { record, status: change.status });
      if (command.revision !== change.revision)
        return refuse('old-review', { record, revision: change.revision, seen: command.revision });
      if (command.type === 'send-back')
        return accept({ type: 'sent-back', by: actor.person, at: now, words: { missing: command.missing } });
      return command.type === 'agree' ? agree(change, command.reference, context) : reclassify(change, command.fields, context);
    }
    default:
      return command satisfies never;
  }
}

/** What came back from its ballot without an approval. */
export const TURNED_DOWN: ReadonlySet<Change['status']> = new Set(['rejected', 'expired', 'void']);

function notAReviewer(change: Change, context: Context): Refusal | undefined {
  const lacking = requireRole(context, 'change-manager');
  if (lacking) return lacking;
  const { actor, org, record } = context;
  return isTheirs(change, actor.person) ? refuse('own-review', { record, reviewers: reviewersOf(change, org) }) : undefined;
}

/** A standard change is confirmed with its reference; without one it becomes minor and goes to the ballot. */
function agree(change: Change, reference: string | undefined, context: Context): Decision<ChangeEvent> {
  const { actor, now } = context;
  const done = { by: actor.person, at: now };
  const { revision, fields, status } = change;
  if (fields.type !== 'standard') return accept({ type: 'balloted', road: 'review', revision, ...done });
  if (reference) return accept({ type: 'confirmed', revision, words: { reference }, ...done });
  const minor = difference(fields, { type: 'minor' });
  return accept(
    { type: 'edited', revision: revision + 1, was: status, ...minor, ...done },
    { type: 'balloted', road: 'review', revision: revision + 1, ...done },
  );
}

/** Changing priority, category or type agrees to the rest; only a standard change still waits for its reference. */
function reclassify(change: Change, wanted: Partial<Fields>, context: Context): Decision<ChangeEvent> {
  const { actor, now } = context;
  const after: Fields = { ...change.fields, ...wanted };
  if (after.type === 'emergency' && after.links.length === 0) return refuse('links-needed');
  const different = difference(change.fields, wanted);
  const revision = change.revision + (different.material.length > 0 ? 1 : 0);
  const done = { by: actor.person, at: now };
  const events: ChangeEvent[] = [];
  if (different.changed.length > 0) events.push({ type: 'edited', revision, was: change.status, ...different, ...done });
  if (after.type !== 'standard') events.push({ type: 'balloted', road: 'review', revision, ...done });
  return events;
}

/** Each reminder comes later than the one before; the second is at the due time, and from then on the admins are told too. */
function chase(
  change: Change,
  { review, step }: Extract<ReviewCommand, { type: 'chase-review' }>,
  { org, now }: Context,
): Decision<ChangeEvent> {
  const open = openReview(change);
  if (!open || change.reviews.length !== review) return accept();
  const span = Math.max(open.due - open.since, EMERGENCY_REVIEW);
  const next = step === 1 ? open.due : now + span * 2 ** Math.min(step - 2, 4);
  return accept({ type: 'review-chased', review, step, for: reviewersOf(change, org), next });
}

/** When the first reminder of a review is due: half way. */
export const firstChase = (since: Instant, due: Instant): Instant => since + Math.floor((due - since) / 2);
