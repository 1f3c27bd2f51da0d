/** What follows from what happens to an RFC: cards, notices, timers, the ballot. */
import { liveName } from '../chat/live.ts';
import { type Ask, type EventOf, type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import { maySayAt } from '../core/reading.ts';
import type { Context, PersonId } from '../core/record.ts';
import { type OrgEvent, org } from '../people/index.ts';
import { admins, concerned, LIVE, REFRESH, refresh, stop, TIMERS, timer } from './asks.ts';
import { ballot } from './ballot.ts';
import { change, REVIEWED } from './change.ts';
import {
  confirmedCard,
  earlyCard,
  editedCard,
  endCard,
  extendedCard,
  failedCard,
  lateReviewCard,
  madeReviewCard,
  namedCard,
  outcomeCard,
  type Reader,
  startCard,
  workCard,
} from './notice-cards.ts';
import { firstChase, reviewersOf, TURNED_DOWN } from './review.ts';
import { reviewCard } from './review-card.ts';
import { type ChangeCommand, type ChangeEvent, type FieldName, interested } from './rfc.ts';
import { rfcCard } from './rfc-card.ts';
import { type BallotCommand, present } from './round.ts';
import { withUnseen } from './unseen.ts';
import { endOf } from './work.ts';

const onBallot = (command: BallotCommand): Ask => ({ ask: 'command', part: ballot.name, command });

const on = <T extends ChangeEvent['type']>(
  type: T,
  react: (event: EventOf<ChangeEvent, T>, view: RecordView, context: Context) => readonly Ask[],
): Reaction =>
  when<ChangeEvent, T>(change.name, type, (event, view, context) => withUnseen(react(event, view, context), view, context));

/** Every RFC in review looks at once who may review it now. */
const eachReview: readonly Ask[] = REVIEWED.map((status) => {
  const command: ChangeCommand = { type: 'look-for-reviewers' };
  return { ask: 'each', of: 'RFC', status, part: change.name, command };
});

/** The review cards of the last review, and its first reminder. */
function askForReview(view: RecordView, context: Context, since: number, due: number): readonly Ask[] {
  const { reviews } = view.state(change);
  const review = reviews.length;
  const people = reviews.at(-1)?.for ?? [];
  return [
    ...tell(people, reviewCard(view, review, context.now), { live: liveName(LIVE.review, String(review)) }),
    ...(people.length === 0 ? tell(admins(context), lateReviewCard(view)) : []),
    timer(TIMERS.review, firstChase(since, due), { type: 'chase-review', review, step: 1 }),
    REFRESH,
  ];
}

/** The decision: once to each whom it concerns, and to the change managers when there is something for them to do. */
function tellOutcome(view: RecordView, context: Context, round: number): readonly Ask[] {
  const rfc = view.state(change);
  const poll = present(view.state(ballot));
  const place = poll?.place;
  const turnedDown = TURNED_DOWN.has(rfc.status);
  const own = [rfc.requester, rfc.fields.owner];
  const managers = turnedDown ? reviewersOf(rfc, context.org) : [];
  const escalated = rfc.status === 'void' || (turnedDown && rfc.way !== 'form') ? admins(context) : [];
  const readerOf = (person: PersonId): Reader =>
    own.includes(person) ? 'own' : managers.includes(person) ? 'manager' : 'reader';
  // Where its board's channel may not know of it, the board hears it directly.
  const board = place !== undefined && !maySayAt(view.class, place, context.org) ? (poll?.electorate ?? []) : [];
  const people = new Set([...interested(rfc), ...managers, ...escalated, ...board]);
  return [
    ...[...people].flatMap((person) => {
      const about = `${round}.${readerOf(person)}`;
      return tell([person], outcomeCard(view, about), { live: liveName(LIVE.outcome, about) });
    }),
    ...(place === undefined ? [] : [{ ask: 'say', to: { place }, content: outcomeCard(view, `${round}.reader`) } as const]),
  ];
}

const askToStart = (view: RecordView): Ask => {
  const { fields, revision } = view.state(change);
  return timer(TIMERS.start, fields.start, { type: 'start-passed', revision, step: 1 });
};

export const changeReactions: readonly Reaction[] = [
  on('raised', (event, view, { now, org }) => [
    ...event.settings.links.map((to): Ask => ({ ask: 'link', to })),
    // What goes to its board at once is shown when it is known whether the ballot opened.
    ...(event.way === 'form' ? tell([event.by], rfcCard(view), { live: LIVE.rfc }) : []),
    ...(event.reviewDue === undefined
      ? []
      : [
          ...tell(reviewersOf(view.state(change), org), madeReviewCard(view), { live: LIVE.made }),
          timer(TIMERS.made, firstChase(now, event.reviewDue), { type: 'chase-made-review', step: 1 }),
        ]),
  ]),
  on('submitted', (event, view, context) => {
    const { reviews } = view.state(change);
    const named = reviews.length === 1 ? concerned(view, event.by).filter((person) => isNamed(view, person)) : [];
    return [
      ...askForReview(view, context, event.at, event.due),
      ...named.flatMap((person) => tell([person], namedCard(view, person))),
    ];
  }),
  on('edited', (event, view) => {
    const rfc = view.state(change);
    const material = event.material.length > 0;
    const back = material && (event.was === 'voting' || event.was === 'approved');
    const voters = event.was === 'voting' && material ? (present(view.state(ballot))?.electorate ?? []) : [];
    const people = event.was === 'draft' ? [] : concerned(view, event.by, ...voters);
    return [
      ...(event.settings.links ?? []).map((to): Ask => ({ ask: 'link', to })),
      ...event.unlinked.map((to): Ask => ({ ask: 'unlink', to })),
      ...(back && event.was === 'voting' ? [onBallot({ type: 'void', because: 'edited', fields: event.material })] : []),
      ...(back ? [stop(TIMERS.start)] : []),
      ...(rfc.status === 'in progress' && event.settings.end !== undefined
        ? [timer(TIMERS.end, event.settings.end, { type: 'end-passed', step: 1 })]
        : []),
      ...tell(people, editedCard(view, event, back ? 'back to review' : followsFrom(event))),
      REFRESH,
    ];
  }),
  on('confirmed', (_event, view, { actor }) => [
    stop(TIMERS.review),
    askToStart(view),
    ...tell(concerned(view, actor.person), confirmedCard(view)),
    REFRESH,
  ]),
  on('balloted', (event, view) => {
    const { fields, requester, lastEditor, way } = view.state(change);
    const { type, start, implementer } = fields;
    const proposal = { revision: event.revision, type, start, requester, implementer, lastEditor, already: way === 'already' };
    return [stop(TIMERS.review), onBallot({ type: 'open', proposal }), REFRESH];
  }),
  on('sent-back', (event, view) => [
    stop(TIMERS.review),
    ...tell(
      [view.state(change).requester, view.state(change).fields.owner].filter((person) => person !== event.by),
      rfcCard(view),
      { live: LIVE.rfc },
    ),
    REFRESH,
  ]),
  on('voting', (event, view) => [
    ...(event.round === 1 && view.state(change).reviews.length === 0 ? firstShown(view) : []),
    refresh(LIVE.rfc),
  ]),
  on('not-opened', (event, view, context) => {
    const { reviews, requester, fields } = view.state(change);
    const people = reviews.at(-1)?.for ?? [];
    const others = [...admins(context), requester, fields.owner].filter((person) => !people.includes(person));
    return [
      ...(reviews.length === 1 ? firstShown(view) : []),
      ...askForReview(view, context, event.at, event.due),
      ...(people.length > 0 ? tell(others, lateReviewCard(view)) : []),
    ];
  }),
  on('decided', (event, view, context) => [
    ...tellOutcome(view, context, event.round),
    ...(event.outcome === 'approved' && view.state(change).way !== 'already' ? [askToStart(view)] : []),
    REFRESH,
  ]),
  on('withdrawn', (event, view) => takenBack(event, view)),
  on('cancelled', (event, view) => takenBack(event, view)),
  on('started', (event, view, { org }) => {
    const rfc = view.state(change);
    const people = concerned(view, event.by);
    return [
      stop(TIMERS.start),
      timer(TIMERS.end, endOf(rfc), { type: 'end-passed', step: 1 }),
      ...tell(people, workCard(view, event.by)),
      ...(event.early
        ? tell(
            reviewersOf(rfc, org).filter((person) => person !== event.by && !people.includes(person)),
            earlyCard(view, event.by),
          )
        : []),
      REFRESH,
    ];
  }),
  on('done', (event, view) => [stop(TIMERS.end), ...tell(concerned(view, event.by), workCard(view, event.by)), REFRESH]),
  on('failed', (event, view) => {
    const { fields } = view.state(change);
    const own = [fields.implementer, fields.owner];
    return [
      stop(TIMERS.end),
      ...tell(own, failedCard(view), { live: LIVE.failed }),
      ...tell(concerned(view, event.by, ...own), workCard(view, event.by)),
      REFRESH,
    ];
  }),
  on('backed-out', (event, view) => [
    stop(TIMERS.end),
    stop(TIMERS.review),
    ...(event.was === 'voting' ? [onBallot({ type: 'void', because: 'backed out', fields: [] })] : []),
    ...tell(concerned(view, event.by), workCard(view, event.by)),
    REFRESH,
  ]),
  on('extended', (event, view, { org }) => [
    timer(TIMERS.end, event.end, { type: 'end-passed', step: 1 }),
    ...tell(
      [...concerned(view), ...reviewersOf(view.state(change), org)].filter((person) => person !== event.by),
      extendedCard(view, event.end, event.by),
    ),
    REFRESH,
  ]),
  on('made-reviewed', (event, view) => [stop(TIMERS.made), ...tell(concerned(view, event.by), madeReviewCard(view)), REFRESH]),
  on('linked', (event) => [{ ask: 'link', to: event.to }, refresh(LIVE.rfc)]),
  when<OrgEvent, 'granted'>(org.name, 'granted', ({ role }) => (role === 'change-manager' ? eachReview : [])),
  when<OrgEvent, 'revoked'>(org.name, 'revoked', ({ role }) => (role === 'change-manager' ? eachReview : [])),
  on('reviewers-changed', ({ review, added }, view, { now }) => [
    ...tell(added, reviewCard(view, review, now), { live: liveName(LIVE.review, String(review)) }),
    REFRESH,
  ]),
  on('review-chased', (event, view, context) => {
    const { review, step, for: people, next } = event;
    return [
      ...tell(people, reviewCard(view, review, context.now), { live: liveName(LIVE.review, String(review)) }),
      ...(step > 1 || people.length === 0
        ? tell(
            admins(context).filter((person) => !people.includes(person)),
            lateReviewCard(view),
          )
        : []),
      timer(TIMERS.review, next, { type: 'chase-review', review, step: step + 1 }),
      refresh(LIVE.rfc),
    ];
  }),
  on('start-chased', ({ step, next }, view, { org }) => {
    const rfc = view.state(change);
    const managers = step > 1 ? reviewersOf(rfc, org) : [];
    return [
      ...tell([rfc.fields.implementer, rfc.fields.owner, ...managers], startCard(view, rfc.revision), {
        live: liveName(LIVE.start, String(rfc.revision)),
      }),
      timer(TIMERS.start, next, { type: 'start-passed', revision: rfc.revision, step: step + 1 }),
    ];
  }),
  on('end-chased', ({ step, next }, view, { org }) => {
    const rfc = view.state(change);
    const managers = step > 1 ? reviewersOf(rfc, org) : [];
    return [
      ...tell([rfc.fields.implementer, rfc.fields.owner, ...managers], endCard(view), { live: LIVE.end }),
      timer(TIMERS.end, next, { type: 'end-passed', step: step + 1 }),
    ];
  }),
  on('made-review-chased', ({ step, next }, view, context) => [
    ...tell([...reviewersOf(view.state(change), context.org), ...(step > 1 ? admins(context) : [])], madeReviewCard(view), {
      live: LIVE.made,
    }),
    timer(TIMERS.made, next, { type: 'chase-made-review', step: step + 1 }),
  ]),
];

/** The requester's card of an RFC that went to its board without a review before. */
const firstShown = (view: RecordView): readonly Ask[] => {
  const { way, requester } = view.state(change);
  return way === 'form' ? [] : tell([requester], rfcCard(view), { live: LIVE.rfc });
};

/** What an edit that takes back no vote or approval leads to. */
function followsFrom({ was, changed }: EventOf<ChangeEvent, 'edited'>): 'nothing' | 'in review' | 'turned down' {
  if (TURNED_DOWN.has(was)) return 'turned down';
  return was === 'in review' && changed.every((name) => OF_THE_REVIEW.has(name)) ? 'in review' : 'nothing';
}

/** What a review agrees to or changes. */
const OF_THE_REVIEW: ReadonlySet<string> = new Set<FieldName>(['type', 'priority', 'category']);

const isNamed = (view: RecordView, person: PersonId): boolean => {
  const { owner, implementer } = view.state(change).fields;
  return person === owner || person === implementer;
};

/** Withdrawn or cancelled: nothing is waited for any more, and an open ballot is void. */
function takenBack(event: EventOf<ChangeEvent, 'withdrawn' | 'cancelled'>, view: RecordView): readonly Ask[] {
  const voters = event.was === 'voting' ? (present(view.state(ballot))?.electorate ?? []) : [];
  return [
    stop(TIMERS.review),
    stop(TIMERS.start),
    ...(event.was === 'voting' ? [onBallot({ type: 'void', because: event.type, fields: [] })] : []),
    ...(event.was === 'draft' ? [] : tell(concerned(view, event.by, ...voters), workCard(view, event.by))),
    REFRESH,
  ];
}
