/** An incident: something does not work, for whom, how bad; and the problems that it belongs to. First slice of P2, P5, P13. */
import { accept, type Decision, type Part, type RecordId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { decideRaised, evolveRaised, notRaised, type Raised, type RaisedCommand, type RaisedEvent } from './raised.ts';
import type { StandingRoles } from './standing.ts';

export interface Incident extends Raised {
  /** The problems that it is a sign of. */
  readonly problems: readonly RecordId[];
}

export type IncidentCommand =
  | RaisedCommand
  /** From the problem, when it is linked there. */
  | { readonly type: 'problem'; readonly problem: RecordId };

export type IncidentEvent = RaisedEvent | { readonly type: 'problem-linked'; readonly problem: RecordId };

export const INCIDENT_ROLES: StandingRoles = {
  declare: ['incident-manager', 'problem-manager'],
  manage: ['incident-manager', 'problem-manager', 'service-desk'],
  reporterResolves: true,
};

/** The rules of incidents, besides those that they share with problems (`raised.ts`). Refuses `unknown-record`. */
export const incident: Part<Incident, IncidentCommand, IncidentEvent> = {
  name: 'incident',
  initial: { ...notRaised, problems: [] },
  heading: ({ intake, standing, problems }) => ({
    title: intake.title,
    status: standing.status === 'open' && standing.major ? 'major' : standing.status,
    owner: standing.owner,
    links: problems,
  }),
  decide(state, command, context): Decision<IncidentEvent> {
    if (command.type !== 'problem') return decideRaised(state, command, INCIDENT_ROLES, context);
    if (!state.raised) return refuse('unknown-record', { record: context.record });
    return state.problems.includes(command.problem) ? accept() : accept({ type: 'problem-linked', problem: command.problem });
  },
  evolve: (state, event): Incident =>
    event.type === 'problem-linked' ? { ...state, problems: [...state.problems, event.problem] } : evolveRaised(state, event),
};
