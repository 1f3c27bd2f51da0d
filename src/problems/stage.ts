/**
 * Where a problem is in its life (P3): the stages, and from which one which other can be reached. Most are reached by what is done
 * (`reactions.ts`); its owner and those who manage problems also move it by hand. Pure.
 */
import type { Instant } from '../core/instant.ts';
import { accept, BELLMAN, type Context, type Decision, type PartName, type PersonId } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { mayManage } from '../incidents/index.ts';
import { type Moved, OPEN_STAGES, type OpenStage, PROBLEM_ROLES, type Problem, type Stage } from './record.ts';

/** Where each stage can go. Work skips stages, and goes back when a cause or a known error proves wrong; whatever ended opens again where it was. */
export const TRANSITIONS: Readonly<Record<Stage, readonly Stage[]>> = {
  recorded: ['classified', 'investigated', 'root-cause-known', 'error-control', 'resolved'],
  classified: ['investigated', 'root-cause-known', 'error-control', 'resolved'],
  investigated: ['classified', 'root-cause-known', 'error-control', 'resolved'],
  'root-cause-known': ['investigated', 'error-control', 'resolved'],
  'error-control': ['investigated', 'root-cause-known', 'resolved'],
  resolved: [...OPEN_STAGES, 'implementation-review', 'closed'],
  'implementation-review': [...OPEN_STAGES, 'closed'],
  closed: OPEN_STAGES,
};

/** Where it is now; what was stored before there were stages is recorded or resolved. */
export const stageOf = ({ standing, stage = 'recorded', ending }: Pick<Problem, 'standing' | 'stage' | 'ending'>): Stage =>
  standing.status === 'open' ? stage : (ending ?? 'resolved');

/** Whether its cause is being looked into, or was found: the work that a target response time waits for has begun. */
export const isTakenUp = (stage: Stage): boolean => stage !== 'recorded' && stage !== 'classified';

/** The true cause as the analysis holds it; by name, because the rules of the analysis themselves ask for the problem. */
export const TRUE_CAUSE: PartName<{
  readonly cause?: { readonly text: string; readonly by: PersonId; readonly at: Instant } | undefined;
}> = { name: 'analysis', initial: {} };

/** Moves it by hand. Refuses `not-yours`, `not-from-here`, `stage-lacks`. Where it is already, nothing changes. */
export function move(state: Problem, to: OpenStage | 'implementation-review', context: Context): Decision<Moved> {
  const { record, actor, now } = context;
  const from = stageOf(state);
  const refused = mayManage(state.standing, PROBLEM_ROLES, context);
  if (refused || to === from) return refused ?? accept();
  // What ended is opened again by a command of its own, which says why.
  const ways = TRANSITIONS[from].filter((one) => state.standing.status === 'open' || one === 'implementation-review');
  if (!ways.includes(to)) return refuse('not-from-here', { record, stage: from, wanted: to, ways });
  return lacking(state, to, context) ?? accept({ type: 'moved', from, stage: to, byHand: true, by: actor.person, at: now });
}

/** What has to be there before it is said to be so far. */
function lacking({ intake, links }: Problem, to: Stage, { record, other }: Context): Refusal | undefined {
  const lacks = (what: 'category' | 'cause' | 'known-error') => refuse('stage-lacks', { record, stage: to, what });
  if (to === 'classified' && intake.category === undefined) return lacks('category');
  if (to === 'root-cause-known' && other(TRUE_CAUSE)?.cause === undefined) return lacks('cause');
  return to === 'error-control' && !links.some((id) => id.startsWith('KER-')) ? lacks('known-error') : undefined;
}

/** What was done takes it further, never back: by Bellman itself. */
export function reached(state: Problem, to: Stage, { actor, now }: Context): Decision<Moved> {
  const from = stageOf(state);
  const further = actor.person === BELLMAN && TRANSITIONS[from].includes(to) && STAGES.indexOf(to) > STAGES.indexOf(from);
  if (!further || to === 'resolved' || to === 'closed') return accept();
  return (to === 'implementation-review') === (state.standing.status === 'resolved')
    ? accept({ type: 'moved', from, stage: to, by: actor.person, at: now })
    : accept();
}

const STAGES: readonly Stage[] = [...OPEN_STAGES, 'resolved', 'implementation-review', 'closed'];
