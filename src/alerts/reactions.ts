/** What follows from an alert: its incident is raised, opened again, or resolved where nobody has taken it up; its problems count it. */
import { type Ask, type Reaction, when } from '../core/ask.ts';
import { type AlertEvent, alert, type IncidentCommand, incident } from '../incidents/index.ts';
import { type ProblemCommand, problem } from '../problems/index.ts';
import { alertRecords } from './store.ts';

const toIncident = (command: IncidentCommand): Ask => ({ ask: 'command', part: incident.name, command });
const belongs = (id: string, record: string): Ask => ({ ask: 'project', into: alertRecords.name, row: { id, record } });

export const reactions: readonly Reaction[] = [
  when<AlertEvent, 'raised-incident'>(alert.name, 'raised-incident', ({ id, problem: known, intake, words }, view) => [
    belongs(id, view.id),
    toIncident(
      known === undefined
        ? { type: 'raise', intake: { ...intake, ...words } }
        : { type: 'raise-as', problem: known, intake: { ...intake, ...words } },
    ),
  ]),
  when<AlertEvent, 'fired-again'>(alert.name, 'fired-again', ({ id, source, reopens }, view) => {
    const { intake, problems } = view.state(incident);
    const again: ProblemCommand = { type: 'report-again', title: intake.title, details: `${view.id}: ${source}` };
    return [
      belongs(id, view.id),
      ...(reopens ? [toIncident({ type: 'reopen', reason: `The alert of ${source} fires again.` })] : []),
      ...problems.map((record): Ask => ({ ask: 'elsewhere', record, part: problem.name, command: again })),
    ];
  }),
  when<AlertEvent, 'cleared'>(alert.name, 'cleared', ({ source, resolves }) => [
    toIncident(
      resolves
        ? { type: 'resolve', resolution: `${source} reports that it is over; nobody had taken it up.` }
        : { type: 'note', text: `${source} reports that the alert is over. Resolve it when you have seen that it is so.` },
    ),
  ]),
];
