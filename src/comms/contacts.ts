/**
 * Whom a record's updates reach besides the places of its lines (M1): key contacts, who need its state regularly; primary contacts,
 * who pass it on to a group of their own; and subscribers, who asked for a line themselves. Pure.
 */
import { isPrivate, standing } from '../core/reading.ts';
import {
  accept,
  type Context,
  type DataClass,
  type Decision,
  type Part,
  type PersonId,
  type Reader,
  USUAL_CLASS,
} from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { lineIn } from './find.ts';
import { classOfLine } from './guarding.ts';
import type { Line } from './line.ts';
import { plan as planPart } from './part.ts';
import type { Plan } from './plan.ts';
import { readersOf } from './readers.ts';
import { mayArrange } from './rights.ts';

export const CONTACT_KINDS = ['key', 'primary'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

export interface Contact {
  readonly person: PersonId;
  readonly kind: ContactKind;
  /** Whose updates they get. */
  readonly line: string;
  /** To whom a primary contact passes them on, in words; absent: a group that they know themselves. */
  readonly group?: string | undefined;
}

export interface Contacts {
  readonly contacts: readonly Contact[];
  /** By line. */
  readonly subscribers: Readonly<Record<string, readonly PersonId[]>>;
}

/** What a key contact gets unless a line is named: the state in a few words that anybody understands. A primary contact: what staff get. */
const USUAL_LINES: Readonly<Record<ContactKind, string>> = { key: 'senior-management', primary: 'all-staff' };

const MOST_CONTACTS = 100;
const MOST_SUBSCRIBERS = 2000;
const LONGEST_GROUP = 100;

export type ContactsCommand =
  | {
      readonly type: 'add-contact';
      readonly person: PersonId;
      readonly kind: ContactKind;
      readonly line?: string | undefined;
      readonly group?: string | undefined;
    }
  | { readonly type: 'remove-contact'; readonly person: PersonId }
  | { readonly type: 'subscribe' | 'unsubscribe'; readonly line: string };

/** The group is `words`: what somebody wrote. */
export type ContactsEvent =
  | {
      readonly type: 'contact-added';
      readonly person: PersonId;
      readonly kind: ContactKind;
      readonly line: string;
      readonly words?: { readonly group: string };
    }
  | { readonly type: 'contact-removed'; readonly person: PersonId }
  | { readonly type: 'subscribed' | 'unsubscribed'; readonly line: string; readonly person: PersonId };

/**
 * Refuses `no-plan`, `not-your-plan`, `unknown-line`, `too-long` (the group of a primary contact), `too-many-contacts`,
 * `not-a-contact`, `line-not-open`, `too-many-subscribers`. What is so already changes nothing.
 */
export function decideContacts(state: Contacts, command: ContactsCommand, context: Context): Decision<ContactsEvent> {
  const plan = context.other(planPart);
  if (!plan || plan.status === 'none') return refuse('no-plan', { record: context.record });
  switch (command.type) {
    case 'add-contact':
      return mayArrange(plan, context) ?? added(state, command, plan);
    case 'remove-contact': {
      const lacking = command.person === context.actor.person ? undefined : mayArrange(plan, context);
      if (lacking) return lacking;
      if (!state.contacts.some(({ person }) => person === command.person))
        return refuse('not-a-contact', { person: command.person });
      return accept({ type: 'contact-removed', person: command.person });
    }
    case 'subscribe': {
      const line = lineIn(plan, command.line);
      if (isRefusal(line)) return line;
      const closed = notOpen(plan, line, context);
      if (closed) return closed;
      const there = state.subscribers[command.line] ?? [];
      if (there.includes(context.actor.person)) return accept();
      if (there.length >= MOST_SUBSCRIBERS) return refuse('too-many-subscribers', { line: command.line, most: MOST_SUBSCRIBERS });
      return accept({ type: 'subscribed', line: command.line, person: context.actor.person });
    }
    case 'unsubscribe':
      return state.subscribers[command.line]?.includes(context.actor.person)
        ? accept({ type: 'unsubscribed', line: command.line, person: context.actor.person })
        : accept();
    default:
      return command satisfies never;
  }
}

function added(
  state: Contacts,
  { person, kind, line, group }: Extract<ContactsCommand, { type: 'add-contact' }>,
  plan: Plan,
): Decision<ContactsEvent> {
  const usual = plan.lines.some(({ audience }) => audience === USUAL_LINES[kind]) ? USUAL_LINES[kind] : plan.lines[0]?.audience;
  const found = lineIn(plan, line ?? usual ?? '');
  if (isRefusal(found)) return found;
  if ((group?.length ?? 0) > LONGEST_GROUP) return refuse('too-long', { length: group?.length ?? 0, most: LONGEST_GROUP });
  const before = state.contacts.find((one) => one.person === person);
  const words = group === undefined ? {} : { words: { group } };
  if (before?.kind === kind && before.line === found.audience && before.group === group) return accept();
  if (!before && state.contacts.length >= MOST_CONTACTS) return refuse('too-many-contacts', { most: MOST_CONTACTS });
  return accept({ type: 'contact-added', person, kind, line: found.audience, ...words });
}

/** Whoever may read the record may follow its lines, but those that were guarded by hand are for the plan's own people; guests follow only what is public. */
function notOpen(plan: Plan, line: Line, { actor, org, now }: Context): Refusal | undefined {
  const of = actor.guest ? classOfLine(line) : (line.class ?? USUAL_CLASS);
  if (actor.guest ? of === 'public' : !isPrivate(of)) return undefined;
  return isOwn(plan, actor.person, { org, now }) ? undefined : refuse('line-not-open', { line: line.audience, class: of });
}

/** Whether somebody is one of the plan's own people, who read all of it. */
function isOwn(plan: Plan, person: PersonId, { org, now }: Pick<Context, 'org' | 'now'>): boolean {
  const as = standing(person, org, now);
  return readersOf(plan).some((reader) => as.has(reader));
}

/**
 * Whether somebody gets an update of this class: whoever was named does; whoever only follows the line gets what is guarded only as one
 * of the plan's own people. Nobody who has left does.
 */
export const getsIt = ({ person, follows }: Told, of: DataClass, plan: Plan, context: Pick<Context, 'org' | 'now'>): boolean =>
  !context.org.inactive?.includes(person) && (!follows || !isPrivate(of) || isOwn(plan, person, context));

/** The contacts and subscribers after an event. */
export function evolveContacts(state: Contacts, event: ContactsEvent): Contacts {
  const others = state.contacts.filter(({ person }) => person !== event.person);
  switch (event.type) {
    case 'contact-added': {
      const { person, kind, line, words } = event;
      return { ...state, contacts: [...others, { person, kind, line, ...(words ? { group: words.group } : {}) }] };
    }
    case 'contact-removed':
      return { ...state, contacts: others };
    case 'subscribed':
    case 'unsubscribed': {
      const rest = (state.subscribers[event.line] ?? []).filter((person) => person !== event.person);
      const people = event.type === 'subscribed' ? [...rest, event.person] : rest;
      return { ...state, subscribers: { ...state.subscribers, [event.line]: people } };
    }
    default:
      return event satisfies never;
  }
}

/** Naming somebody as a contact of a private record makes them one of its own people; a subscriber was one before, or is none. */
const contactReaders = ({ contacts }: Contacts): readonly Reader[] => contacts.map(({ person }) => person);

export const contacts: Part<Contacts, ContactsCommand, ContactsEvent> = {
  name: 'contacts',
  initial: { contacts: [], subscribers: {} },
  decide: decideContacts,
  evolve: evolveContacts,
  people: contactReaders,
};

/** Somebody who gets a line's updates directly. */
export interface Told {
  readonly person: PersonId;
  /** Whom they are asked to pass it on to. */
  readonly group?: string | undefined;
  /** They asked for it themselves, and were named by nobody. */
  readonly follows?: true;
}

/** Everybody who gets a line's updates directly, each once, those who pass it on first. */
export function toldOf({ contacts: all, subscribers }: Contacts, line: string): readonly Told[] {
  const told = new Map<PersonId, Told>();
  for (const { person, group } of all.filter((one) => one.line === line && one.kind === 'primary'))
    told.set(person, { person, group: group ?? 'your group' });
  for (const { person } of all.filter((one) => one.line === line)) if (!told.has(person)) told.set(person, { person });
  for (const person of subscribers[line] ?? []) if (!told.has(person)) told.set(person, { person, follows: true });
  return [...told.values()];
}
