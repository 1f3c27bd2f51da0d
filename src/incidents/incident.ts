/** An incident: something does not work, for whom, how bad; who works on it, how it ends, and the problems that it belongs to (P2, P5, P13 to P15). */
import { accept, type Context, type DataClass, type Decision, type Part, type PersonId, type RecordId } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { type ChannelCommand, type ChannelEvent, decideChannel, evolveChannel, type OwnChannel } from './channel.ts';
import { type Closing, type ClosingCommand, type ClosingEvent, decideClosing, evolveClosing } from './closing.ts';
import type { Intake } from './intake.ts';
import { decideRaised, evolveRaised, notRaised, type Raised, type RaisedCommand, type RaisedEvent, readersOf } from './raised.ts';
import type { StandingRoles } from './standing.ts';
import { decideWork, evolveWork, leading, type Work, type WorkCommand, type WorkEvent, workersOf } from './work.ts';

export interface Incident extends Raised, Work, Closing {
  /** The problems that it is a sign of. */
  readonly problems: readonly RecordId[];
  /** What a problem that it belongs to offers meanwhile. */
  readonly workaround?: string | undefined;
  readonly channel?: OwnChannel | undefined;
}

export type IncidentCommand =
  | RaisedCommand
  | WorkCommand
  | ClosingCommand
  | ChannelCommand
  /** Asks somebody to own it, with what they need to know. */
  | { readonly type: 'hand-over'; readonly to: PersonId; readonly note?: string | undefined }
  /** From the problem, when it is linked there. */
  | { readonly type: 'problem'; readonly problem: RecordId }
  /** From the problem, when it is no longer linked there. */
  | { readonly type: 'problem-gone'; readonly problem: RecordId }
  /** Raised as a sign of a problem that is known. */
  | { readonly type: 'raise-as'; readonly problem: RecordId; readonly intake: Intake; readonly class?: DataClass }
  /** From a problem that it belongs to: this helps meanwhile. */
  | { readonly type: 'workaround'; readonly problem: RecordId; readonly workaround: string };

export type IncidentEvent =
  | RaisedEvent
  | WorkEvent
  | ClosingEvent
  | ChannelEvent
  | { readonly type: 'problem-linked' | 'problem-unlinked'; readonly problem: RecordId }
  | { readonly type: 'workaround-offered'; readonly problem: RecordId; readonly words: { readonly workaround: string } };

export const INCIDENT_ROLES: StandingRoles = {
  declare: ['incident-manager', 'problem-manager'],
  manage: ['incident-manager', 'problem-manager', 'service-desk'],
  reads: ['incident-manager'],
  reporterResolves: true,
  mendsResolved: true,
};

/** The rules of incidents, besides those that they share with problems (`raised.ts`). Refuses `unknown-record`, `is-closed`. */
export const incident: Part<Incident, IncidentCommand, IncidentEvent> = {
  name: 'incident',
  initial: { ...notRaised, problems: [] },
  people: (state) => [...readersOf(state, INCIDENT_ROLES), ...workersOf(state)],
  heading: ({ intake, standing, problems, class: of, closed, into, merged = [] }) => ({
    title: intake.title,
    status: closed ? 'closed' : standing.status === 'open' && standing.major ? 'major' : standing.status,
    owner: standing.owner,
    links: [...problems, ...(into === undefined ? [] : [into]), ...merged],
    class: of,
  }),
  decide(state, command, context): Decision<IncidentEvent> {
    const { record } = context;
    const roles = leading(INCIDENT_ROLES, state);
    if (command.type === 'raise') return decideRaised(state, command, roles, context);
    if (command.type === 'raise-as') return raisedAs(state, command, context);
    const { raised, closed, standing } = state;
    if (!raised) return refuse('unknown-record', { record });
    switch (command.type) {
      case 'note':
      case 'join':
      case 'crew':
      case 'assign':
        return decideWork({ ...state, raised }, command, roles, context);
      case 'close':
      case 'merge':
      case 'absorb':
      case 'solved':
        return decideClosing(state, command, roles, context);
      case 'want-channel':
      case 'channel-made':
      case 'channel-failed':
        return decideChannel({ ...state, raised }, command, roles, context);
      case 'hand-over':
        return handOver(state, command, roles, context);
      case 'problem':
        return state.problems.includes(command.problem) ? accept() : accept({ type: 'problem-linked', problem: command.problem });
      case 'problem-gone':
        return state.problems.includes(command.problem)
          ? accept({ type: 'problem-unlinked', problem: command.problem })
          : accept();
      case 'workaround': {
        const { problem, workaround } = command;
        return standing.status === 'open' ? accept({ type: 'workaround-offered', problem, words: { workaround } }) : accept();
      }
      case 'edit':
        return closed ? refuse('is-closed', { record, at: closed.at }) : decideRaised(state, command, roles, context);
      case 'resolve':
        return decideRaised(state, command, mending(state, roles, context), context);
      default:
        return decideRaised(state, command, roles, context);
    }
  },
  evolve(state, event): Incident {
    switch (event.type) {
      case 'problem-linked':
        return { ...state, problems: [...state.problems, event.problem] };
      case 'problem-unlinked':
        return { ...state, problems: state.problems.filter((problem) => problem !== event.problem) };
      case 'workaround-offered':
        return { ...state, workaround: event.words.workaround };
      case 'noted':
      case 'joined':
      case 'crew-set':
      case 'assigned':
        return evolveWork(state, event);
      case 'closed':
      case 'absorbed':
        return evolveClosing(state, event);
      case 'channel-wanted':
      case 'channel-made':
      case 'channel-failed':
        return evolveChannel(state, event);
      case 'owner-changed': {
        // Whoever led the work as its owner leads it no more.
        const led = event.before !== undefined && state.crew?.lead?.includes(event.before);
        return evolveRaised(led ? { ...state, crew: { ...state.crew, lead: [event.owner] } } : state, event);
      }
      case 'reopened':
        return evolveRaised({ ...state, closed: undefined, into: undefined }, event);
      default:
        return evolveRaised(state, event);
    }
  },
};

/** Those to whom it is assigned mend it, so they say that it is mended. */
const mending = ({ group }: Incident, roles: StandingRoles, { org }: Context): StandingRoles => ({
  ...roles,
  also: [...(roles.also ?? []), ...(group === undefined ? [] : (org.resolvers?.[group]?.members ?? []))],
});

/** Whoever is asked accepts by a button, and finds what is noted for them on the card. */
function handOver(
  state: Incident,
  { to, note }: Extract<IncidentCommand, { type: 'hand-over' }>,
  roles: StandingRoles,
  context: Context,
): Decision<IncidentEvent> {
  const asked = decideRaised(state, { type: 'propose-owner', to }, roles, context);
  if (isRefusal(asked) || note === undefined || note === '') return asked;
  const { actor, now } = context;
  return accept<IncidentEvent>({ type: 'noted', by: actor.person, at: now, words: { text: note } }, ...asked);
}

function raisedAs(
  state: Incident,
  { type: _as, problem, ...raising }: Extract<IncidentCommand, { type: 'raise-as' }>,
  context: Context,
): Decision<IncidentEvent> {
  const raised = decideRaised(state, { type: 'raise', ...raising }, INCIDENT_ROLES, context);
  return isRefusal(raised) || raised.length === 0
    ? raised
    : accept<IncidentEvent>(...raised, { type: 'problem-linked', problem });
}
