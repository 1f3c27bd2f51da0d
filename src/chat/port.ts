/** What Bellman asks of a platform, and what a platform brings to Bellman. */
import type { PersonId, RecordId } from '../core/record.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Card } from './card.ts';
import type { Form, RawAnswers } from './form.ts';
import type { Mark, Written } from './marked.ts';
import type { Picked } from './shortcut.ts';

/** A place as text: `slack/channel/C1`, `discord/person/2001`, `discord/thread/3001`, `email/address/a@b.example`, `list/audience/customers`. */
export type Place = string;

export interface PlaceParts {
  readonly platform: string;
  /** `thread`: a thread of the record in that channel; `group`: everybody in a group of the platform; `audience`: a list. */
  readonly kind: PlaceKind;
  readonly id: string;
}

const KINDS = ['channel', 'person', 'address', 'thread', 'group', 'audience'] as const;
type PlaceKind = (typeof KINDS)[number];
const isKind = (kind: string): kind is PlaceKind => KINDS.some((known) => known === kind);

/** The place that has these parts. */
export const placeOf = ({ platform, kind, id }: PlaceParts): Place => `${platform}/${kind}/${id}`;

/** The parts of a place. Throws on a text that is none. */
export function placeParts(place: Place): PlaceParts {
  const [platform = '', kind = '', ...id] = place.split('/');
  if (id.length === 0 || !isKind(kind)) throw new Error(`Not a place: ${place}`);
  return { platform, kind, id: id.join('/') };
}

/** How a person is called, and who they are on the platform that shows the card. */
export interface Known {
  readonly name: string;
  readonly user?: string;
}

/** Everybody that a card mentions, as the platform that shows it needs them. */
export type Names = (person: PersonId) => Known;

/** Somebody on a platform who says or presses something. */
export interface Asker {
  readonly platform: string;
  readonly user: string;
  readonly handle: string;
  readonly name: string;
  readonly email?: string;
  /** IANA name; UTC where the platform does not tell. */
  readonly timeZone: string;
  readonly bot: boolean;
  readonly guest: boolean;
}

/** Where an answer that comes late can still be given; only its own adapter reads it. */
export type ReplyAddress = Readonly<Record<string, string>>;

interface Asked {
  /** The request's own key: a repeat has the same one. */
  readonly key: string;
  readonly from: Asker;
  /** Where it was said. */
  readonly at: Place;
  readonly address: ReplyAddress;
}

/** What somebody wants, in the neutral form. */
export type Intent = Asked &
  (
    | { readonly kind: 'words'; readonly words: string }
    | { readonly kind: 'command'; readonly name: string; readonly input: RawAnswers }
    /** From the menu of a message, by the shortcut's id. */
    | { readonly kind: 'shortcut'; readonly shortcut: string; readonly message: Picked }
    /** Something was done to a message; nobody waits for an answer. */
    | ({ readonly kind: 'marked' } & Mark)
    | { readonly kind: 'press'; readonly action: string; readonly record: RecordId; readonly value?: string }
    | {
        readonly kind: 'submit';
        readonly doing: string;
        readonly input: RawAnswers;
        readonly answers: RawAnswers;
        readonly draft?: string;
        readonly step?: number;
      }
  );

/**
 * What the person who asked gets. `private`: only they read it; `here`: everybody in the channel.
 * `later`: the request is stored and waits for its turn. `away`: Postgres could not be reached; a platform that sends events again answers them with 503.
 */
export type Reply =
  | { readonly kind: 'card'; readonly card: Card; readonly to: 'private' | 'here'; readonly away?: true; readonly later?: true }
  | { readonly kind: 'form'; readonly form: Form }
  /**
   * A form that cannot be accepted as it is: the field's name, and what to do about it. Where forms are asked in steps, `draft`
   * holds what was written, and `step` is the one to show again.
   */
  | { readonly kind: 'mend'; readonly fields: Readonly<Record<string, string>>; readonly draft?: string; readonly step?: number }
  | { readonly kind: 'nothing' };

/** From what somebody wants to what they get; `since`: when the request came, in milliseconds since 1970. Never rejects. */
export type Dispatch = (intent: Intent, since?: number) => Promise<Reply>;

/** One thing to be posted. */
export interface Post {
  /** At most 25 characters of 0-9a-z. */
  readonly delivery: string;
  readonly record: RecordId;
  readonly card: Card;
  /** The update that it carries; absent: a notice. */
  readonly update?: string;
}

export interface Posted {
  readonly externalId: string;
}

/** What went wrong at a platform: `after` in milliseconds where it said when to come back. */
export class PlatformError extends Error {
  readonly outcome: 'limited' | 'refused' | 'unknown';
  readonly after: number | undefined;
  constructor(outcome: 'limited' | 'refused' | 'unknown', message: string, after?: number) {
    super(message);
    this.name = 'PlatformError';
    this.outcome = outcome;
    this.after = after;
  }
}

/** Method classes with a rate of their own. */
export type MethodClass = 'post' | 'edit' | 'look';

/** Where adapters write what operators need. Errors go in whole, under `error`: the log itself keeps texts and secrets out of it. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** One way out. Every method throws `PlatformError` and nothing else. */
export interface Mechanism {
  readonly platform: string;
  /** Whether `find` can tell whether a delivery arrived. */
  readonly canLook: boolean;
  /** Whether posting the same delivery again changes nothing; absent: it might be said twice. */
  readonly canRepeat?: true;
  /** Permits a second for a class at a place or installation: how many, how many at once, and under which key. */
  rate(method: MethodClass, place: Place): { readonly key: string; readonly perSecond: number; readonly burst: number };
  post(place: Place, post: Post, names: Names): Promise<Posted>;
}

/** A platform on which people talk with Bellman. */
export interface ChatPlatform extends Mechanism {
  /** How many sections of a form it shows in one dialog. */
  readonly sectionsAtOnce: number;
  start(dispatch: Dispatch): Promise<void>;
  stop(): Promise<void>;
  edit(place: Place, externalId: string, post: Post, names: Names): Promise<void>;
  /** What was posted for this delivery, oldest first; more than one are twins. */
  find(place: Place, delivery: string, since: Date): Promise<readonly Posted[]>;
  remove(place: Place, externalId: string): Promise<void>;
  /** Where a message that was posted there can be opened; undefined where the platform has no address for it. */
  permalink(place: Place, externalId: string): Promise<string | undefined>;
  /** A message that somebody wrote there, as it is now; undefined when it is gone. */
  written(place: Place, message: string): Promise<Written | undefined>;
  openForm(address: ReplyAddress, form: Form, names: Names): Promise<void>;
  replyPrivately(address: ReplyAddress, card: Card, names: Names): Promise<void>;
  /** The place of a direct message with this user. Refuses when it is closed. */
  openDirect(user: string): Promise<Place>;
  /** Whether we can join, write and read there; else a refusal that names the step to take. */
  checkPlace(place: Place): Promise<Refusal | undefined>;
  /** What this installation was not granted as a whole (scopes), by the platform's own names; empty when all is there. */
  lacks(): Promise<readonly string[]>;
  /** Somebody by id or handle, or undefined. */
  describe(userOrHandle: string): Promise<Asker | undefined>;
  /** The channel of that id or name, or undefined. */
  channel(idOrName: string): Promise<Place | undefined>;
  /**
   * Makes a channel of this name with these users in it, or finds the one that was made by that name before and invites who is missing:
   * a repeat makes no second one. A private one is seen by its members only. A user who cannot be invited is left out.
   */
  createChannel(name: string, how: { readonly private: boolean; readonly people: readonly string[] }): Promise<Place>;
  /** The group of that id, name or mention, or undefined. */
  group(idOrName: string): Promise<Place | undefined>;
  /** The direct messages of everybody who is in a group now, without bots. `refused`, with what to do about it, where we may not know. */
  members(group: Place): Promise<readonly Place[]>;
}
