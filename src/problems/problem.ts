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
  /** How often somebody reported it again who had no incident of it. */
  readonly again?: number | undefined;
  /** What helps until it is mended. */
  readonly workaround?: string | undefined;
}

export type ProblemCommand =
  | RaisedCommand
  | { readonly type: 'link'; readonly records: readonly RecordId[] }
  | { readonly type: 'workaround'; readonly workaround: string }
  /** Somebody met it again who took it for a new one. */
  | { readonly type: 'report-again'; readonly title: string; readonly details: string };

export type ProblemEvent =
  | RaisedEvent
  | { readonly type: 'linked'; readonly records: readonly RecordId[] }
  | { readonly type: 'workaround-found'; readonly words: { readonly workaround: string } }
  | {
      readonly type: 'reported-again';
      readonly by: PersonId;
      readonly words: { readonly title: string; readonly details: string };
    };

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
    const { raised } = state;
    switch (command.type) {
      case 'link':
        return raised ? link(state, raised.by, command.records, context) : refuse('unknown-record', { record: context.record });
      case 'workaround':
        return raised ? found(state, command.workaround, context) : refuse('unknown-record', { record: context.record });
      case 'report-again':
        return again(state, command, context);
      default:
        return decideRaised(state, command, PROBLEM_ROLES, context);
    }
  },
  evolve(state, event): Problem {
    switch (event.type) {
      case 'linked':
        return { ...state, links: [...state.links, ...event.records] };
      case 'workaround-found':
        return { ...state, workaround: event.words.workaround };
      case 'reported-again':
        return { ...state, again: (state.again ?? 0) + 1 };
      default:
        return evolveRaised(state, event);
    }
  },
};

/** By anybody who met it; a resolved one is met again only once it is opened again. Refuses `unknown-record`, `is-resolved`. */
function again(
  { raised, standing }: Problem,
  { title, details }: Extract<ProblemCommand, { type: 'report-again' }>,
  { actor, record }: Context,
): Decision<ProblemEvent> {
  if (!raised) return refuse('unknown-record', { record });
  if (standing.status === 'resolved') return refuse('is-resolved', { record, at: standing.resolvedAt ?? 0 });
  return accept({ type: 'reported-again', by: actor.person, words: { title, details } });
}

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
