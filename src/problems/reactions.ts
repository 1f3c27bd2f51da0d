/** What follows from a problem's events. */
import { type Ask, type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import { isPrivate } from '../core/reading.ts';
import { holdersOf } from '../core/record.ts';
import {
  type IncidentCommand,
  type IncidentEvent,
  incident,
  newCard,
  noticeCard,
  standingReactions,
} from '../incidents/index.ts';
import { type KnownErrorEvent, knownError, searchable } from '../knowledge/index.ts';
import { type AnalysisEvent, analysis } from './analysis.ts';
import { branchGivenCard } from './analysis-card.ts';
import { courseReactions } from './course-reactions.ts';
import { escalationReactions } from './escalation-reactions.ts';
import { incidentsOf, type ProblemCommand, type ProblemEvent, problem } from './problem.ts';
import { shown } from './shown.ts';

/** Both ends know of a link; the other end learns of it in its own transaction. */
function linked(from: string, to: string): readonly Ask[] {
  const toIncident: IncidentCommand = { type: 'problem', problem: from };
  const toProblem: ProblemCommand = { type: 'link', records: [from] };
  return [
    { ask: 'link', to },
    ...(to.startsWith('INC-') ? [{ ask: 'elsewhere', record: to, part: incident.name, command: toIncident } as const] : []),
    ...(to.startsWith('PRB-') ? [{ ask: 'elsewhere', record: to, part: problem.name, command: toProblem } as const] : []),
  ];
}

/** The other end of a link that is gone learns of it too. */
function unlinked(from: string, to: string): readonly Ask[] {
  const fromIncident: IncidentCommand = { type: 'problem-gone', problem: from };
  const fromProblem: ProblemCommand = { type: 'unlink', records: [from] };
  return [
    { ask: 'unlink', to },
    ...(to.startsWith('INC-') ? [{ ask: 'elsewhere', record: to, part: incident.name, command: fromIncident } as const] : []),
    ...(to.startsWith('PRB-') ? [{ ask: 'elsewhere', record: to, part: problem.name, command: fromProblem } as const] : []),
  ];
}

/** The problem as the search for similar ones knows it: what it looks like now, and whether it can still be met. */
const found = (view: RecordView): Ask => {
  const { intake, standing, workaround } = view.state(problem);
  const { title, details, items } = intake;
  const status = standing.status === 'open' ? 'open' : 'over';
  return searchable({ id: view.id, title, symptom: details, items, workaround, status });
};

/** Whoever raised or owns an incident of it hears at once what helps; what helps against a private problem only its own people hear. */
const offered = (view: RecordView, workaround: string): readonly Ask[] =>
  (isPrivate(view.class) ? [] : incidentsOf(view.state(problem))).map((record) => {
    const command: IncidentCommand = { type: 'workaround', problem: view.id, workaround };
    return { ask: 'elsewhere', record, part: incident.name, command };
  });

/** An incident that goes on as another one: its problems have that one from now on. */
const merged = when<IncidentEvent, 'closed'>(incident.name, 'closed', ({ into }, view) => {
  if (into === undefined) return [];
  const command: ProblemCommand = { type: 'link', records: [into] };
  return view.state(incident).problems.map((record) => ({ ask: 'elsewhere', record, part: problem.name, command }));
});

export const reactions: readonly Reaction[] = [
  when<AnalysisEvent, 'branch-given'>(analysis.name, 'branch-given', ({ members, group, words }, view) =>
    tell(members, branchGivenCard(view.id, view.state(problem).intake.title, words.name, group)),
  ),
  merged,
  ...(['raised', 'edited', 'resolved', 'reopened'] as const).map((event) =>
    when<ProblemEvent, typeof event>(problem.name, event, (_event, view) => [found(view)]),
  ),
  when<ProblemEvent, 'workaround-found'>(problem.name, 'workaround-found', ({ words }, view) => [
    found(view),
    ...offered(view, words.workaround),
  ]),
  when<ProblemEvent, 'reported-again'>(problem.name, 'reported-again', ({ by, words }, view) => {
    const { standing, raised } = view.state(problem);
    const people = [standing.owner, raised?.by].filter((person) => person !== undefined);
    return tell(
      people.filter((person) => person !== by),
      noticeCard(shown(view), 'was met again', { person: by }, `: ${words.title}`),
    );
  }),
  when<IncidentEvent, 'problem-linked'>(incident.name, 'problem-linked', (event, view) => {
    const command: ProblemCommand = { type: 'link', records: [view.id] };
    return [{ ask: 'elsewhere', record: event.problem, part: problem.name, command }];
  }),
  when<KnownErrorEvent, 'recorded'>(knownError.name, 'recorded', (event, view) => {
    const command: ProblemCommand = { type: 'link', records: [view.id] };
    return [{ ask: 'elsewhere', record: event.problem, part: problem.name, command }];
  }),
  when<ProblemEvent, 'raised'>(problem.name, 'raised', (event, view, { org }) =>
    tell(
      holdersOf(org, 'problem-manager', 'problem-support', ...(isPrivate(view.class) ? (['security'] as const) : [])).filter(
        (person) => person !== event.by,
      ),
      newCard(shown(view)),
    ),
  ),
  when<ProblemEvent, 'linked'>(problem.name, 'linked', (event, view) => event.records.flatMap((to) => linked(view.id, to))),
  when<ProblemEvent, 'unlinked'>(problem.name, 'unlinked', (event, view) => event.records.flatMap((to) => unlinked(view.id, to))),
  ...standingReactions({ root: 'problem', shown }),
  ...courseReactions,
  ...escalationReactions,
];
