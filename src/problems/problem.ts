/** A problem: the cause behind incidents; normal or major (P1, P2, P5). First slice: the life cycle of P3 comes with the records. */
import { accept, BELLMAN, type Context, type Decision, type Part, type PersonId, type RecordId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import {
  decideRaised,
  evolveRaised,
  mayManage,
  notRaised,
  type Raised,
  type RaisedCommand,
  type RaisedEvent,
  readersOf,
  type StandingRoles,
} from '../incidents/index.ts';

export interface Problem extends Raised {
  /** Incidents, changes and other problems, in the order in which they were linked. */
  readonly links: readonly RecordId[];
  /** What helps until it is mended. */
  readonly workaround?: string | undefined;
}

export type ProblemCommand =
  | RaisedCommand
  | { readonly type: 'link'; readonly records: readonly RecordId[] }
  | { readonly type: 'workaround'; readonly workaround: string };

export type ProblemEvent =
  | RaisedEvent
  | { readonly type: 'linked'; readonly records: readonly RecordId[] }
  | { readonly type: 'workaround-found'; readonly words: { readonly workaround: string } };

export const PROBLEM_ROLES: StandingRoles = {
  declare: ['problem-manager'],
  manage: ['problem-manager'],
  reads: ['problem-manager'],
  reporterResolves: false,
};

/** Those who besides owner and reporter see that incidents belong together. */
const LINKING = { manage: ['problem-manager', 'incident-manager', 'service-desk'] } as const;

const LINKED_KINDS = /^(INC|PRB|RFC|KER)-/u;

/** The incidents of a problem. */
export const incidentsOf = ({ links }: Problem): readonly RecordId[] => links.filter((id) => id.startsWith('INC-'));

/** The rules of problems, besides those that they share with incidents. Refuses `unknown-record`, `cannot-link`, `links-itself`. */
export const problem: Part<Problem, ProblemCommand, ProblemEvent> = {
  name: 'problem',
  initial: { ...notRaised, links: [] },
  people: (state) => readersOf(state, PROBLEM_ROLES),
  heading: ({ intake, standing, links, class: of }) => ({
    title: intake.title,
    status: standing.status === 'resolved' ? 'resolved' : standing.major ? 'major' : 'recorded',
    owner: standing.owner,
    links,
    class: of,
  }),
  decide(state, command, context): Decision<ProblemEvent> {
    if (command.type !== 'link' && command.type !== 'workaround') return decideRaised(state, command, PROBLEM_ROLES, context);
    if (!state.raised) return refuse('unknown-record', { record: context.record });
    return command.type === 'link'
      ? link(state, state.raised.by, command.records, context)
      : found(state, command.workaround, context);
  },
  evolve(state, event): Problem {
    switch (event.type) {
      case 'linked':
        return { ...state, links: [...state.links, ...event.records] };
      case 'workaround-found':
        return { ...state, workaround: event.words.workaround };
      default:
        return evolveRaised(state, event);
    }
  },
};

/** A workaround, by the owner or who manages problems (P1, P10); another one takes its place. */
const found = ({ standing, workaround }: Problem, wanted: string, context: Context): Decision<ProblemEvent> =>
  mayManage(standing, PROBLEM_ROLES, context) ??
  (wanted === workaround ? accept() : accept({ type: 'workaround-found', words: { workaround: wanted } }));

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
