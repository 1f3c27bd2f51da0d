/**
 * Calls made by hand: an update that goes to a telephone number is given to a named person with the number and what to say, and it is
 * kept who called when. Pure. Source: design section 5 (phone by hand); M5.
 */
import type { Block } from '../chat/card.ts';
import { type Instant, MINUTE, type Span } from '../core/instant.ts';
import { accept, BELLMAN, type Context, type Decision, holdersOf, type Part, type PersonId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { plan as planPart } from './part.ts';

/** So long after it was asked for, whoever was to call is reminded; so long after that, somebody else is asked, or the owner told. */
export const CALL_WAIT: Span = 15 * MINUTE;
/** Nobody answered the telephone: it is tried again after this, so many times in all. */
export const CALL_AGAIN: Span = 10 * MINUTE;
export const CALL_TRIES = 3;

export interface CallByHand {
  /** The deliveries that it carries: a long update has several. */
  readonly deliveries: readonly string[];
  readonly update: string;
  readonly place: string;
  /** Who is asked to call now, and who was before. */
  readonly person: PersonId;
  readonly before: readonly PersonId[];
  readonly number: string;
  readonly title: string;
  readonly script: readonly Block[];
  /** `asked`: somebody is to call. `later`: nobody answered, it is tried again. Over: `made`, `failed`, `replaced` by a newer text. */
  readonly status: 'asked' | 'later' | 'made' | 'failed' | 'replaced';
  readonly reminded: boolean;
  readonly unanswered: number;
  readonly at: Instant;
  readonly by?: PersonId | undefined;
  readonly note?: string | undefined;
}

/** The calls of a record by the id of the first delivery of each. */
export interface Calls {
  readonly calls: Readonly<Record<string, CallByHand>>;
}

export type CallsCommand =
  /** From the way out: this is to be said at that number. */
  | {
      readonly type: 'ask-call';
      readonly delivery: string;
      readonly update: string;
      readonly place: string;
      readonly person: PersonId;
      readonly number: string;
      readonly title: string;
      readonly script: readonly Block[];
    }
  | { readonly type: 'called'; readonly call: string }
  | { readonly type: 'no-answer'; readonly call: string; readonly note?: string | undefined }
  /** From a timer: time to remind, to ask again, or to ask somebody else. */
  | { readonly type: 'call-tick'; readonly call: string };

/** Numbers and what was said are `words`: they are about people outside. */
export type CallsEvent =
  | {
      readonly type: 'call-asked';
      readonly call: string;
      readonly update: string;
      readonly person: PersonId;
      readonly at: Instant;
      readonly words: {
        readonly place: string;
        readonly number: string;
        readonly title: string;
        readonly script: readonly Block[];
      };
    }
  | {
      readonly type: 'call-extended';
      readonly call: string;
      readonly delivery: string;
      readonly words: { readonly script: readonly Block[] };
    }
  | { readonly type: 'call-made'; readonly call: string; readonly by: PersonId; readonly at: Instant }
  | {
      readonly type: 'call-unanswered';
      readonly call: string;
      readonly by: PersonId;
      readonly at: Instant;
      readonly tries: number;
      readonly words: { readonly note?: string | undefined };
    }
  /** A newer update goes to the same number: what was not said yet need not be said any more. */
  | { readonly type: 'call-replaced'; readonly call: string; readonly at: Instant }
  | { readonly type: 'call-again'; readonly call: string; readonly at: Instant }
  | { readonly type: 'call-reminded'; readonly call: string; readonly at: Instant }
  | { readonly type: 'call-passed'; readonly call: string; readonly to: PersonId; readonly at: Instant }
  | {
      readonly type: 'call-failed';
      readonly call: string;
      readonly why: 'no-answer' | 'nobody-called' | 'stopped';
      readonly at: Instant;
    };

/** Refuses `unknown-call`, `call-over`, `not-your-call`. What is known already changes nothing. */
function decide({ calls }: Calls, command: CallsCommand, context: Context): Decision<CallsEvent> {
  if (command.type === 'ask-call') return ask(calls, command, context);
  const call = calls[command.call];
  if (!call) return command.type === 'call-tick' ? accept() : refuse('unknown-call');
  if (command.type === 'call-tick') return tick(command.call, call, context);
  const { actor, org, now, record } = context;
  if (!isOpen(call))
    return call.status === 'made' && call.by === actor.person && command.type === 'called'
      ? accept()
      : refuse('call-over', { record });
  const owner = context.other(planPart)?.owner;
  const mayTell =
    [call.person, ...call.before, owner].includes(actor.person) || holdersOf(org, 'communications').includes(actor.person);
  if (!mayTell) return refuse('not-your-call', { people: [call.person] });
  if (command.type === 'called') return accept({ type: 'call-made', call: command.call, by: actor.person, at: now });
  const tries = call.unanswered + 1;
  const unanswered: CallsEvent = {
    type: 'call-unanswered',
    call: command.call,
    by: actor.person,
    at: now,
    tries,
    words: { note: command.note },
  };
  return tries < CALL_TRIES
    ? accept(unanswered)
    : accept<CallsEvent>(unanswered, { type: 'call-failed', call: command.call, why: 'no-answer', at: now });
}

function ask(
  calls: Calls['calls'],
  command: Extract<CallsCommand, { type: 'ask-call' }>,
  { actor, now }: Context,
): Decision<CallsEvent> {
  if (actor.person !== BELLMAN) return refuse('unknown-call');
  const { delivery, update, place, person, number, title, script } = command;
  const known = Object.entries(calls).find(([, call]) => call.update === update && call.place === place);
  if (!known) {
    const waiting = Object.entries(calls).filter(([, call]) => call.place === place && isOpen(call));
    return accept<CallsEvent>(...waiting.map(([call]): CallsEvent => ({ type: 'call-replaced', call, at: now })), {
      type: 'call-asked',
      call: delivery,
      update,
      person,
      at: now,
      words: { place, number, title, script },
    });
  }
  const [call, { deliveries }] = known;
  return deliveries.includes(delivery) ? accept() : accept({ type: 'call-extended', call, delivery, words: { script } });
}

/** Reminded once, then the deputy is asked; when there is none any more, it failed and the owner is told. */
function tick(id: string, call: CallByHand, { org, now, other }: Context): Decision<CallsEvent> {
  if (!isOpen(call) || now < dueOf(call)) return accept();
  if (other(planPart)?.outcomes[call.update]?.stopped !== undefined)
    return accept({ type: 'call-failed', call: id, why: 'stopped', at: now });
  if (call.status === 'later') return accept({ type: 'call-again', call: id, at: now });
  if (!call.reminded) return accept({ type: 'call-reminded', call: id, at: now });
  const deputy = org.delegations[call.person];
  const free =
    deputy && deputy.until > now && ![call.person, ...call.before].includes(deputy.to) && !org.inactive?.includes(deputy.to);
  return free
    ? accept({ type: 'call-passed', call: id, to: deputy.to, at: now })
    : accept({ type: 'call-failed', call: id, why: 'nobody-called', at: now });
}

const isOpen = ({ status }: CallByHand): boolean => status === 'asked' || status === 'later';

/** When something is to be done about a call that is not over. */
export const dueOf = ({ at, status }: Pick<CallByHand, 'at' | 'status'>): Instant =>
  at + (status === 'later' ? CALL_AGAIN : CALL_WAIT);

function evolve({ calls }: Calls, event: CallsEvent): Calls {
  const changed = (change: (call: CallByHand) => CallByHand): Calls => {
    const call = calls[event.call];
    return call ? { calls: { ...calls, [event.call]: change(call) } } : { calls };
  };
  switch (event.type) {
    case 'call-asked': {
      const { call, update, person, at, words } = event;
      const asked: CallByHand = {
        deliveries: [call],
        update,
        person,
        before: [],
        status: 'asked',
        reminded: false,
        unanswered: 0,
        at,
        ...words,
      };
      return { calls: { ...calls, [call]: asked } };
    }
    case 'call-extended':
      return changed((call) => ({
        ...call,
        deliveries: [...call.deliveries, event.delivery],
        script: [...call.script, ...event.words.script],
      }));
    case 'call-made':
      return changed((call) => ({ ...call, status: 'made', by: event.by, at: event.at }));
    case 'call-unanswered':
      return changed((call) => ({ ...call, status: 'later', unanswered: event.tries, note: event.words.note, at: event.at }));
    case 'call-again':
      return changed((call) => ({ ...call, status: 'asked', reminded: false, at: event.at }));
    case 'call-reminded':
      return changed((call) => ({ ...call, reminded: true, at: event.at }));
    case 'call-passed':
      return changed((call) => ({
        ...call,
        person: event.to,
        before: [...call.before, call.person],
        status: 'asked',
        reminded: false,
        at: event.at,
      }));
    case 'call-replaced':
      return changed((call) => ({ ...call, status: 'replaced', at: event.at }));
    case 'call-failed':
      return changed((call) => ({ ...call, status: 'failed', at: event.at }));
    default:
      return event satisfies never;
  }
}

/** The part `calls` of a record that has a plan. */
export const calls: Part<Calls, CallsCommand, CallsEvent> = {
  name: 'calls',
  initial: { calls: {} },
  decide,
  evolve,
  // Whoever is to read it out may know of it.
  people: (state) => Object.values(state.calls).flatMap(({ person, before }) => [person, ...before]),
};
