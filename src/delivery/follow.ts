/** What follows from how a delivery ended; it is written in the same statement as the end, so it is never lost. */
import type { Card } from '../chat/card.ts';
import type { Place } from '../chat/port.ts';
import type { Urgency } from '../core/ask.ts';
import type { RecordId, Typed } from '../core/record.ts';
import type { Delivery } from './protocol.ts';

export type Ending =
  | { readonly is: 'sent' }
  | { readonly is: 'failed'; readonly why: string }
  /** It was not taken for some minutes, and is tried again. */
  | { readonly is: 'held up'; readonly why: string }
  /** It may have arrived; Bellman is finding out. */
  | { readonly is: 'unknown'; readonly why: string }
  /** It may have arrived, and a person decides: `sendAgain` or `leave`. */
  | { readonly is: 'unsure'; readonly why: string }
  /** It may not be sent any more. */
  | { readonly is: 'cancelled'; readonly why: string }
  /** It had arrived more than once; so many later ones were removed. */
  | { readonly is: 'twins removed'; readonly count: number };

export type Follow =
  /** A command on a record, by Bellman itself, in a transaction of its own soon after. */
  | { readonly do: 'command'; readonly record: RecordId; readonly part: string; readonly command: Typed }
  /** Another delivery, for example to where it can be said when a direct message is closed; with an update, its authority is checked again. */
  | {
      readonly do: 'say';
      readonly record: RecordId;
      readonly to: Place;
      readonly content: Card;
      readonly urgency?: Urgency;
      readonly update?: string;
    };

/** Decides what follows. It may be asked again when the process dies before the end is written. */
export type Follows = (delivery: Delivery, ending: Ending) => Promise<readonly Follow[]> | readonly Follow[];
