/** Incidents in memory: the real rules and reactions, with what was refused and asked for. */
import { expect } from 'vitest';
import type { Ask } from '../../src/core/ask.ts';
import type { Org } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { type Incident, type IncidentCommand, incident } from '../../src/incidents/incident.ts';
import { aTitle, BANK, Stage } from '../comms/stage.ts';

/** The bank, with a network team of two in tier 2 and an empty team in tier 3. */
export const TEAMS: Org = {
  ...BANK,
  resolvers: { 'network-team': { tier: 2, members: ['nick', 'nora'] }, 'empty-team': { tier: 3, members: [] } },
};

/** Everything that closing needs. */
export const complete = { ...aTitle, details: 'Since 9:00.', category: 'network' } as const;

/** An incident that Rita has raised. */
export function raisedBy(by = 'rita', intake: Extract<IncidentCommand, { type: 'raise' }>['intake'] = complete): Stage {
  const stage = new Stage(TEAMS, 'INC-1');
  stage.does(by, { type: 'raise', intake }, 'incident');
  return stage;
}

export const stateOf = (stage: Stage): Incident => stage.view().state(incident);
export const does = (stage: Stage, by: string, command: IncidentCommand) => stage.does(by, command, 'incident');

/** What a command is refused with; it must change nothing. */
export function refusal(stage: Stage, by: string, command: IncidentCommand): string {
  const before = JSON.stringify(stateOf(stage));
  const outcome = stage.tries(by, 'incident', command);
  if (!isRefusal(outcome)) return 'accepted';
  expect(JSON.stringify(stateOf(stage))).toBe(before);
  return outcome.refused;
}

/** What was asked of the worker that makes channels, newest last. */
export const channelsAsked = (stage: Stage): readonly Readonly<Record<string, unknown>>[] =>
  stage.asks.flatMap((ask: Ask) => (ask.ask === 'project' && ask.into === 'incident_channel' ? [ask.row] : []));
