/** What everything is about: records, and the parts that hold their state. */
import type { Cadence } from './cadence.ts';
import type { Instant, Span } from './instant.ts';
import type { Quiet } from './quiet.ts';
import { type Refusal, refuse } from './refusal.ts';

export type RecordKind = 'INC' | 'PRB' | 'KER' | 'RFC' | 'REL' | 'REV' | 'RSK' | 'CI' | 'ORG';

/** A kind and a number: `RFC-7`. The organisation itself is `ORG-1`. */
export type RecordId = string;

/** A known person: `p7`. */
export type PersonId = string;

/** The actor of everything that a clock or a reaction does. */
export const BELLMAN = 'bellman';

export const ORG: RecordId = 'ORG-1';

/** How far something may be known, least guarded first (S3). */
export const CLASSES = ['public', 'sensitive', 'private', 'confidential'] as const;
export type DataClass = (typeof CLASSES)[number];

/** What a record is as long as nobody said otherwise. */
export const USUAL_CLASS: DataClass = 'sensitive';

/** Whether the first class is guarded more than the second. */
export const isAbove = (one: DataClass, other: DataClass): boolean => CLASSES.indexOf(one) > CLASSES.indexOf(other);

export const ROLES = [
  'admin',
  'change-manager',
  'problem-manager',
  'problem-support',
  'specialist',
  'incident-manager',
  'release-manager',
  'communications',
  'service-desk',
  'security',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/** Who may read a private record: a person, or whoever holds a role. */
export type Reader = PersonId | Role;

/** Who acts, as known in the deciding transaction. */
export interface Actor {
  readonly person: PersonId;
  readonly roles: ReadonlySet<Role>;
  readonly active: boolean;
  readonly bot: boolean;
  readonly guest: boolean;
}

/** Bellman itself, when a timer or a reaction acts. */
export const bellmanItself: Actor = { person: BELLMAN, roles: new Set(), active: true, bot: false, guest: false };

/** A voting board, as ballots need it. */
export interface Board {
  readonly name: string;
  readonly place: string;
  readonly emergency: boolean;
  readonly members: readonly PersonId[];
  readonly quorum?: number;
  readonly threshold: string;
  readonly deadline: number;
  readonly review?: number;
  readonly onCall?: PersonId;
  readonly mandatory: readonly Role[];
}

/** What an audience's lines start with. */
export interface Audience {
  readonly key: string;
  readonly places: readonly string[];
  readonly releasers: readonly PersonId[];
  readonly author?: PersonId;
  readonly cadence?: Cadence;
  /** When it is not told. */
  readonly quiet?: Quiet;
  /** As people read it; absent: as the template calls it. */
  readonly label?: string;
  readonly class?: DataClass;
  /** Smaller goes first when many updates wait. */
  readonly urgency?: number;
  /** IANA zone and BCP 47 language of its readers, where they are not known one by one. */
  readonly zone?: string;
  readonly language?: string;
  /** New plans do not have it any more; what it was told stays. */
  readonly retired?: boolean;
  readonly list?: AudienceList;
}

export const LIST_KINDS = ['fixed', 'role', 'board', 'group', 'csv'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** Who an audience is, one by one. The members of fixed, group and csv lists are stored by version; roles and boards are read when needed. */
export interface AudienceList {
  readonly kind: ListKind;
  /** The role, the board, the group's place; empty for the others. */
  readonly of: string;
  /** Which stored version is in force; 0 for roles and boards. */
  readonly version: number;
  /** How many active members it had when it was stored or looked at last; 0 for roles and boards. */
  readonly count: number;
}

/** How one audience is notified of a security breach, where it is not as usual. */
export interface BreachLine {
  /** By when at the latest, counted from when the breach became known. */
  readonly within?: number | undefined;
  readonly cadence?: number | undefined;
  readonly author?: PersonId | undefined;
  readonly releasers?: readonly PersonId[] | undefined;
  readonly approvals?: number | undefined;
  readonly places?: readonly string[] | undefined;
}

/** The organisation as it stands in the deciding transaction: roles, boards, audiences, delegations. */
export interface Org {
  readonly version: number;
  readonly roles: Readonly<Partial<Record<Role, readonly PersonId[]>>>;
  readonly boards: Readonly<Record<string, Board>>;
  readonly audiences: Readonly<Record<string, Audience>>;
  readonly delegations: Readonly<Record<PersonId, { readonly to: PersonId; readonly until: Instant }>>;
  /** Who has left and cannot act. */
  readonly inactive?: readonly PersonId[];
  /** Where signed checkpoints are posted. */
  readonly auditPlace?: string;
  /** How guarded places are that are not as their kind usually is. */
  readonly placeClasses?: Readonly<Record<string, DataClass>>;
  /** The only places that an exercise may reach. */
  readonly exercisePlaces?: readonly string[];
  /** What is prepared for a security breach, by audience. */
  readonly breach?: Readonly<Record<string, BreachLine>>;
  /** Words that do not belong outside, in the order in which they were added. */
  readonly words?: readonly WatchedWord[];
  /** Target response times, by `category/priority`; `any/critical` holds for every category without one of its own. */
  readonly serviceLevels?: Readonly<Record<string, Span>>;
  /** Who mends things, by the group's name: `network-team`. */
  readonly resolvers?: Readonly<Record<string, ResolverGroup>>;
  /** The priorities that are not as usual. */
  readonly priorities?: Readonly<Record<PriorityCell, string>>;
}

/** First line, second line, specialists. */
export type Tier = 1 | 2 | 3;

/** Those to whom a record is assigned until they resolve it or pass it on. */
export interface ResolverGroup {
  readonly tier: Tier;
  readonly members: readonly PersonId[];
}

/** Impact and urgency: `high/medium`. */
export type PriorityCell = string;

/** A word, or several, that a text is looked through for before it leaves. */
export interface WatchedWord {
  readonly word: string;
  /** Whether nothing that holds it can be released. */
  readonly forbidden: boolean;
}

/** What a rule may know besides its own state. */
export interface Context {
  readonly record: RecordId;
  readonly actor: Actor;
  readonly org: Org;
  readonly now: Instant;
  /** The state of another part of the same record, if it has one. */
  readonly other: <S>(part: PartName<S>) => S | undefined;
  /** The next number of a counter that the part named in `needs`; one that was taken for nothing is given to the next. */
  readonly take: (counter: Counter) => number;
}

/** What is numbered over all records besides the records themselves: released updates. */
export type Counter = 'UPD';

/** Events that happened, or why nothing did. An accepted command may have no events: it was already so. */
export type Decision<E> = readonly E[] | Refusal;

/** How a record stands in lists. */
export interface Heading {
  readonly title: string;
  readonly status: string;
  readonly owner?: PersonId | undefined;
  /** Records that this one is linked with. */
  readonly links?: readonly RecordId[];
  /** How far it may be known; absent: as records usually are. */
  readonly class?: DataClass | undefined;
}

/** A part's name together with its state's type. */
export interface PartName<S> {
  readonly name: string;
  /** The state before the first event. */
  readonly initial: S;
}

/**
 * One part of a record: its rules. `decide` is pure and refuses with data; `evolve` never fails.
 * An event's `words` hold free text that can be erased later; everything else enters the journal as it is.
 */
export interface Part<S, C extends Typed, E extends Typed> extends PartName<S> {
  decide(state: S, command: C, context: Context): Decision<E>;
  evolve(state: S, event: E): S;
  /** The counters from which a command may take a number. What a reaction asks for has none. */
  needs?(command: C): readonly Counter[];
  /** Only the part that names the record has a heading. */
  heading?(state: S): Heading;
  /** Who may read the record by what this part says of them, while it is private. */
  people?(state: S): readonly Reader[];
}

export interface Typed {
  readonly type: string;
}

/** Accepts with these events, in order. */
export const accept = <E>(...events: E[]): Decision<E> => events;

/** Who holds any of these roles, each once. */
export const holdersOf = (org: Pick<Org, 'roles'>, ...roles: readonly Role[]): readonly PersonId[] => [
  ...new Set(roles.flatMap((role) => org.roles[role] ?? [])),
];

/** The right that a command needs: any of the roles. Refuses `role-needed` (facts: `roles`, `holders`). Bellman itself has every right. */
export function requireRole(context: Pick<Context, 'actor' | 'org'>, ...roles: readonly Role[]): Refusal | undefined {
  if (context.actor.person === BELLMAN || roles.some((role) => context.actor.roles.has(role))) return undefined;
  const holders = holdersOf(context.org, ...roles);
  return refuse('role-needed', { roles, holders: holders.length > 0 ? holders : holdersOf(context.org, 'admin') });
}
