/** An incident: something does not work, for whom, how bad; and the problems that it belongs to. First slice of P2, P5, P13. */
import type { Instant } from '../core/instant.ts';
import { accept, type Decision, type Part, type PersonId, type RecordId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { decideEdit, type Edited } from './edit.ts';
import { fromEvent, type Intake, type IntakeEvent, noIntake, toEvent } from './intake.ts';
import {
  decideStanding,
  evolveStanding,
  newStanding,
  type Standing,
  type StandingCommand,
  type StandingEvent,
  type StandingRoles,
} from './standing.ts';

export interface Incident {
  /** Absent: it was never raised. */
  readonly raised?: { readonly by: PersonId; readonly at: Instant };
  readonly intake: Intake;
  readonly standing: Standing;
  /** The problems that it is a sign of. */
  readonly problems: readonly RecordId[];
}

export type IncidentCommand =
  | { readonly type: 'raise'; readonly intake: Intake }
  | { readonly type: 'edit'; readonly intake: Intake }
  /** From the problem, when it is linked there. */
  | { readonly type: 'problem'; readonly problem: RecordId }
  | StandingCommand;

export type IncidentEvent =
  | ({ readonly type: 'raised'; readonly by: PersonId; readonly at: Instant } & IntakeEvent)
  | Edited
  | { readonly type: 'problem-linked'; readonly problem: RecordId }
  | StandingEvent;

export const INCIDENT_ROLES: StandingRoles = {
  declare: ['incident-manager', 'problem-manager'],
  manage: ['incident-manager', 'problem-manager', 'service-desk'],
  reporterResolves: true,
};

/** The rules of incidents. Besides how it stands (`standing.ts`), refuses `unknown-record`. */
export const incident: Part<Incident, IncidentCommand, IncidentEvent> = {
  name: 'incident',
  initial: { intake: noIntake, standing: newStanding, problems: [] },
  heading: ({ intake, standing, problems }) => ({
    title: intake.title,
    status: standing.status === 'open' && standing.major ? 'major' : standing.status,
    owner: standing.owner,
    links: problems,
  }),
  decide(state, command, context): Decision<IncidentEvent> {
    if (command.type === 'raise') {
      return state.raised
        ? accept()
        : accept({ type: 'raised', by: context.actor.person, at: context.now, ...toEvent(command.intake) });
    }
    if (!state.raised) return refuse('unknown-record', { record: context.record });
    switch (command.type) {
      case 'edit':
        return decideEdit({ ...state, reporter: state.raised.by, roles: INCIDENT_ROLES }, command.intake, context);
      case 'problem':
        return state.problems.includes(command.problem) ? accept() : accept({ type: 'problem-linked', problem: command.problem });
      default:
        return decideStanding(state.standing, command, { roles: INCIDENT_ROLES, reporter: state.raised.by }, context);
    }
  },
  evolve(state, event): Incident {
    switch (event.type) {
      case 'raised':
        return { ...state, raised: { by: event.by, at: event.at }, intake: fromEvent(event) };
      case 'edited':
        return { ...state, intake: fromEvent(event) };
      case 'problem-linked':
        return { ...state, problems: [...state.problems, event.problem] };
      default:
        return { ...state, standing: evolveStanding(state.standing, event) };
    }
  },
};
