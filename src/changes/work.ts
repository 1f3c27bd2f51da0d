/** From approval to the end: starting, finishing, failing, backing out, and what is asked when a time has passed (C10; design section 7, rules 7 and 8). */
import { DAY, HOUR, type Instant, type Span } from '../core/instant.ts';
import { accept, type Context, type Decision, requireRole } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { missing } from './fields.ts';
import { reviewersOf } from './review.ts';
import { type Change, type ChangeCommand, type ChangeEvent, isTheirs, type Status } from './rfc.ts';
import { afterWorkingTime, WORKING_DAY } from './working-time.ts';

export type WorkCommand = Extract<
  ChangeCommand,
  {
    type:
      | 'start'
      | 'done'
      | 'failed'
      | 'back-out'
      | 'extend'
      | 'review-made'
      | 'start-passed'
      | 'end-passed'
      | 'chase-made-review';
  }
>;

/** An RFC of the short form has no end yet: this long after its start it is asked for. */
const ASK_AFTER: Span = 4 * HOUR;

/** When nobody answers, the question is asked again after these; then the change managers are told as well. */
const ASK_AGAIN: readonly Span[] = [HOUR, 4 * HOUR];

const askAgain = (step: number, now: Instant): Instant => now + (ASK_AGAIN[step - 1] ?? DAY);

/** Half way, then when it is due, then every working day. */
const nextChase = (due: Instant, now: Instant): Instant => (now < due ? due : afterWorkingTime(now, WORKING_DAY));

/** When the work should be over. */
export const endOf = (change: Change): Instant => change.fields.end ?? (change.work?.startedAt ?? change.raisedAt) + ASK_AFTER;

/** An emergency change that was made first may be closed once it is approved. */
const isMade = ({ way }: Change): boolean => way === 'already';

/**
 * Refuses `not-approved`, `approval-outdated` (facts `revision`, `approved`), `window-over` (fact `end`), `made-already`,
 * `not-in-progress`, `not-complete` (fact `fields`), `review-missing`, `end-not-ahead`, `nothing-to-back-out`, `not-made-already`,
 * `not-your-work` (fact `people`), `role-needed`, `own-review`.
 */
export function decideWork(change: Change, command: WorkCommand, context: Context): Decision<ChangeEvent> {
  const { actor, now, record } = context;
  const done = { by: actor.person, at: now };
  switch (command.type) {
    case 'start':
      return notTheirWork(change, context) ?? start(change, context);
    case 'done':
      return notTheirWork(change, context) ?? finish(change, context);
    case 'failed': {
      const wrong = notTheirWork(change, context);
      if (wrong || change.status === 'failed') return wrong ?? accept();
      if (change.status !== 'in progress') return refuse('not-in-progress', { record, status: change.status });
      return accept({ type: 'failed', words: { reason: command.reason }, ...done });
    }
    case 'back-out': {
      const wrong = notTheirWork(change, context);
      if (wrong || change.status === 'backed out') return wrong ?? accept();
      if (!canBeBackedOut(change)) return refuse('nothing-to-back-out', { record, status: change.status });
      return accept({ type: 'backed-out', was: change.status, words: { reason: command.reason }, ...done });
    }
    case 'extend': {
      const wrong = notTheirWork(change, context);
      if (wrong) return wrong;
      if (change.status !== 'in progress') return refuse('not-in-progress', { record, status: change.status });
      return command.end <= now
        ? refuse('end-not-ahead', { end: command.end })
        : accept({ type: 'extended', end: command.end, ...done });
    }
    case 'review-made': {
      const lacking = requireRole(context, 'change-manager');
      if (lacking) return lacking;
      if (isTheirs(change, actor.person)) return refuse('own-review', { record, reviewers: reviewersOf(change, context.org) });
      if (!change.madeReview) return refuse('not-made-already', { record });
      return change.madeReview.done
        ? accept()
        : accept({ type: 'made-reviewed', words: { findings: command.findings }, ...done });
    }
    case 'start-passed':
      return change.status === 'approved' && change.revision === command.revision && !isMade(change)
        ? accept({ type: 'start-chased', step: command.step, next: askAgain(command.step, now) })
        : accept();
    case 'end-passed':
      return change.status === 'in progress'
        ? accept({ type: 'end-chased', step: command.step, next: askAgain(command.step, now) })
        : accept();
    case 'chase-made-review':
      return change.madeReview && !change.madeReview.done
        ? accept({ type: 'made-review-chased', step: command.step, next: nextChase(change.madeReview.due, now) })
        : accept();
    default:
      return command satisfies never;
  }
}

function notTheirWork(change: Change, context: Context): Refusal | undefined {
  const { actor, record } = context;
  const { requester, fields } = change;
  if (isTheirs(change, actor.person) || actor.person === fields.implementer || actor.roles.has('change-manager'))
    return undefined;
  return refuse('not-your-work', { record, people: [...new Set([fields.implementer, fields.owner, requester])] });
}

function start(change: Change, { actor, now, record }: Context): Decision<ChangeEvent> {
  const { status, revision, approval, fields } = change;
  if (status === 'in progress') return accept();
  if (isMade(change)) return refuse('made-already', { record });
  if (status !== 'approved' || !approval) return refuse('not-approved', { record, status });
  if (approval.revision !== revision) return refuse('approval-outdated', { record, revision, approved: approval.revision });
  if (fields.end !== undefined && now >= fields.end) return refuse('window-over', { record, end: fields.end });
  return accept({ type: 'started', revision, early: now < fields.start, by: actor.person, at: now });
}

function finish(change: Change, { actor, now, record }: Context): Decision<ChangeEvent> {
  const { status } = change;
  if (status === 'done') return accept();
  const ready = isMade(change) ? status === 'approved' : status === 'in progress';
  if (!ready) return refuse(isMade(change) ? 'not-approved' : 'not-in-progress', { record, status });
  const fields = missing(change);
  if (fields.length > 0) return refuse('not-complete', { record, fields });
  if (change.madeReview && !change.madeReview.done) return refuse('review-missing', { record, due: change.madeReview.due });
  return accept({ type: 'done', by: actor.person, at: now });
}

const BACK_OUT: ReadonlySet<Status> = new Set(['in progress', 'failed', 'done']);
const NOT_BACK_OUT: ReadonlySet<Status> = new Set(['withdrawn', 'cancelled', 'backed out']);

/** Whether there is something in production that can be taken back. */
export const canBeBackedOut = (change: Change): boolean =>
  isMade(change) ? !NOT_BACK_OUT.has(change.status) : BACK_OUT.has(change.status);
