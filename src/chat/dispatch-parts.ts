/** What the dispatch is made of: who people are, what is stored, and what it changes things with. `main.ts` supplies it. */
import type { viewOf } from '../core/apply.ts';
import type { Instant, Span } from '../core/instant.ts';
import type { Org, PersonId, RecordId } from '../core/record.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Transact } from '../core/transact.ts';
import type { Database } from '../db/database.ts';
import type { RawAnswers } from './form.ts';
import type { Written } from './marked.ts';
import type { Asker, Intent, Place } from './port.ts';
import type { Registry } from './registry.ts';

/** Who somebody is, and where. `people` implements it; `main.ts` supplies it. */
export interface ResolveActor {
  /** The person behind an identity; an unknown one is welcomed and gets an id. */
  readonly person: (asker: Asker) => Promise<PersonId>;
  /** By user id, handle or person id, as the platform knows it. */
  readonly find: (platform: string, said: string) => Promise<PersonId | undefined>;
  readonly channel: (platform: string, idOrName: string) => Promise<Place | undefined>;
  /** Refuses `group-closed` where the platform does not say. */
  readonly group: (platform: string, idOrName: string) => Promise<Place | Refusal | undefined>;
  /** The places of everybody in a group. Refuses `group-closed`. */
  readonly members: (group: Place) => Promise<readonly Place[] | Refusal>;
  readonly direct: (platform: string, person: PersonId) => Promise<Place | undefined>;
  readonly checkPlace: (place: Place) => Promise<Refusal | undefined>;
  /** A message that somebody wrote there, as it is now; undefined when it is gone. */
  readonly written: (place: Place, message: string) => Promise<Written | undefined>;
  readonly lacks: () => Promise<readonly string[]>;
  /** The ways out that are connected, by their platforms' names. */
  readonly ways: () => readonly string[];
  readonly name: (person: PersonId) => Promise<string>;
}

/** Stored reads and writes that the dispatch needs; `chat/store.ts` implements it. */
export interface DispatchStore {
  readonly now: () => Promise<Instant>;
  /** Undefined too for a reader who may not know of the record. */
  readonly view: (record: RecordId, reader: PersonId) => Promise<Parameters<typeof viewOf>[0] | undefined>;
  readonly org: () => Promise<Org>;
  readonly saveDraft: (draft: Draft) => Promise<void>;
  readonly draft: (id: string) => Promise<Draft | undefined>;
  readonly dropDraft: (id: string) => Promise<void>;
  /** Keeps an intent that could not be answered in time; a worker finishes it, after `lease` milliseconds. */
  readonly postpone: (intent: Intent, lease?: Span) => Promise<void>;
}

export interface Draft {
  readonly id: string;
  /** `platform/user`: only who began a form goes on with it. */
  readonly asker: string;
  readonly doing: string;
  readonly input: RawAnswers;
  readonly answers: RawAnswers;
}

export interface DispatchParts {
  readonly db: Database;
  readonly registry: Registry;
  readonly transact: Transact;
  readonly resolve: ResolveActor;
  readonly store: DispatchStore;
  /** Whether messages there matter to a record; of others nobody is remembered who only marks them. */
  readonly matters: (place: Place) => Promise<boolean>;
  readonly sectionsAtOnce: (platform: string) => number;
  /** Gets the detail of an unexpected error with its reference. */
  readonly onError: (ref: string, error: unknown, intent: Intent) => void;
}
