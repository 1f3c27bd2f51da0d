/** An incident: something does not work, for whom, how bad; and the problems that it belongs to. First slice of P2, P5, P13. */
import { accept, type Context, type Decision, type Part, type RecordId } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import type { Intake } from './intake.ts';
import { decideRaised, evolveRaised, notRaised, type Raised, type RaisedCommand, type RaisedEvent, readersOf } from './raised.ts';
import type { StandingRoles } from './standing.ts';

export interface Incident extends Raised {
  /** The problems that it is a sign of. */
  readonly problems: readonly RecordId[];
  /** What a problem that it belongs to offers meanwhile. */
  readonly workaround?: string | undefined;
}

export type IncidentCommand =
  | RaisedCommand
  /** From the problem, when it is linked there. */
  | { readonly type: 'problem'; readonly problem: RecordId }
  /** Raised as a sign of a problem that is known. */
  | { readonly type: 'raise-as'; readonly problem: RecordId; readonly intake: Intake }
  /** From a problem that it belongs to: this helps meanwhile. */
  | { readonly type: 'workaround'; readonly problem: RecordId; readonly workaround: string };

export type IncidentEvent =
  | RaisedEvent
  | { readonly type: 'problem-linked'; readonly problem: RecordId }
  | { readonly type: 'workaround-offered'; readonly problem: RecordId; readonly words: { readonly workaround: string } };

export const INCIDENT_ROLES: StandingRoles = {
  declare: ['incident-manager', 'problem-manager'],
  manage: ['incident-manager', 'problem-manager', 'service-desk'],
  reads: ['incident-manager'],
  reporterResolves: true,
};

/** The rules of incidents, besides those that they share with problems (`raised.ts`). Refuses `unknown-record`. */
export const incident: Part<Incident, IncidentCommand, IncidentEvent> = {
  name: 'incident',
  initial: { ...notRaised, problems: [] },
  people: (state) => readersOf(state, INCIDENT_ROLES),
  heading: ({ intake, standing, problems, class: of }) => ({
    title: intake.title,
    status: standing.status === 'open' && standing.major ? 'major' : standing.status,
    owner: standing.owner,
    links: problems,
    class: of,
  }),
  decide(state, command, context): Decision<IncidentEvent> {
    if (command.type === 'raise-as') return raisedAs(state, command, context);
    if (command.type !== 'problem' && command.type !== 'workaround') return decideRaised(state, command, INCIDENT_ROLES, context);
    if (!state.raised) return refuse('unknown-record', { record: context.record });
    if (command.type === 'workaround') {
      const { problem, workaround } = command;
      return state.standing.status === 'open' ? accept({ type: 'workaround-offered', problem, words: { workaround } }) : accept();
    }
    return state.problems.includes(command.problem) ? accept() : accept({ type: 'problem-linked', problem: command.problem });
  },
  evolve(state, event): Incident {
    switch (event.type) {
      case 'problem-linked':
        return { ...state, problems: [...state.problems, event.problem] };
      case 'workaround-offered':
        return { ...state, workaround: event.words.workaround };
      default:
        return evolveRaised(state, event);
    }
  },
};

function raisedAs(
  state: Incident,
  { intake, problem }: Extract<IncidentCommand, { type: 'raise-as' }>,
  context: Context,
): Decision<IncidentEvent> {
  const raised = decideRaised(state, { type: 'raise', intake }, INCIDENT_ROLES, context);
  return isRefusal(raised) || raised.length === 0
    ? raised
    : accept<IncidentEvent>(...raised, { type: 'problem-linked', problem });
}
