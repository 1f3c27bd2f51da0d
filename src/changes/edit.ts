/** Raising, editing, submitting and taking back an RFC (C1, C12; design section 7, rule 7). */
import { accept, type Context, type Decision, requireRole } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { difference, settingsOf, textsOf, wrongWith } from './fields.ts';
import { TURNED_DOWN, toReview } from './review.ts';
import {
  type Change,
  type ChangeCommand,
  type ChangeEvent,
  type FieldName,
  type Fields,
  isTheirs,
  openReview,
  type Status,
} from './rfc.ts';
import { afterWorkingTime, WORKING_DAY } from './working-time.ts';

/** A change that was made before its approval is reviewed within five working days. */
const MADE_REVIEW = 5 * WORKING_DAY;

export type EditCommand = Extract<
  ChangeCommand,
  { type: 'raise' | 'submit' | 'edit' | 'assign' | 'withdraw' | 'cancel' | 'link' | 'watch' | 'unwatch' }
>;

const WITHDRAWABLE: ReadonlySet<Status> = new Set(['draft', 'in review', 'voting', 'rejected', 'expired', 'void']);
/** Over for good: nothing about it is edited any more. */
export const CLOSED: ReadonlySet<Status> = new Set(['withdrawn', 'cancelled', 'done', 'backed out']);

/**
 * Refuses `start-past`, `end-before-start`, `made-later`, `links-needed`, `not-your-rfc`, `rfc-closed`, `not-a-draft`,
 * `started-already` (fact `fields`), `made-stays`, `not-withdrawable`, `not-cancellable`, `link-to-self`.
 */
export function decideEdit(change: Change, command: EditCommand, context: Context): Decision<ChangeEvent> {
  const { actor, now, record } = context;
  const done = { by: actor.person, at: now };
  switch (command.type) {
    case 'raise':
      return raise(change, command, context);
    case 'submit':
      return notTheirs(change, context) ?? submit(change, context);
    case 'edit':
      return notTheirs(change, context) ?? edit(change, command.fields, command.submit === true, context);
    case 'assign': {
      const lacking = isTheirs(change, actor.person) ? undefined : requireRole(context, 'change-manager');
      return lacking ?? edit(change, { [command.as]: command.person }, false, context);
    }
    case 'withdraw': {
      const wrong = notTheirs(change, context);
      if (wrong || change.status === 'withdrawn') return wrong ?? accept();
      if (change.way === 'already') return refuse('made-stays', { record });
      if (!WITHDRAWABLE.has(change.status)) return refuse('not-withdrawable', { record, status: change.status });
      return accept({ type: 'withdrawn', was: change.status, ...done });
    }
    case 'cancel': {
      if (change.status === 'cancelled') return accept();
      if (change.way === 'already') return refuse('made-stays', { record });
      if (change.status !== 'approved' && !(WITHDRAWABLE.has(change.status) && actor.roles.has('change-manager'))) {
        return refuse('not-cancellable', { record, status: change.status });
      }
      const lacking = isTheirs(change, actor.person) ? undefined : requireRole(context, 'change-manager');
      return lacking ?? accept({ type: 'cancelled', was: change.status, ...done });
    }
    case 'link':
      if (command.to === record) return refuse('link-to-self', { record });
      return change.fields.links.includes(command.to) ? accept() : accept({ type: 'linked', to: command.to });
    case 'watch':
      return change.watchers.includes(actor.person) ? accept() : accept({ type: 'watched', person: actor.person });
    case 'unwatch':
      return change.watchers.includes(actor.person) ? accept({ type: 'unwatched', person: actor.person }) : accept();
    default:
      return command satisfies never;
  }
}

function notTheirs(change: Change, { actor, record }: Context): Refusal | undefined {
  if (isTheirs(change, actor.person)) return undefined;
  return refuse('not-your-rfc', { record, people: [...new Set([change.requester, change.fields.owner])] });
}

/** The short forms go straight to the emergency board; the others wait for their requester to submit them. */
function raise(
  change: Change,
  { way, fields }: Extract<EditCommand, { type: 'raise' }>,
  context: Context,
): Decision<ChangeEvent> {
  const { actor, now } = context;
  if (change.revision > 0) return accept();
  const wrong = wrongWith(fields, way === 'already' ? 'past' : 'ahead', now);
  if (wrong) return wrong.refusal;
  const done = { by: actor.person, at: now };
  const raised: ChangeEvent = {
    type: 'raised',
    way,
    settings: settingsOf(fields),
    words: textsOf(fields),
    ...(way === 'already' ? { reviewDue: afterWorkingTime(now, MADE_REVIEW) } : {}),
    ...done,
  };
  if (way === 'form') return accept(raised);
  const road = way === 'short' ? 'emergency' : 'already';
  return accept<ChangeEvent>(raised, { type: 'balloted', road, revision: 1, ...done });
}

function submit(change: Change, context: Context): Decision<ChangeEvent> {
  const { now, record } = context;
  if (change.status === 'in review') return accept();
  if (change.status !== 'draft' && !TURNED_DOWN.has(change.status))
    return refuse('not-a-draft', { record, status: change.status });
  const wrong = wrongWith(change.fields, change.way === 'already' ? 'any' : 'ahead', now);
  if (wrong) return wrong.refusal;
  return accept(toReview(change, change.revision + (TURNED_DOWN.has(change.status) ? 1 : 0), context));
}

/** Work has begun, or was done before anybody asked: what was voted on is not changed any more, only completed. */
const isUnderWay = ({ status, way }: Change): boolean => way === 'already' || status === 'in progress' || status === 'failed';

/** What makes a start, an end or the links wrong. */
const WINDOW: readonly FieldName[] = ['start', 'end', 'type', 'links'];

const isEmpty = (fields: Fields, name: FieldName): boolean => fields[name] === undefined || fields[name] === '';

function edit(change: Change, wanted: Partial<Fields>, again: boolean, context: Context): Decision<ChangeEvent> {
  const { actor, now, record } = context;
  const { status, fields, revision } = change;
  if (CLOSED.has(status)) return refuse('rfc-closed', { record, status });
  const { changed, material, ...values } = difference(fields, wanted);
  const late = isUnderWay(change) ? material.filter((name) => change.way === 'form' || !isEmpty(fields, name)) : [];
  if (late.length > 0) return refuse('started-already', { record, fields: late });
  // Completing a short form after the start changes nothing that anybody approved.
  const counts = isUnderWay(change) ? [] : material;
  const after: Change = { ...change, fields: { ...fields, ...wanted } };
  const resubmitted = again && TURNED_DOWN.has(status);
  const back = counts.length > 0 && (status === 'voting' || status === 'approved' || openReview(change)?.stuck !== undefined);
  const checked = back || resubmitted || changed.some((name) => WINDOW.includes(name));
  const wrong = checked ? wrongWith(after.fields, isUnderWay(change) ? 'any' : 'ahead', now) : undefined;
  if (wrong) return wrong.refusal;
  if (changed.length === 0 && !resubmitted) return accept();

  // Until it is submitted for the first time, nobody else has seen an earlier revision.
  const counted = counts.length > 0 && (status !== 'draft' || change.reviews.length > 0);
  const next = revision + (counted || resubmitted ? 1 : 0);
  const events: ChangeEvent[] = [];
  if (changed.length > 0) {
    const done = { by: actor.person, at: now };
    events.push({ type: 'edited', revision: next, was: status, changed, material: counts, ...values, ...done });
  }
  if (back || resubmitted) events.push(toReview(after, next, context));
  return events;
}
