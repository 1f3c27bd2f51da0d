/** How an incident ends after it was resolved: closed with a category, or because it is the same as another one (P14). Pure. */
import type { Instant } from '../core/instant.ts';
import { isPrivate } from '../core/reading.ts';
import {
  accept,
  BELLMAN,
  type Context,
  type DataClass,
  type Decision,
  type PersonId,
  type RecordId,
  USUAL_CLASS,
} from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import type { Intake } from './intake.ts';
import { mayManage, type Standing, type StandingEvent, type StandingRoles } from './standing.ts';

/**
 * What an incident came to:
 * `fixed` it works as it did · `worked-around` people can work, the fault is still there · `duplicate` another incident has it ·
 * `not-reproducible` nobody could see it again · `no-fault` it works as it should · `caused-by-change` a change did it.
 */
export const CLOSURES = ['fixed', 'worked-around', 'duplicate', 'not-reproducible', 'no-fault', 'caused-by-change'] as const;
export type Closure = (typeof CLOSURES)[number];

export interface Closing {
  readonly closed?: { readonly category: Closure; readonly at: Instant; readonly by: PersonId } | undefined;
  /** The incident as which it goes on. */
  readonly into?: RecordId | undefined;
  /** The incidents that were the same as this one. */
  readonly merged?: readonly RecordId[];
}

export type ClosingCommand =
  | { readonly type: 'close'; readonly category: Closure }
  | { readonly type: 'merge'; readonly into: RecordId }
  /** From a problem that it is a sign of: it is closed, and with it what is still open here. */
  | { readonly type: 'solved'; readonly problem: RecordId; readonly category: Closure; readonly resolution: string }
  /** From the other one: it goes on here, and its people with it. */
  | { readonly type: 'absorb'; readonly incident: RecordId; readonly people: readonly PersonId[] };

export type ClosingEvent =
  | { readonly type: 'closed'; readonly category: Closure; readonly at: Instant; readonly by: PersonId; readonly into?: RecordId }
  | { readonly type: 'absorbed'; readonly incident: RecordId; readonly people: readonly PersonId[] };

interface Ending extends Closing {
  readonly intake: Intake;
  readonly standing: Standing;
  readonly class?: DataClass;
}

/** Refuses `not-yours`, `is-closed`, `not-resolved`, `close-incomplete` (fact `missing`), `merges-itself`. */
export function decideClosing(
  state: Ending,
  command: ClosingCommand,
  roles: StandingRoles,
  context: Context,
): Decision<ClosingEvent | StandingEvent> {
  const { actor, record, now } = context;
  const { standing, closed, intake } = state;
  if (command.type === 'absorb') return absorb(state, command, context);
  if (command.type === 'solved') return solved(state, command, context);
  const refused = mayManage(standing, roles, context);
  if (refused) return refused;
  if (closed) return refuse('is-closed', { record, at: closed.at });
  if (command.type === 'merge') {
    const { into } = command;
    if (into === record) return refuse('merges-itself', { record });
    const resolution = `It is the same as ${into}, where the work goes on.`;
    const { major } = standing;
    return accept<ClosingEvent | StandingEvent>(
      ...(standing.status === 'open' ? [{ type: 'resolved', at: now, major, into, words: { resolution } } as const] : []),
      { type: 'closed', category: 'duplicate', at: now, by: actor.person, into },
    );
  }
  if (standing.status === 'open') return refuse('not-resolved', { record });
  const missing = [...(intake.details === '' ? ['details'] : []), ...(intake.category === undefined ? ['category'] : [])];
  if (missing.length > 0) return refuse('close-incomplete', { record, missing });
  return accept({ type: 'closed', category: command.category, at: now, by: actor.person });
}

/** Its people read what solved it, and it is closed; what is resolved already its own people close. */
function solved(
  { standing, closed }: Ending,
  { category, resolution }: Extract<ClosingCommand, { type: 'solved' }>,
  { actor, now }: Context,
): Decision<ClosingEvent | StandingEvent> {
  if (actor.person !== BELLMAN || closed || standing.status === 'resolved') return accept();
  return accept<ClosingEvent | StandingEvent>(
    { type: 'resolved', at: now, major: standing.major, words: { resolution } },
    { type: 'closed', category, at: now, by: actor.person },
  );
}

/** Its people hear from here how it goes on, unless this one is guarded: then somebody has to let them in. */
function absorb(
  { merged = [], class: of = USUAL_CLASS, into, standing }: Ending,
  { incident, people }: Extract<ClosingCommand, { type: 'absorb' }>,
  { actor, record }: Context,
): Decision<ClosingEvent | StandingEvent> {
  if (actor.person !== BELLMAN || merged.includes(incident)) return accept();
  // Merged into each other in the same moment: one of them has to go on.
  const both = into === incident && numberOf(record) < numberOf(incident);
  const reason = `It was merged both ways with ${incident}; this one goes on.`;
  return accept<ClosingEvent | StandingEvent>(
    ...(both ? [{ type: 'reopened', major: standing.major, words: { reason } } as const] : []),
    { type: 'absorbed', incident, people: isPrivate(of) ? [] : people },
  );
}

const numberOf = (record: RecordId): number => Number(record.slice(record.indexOf('-') + 1));

/** How it has ended after an event. */
export function evolveClosing<S extends Closing & { readonly joined?: readonly PersonId[] }>(state: S, event: ClosingEvent): S {
  switch (event.type) {
    case 'closed':
      return { ...state, closed: { category: event.category, at: event.at, by: event.by }, into: event.into };
    case 'absorbed':
      return {
        ...state,
        merged: [...(state.merged ?? []), event.incident],
        joined: [...new Set([...(state.joined ?? []), ...event.people])],
      };
    default:
      return event satisfies never;
  }
}
