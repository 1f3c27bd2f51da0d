/** The work on an incident: notes on how it stands, who joins, who has which part in it, and which resolvers have it (P2, P15, S2). Pure. */
import type { Instant } from '../core/instant.ts';
import { accept, BELLMAN, type Context, type Decision, type PersonId, type RecordId, type Tier } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { mayManage, type Standing, type StandingRoles } from './standing.ts';

/** The parts that people have in an incident; of specialists there are several. */
export const CREW = ['lead', 'communications', 'scribe', 'specialist'] as const;
export type CrewRole = (typeof CREW)[number];
export type Crew = Readonly<Partial<Record<CrewRole, readonly PersonId[]>>>;

export interface Note {
  readonly at: Instant;
  readonly by: PersonId;
  readonly text: string;
}

export interface Work {
  /** Newest first; the journal has them all. */
  readonly notes?: readonly Note[];
  /** Who takes part without a part of their own, and who is told because theirs was merged into this one. */
  readonly joined?: readonly PersonId[];
  readonly crew?: Crew;
  /** The resolver group that has it, its tier, and who was in it when it came there. */
  readonly group?: string;
  readonly tier?: Tier;
  readonly team?: readonly PersonId[];
}

export type WorkCommand =
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'join'; readonly person: PersonId }
  | { readonly type: 'crew'; readonly role: CrewRole; readonly person: PersonId }
  | { readonly type: 'assign'; readonly group: string };

export type WorkEvent =
  | { readonly type: 'noted'; readonly by: PersonId; readonly at: Instant; readonly words: { readonly text: string } }
  | { readonly type: 'joined'; readonly person: PersonId; readonly by: PersonId }
  /** `before`: who had the part until now, where only one person has it. */
  | { readonly type: 'crew-set'; readonly role: CrewRole; readonly person: PersonId; readonly before?: PersonId | undefined }
  | {
      readonly type: 'assigned';
      readonly group: string;
      readonly tier: Tier;
      readonly from?: string | undefined;
      readonly fromTier?: Tier | undefined;
      readonly at: Instant;
      /** Who was in the group then, and was told. */
      readonly members: readonly PersonId[];
    };

/** What is shown on the card; older ones are in the history. */
export const NOTES_KEPT = 10;

/** Who is at work on it besides its owner and whoever raised it. */
export const workersOf = ({ joined = [], crew = {}, team = [] }: Work): readonly PersonId[] => [
  ...new Set([...joined, ...CREW.flatMap((role) => crew[role] ?? []), ...team]),
];

/** Whoever leads the work manages the incident as its owner does. */
export const leading = <R extends StandingRoles>(roles: R, { crew }: Work): R => ({ ...roles, also: crew?.lead ?? [] });

interface Worked extends Work {
  readonly standing: Standing;
  readonly raised: { readonly by: PersonId };
  readonly closed?: { readonly at: Instant } | undefined;
}

/**
 * Refuses `is-closed`, `is-resolved`, `not-involved`, `not-yours`, `unknown-resolvers` (facts: `said`, `known`). Who has joined, has the
 * part, or the group that has it already, changes nothing.
 */
export function decideWork(state: Worked, command: WorkCommand, roles: StandingRoles, context: Context): Decision<WorkEvent> {
  const { actor, record, now } = context;
  const { standing, closed } = state;
  if (closed) return refuse('is-closed', { record, at: closed.at });
  switch (command.type) {
    case 'note': {
      const refused = mayNote(state, roles, context);
      return refused ?? accept({ type: 'noted', by: actor.person, at: now, words: { text: command.text } });
    }
    case 'join': {
      const { person } = command;
      const refused = person === actor.person || actor.person === BELLMAN ? undefined : mayManage(standing, roles, context);
      if (refused) return refused;
      return state.joined?.includes(person) ? accept() : accept({ type: 'joined', person, by: actor.person });
    }
    case 'crew':
      return resolved(state, record) ?? mayManage(standing, roles, context) ?? crewed(state, command);
    case 'assign':
      return resolved(state, record) ?? mayPass(state, roles, context) ?? assign(state, command.group, context);
    default:
      return command satisfies never;
  }
}

const resolved = ({ standing }: Worked, record: RecordId): Refusal | undefined =>
  standing.status === 'resolved' ? refuse('is-resolved', { record, at: standing.resolvedAt ?? 0 }) : undefined;

function mayNote(state: Worked, roles: StandingRoles, context: Context): Refusal | undefined {
  const { person } = context.actor;
  if (person === BELLMAN || person === state.raised.by || workersOf(state).includes(person)) return undefined;
  return mayManage(state.standing, roles, context) === undefined ? undefined : refuse('not-involved', { record: context.record });
}

/** Those who have it pass it on too: they know first that it is not theirs. */
function mayPass(state: Worked, roles: StandingRoles, context: Context): Refusal | undefined {
  const members = state.group === undefined ? undefined : context.org.resolvers?.[state.group]?.members;
  return members?.includes(context.actor.person) ? undefined : mayManage(state.standing, roles, context);
}

function crewed({ crew = {} }: Worked, { role, person }: Extract<WorkCommand, { type: 'crew' }>): Decision<WorkEvent> {
  const now = crew[role] ?? [];
  if (now.includes(person)) return accept();
  return accept({ type: 'crew-set', role, person, ...(role === 'specialist' ? {} : { before: now[0] }) });
}

function assign({ group: from, tier: fromTier }: Worked, group: string, { org, now }: Context): Decision<WorkEvent> {
  const wanted = org.resolvers?.[group];
  if (!wanted) return refuse('unknown-resolvers', { said: group, known: Object.keys(org.resolvers ?? {}) });
  if (from === group) return accept();
  return accept({ type: 'assigned', group, tier: wanted.tier, from, fromTier, at: now, members: wanted.members });
}

/** The work after an event. */
export function evolveWork<S extends Work>(state: S, event: WorkEvent): S {
  switch (event.type) {
    case 'noted': {
      const note: Note = { at: event.at, by: event.by, text: event.words.text };
      return { ...state, notes: [note, ...(state.notes ?? [])].slice(0, NOTES_KEPT) };
    }
    case 'joined':
      return { ...state, joined: [...(state.joined ?? []), event.person] };
    case 'crew-set': {
      const { role, person } = event;
      const before = role === 'specialist' ? (state.crew?.specialist ?? []) : [];
      return { ...state, crew: { ...state.crew, [role]: [...before, person] } };
    }
    case 'assigned':
      return { ...state, group: event.group, tier: event.tier, team: event.members };
    default:
      return event satisfies never;
  }
}
