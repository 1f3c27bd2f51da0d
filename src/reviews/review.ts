/**
 * The review of a major incident or problem after it is over (P17): who meets when, what they decide, and what is to be done, chased
 * until it is done. Pure. The review of an incident follows time, that of a problem what was done.
 */
import { type Classified, type Classify, classify } from '../core/classify.ts';
import type { Words } from '../core/inline.ts';
import { DAY, type Instant, type Span } from '../core/instant.ts';
import {
  accept,
  BELLMAN,
  type Context,
  type DataClass,
  type Decision,
  holdersOf,
  type Part,
  type PersonId,
  type RecordId,
  type Role,
  requireRole,
  USUAL_CLASS,
} from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';

/** How long before the meeting its timeline is sent; of one that is sooner, at once. */
export const TIMELINE_BEFORE: Span = DAY;
/** So often whoever has an action that is overdue is reminded. */
export const CHASED_EVERY: Span = DAY;
const MOST_ACTIONS = 50;

export type ReviewKind = 'incident' | 'problem';

/** A part of a timeline: all of it for an incident, one kind of doing for a problem. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly Words[];
}

export interface Action {
  readonly number: number;
  readonly what: string;
  readonly owner: PersonId;
  readonly due: Instant;
  readonly done?: { readonly by: PersonId; readonly at: Instant } | undefined;
  /** How often its owner was reminded. */
  readonly chased: number;
}

interface Said {
  readonly text: string;
  readonly by: PersonId;
  readonly at: Instant;
}

export interface Review {
  readonly status: 'none' | 'planned' | 'prepared' | 'closed';
  readonly kind: ReviewKind;
  /** The incident or problem, and what it was called then. */
  readonly of: RecordId;
  readonly title: string;
  readonly when: Instant;
  readonly people: readonly PersonId[];
  /** Who called the meeting, and whose the record was. */
  readonly by: PersonId;
  readonly owner?: PersonId | undefined;
  readonly class?: DataClass;
  readonly timeline: readonly Section[];
  readonly actions: readonly Action[];
  /** How the problem manager settled what was disputed. */
  readonly decisions: readonly Said[];
  readonly minutes?: Said | undefined;
}

export type ReviewCommand =
  | {
      readonly type: 'schedule';
      readonly of: RecordId;
      readonly title: string;
      readonly when: Instant;
      readonly people: readonly PersonId[];
      /** As the handler read them of the record. */
      readonly owner?: PersonId | undefined;
      readonly class?: DataClass;
    }
  /** By Bellman, with what it read of the record's journal. */
  | { readonly type: 'circulate'; readonly timeline: readonly Section[] }
  | { readonly type: 'act'; readonly what: string; readonly owner: PersonId; readonly due: Instant }
  | { readonly type: 'done'; readonly action: number }
  | { readonly type: 'chase'; readonly action: number }
  | { readonly type: 'settle'; readonly text: string }
  | { readonly type: 'minute'; readonly text: string }
  | { readonly type: 'close' }
  | Classify;

export type ReviewEvent =
  | {
      readonly type: 'scheduled';
      readonly kind: ReviewKind;
      readonly of: RecordId;
      readonly when: Instant;
      readonly people: readonly PersonId[];
      readonly by: PersonId;
      readonly owner?: PersonId | undefined;
      readonly class?: DataClass;
      readonly words: { readonly title: string };
    }
  | { readonly type: 'circulated'; readonly words: { readonly timeline: readonly Section[] } }
  | {
      readonly type: 'action-added';
      readonly action: number;
      readonly owner: PersonId;
      readonly due: Instant;
      readonly by: PersonId;
      readonly words: { readonly what: string };
    }
  | { readonly type: 'action-done'; readonly action: number; readonly by: PersonId; readonly at: Instant }
  | { readonly type: 'action-chased'; readonly action: number; readonly next: Instant }
  | {
      readonly type: 'settled' | 'minuted';
      readonly by: PersonId;
      readonly at: Instant;
      readonly words: { readonly text: string };
    }
  | { readonly type: 'closed'; readonly by: PersonId; readonly at: Instant }
  | Classified;

/** Those who call and keep reviews, besides whose the record is. */
export const KEEPERS: readonly Role[] = ['incident-manager', 'problem-manager'];
const KEEPER: Readonly<Record<ReviewKind, Role>> = { incident: 'incident-manager', problem: 'problem-manager' };

export const kindOf = (of: RecordId): ReviewKind => (of.startsWith('PRB-') ? 'problem' : 'incident');

/** The rules of reviews. Refuses `review-of-what`, `review-not-yours`, `review-is-past`, `unknown-record`, `review-closed`, `unknown-action`, `too-many-actions`, `actions-open`, `minutes-missing`, `role-needed`, and what `classify` refuses. */
export const review: Part<Review, ReviewCommand, ReviewEvent> = {
  name: 'review',
  initial: {
    status: 'none',
    kind: 'incident',
    of: '',
    title: '',
    when: 0,
    people: [],
    by: '',
    timeline: [],
    actions: [],
    decisions: [],
  },
  people: (state) => [...new Set([...peopleOf(state), KEEPER[state.kind]])],
  heading: ({ status, of, title, by, class: guarded }) => ({
    title: `Review of ${of}: ${title}`,
    status,
    owner: by,
    links: of === '' ? [] : [of],
    class: guarded,
  }),
  decide(state, command, context): Decision<ReviewEvent> {
    if (command.type === 'schedule') return schedule(state, command, context);
    const { record, actor } = context;
    if (state.status === 'none') return refuse('unknown-record', { record });
    if (command.type === 'classify') {
      const whose = { own: [state.by, state.owner], managing: [KEEPER[state.kind]] };
      return classify(state.class ?? USUAL_CLASS, command.class, whose, context);
    }
    if (state.status === 'closed') return actor.person === BELLMAN ? accept() : refuse('review-closed', { record });
    return keep(state, command, context);
  },
  evolve(state, event): Review {
    switch (event.type) {
      case 'scheduled': {
        const { type: _type, words, ...rest } = event;
        return { ...state, ...rest, ...words, status: 'planned' };
      }
      case 'circulated':
        return { ...state, status: 'prepared', timeline: event.words.timeline };
      case 'action-added': {
        const { action: number, owner, due, words } = event;
        return { ...state, actions: [...state.actions, { number, what: words.what, owner, due, chased: 0 }] };
      }
      case 'action-done':
        return inAction(state, event.action, (action) => ({ ...action, done: { by: event.by, at: event.at } }));
      case 'action-chased':
        return inAction(state, event.action, (action) => ({ ...action, chased: action.chased + 1 }));
      case 'settled':
        return { ...state, decisions: [...state.decisions, { text: event.words.text, by: event.by, at: event.at }] };
      case 'minuted':
        return { ...state, minutes: { text: event.words.text, by: event.by, at: event.at } };
      case 'closed':
        return { ...state, status: 'closed' };
      case 'classified':
        return { ...state, class: event.class };
      default:
        return event satisfies never;
    }
  },
};

const inAction = (state: Review, number: number, change: (action: Action) => Action): Review => ({
  ...state,
  actions: state.actions.map((action) => (action.number === number ? change(action) : action)),
});

/** Who takes part: who called it, whose the record is, who is invited, and who has something to do. */
export const peopleOf = ({ by, owner, people, actions }: Review): readonly PersonId[] => [
  ...new Set([by, ...(owner === undefined ? [] : [owner]), ...people, ...actions.map((action) => action.owner)]),
];

/** The action of that number. */
export const actionOf = ({ actions }: Review, number: number): Action | undefined => actions.find((one) => one.number === number);

/** Those of these people, or who keep reviews. Refuses `review-not-yours`. */
function among(people: readonly (PersonId | undefined)[], { actor, org, record }: Context): Refusal | undefined {
  if (actor.person === BELLMAN || people.includes(actor.person) || KEEPERS.some((role) => actor.roles.has(role)))
    return undefined;
  const whose = [...new Set([...people.filter((person) => person !== undefined), ...holdersOf(org, ...KEEPERS)])];
  return refuse('review-not-yours', { record, people: whose.length > 0 ? whose : holdersOf(org, 'admin') });
}

function schedule(
  { status }: Review,
  command: Extract<ReviewCommand, { type: 'schedule' }>,
  context: Context,
): Decision<ReviewEvent> {
  if (status !== 'none') return accept();
  const { of, title, when, people, owner, class: guarded } = command;
  const { actor, now } = context;
  if (!/^(INC|PRB)-/u.test(of)) return refuse('review-of-what', { record: of });
  const refused = among([owner], { ...context, record: of });
  if (refused) return refused;
  if (when <= now) return refuse('review-is-past', { at: when });
  return accept({
    type: 'scheduled',
    kind: kindOf(of),
    of,
    when,
    people,
    by: actor.person,
    ...(owner === undefined ? {} : { owner }),
    ...(guarded === undefined ? {} : { class: guarded }),
    words: { title },
  });
}

type Keeping = Exclude<ReviewCommand, { type: 'schedule' | 'classify' }>;

function keep(state: Review, command: Keeping, context: Context): Decision<ReviewEvent> {
  const { actor, now, record } = context;
  const done = { by: actor.person, at: now };
  switch (command.type) {
    case 'circulate':
      return state.status === 'planned' ? accept({ type: 'circulated', words: { timeline: command.timeline } }) : accept();
    case 'act': {
      const refused = among(peopleOf(state), context);
      if (refused) return refused;
      if (state.actions.length >= MOST_ACTIONS) return refuse('too-many-actions', { record, most: MOST_ACTIONS });
      const { what, owner, due } = command;
      return accept({ type: 'action-added', action: state.actions.length + 1, owner, due, by: actor.person, words: { what } });
    }
    case 'done': {
      const action = actionOf(state, command.action);
      if (!action) return refuse('unknown-action', { record, said: command.action });
      const refused = among([action.owner, state.by], context);
      return refused ?? (action.done ? accept() : accept({ type: 'action-done', action: action.number, ...done }));
    }
    case 'chase': {
      const action = actionOf(state, command.action);
      return action && !action.done
        ? accept({ type: 'action-chased', action: action.number, next: now + CHASED_EVERY })
        : accept();
    }
    case 'settle':
      return requireRole(context, 'problem-manager') ?? accept({ type: 'settled', words: { text: command.text }, ...done });
    case 'minute': {
      const refused = among(peopleOf(state), context);
      if (refused) return refused;
      return command.text === state.minutes?.text
        ? accept()
        : accept({ type: 'minuted', words: { text: command.text }, ...done });
    }
    case 'close': {
      const refused = among([state.by, state.owner], context);
      if (refused) return refused;
      if (!state.minutes) return refuse('minutes-missing', { record });
      const open = state.actions.filter((action) => !action.done).map(({ number }) => String(number));
      return open.length > 0 ? refuse('actions-open', { record, actions: open }) : accept({ type: 'closed', ...done });
    }
    default:
      return command satisfies never;
  }
}
