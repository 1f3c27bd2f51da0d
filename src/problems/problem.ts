/** A problem: the cause behind incidents; normal or major (P1, P2, P5). First slice: the life cycle of P3 comes with the records. */

import type { Instant } from '../core/instant.ts';
import { accept, BELLMAN, type Context, type Decision, type Part, type PersonId, type RecordId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import {
  decideEdit,
  decideStanding,
  type Edited,
  evolveStanding,
  fromEvent,
  type Intake,
  type IntakeEvent,
  mayManage,
  newStanding,
  noIntake,
  type Standing,
  type StandingCommand,
  type StandingEvent,
  type StandingRoles,
  toEvent,
} from '../incidents/index.ts';

export interface Problem {
  /** Absent: it was never raised. */
  readonly raised?: { readonly by: PersonId; readonly at: Instant };
  readonly intake: Intake;
  readonly standing: Standing;
  /** Incidents, changes and other problems, in the order in which they were linked. */
  readonly links: readonly RecordId[];
}

export type ProblemCommand =
  | { readonly type: 'raise'; readonly intake: Intake }
  | { readonly type: 'edit'; readonly intake: Intake }
  | { readonly type: 'link'; readonly records: readonly RecordId[] }
  | StandingCommand;

export type ProblemEvent =
  | ({ readonly type: 'raised'; readonly by: PersonId; readonly at: Instant } & IntakeEvent)
  | Edited
  | { readonly type: 'linked'; readonly records: readonly RecordId[] }
  | StandingEvent;

export const PROBLEM_ROLES: StandingRoles = {
  declare: ['problem-manager'],
  manage: ['problem-manager'],
  reporterResolves: false,
};

/** Those who besides owner and reporter see that incidents belong together. */
const LINKING = { manage: ['problem-manager', 'incident-manager', 'service-desk'] } as const;

const LINKED_KINDS = /^(INC|PRB|RFC)-/u;

/** The incidents of a problem. */
export const incidentsOf = ({ links }: Problem): readonly RecordId[] => links.filter((id) => id.startsWith('INC-'));

/** The rules of problems. Besides how it stands (`incidents/standing.ts`), refuses `unknown-record`, `cannot-link`, `links-itself`. */
export const problem: Part<Problem, ProblemCommand, ProblemEvent> = {
  name: 'problem',
  initial: { intake: noIntake, standing: newStanding, links: [] },
  heading: ({ intake, standing, links }) => ({
    title: intake.title,
    status: standing.status === 'resolved' ? 'resolved' : standing.major ? 'major' : 'recorded',
    owner: standing.owner,
    links,
  }),
  decide(state, command, context): Decision<ProblemEvent> {
    if (command.type === 'raise') {
      return state.raised
        ? accept()
        : accept({ type: 'raised', by: context.actor.person, at: context.now, ...toEvent(command.intake) });
    }
    if (!state.raised) return refuse('unknown-record', { record: context.record });
    switch (command.type) {
      case 'edit':
        return decideEdit({ ...state, reporter: state.raised.by, roles: PROBLEM_ROLES }, command.intake, context);
      case 'link':
        return link(state, state.raised.by, command.records, context);
      default:
        return decideStanding(state.standing, command, { roles: PROBLEM_ROLES, reporter: state.raised.by }, context);
    }
  },
  evolve(state, event): Problem {
    switch (event.type) {
      case 'raised':
        return { ...state, raised: { by: event.by, at: event.at }, intake: fromEvent(event) };
      case 'edited':
        return { ...state, intake: fromEvent(event) };
      case 'linked':
        return { ...state, links: [...state.links, ...event.records] };
      default:
        return { ...state, standing: evolveStanding(state.standing, event) };
    }
  },
};

/** Links what is not linked yet; another problem that links this one asks for it as Bellman. */
function link(
  { standing, links }: Problem,
  reporter: PersonId,
  wanted: readonly RecordId[],
  context: Context,
): Decision<ProblemEvent> {
  const { person } = context.actor;
  const refused = person === BELLMAN || person === reporter ? undefined : mayManage(standing, LINKING, context);
  if (refused) return refused;
  if (wanted.includes(context.record)) return refuse('links-itself', { record: context.record });
  const other = wanted.find((id) => !LINKED_KINDS.test(id));
  if (other !== undefined) return refuse('cannot-link', { record: other });
  const records = [...new Set(wanted)].filter((id) => !links.includes(id));
  return records.length === 0 ? accept() : accept({ type: 'linked', records });
}
