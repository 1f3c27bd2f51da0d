/** What follows from how far a problem is: what was done takes it further, its target and its review are watched, its incidents close with it. */

import { type ChangeCommand, change } from '../changes/index.ts';
import type { Words } from '../chat/card.ts';
import { spanWords } from '../chat/time-words.ts';
import { type Ask, type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import { isPrivate } from '../core/reading.ts';
import { holdersOf, type Org, type PersonId } from '../core/record.ts';
import { type IncidentCommand, incident, noticeCard } from '../incidents/index.ts';
import { type AnalysisEvent, analysis } from './analysis.ts';
import { incidentsOf, type ProblemCommand, type ProblemEvent, problem } from './problem.ts';
import type { Closure, Stage } from './record.ts';
import { shown } from './shown.ts';
import { type TargetCommand, type TargetEvent, target } from './target.ts';

const toTarget = (type: TargetCommand['type']): Ask => ({ ask: 'command', part: target.name, command: { type } });
const reach = (stage: Stage): Ask => {
  const command: ProblemCommand = { type: 'reached', stage };
  return { ask: 'command', part: problem.name, command };
};

const TIMERS = { warning: 'target-warning', target: 'target', deferral: 'deferral' } as const;
const stop = (key: string): Ask => ({ ask: 'no-timer', key });

/** Its owner, and those who manage problems where there is none or they are wanted too. */
function answering(view: RecordView, { roles }: Pick<Org, 'roles'>, managers: boolean): readonly PersonId[] {
  const { owner } = view.state(problem).standing;
  const others = managers || owner === undefined ? holdersOf({ roles }, 'problem-manager') : [];
  return [...(owner === undefined ? [] : [owner]), ...others];
}

const notice = (view: RecordView, people: readonly PersonId[], what: string, ...words: Words): readonly Ask[] =>
  tell(people, noticeCard(shown(view), what, ...words), { urgency: 4 });

/** What a problem's end means for the incidents that were its signs. */
const CLOSED_AS: Readonly<Record<Closure, Extract<IncidentCommand, { type: 'solved' }>['category']>> = {
  'permanently-solved': 'fixed',
  'workaround-accepted': 'worked-around',
  'gone-by-itself': 'not-reproducible',
  duplicate: 'duplicate',
  'not-a-problem': 'no-fault',
};

/** Each incident reads what solved it; of a private problem only that it is solved. */
function solving(view: RecordView, category: Closure): readonly Ask[] {
  const { standing, details } = view.state(problem);
  const solution = details?.solution || standing.resolution || '';
  const resolution = isPrivate(view.class)
    ? 'What was behind it is solved.'
    : `${view.id}, to which it belongs, is solved: ${solution}`;
  return incidentsOf(view.state(problem)).map((record) => {
    const command: IncidentCommand = { type: 'solved', problem: view.id, category: CLOSED_AS[category], resolution };
    return { ask: 'elsewhere', record, part: incident.name, command };
  });
}

export const courseReactions: readonly Reaction[] = [
  when<ProblemEvent, 'raised'>(problem.name, 'raised', () => [toTarget('aim')]),
  when<ProblemEvent, 'edited'>(problem.name, 'edited', () => [toTarget('aim')]),
  when<ProblemEvent, 'moved'>(problem.name, 'moved', ({ byHand }) => [
    toTarget('begin'),
    ...(byHand ? [stop(TIMERS.deferral)] : []),
  ]),
  when<ProblemEvent, 'resolved'>(problem.name, 'resolved', ({ major }) => [
    toTarget('begin'),
    stop(TIMERS.deferral),
    ...(major ? [reach('implementation-review')] : []),
  ]),
  when<ProblemEvent, 'linked'>(problem.name, 'linked', ({ records }) =>
    records.some((id) => id.startsWith('KER-')) ? [reach('error-control')] : [],
  ),
  ...(['filled', 'suspected', 'branched'] as const).map((event) =>
    when<AnalysisEvent, typeof event>(analysis.name, event, () => [reach('investigated')]),
  ),
  when<AnalysisEvent, 'cause-found'>(analysis.name, 'cause-found', () => [reach('root-cause-known')]),

  when<TargetEvent, 'aimed'>(target.name, 'aimed', ({ due, warn }) => {
    if (due === undefined || warn === undefined) return [stop(TIMERS.warning), stop(TIMERS.target)];
    const rings = (key: string, at: number, type: TargetCommand['type']): Ask => ({
      ask: 'timer',
      key,
      at,
      part: target.name,
      command: { type },
    });
    return [rings(TIMERS.warning, warn, 'warn'), rings(TIMERS.target, due, 'pass')];
  }),
  when<TargetEvent, 'warned'>(target.name, 'warned', ({ due }, view, { now, org }) =>
    notice(
      view,
      answering(view, org, true),
      'waits for its first work',
      `Its target response time ends in ${spanWords(Math.max(0, due - now))}, `,
      { time: due },
      '. Begin: ',
      { code: `/problem analyse ${view.id}` },
      '.',
    ),
  ),
  when<TargetEvent, 'breached'>(target.name, 'breached', ({ due }, view, { org }) =>
    notice(
      view,
      answering(view, org, true),
      'missed its target response time',
      'Work on it should have begun by ',
      { time: due },
      '. Begin now: ',
      { code: `/problem analyse ${view.id}` },
      '.',
    ),
  ),
  when<TargetEvent, 'met'>(target.name, 'met', () => [stop(TIMERS.warning), stop(TIMERS.target)]),

  when<ProblemEvent, 'deferred'>(problem.name, 'deferred', ({ review, by, words }, view, { org }) => [
    { ask: 'timer', key: TIMERS.deferral, at: review, part: problem.name, command: { type: 'review-passed' } },
    ...notice(
      view,
      answering(view, org, false).filter((person) => person !== by),
      'is left open on purpose',
      `${words.reason} It is looked at again `,
      { time: review },
      '.',
    ),
  ]),
  when<ProblemEvent, 'deferral-chased'>(problem.name, 'deferral-chased', ({ step, next }, view, { org }) => [
    { ask: 'timer', key: TIMERS.deferral, at: next, part: problem.name, command: { type: 'review-passed' } },
    ...notice(
      view,
      answering(view, org, step > 1),
      'waits for its review',
      'It was left open on purpose, to be looked at again ',
      { time: view.state(problem).deferred?.review ?? 0 },
      '. Leave it open longer: ',
      { code: `/problem defer ${view.id}` },
      '. Go on with it: ',
      { code: `/problem edit ${view.id}` },
      ', Status.',
    ),
  ]),

  when<ProblemEvent, 'change-judged'>(problem.name, 'change-judged', ({ rfc, outcome, by, words }, view) => {
    const reason = isPrivate(view.class) ? '' : words.reason;
    const command: ChangeCommand = { type: 'judge', problem: view.id, outcome, by, reason };
    return [{ ask: 'elsewhere', record: rfc, part: change.name, command }];
  }),
  when<ProblemEvent, 'closed'>(problem.name, 'closed', ({ category, by }, view) => {
    const { raised, standing } = view.state(problem);
    const people = [standing.owner, raised?.by].filter((person) => person !== undefined && person !== by);
    const how = `As: ${category.replaceAll('-', ' ')}.`;
    return [...notice(view, people as readonly PersonId[], 'is closed', how), ...solving(view, category)];
  }),
];
