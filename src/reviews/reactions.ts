/** What follows from a review's events: who is invited, told and reminded. */
import { liveName } from '../chat/live.ts';
import { type Ask, type EventOf, type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import { type Context, holdersOf, type RecordId } from '../core/record.ts';
import { incident } from '../incidents/index.ts';
import { type ProblemCommand, problem } from '../problems/index.ts';
import { actionCard, invitationCard, noticeCard, overCard, overdueCard, timelineCards } from './cards.ts';
import { actionOf, KEEPERS, peopleOf, type Review, type ReviewCommand, type ReviewEvent, review } from './review.ts';

/** The live name of an action's card, before its colon; the action's number stands after it. */
export const ACTION_CARD = 'review-action';

const timerOf = (action: number): string => `review-action:${action}`;
const chasing = (action: number, at: number): Ask => {
  const command: ReviewCommand = { type: 'chase', action };
  return { ask: 'timer', key: timerOf(action), at, part: review.name, command };
};

const on = <T extends ReviewEvent['type']>(
  type: T,
  react: (event: EventOf<ReviewEvent, T>, state: Review, view: RecordView, context: Context) => readonly Ask[],
): Reaction => when<ReviewEvent, T>(review.name, type, (event, view, context) => react(event, view.state(review), view, context));

const others = (state: Review, { actor }: Context) => peopleOf(state).filter((person) => person !== actor.person);

/** Whoever called the meeting hears of an action that is overdue for so many days. */
const PATIENCE = 3;

/** Whoever owned what was major is reminded of its review; where nobody did, those who keep reviews of its kind. */
const over =
  (part: typeof incident | typeof problem): Reaction['react'] =>
  (_event, view, { org }) => {
    const { standing, intake } = part === problem ? view.state(problem) : view.state(incident);
    if (!standing.major) return [];
    return tell(standing.owner === undefined ? holdersOf(org, ...KEEPERS) : [standing.owner], overCard(view.id, intake.title));
  };

/** A resolved problem is in its implementation review from now on; of any other it is simply not so. */
const reviewed = (of: RecordId): readonly Ask[] => {
  const command: ProblemCommand = { type: 'reached', stage: 'implementation-review' };
  return of.startsWith('PRB-') ? [{ ask: 'elsewhere', record: of, part: problem.name, command }] : [];
};

export const reactions: readonly Reaction[] = [
  { part: incident.name, on: 'resolved', react: over(incident) },
  { part: problem.name, on: 'resolved', react: over(problem) },
  on('scheduled', (event, state, { id }) => [
    { ask: 'link', to: event.of },
    ...reviewed(event.of),
    ...tell(
      peopleOf(state).filter((person) => person !== event.by),
      invitationCard(id, state),
    ),
  ]),
  on('circulated', (_event, state, { id }) => timelineCards(id, state).flatMap((page) => tell(peopleOf(state), page))),
  on('action-added', ({ action, owner, due }, state, { id }) => [
    chasing(action, due),
    ...tell([owner], actionCard(id, state, action), { live: liveName(ACTION_CARD, String(action)) }),
  ]),
  on('action-done', ({ action, by }, state, { id }) => [
    { ask: 'no-timer', key: timerOf(action) },
    { ask: 'refresh', live: liveName(ACTION_CARD, String(action)) },
    ...tell(
      [state.by].filter((person) => person !== by),
      noticeCard(
        id,
        state,
        'has an action less',
        { person: by },
        ` did action ${action}: ${actionOf(state, action)?.what ?? ''}`,
      ),
    ),
  ]),
  on('action-chased', ({ action, next }, state, { id }) => {
    const known = actionOf(state, action);
    if (!known) return [];
    return [
      chasing(action, next),
      ...tell([known.owner], actionCard(id, state, action), { live: liveName(ACTION_CARD, String(action)) }),
      ...(known.chased >= PATIENCE && known.owner !== state.by ? tell([state.by], overdueCard(id, state, known)) : []),
    ];
  }),
  on('settled', ({ by, words }, state, { id }, context) =>
    tell(others(state, context), noticeCard(id, state, 'has a decision', { person: by }, ` settled: ${words.text}`)),
  ),
  on('minuted', ({ by }, state, { id }, context) =>
    tell(
      others(state, context),
      noticeCard(id, state, 'has minutes', { person: by }, ' wrote them: ', { code: `/review show ${id}` }, '.'),
    ),
  ),
  on('closed', ({ by }, state, { id }, context) =>
    tell(others(state, context), noticeCard(id, state, 'is closed', { person: by }, ' closed it; every action is done.')),
  ),
];
