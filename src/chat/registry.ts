/**
 * The one registry of what people can say and press. Slack's text grammar, Discord's application commands, the console's
 * completion, `help`, the Slack manifest and the command reference are all made from it.
 */
import { z } from 'zod';
import type { Accepted } from '../core/apply.ts';
import type { RecordView } from '../core/ask.ts';
import type { Instant, Span } from '../core/instant.ts';
import type { Actor, Org, Part, PersonId, RecordId, RecordKind, Role, Typed } from '../core/record.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Database } from '../db/database.ts';
import type { Answers, FieldSpecs, RawAnswers } from './form.ts';
import type { Written } from './marked.ts';
import type { Asker, Place, Reply } from './port.ts';
import type { Shortcut } from './shortcut.ts';

export type ArgumentKind =
  | 'record'
  | 'records'
  | 'person'
  | 'people'
  | 'channel'
  | 'destination'
  | 'destinations'
  | 'audience'
  | 'word'
  | 'choice'
  | 'text'
  | 'time'
  | 'span';

/** One argument: how it is called, checked and typed. */
export interface Argument<T> {
  readonly kind: ArgumentKind;
  readonly help: string;
  readonly optional: boolean;
  readonly schema: z.ZodType<string>;
  readonly choices?: readonly string[];
  /** The word that stands before it in text: `until`. */
  readonly keyword?: string;
  /** Never read: it carries the value's type. */
  readonly value?: T;
}

const word = z.string().trim().min(1).max(3000);
const recordId = word.toUpperCase().regex(/^[A-Z]{2,3}-[1-9]\d{0,8}$/);

const argument = <T>(kind: ArgumentKind, help: string, schema: z.ZodType<string>): Argument<T> => ({
  kind,
  help,
  optional: false,
  schema,
});

/** A record by its id; with kinds named, only those. */
export const aRecord = (help: string, ...kinds: readonly RecordKind[]): Argument<RecordId> =>
  argument(
    'record',
    help,
    kinds.length > 0 ? recordId.refine((id) => kinds.some((kind) => id.startsWith(`${kind}-`))) : recordId,
  );
/** Records by their ids. */
export const someRecords = (help: string): Argument<readonly RecordId[]> => argument('records', help, word);
/** A person by a mention or a handle. */
export const aPerson = (help: string): Argument<PersonId> => argument('person', help, word);
/** Persons by mentions or handles, as many as follow each other. */
export const somePeople = (help: string): Argument<readonly PersonId[]> => argument('people', help, word);
/** A channel by a mention or its name; it is checked that we can speak there. */
export const aChannel = (help: string): Argument<Place> => argument('channel', help, word);
/** A channel, a person or an e-mail address. */
export const aDestination = (help: string): Argument<Place> => argument('destination', help, word);
/** Channels, persons, addresses and other places, as many as follow. */
export const someDestinations = (help: string): Argument<readonly Place[]> => argument('destinations', help, word);
/** An audience by its key, one of the organisation's own too: `Senior management` is `senior-management`. Whether there is one, the rules know. */
export const anAudience = (help: string): Argument<string> =>
  argument(
    'audience',
    help,
    word.transform((said) => said.toLowerCase().replaceAll(/[\s_]+/gu, '-')),
  );
/** One word, or several in quotes. */
export const aWord = (help: string): Argument<string> => argument('word', help, word);
/** Everything that is left of the line. */
export const theRest = (help: string): Argument<string> => argument('text', help, word);
/** A time; after the keyword `until`, a day alone counts to its end. */
export const aTime = (help: string, keyword?: string): Argument<Instant> => ({
  ...argument<Instant>('time', help, word),
  ...(keyword ? { keyword } : {}),
});
/** `30m`, `2h`, `1d`; in milliseconds. */
export const aSpan = (help: string): Argument<Span> => argument('span', help, word);
/** One of these words. */
export const oneOf = <V extends string>(help: string, ...choices: readonly V[]): Argument<V> => ({
  ...argument<V>(
    'choice',
    help,
    word.toLowerCase().refine((value) => choices.some((known) => known === value)),
  ),
  choices,
});
/** The same argument, which may be left out. */
export const perhaps = <T>(one: Argument<T>): Argument<T | undefined> => ({ ...one, optional: true }) as Argument<T | undefined>;

export type Arguments = Readonly<Record<string, Argument<unknown>>>;
export type Values<A extends Arguments> = { readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never };

/** What a handler may do: read, change one record, and look people up. */
export interface Conversation {
  readonly asker: Asker;
  /** The person who asks. */
  readonly me: PersonId;
  /** Where it was said. */
  readonly at: Place;
  readonly db: Database;
  now(): Promise<Instant>;
  /** The record as it stands, without a lock: for showing only, never for deciding. Undefined too when the asker may not know of it. */
  view(record: RecordId): Promise<RecordView | undefined>;
  org(): Promise<Org>;
  /** The asker with the roles held now: for reading commands; changes are checked in their own transaction. */
  actor(): Promise<Actor>;
  nameOf(person: PersonId): Promise<string>;
  /** The person whom a mention or a handle means on the asker's platform. */
  find(said: string): Promise<PersonId | undefined>;
  /**
   * Decides one command on one record and answers with `reply`, in one transaction together with the request's key.
   * A refusal is answered in the words that the catalogue has for it.
   */
  change<S, C extends Typed, E extends Typed>(wanted: {
    readonly record: RecordId | { readonly raise: RecordKind };
    readonly part: Part<S, C, E>;
    readonly command: C;
    /** Whether it answers something that the asker was told, so that they need not know of the record itself. */
    readonly told?: boolean;
    /** Whether Bellman does it of its own accord, because of something that happened and not because the asker wants it. */
    readonly itself?: boolean;
    readonly reply: (accepted: Accepted) => Reply;
  }): Promise<Reply>;
  /** Keeps what somebody wrote for an hour, for their own next press; the answer names it. */
  keep(written: RawAnswers): Promise<string>;
  /** What the asker wrote, if it was kept for them and the hour is not over. */
  kept(id: string): Promise<RawAnswers | undefined>;
  /** The answer that words a refusal. */
  refused(refusal: Refusal): Reply;
  /** Whether we can speak and read there; a refusal with the step to take, if not. */
  checkPlace(place: Place): Promise<Refusal | undefined>;
  /** Places as the asker names them, each checked; or the first refusal. */
  places(said: string): Promise<readonly Place[] | Refusal>;
  /** The place of a group of the asker's platform. Refuses `unknown-group`, `group-closed`. */
  group(said: string): Promise<Place | Refusal>;
  /** The places of everybody in a group now. Refuses `group-closed`. */
  members(group: Place): Promise<readonly Place[] | Refusal>;
  /** A message that somebody wrote where this was said, as it is now; undefined when it is gone. */
  written(message: string): Promise<Written | undefined>;
  /** What the connected platforms were not granted, each as `platform: name`. */
  lacks(): Promise<readonly string[]>;
  /** The ways out that are connected, by their platforms' names. */
  ways(): readonly string[];
}

/** A dialog that opens before the command or the button is done. */
export interface Dialog<V, F extends FieldSpecs> {
  /** At most 24 characters. */
  readonly title: string;
  readonly submit: string;
  readonly fields: F;
  /** What stands in the fields at first; at most one indexed read. A refusal is told instead of opening the dialog. */
  readonly initial?: (c: Conversation, values: V) => Promise<RawAnswers | Refusal>;
}

interface Doing<V, F extends FieldSpecs> {
  readonly name: string;
  /** Any of these roles is needed; checked in the deciding transaction and shown in the help. */
  readonly right?: readonly Role[];
  readonly form?: Dialog<V, F>;
  readonly run: (c: Conversation, values: V, answers: Answers<F>) => Promise<Reply>;
}

export interface Command<A extends Arguments = Arguments, F extends FieldSpecs = FieldSpecs> extends Doing<Values<A>, F> {
  readonly is: 'command';
  /** One sentence in the imperative. */
  readonly help: string;
  readonly args: A;
  /** It is begun from the menu of any message too; only a command that needs no argument. */
  readonly shortcut?: Shortcut;
}

/** What a button was pressed on. */
export interface Pressed {
  readonly record: RecordId;
  readonly value: string;
}

export interface Button<F extends FieldSpecs = FieldSpecs> extends Doing<Pressed, F> {
  readonly is: 'button';
}

type NoFields = Record<never, never>;

/** Declares what a person can say. */
export const command = <A extends Arguments, F extends FieldSpecs = NoFields>(declared: Omit<Command<A, F>, 'is'>): Command => ({
  // A handler takes the values of its own arguments; the registry keeps all kinds in one list, and the dispatch makes the values.
  ...(declared as unknown as Command),
  is: 'command',
});

/** Declares what a person can press. */
export const button = <F extends FieldSpecs = NoFields>(declared: Omit<Button<F>, 'is'>): Button => ({
  // As above: the answers that a handler takes are those of its own form.
  ...(declared as unknown as Button),
  is: 'button',
});

export interface Registry {
  readonly commands: readonly Command[];
  readonly command: (name: string) => Command | undefined;
  readonly button: (name: string) => Button | undefined;
  readonly buttons: readonly Button[];
  /** What stands in the menu of messages, each with its command. */
  readonly shortcuts: readonly (Shortcut & { readonly command: Command })[];
  /** The first words of all commands: `rfc`, `incident`, ... */
  readonly roots: readonly string[];
}

/** Discord holds 25 subcommands of one command, and 25 of one group. */
const SUBCOMMANDS = 25;

/** Makes the registry. Throws when a name stands twice, can be said bare although it has subcommands, or has more than 25 of them. */
export function registry(doings: readonly (Command | Button)[]): Registry {
  const commands = new Map<string, Command>();
  const buttons = new Map<string, Button>();
  for (const doing of doings) {
    const known = doing.is === 'command' ? commands : buttons;
    if (known.has(doing.name)) throw new Error(`${doing.is} ${doing.name} is declared twice`);
    if (doing.is === 'command') commands.set(doing.name, doing);
    else buttons.set(doing.name, doing);
  }
  const below = new Map<string, Set<string>>();
  for (const name of commands.keys()) {
    const words = name.split(' ');
    for (let depth = 1; depth < words.length; depth += 1) {
      const parent = words.slice(0, depth).join(' ');
      below.set(parent, (below.get(parent) ?? new Set()).add(words[depth] ?? ''));
    }
  }
  for (const [parent, children] of below) {
    if (commands.has(parent)) throw new Error(`/${parent} has subcommands, so it cannot be said bare`);
    if (children.size > SUBCOMMANDS) throw new Error(`/${parent} has ${children.size} subcommands; Discord holds ${SUBCOMMANDS}`);
  }
  return {
    commands: [...commands.values()],
    command: (name) => commands.get(name),
    button: (name) => buttons.get(name),
    buttons: [...buttons.values()],
    shortcuts: [...commands.values()].flatMap((one) => (one.shortcut ? [{ ...one.shortcut, command: one }] : [])),
    roots: [...new Set([...commands.keys()].map((name) => name.split(' ')[0] ?? ''))],
  };
}

/** How an argument is written in help: `RFC-1`, `@person`, `[reason]`. */
export function usage(command: Command): string {
  const shown = Object.entries(command.args).map(([name, arg]) => {
    const body = `${arg.keyword ? `${arg.keyword} ` : ''}${arg.choices ? arg.choices.join('|') : `<${name}>`}`;
    return arg.optional ? `[${body}]` : body;
  });
  return [`/${command.name}`, ...shown].join(' ');
}

/** A reply that only the asker reads. */
export const privately = (card: Extract<Reply, { kind: 'card' }>['card']): Reply => ({ kind: 'card', card, to: 'private' });
/** A reply that everybody in the channel reads. */
export const openly = (card: Extract<Reply, { kind: 'card' }>['card']): Reply => ({ kind: 'card', card, to: 'here' });
