/** What the console keeps: the people and channels of the trial, and everything said in them. `main.ts` supplies it, so that it survives a restart. */
import type { Place } from '../../src/chat/port.ts';

/** Somebody whom the person switcher offers. */
export interface ConsolePerson {
  /** Lower case, unique, at most 30 characters; it is the user id too. */
  readonly handle: string;
  readonly name: string;
  /** What they do, shown beside the name; may be empty. */
  readonly title: string;
}

export interface NewMessage {
  readonly place: Place;
  /** The handle of the only person who may read it; everybody at the place, if absent. */
  readonly only?: string;
  /** The handle of who said it; Bellman, if absent. */
  readonly author?: string;
  /** JSON that the adapter alone writes and reads. */
  readonly content: unknown;
  readonly delivery?: string;
  /** A repeat with the same key is the same message. Deliveries have none: twins must stay visible. */
  readonly key?: string;
}

export interface StoredMessage extends Omit<NewMessage, 'key'> {
  /** Digits; a later message has a higher number. */
  readonly id: string;
  /** Milliseconds since 1970, by the database's clock. */
  readonly at: number;
  /** 1 at first; one more with each edit. */
  readonly version: number;
}

/** What happened in the store, in whichever process. */
export type StoreChange =
  | { readonly kind: 'message'; readonly id: string }
  | { readonly kind: 'removed'; readonly id: string; readonly place: Place }
  /** Some changes may have been missed; from now on none is. */
  | { readonly kind: 'again' }
  | { readonly kind: 'people' }
  | { readonly kind: 'channels' };

export interface ConsoleStore {
  /** In the order in which they were added. */
  readonly people: () => Promise<readonly ConsolePerson[]>;
  /** Harmless when the handle is there already. */
  readonly addPerson: (person: ConsolePerson) => Promise<void>;
  /** Names without `#`, in the order in which they were added. */
  readonly channels: () => Promise<readonly string[]>;
  /** Harmless when the name is there already. */
  readonly addChannel: (name: string) => Promise<void>;
  /** Appends; a message whose key is there already is returned as it stands. */
  readonly add: (message: NewMessage) => Promise<StoredMessage>;
  /** Whether there was such a message. */
  readonly edit: (id: string, content: unknown) => Promise<boolean>;
  readonly remove: (id: string) => Promise<boolean>;
  readonly message: (id: string) => Promise<StoredMessage | undefined>;
  /** The last `most` of each place that `reader` may read, oldest first. */
  readonly latest: (places: readonly Place[], reader: string, most: number) => Promise<readonly StoredMessage[]>;
  /** The last `most` before a message, oldest first. */
  readonly before: (place: Place, reader: string, id: string, most: number) => Promise<readonly StoredMessage[]>;
  /** Everything posted there for this delivery, oldest first. */
  readonly byDelivery: (place: Place, delivery: string, since: Date) => Promise<readonly StoredMessage[]>;
  /** Hears of every change until the returned function is called. */
  readonly watch: (listener: (change: StoreChange) => void) => Promise<() => Promise<void>>;
}
