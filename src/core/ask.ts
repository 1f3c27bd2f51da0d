/** What a reaction may ask for; `transact` writes it in the same transaction as the event. */
import type { Instant } from './instant.ts';
import {
  BELLMAN,
  type Context,
  type DataClass,
  type PartName,
  type PersonId,
  type RecordId,
  type RecordKind,
  type Typed,
} from './record.ts';

/** Where something is to be said: a known place (`slack/channel/C1`) or a person, wherever that person listens. */
export type Recipient =
  | { readonly place: string }
  | { readonly person: PersonId }
  /** Every member of this version of a stored list who has not unsubscribed. */
  | { readonly list: string; readonly version: number; readonly except?: readonly string[] }
  /** Every place that got one of these updates of this record, or any of its updates. */
  | { readonly told: readonly string[] | 'all'; readonly except?: readonly string[] };

/** Smaller goes first: emergency services 0, customers 3, ordinary notices 5, reports 9. */
export type Urgency = number;

export type Ask =
  | { readonly ask: 'timer'; readonly key: string; readonly at: Instant; readonly part: string; readonly command: Typed }
  | { readonly ask: 'no-timer'; readonly key: string }
  | {
      readonly ask: 'say';
      readonly to: Recipient;
      /** A card in the neutral form. */
      readonly content: object;
      readonly urgency?: Urgency;
      /** The name under which the card is rendered anew when refreshed: `plan`, or with what it is about `draft:PRB-1.3`. */
      readonly live?: string;
      /** The update that this delivery carries; its authority is checked again before it is sent. */
      readonly update?: string;
      /** It tells nothing of the record, so that anybody may get it even while the record is private. */
      readonly bare?: true;
    }
  /** A row of a projection: what lists and figures are read from; kept with the event it follows from. */
  | { readonly ask: 'project'; readonly into: string; readonly row: Readonly<Record<string, unknown>> }
  | { readonly ask: 'refresh'; readonly live?: string }
  | { readonly ask: 'unsay'; readonly update: string }
  | { readonly ask: 'command'; readonly part: string; readonly command: Typed }
  | { readonly ask: 'elsewhere'; readonly record: RecordId; readonly part: string; readonly command: Typed }
  /** The command is decided on every record of this kind that stands so now, each in its own transaction. */
  | {
      readonly ask: 'each';
      readonly of: RecordKind;
      readonly status: string;
      readonly part: string;
      readonly command: Typed;
    }
  /** The identity belongs to this person from now on. */
  | { readonly ask: 'join'; readonly platform: string; readonly user: string; readonly person: PersonId }
  | { readonly ask: 'link'; readonly to: RecordId }
  | { readonly ask: 'unlink'; readonly to: RecordId };

/** Asks that each of these people is told this, once; Bellman itself is nobody to tell. */
export const tell = (
  people: Iterable<PersonId>,
  content: object,
  how: { readonly live?: string; readonly urgency?: Urgency } = {},
): readonly Ask[] =>
  [...new Set(people)].filter((person) => person !== BELLMAN).map((person) => ({ ask: 'say', to: { person }, content, ...how }));

/** A record after an event, as reactions and cards read it. */
export interface RecordView {
  readonly id: RecordId;
  readonly seq: number;
  /** How far it may be known. */
  readonly class: DataClass;
  readonly state: <S>(part: PartName<S>) => S;
}

/** What follows from one kind of event. Pure: it only asks. */
export interface Reaction {
  readonly part: string;
  readonly on: string;
  readonly react: (event: Typed, view: RecordView, context: Context) => readonly Ask[];
}

/** The events of `E` that may be of type `T`, seen as being so. */
export type EventOf<E extends Typed, T> = E extends Typed ? (T extends E['type'] ? E & { readonly type: T } : never) : never;

/** Declares what follows from an event of a part. */
export const when = <E extends Typed, T extends E['type']>(
  part: string,
  on: T,
  react: (event: EventOf<E, T>, view: RecordView, context: Context) => readonly Ask[],
): Reaction => ({
  part,
  on,
  // The registry calls a reaction only with events of the type that it named.
  react: react as unknown as Reaction['react'],
});
