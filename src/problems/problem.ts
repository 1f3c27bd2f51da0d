/** A problem: the cause behind incidents; normal or major, from recorded to closed (P1 to P5, P12 to P14). The rules of each matter stand in their own file. */
import { accept, type Context, type Decision, type Part } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { decideRaised, evolveRaised, type Intake, mayManage, notRaised, readersOf } from '../incidents/index.ts';
import { close, defer, judge, reviewPassed } from './ending.ts';
import { link, unlink } from './links.ts';
import {
  type Details,
  noDetails,
  OPEN_STAGES,
  type OpenStage,
  PROBLEM_ROLES,
  type Problem,
  type ProblemCommand,
  type ProblemEvent,
  SOURCES,
} from './record.ts';
import { move, reached, stageOf } from './stage.ts';
import { mayWork } from './working.ts';

export { incidentsOf, PROBLEM_ROLES, type Problem, type ProblemCommand, type ProblemEvent } from './record.ts';

/** How lists name it: what is most important of how it stands. */
function statusOf(state: Problem): string {
  const stage = stageOf(state);
  if (stage === 'closed') return 'closed';
  if (state.standing.status === 'resolved') return 'resolved';
  if (state.standing.major) return 'major';
  return state.deferred ? 'deferred' : stage.replaceAll('-', ' ');
}

/** The rules of problems, besides those that they share with incidents. Refuses `unknown-record` and what the rules of each matter refuse. */
export const problem: Part<Problem, ProblemCommand, ProblemEvent> = {
  name: 'problem',
  initial: { ...notRaised, links: [] },
  people: (state) => readersOf(state, PROBLEM_ROLES),
  heading: (state) => ({
    title: state.intake.title,
    status: statusOf(state),
    owner: state.standing.owner,
    links: state.links,
    class: state.class,
  }),
  decide(state, command, context): Decision<ProblemEvent> {
    if (!state.raised && command.type !== 'raise') return refuse('unknown-record', { record: context.record });
    switch (command.type) {
      case 'raise':
        return raise(state, command, context);
      case 'edit':
        return edit(state, command, context);
      case 'link':
        return link(state, command.records, context);
      case 'unlink':
        return unlink(state, command.records, context);
      case 'workaround':
        return found(state, command.workaround, context);
      case 'report-again':
        return again(state, command, context);
      case 'defer':
        return defer(state, command, context);
      case 'review-passed':
        return reviewPassed(state, context);
      case 'judge':
        return judge(state, command, context);
      case 'close':
        return close(state, command, context);
      case 'reached':
        return reached(state, command.stage, context);
      default:
        return decideRaised(state, command, PROBLEM_ROLES, context);
    }
  },
  evolve(state, event): Problem {
    switch (event.type) {
      case 'linked':
        return { ...state, links: [...state.links, ...event.records] };
      case 'unlinked':
        return { ...state, links: state.links.filter((id) => !event.records.includes(id)) };
      case 'workaround-found':
        return { ...state, workaround: event.words.workaround };
      case 'detailed':
        return { ...state, details: { source: event.source, ...event.words } };
      case 'reported-again':
        return { ...state, again: (state.again ?? 0) + 1 };
      case 'moved':
        return isOpen(event.stage)
          ? { ...state, stage: event.stage, deferred: event.byHand ? undefined : state.deferred }
          : { ...state, ending: event.stage === 'resolved' ? undefined : event.stage };
      case 'deferred': {
        const { review, by, at, words } = event;
        return { ...state, deferred: { reason: words.reason, review, by, at, chased: 0 } };
      }
      case 'deferral-chased':
        return state.deferred ? { ...state, deferred: { ...state.deferred, chased: event.step } } : state;
      case 'change-judged': {
        const { rfc, outcome, by, at, words } = event;
        return { ...state, judged: [...(state.judged ?? []), { rfc, outcome, by, at, reason: words.reason }] };
      }
      case 'closed':
        return { ...state, ending: 'closed', closure: { category: event.category, by: event.by, at: event.at } };
      case 'resolved':
        return { ...evolveRaised(state, event), deferred: undefined };
      case 'reopened':
        return { ...evolveRaised(state, event), ending: undefined, closure: undefined };
      default:
        return evolveRaised(state, event);
    }
  },
};

const isOpen = (stage: string): stage is OpenStage => OPEN_STAGES.some((one) => one === stage);

/** Raised with where it came from; one that a manager gives a category is classified by it. */
function raise(state: Problem, command: Extract<ProblemCommand, { type: 'raise' }>, context: Context): Decision<ProblemEvent> {
  const raised = decideRaised(state, command, PROBLEM_ROLES, context);
  if (isRefusal(raised) || raised.length === 0) return raised;
  const source = SOURCES.find((known) => known === command.source);
  const { links = [] } = command;
  const linked: readonly ProblemEvent[] = links.length > 0 ? [{ type: 'linked', records: [...new Set(links)] }] : [];
  return accept(...raised, ...detailed(noDetails, { source }), ...linked, ...classified(state, command.intake, context));
}

/** Until it is closed its details can be completed. Refuses `is-closed`, and what `decideRaised` and `move` refuse. */
function edit(state: Problem, command: Extract<ProblemCommand, { type: 'edit' }>, context: Context): Decision<ProblemEvent> {
  if (stageOf(state) === 'closed') return refuse('is-closed', { record: context.record, at: state.closure?.at ?? 0 });
  const edited = decideRaised(state, command, PROBLEM_ROLES, context);
  if (isRefusal(edited)) return edited;
  const events = [...edited, ...detailed(state.details ?? noDetails, command.details)];
  const after = { ...state, intake: command.intake };
  if (command.stage === undefined) return accept<ProblemEvent>(...events, ...classified(state, command.intake, context));
  const moved = move(after, command.stage, context);
  return isRefusal(moved) ? moved : accept<ProblemEvent>(...events, ...moved);
}

/** Its owner or who manages problems gave it a category and weighed it: that classifies it. */
function classified(state: Problem, { category }: Intake, context: Context): readonly ProblemEvent[] {
  const { actor, now } = context;
  const isTheirs = mayManage(state.standing, PROBLEM_ROLES, context) === undefined;
  if (stageOf(state) !== 'recorded' || category === undefined || !isTheirs) return [];
  return [{ type: 'moved', from: 'recorded', stage: 'classified', by: actor.person, at: now }];
}

function detailed(before: Details, wanted: Partial<Details> | undefined): readonly ProblemEvent[] {
  if (wanted === undefined) return [];
  const { source, ...words } = { ...before, ...wanted };
  const isSame =
    source === before.source && (Object.keys(words) as (keyof typeof words)[]).every((key) => words[key] === before[key]);
  return isSame ? [] : [{ type: 'detailed', source, words }];
}

/** By anybody who met it; a resolved one is met again only once it is opened again. Refuses `is-resolved`. */
function again(
  { standing }: Problem,
  { title, details }: Extract<ProblemCommand, { type: 'report-again' }>,
  { actor, record }: Context,
): Decision<ProblemEvent> {
  if (standing.status === 'resolved') return refuse('is-resolved', { record, at: standing.resolvedAt ?? 0 });
  return accept({ type: 'reported-again', by: actor.person, words: { title, details } });
}

/** A workaround, by the owner and who works on it (P1, P10); another one takes its place. */
const found = (state: Problem, wanted: string, context: Context): Decision<ProblemEvent> =>
  mayWork(state, context) ??
  (wanted === state.workaround ? accept() : accept({ type: 'workaround-found', words: { workaround: wanted } }));
