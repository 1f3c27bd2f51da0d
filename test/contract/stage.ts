/**
 * What the contract suite needs of a platform under test: the adapter, and a stage on which people say, press and see things as
 * they would there. Each platform's fake is put behind one `Stage`; the suite itself knows no platform.
 */
import type { ChatPlatform, Names, Place } from '../../src/chat/port.ts';
import type { Registry } from '../../src/chat/registry.ts';

/** Somebody on the platform. */
export interface Player {
  /** The platform's id of the account. */
  readonly user: string;
  readonly handle: string;
  /** As a mention of this player is typed there: `<@U1|anna>`, `@anna`. */
  readonly typed: string;
}

/** `channel`: what everybody in it sees; `direct`: what stands between the bot and the player; `private`: what only the player is shown. */
export type Where = 'channel' | 'direct' | 'private';

/** A message as its reader sees it. */
export interface Seen {
  /** Everything that can be read on it, as it is shown: mark-up that was escaped is plain again, mentions read `@handle`, blocks are lines. */
  readonly text: string;
  /** The labels of its buttons. */
  readonly buttons: readonly string[];
  /** Whom the platform would call because of it: user ids, and words such as `everyone`. */
  readonly mentions: readonly string[];
  /** Addresses that can be clicked. */
  readonly links: readonly string[];
  /** The descriptions of its pictures, as they are read out. */
  readonly pictures: readonly string[];
  /** The message's id as `Posted.externalId` has it. */
  readonly id: string;
}

/** A dialog, or one step of it. */
export interface SeenForm {
  readonly title: string;
  readonly fields: readonly SeenField[];
}

export interface SeenField {
  readonly label: string;
  readonly optional: boolean;
  /** What stands in it: text, a choice's label, the players' user ids. Empty when nothing does. */
  readonly value: string | readonly string[];
}

/** What is filled into fields, by label: text, a choice's label, a player or several. A label that the step does not show is left out. */
export type Filled = Readonly<Record<string, string | Player | readonly Player[]>>;

/** What became of a dialog: sent (`mend` is empty), or to be mended, by label. */
export interface Sent {
  readonly mend: Readonly<Record<string, string>>;
}

export interface Stage {
  /** Says a command (`note say hello`, without a slash) in the way that is usual there; in the channel or to the bot. Ends when the platform has its answer. */
  say(player: Player, words: string, where?: 'channel' | 'direct'): Promise<void>;
  /** Says the same words in the channel after a mention of the bot. */
  mention?(player: Player, words: string): Promise<void>;
  /** Sends the last request of `say`, `mention`, `press` or `submit` again, the same to the byte. */
  repeat?(): Promise<void>;
  /** Presses a button. Ends when the platform has its answer. */
  press(player: Player, seen: Seen, label: string): Promise<void>;
  /** Waits (at most five seconds) for what the player sees there and reads so; the newest first. */
  sees(player: Player, where: Where, reading: string | RegExp): Promise<Seen>;
  /** Uses the shortcut of that id and label on a message that somebody wrote in the channel. */
  pick?(player: Player, author: Player, text: string, shortcut: { readonly id: string; readonly label: string }): Promise<void>;
  /**
   * Somebody writes in the channel; the player marks it with a pushpin and pins it; its author edits it to `edited`. Gives the message's
   * id there, and what deletes it.
   */
  mark?(
    player: Player,
    author: Player,
    text: string,
    edited: string,
  ): Promise<{ readonly id: string; readonly erase: () => Promise<void> }>;
  /** What the player sees there now, oldest first. */
  all(player: Player, where: Where): readonly Seen[];
  /** Waits for the dialog in front of the player. */
  form(player: Player): Promise<SeenForm>;
  /** Whether a dialog is in front of the player. */
  hasForm(player: Player): boolean;
  /**
   * Fills the dialog in and sends it. A platform that asks in steps goes on to the next one by itself (*Continue*) until the form
   * is sent or there is something to mend.
   */
  submit(player: Player, filled: Filled): Promise<Sent>;
}

/** Trouble that can be ordered; each for the next post only. */
export interface Trouble {
  /** The post arrives, and the adapter does not hear of it. */
  loseAnswer?(): void;
  /** The post is answered with "too fast, come back in that many milliseconds". */
  limit?(after: number): void;
  /** The post does not arrive, and the adapter does not know. */
  breakBefore?(): void;
}

export interface ContractSetup {
  /** Not started yet: the suite starts it with its own dispatch, and stops it before `stop`. */
  readonly platform: ChatPlatform;
  readonly anna: Player;
  readonly bram: Player;
  /** A channel in which everybody is, the bot too. */
  readonly channel: { readonly place: Place; readonly name: string };
  /** A group that anna and bram are in, with a bot where bots can be; as it is mentioned there too. */
  readonly group: { readonly place: Place; readonly name: string; readonly typed: string };
  readonly stage: Stage;
  readonly trouble: Trouble;
  /** Somebody whose direct messages are closed. */
  readonly closed?: Player;
  /** A channel in which the bot may write and not read. */
  readonly unreadable?: Place;
  /** The players who see a private channel, by their ids. */
  readonly membersOf?: (place: Place) => Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** What the suite gives to a platform's setup. */
export interface ContractParts {
  readonly registry: Registry;
  /** Everybody's name, and their user id on the platform: for the adapter's own answers. */
  readonly names: (people: readonly string[]) => Promise<Names>;
}

/** What a platform may be unable to do; each with the reason, which is printed with the skipped test. */
export type Ability =
  | 'mention'
  | 'repeat'
  | 'lost answer'
  | 'limit'
  | 'closed direct'
  | 'unreadable channel'
  | 'shortcut'
  | 'mark'
  | 'private channel';
