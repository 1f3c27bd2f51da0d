/**
 * A known error: what a fault looks like and what helps until it is mended, kept so that whoever meets it again need not find out
 * anew (P10). Pure. It comes from a problem, and stays when that is resolved, until somebody retires it.
 */
import { type Classified, type Classify, classify } from '../core/classify.ts';
import type { Instant } from '../core/instant.ts';
import {
  accept,
  type Context,
  type DataClass,
  type Decision,
  type Part,
  type PersonId,
  type RecordId,
  type Role,
  requireRole,
  USUAL_CLASS,
} from '../core/record.ts';
import { refuse } from '../core/refusal.ts';

export interface KnownError {
  readonly status: 'none' | 'current' | 'retired';
  readonly raised?: { readonly by: PersonId; readonly at: Instant };
  /** The problem whose error it is. */
  readonly problem: RecordId;
  /** How far it may be known: as its problem was when it was recorded; absent: as records usually are. */
  readonly class?: DataClass;
  readonly title: string;
  readonly symptom: string;
  /** What helps meanwhile, or the solution that is proposed. */
  readonly workaround: string;
  readonly retired?: { readonly by: PersonId; readonly at: Instant; readonly reason: string };
}

/** What people write of it. */
export interface Description {
  readonly title: string;
  readonly symptom: string;
  readonly workaround: string;
}

export type KnownErrorCommand =
  | { readonly type: 'record'; readonly problem: RecordId; readonly class?: DataClass; readonly description: Description }
  | { readonly type: 'describe'; readonly description: Description }
  | { readonly type: 'retire'; readonly reason: string }
  | Classify;

export type KnownErrorEvent =
  | {
      readonly type: 'recorded';
      readonly by: PersonId;
      readonly at: Instant;
      readonly problem: RecordId;
      readonly class?: DataClass;
      readonly words: Description;
    }
  | { readonly type: 'described'; readonly words: Description }
  | { readonly type: 'retired'; readonly by: PersonId; readonly at: Instant; readonly words: { readonly reason: string } }
  | Classified;

/** Those who keep known errors. */
export const KEEPERS: readonly Role[] = ['problem-manager', 'incident-manager', 'service-desk'];

const same = (a: Description, b: Description): boolean =>
  a.title === b.title && a.symptom === b.symptom && a.workaround === b.workaround;

/** The rules of known errors. Refuses `role-needed`, `unknown-record`, `is-retired`. */
export const knownError: Part<KnownError, KnownErrorCommand, KnownErrorEvent> = {
  name: 'known-error',
  initial: { status: 'none', problem: '', title: '', symptom: '', workaround: '' },
  people: ({ raised }) => [...(raised ? [raised.by] : []), 'problem-manager'],
  heading: ({ title, status, raised, problem, class: of }) => ({
    title,
    status,
    ...(raised ? { owner: raised.by } : {}),
    links: problem === '' ? [] : [problem],
    class: of,
  }),
  decide(state, command, context): Decision<KnownErrorEvent> {
    if (command.type === 'classify') {
      const whose = { own: [state.raised?.by], managing: ['problem-manager'] } as const;
      if (state.status === 'none') return refuse('unknown-record', { record: context.record });
      return classify(state.class ?? USUAL_CLASS, command.class, whose, context);
    }
    const lacking = requireRole(context, ...KEEPERS);
    if (lacking) return lacking;
    return command.type === 'record' ? record(state, command, context) : keep(state, command, context);
  },
  evolve(state, event): KnownError {
    switch (event.type) {
      case 'recorded':
        return {
          ...state,
          ...event.words,
          ...(event.class === undefined ? {} : { class: event.class }),
          status: 'current',
          problem: event.problem,
          raised: { by: event.by, at: event.at },
        };
      case 'described':
        return { ...state, ...event.words };
      case 'classified':
        return { ...state, class: event.class };
      case 'retired':
        return { ...state, status: 'retired', retired: { by: event.by, at: event.at, reason: event.words.reason } };
      default:
        return event satisfies never;
    }
  },
};

/** Recorded once; asked for again, nothing changes. */
const record = (
  { status }: KnownError,
  { problem, class: of, description }: Extract<KnownErrorCommand, { type: 'record' }>,
  { actor, now }: Context,
): Decision<KnownErrorEvent> =>
  status === 'none'
    ? accept({
        type: 'recorded',
        by: actor.person,
        at: now,
        problem,
        ...(of === undefined ? {} : { class: of }),
        words: description,
      })
    : accept();

function keep(
  state: KnownError,
  command: Exclude<KnownErrorCommand, { type: 'record' | 'classify' }>,
  { actor, now, record: id }: Context,
): Decision<KnownErrorEvent> {
  if (state.status === 'none') return refuse('unknown-record', { record: id });
  if (state.status === 'retired') return refuse('is-retired', { record: id, at: state.retired?.at ?? 0 });
  if (command.type === 'retire') return accept({ type: 'retired', by: actor.person, at: now, words: { reason: command.reason } });
  return same(state, command.description) ? accept() : accept({ type: 'described', words: command.description });
}
