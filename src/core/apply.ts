/** Deciding in memory: one loaded record, one command, and everything that follows from it in the same transaction. */
import type { Ask, RecordView } from './ask.ts';
import type { House } from './house.ts';
import { stateOf } from './house.ts';
import type { Instant } from './instant.ts';
import { type Entry, type Head, nextEntry } from './journal.ts';
import { guardedOf, isPrivate, mayHear } from './reading.ts';
import {
  type Actor,
  bellmanItself,
  type Context,
  type Counter,
  type DataClass,
  type Heading,
  type Org,
  type Reader,
  type RecordId,
  type Typed,
  USUAL_CLASS,
} from './record.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

/** A record as loaded under its lock; `apply` moves it on. */
export interface Loaded {
  readonly id: RecordId;
  head: Head;
  readonly states: Record<string, unknown>;
  readonly changed: Set<string>;
  readonly entries: Entry[];
  readonly asks: Exclude<Ask, { ask: 'command' }>[];
  heading?: Heading;
  /** Who may read it now, where that is to be written: it is private, and something changed of whom it names. */
  people?: readonly Reader[];
  /** How far it may be known after what was decided. */
  class?: DataClass;
  /** It has become private: what waits to be said elsewhere is not said any more. */
  hushed?: true;
}

export interface Accepted {
  readonly record: RecordId;
  readonly events: readonly Typed[];
  readonly view: RecordView;
  readonly now: Instant;
}

type Next =
  | { readonly part: string; readonly event: Typed; readonly actor: Actor }
  | { readonly part: string; readonly command: Typed };

/** A chain of reactions longer than this is a circle. */
const LONGEST_CHAIN = 50;

/**
 * Decides a command on a loaded record and evolves it, reactions included. Nothing of the record is changed when it is refused.
 * Refuses `cannot-act` to whoever has left. What reactions say about a private record reaches only who may hear of it. A command that a reaction asks for is decided in its turn, by Bellman itself. Throws when reactions go in a circle.
 */
export function apply(
  house: House,
  record: Loaded,
  command: { readonly part: string; readonly command: Typed },
  known: {
    readonly actor: Actor;
    readonly org: Org;
    readonly now: Instant;
    readonly take?: (counter: Counter) => number;
  },
): Accepted | Refusal {
  const context: Context = {
    record: record.id,
    org: known.org,
    now: known.now,
    actor: known.actor,
    // A part that has no state yet does not exist for the others.
    other: (part) => (part.name in record.states ? stateOf(record.states)(part) : undefined),
    take: known.take ?? untaken,
  };
  if (known.org.inactive?.includes(known.actor.person)) return refuse('cannot-act');
  const first = house.part(command.part);
  const decision = first.decide(stateOf(record.states)(first), command.command, context);
  if (isRefusal(decision)) return decision;

  const before = guardedOf(house.part, record.states).class;
  const happened: Typed[] = [];
  const queue: Next[] = decision.map((event) => ({ part: first.name, event, actor: known.actor }));
  for (let steps = 0; queue.length > 0; steps += 1) {
    if (steps > LONGEST_CHAIN * Math.max(1, decision.length)) throw new Error(`Reactions of ${first.name} go in a circle`);
    const next = queue.shift() as Next;
    const part = house.part(next.part);
    if ('command' in next) {
      const follows = part.decide(stateOf(record.states)(part), next.command, { ...context, actor: bellmanItself });
      // What a reaction asked for and a rule refuses is simply not so: the rule is the one that knows.
      if (!isRefusal(follows)) queue.unshift(...follows.map((event) => ({ part: part.name, event, actor: bellmanItself })));
      continue;
    }
    const state = part.evolve(stateOf(record.states)(part), next.event);
    record.states[part.name] = state;
    record.changed.add(part.name);
    if (part.heading) record.heading = part.heading(state);
    const guarded = guardedOf(house.part, record.states);
    if (isPrivate(guarded.class) && (part.heading || part.people)) record.people = guarded.people;
    const view = viewOf({ ...record, class: guarded.class });
    const entry = nextEntry(record.id, record.head, part.name, next.event, next.actor.person, known.now);
    record.head = { seq: entry.seq, hash: entry.hash };
    record.entries.push(entry);
    happened.push(next.event);
    for (const ask of house.react(part.name, next.event, view, { ...context, actor: next.actor })) {
      if (ask.ask === 'say' && ask.update === undefined && !ask.bare && !mayHear(guarded, ask.to, known.org, known.now)) continue;
      if (ask.ask === 'command') queue.push({ part: ask.part, command: ask.command });
      else record.asks.push(ask);
    }
  }
  const { class: of } = guardedOf(house.part, record.states);
  record.class = of;
  if (of !== before) record.asks.push({ ask: 'refresh' });
  if (isPrivate(of) && !isPrivate(before)) record.hushed = true;
  return { record: record.id, events: happened, view: viewOf({ ...record, class: of }), now: known.now };
}

function untaken(counter: Counter): never {
  throw new Error(`A number of ${counter} was taken that no part had named`);
}

/** The record as it stands now, for reactions and cards. */
export function viewOf(record: Pick<Loaded, 'id' | 'head' | 'states'> & { readonly class?: DataClass }): RecordView {
  const states = { ...record.states };
  return { id: record.id, seq: record.head.seq, class: record.class ?? USUAL_CLASS, state: stateOf(states) };
}
