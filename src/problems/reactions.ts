/** What follows from a problem's events. */
import { type Ask, type Reaction, tell, when } from '../core/ask.ts';
import { holdersOf } from '../core/record.ts';
import { type IncidentCommand, incident, newCard, standingReactions } from '../incidents/index.ts';
import { type ProblemCommand, type ProblemEvent, problem } from './problem.ts';
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

export const reactions: readonly Reaction[] = [
  when<ProblemEvent, 'raised'>(problem.name, 'raised', (event, view, { org }) =>
    tell(
      holdersOf(org, 'problem-manager').filter((person) => person !== event.by),
      newCard(shown(view)),
    ),
  ),
  when<ProblemEvent, 'linked'>(problem.name, 'linked', (event, view) => event.records.flatMap((to) => linked(view.id, to))),
  ...standingReactions({ root: 'problem', shown }),
];
