/** Whatever people do with an incident, in whatever order: only the transitions that are allowed happen, each by who may do it. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { IncidentCommand } from '../../src/incidents/incident.ts';
import { complete, does, raisedBy, refusal, stateOf, TEAMS } from './stage.ts';

const PEOPLE = ['rita', 'ina', 'pat', 'sid', 'olga', 'lena', 'nick', 'zoe'] as const;
type Person = (typeof PEOPLE)[number];
const person = fc.constantFrom(...PEOPLE);

const command: fc.Arbitrary<IncidentCommand> = fc.oneof(
  fc.constantFrom<IncidentCommand>(
    { type: 'declare', owner: 'olga' },
    { type: 'normal', reason: 'x' },
    { type: 'resolve', resolution: 'x' },
    { type: 'resolve', resolution: 'x' },
    { type: 'close', category: 'fixed' },
    { type: 'close', category: 'no-fault' },
    { type: 'reopen', reason: 'x' },
    { type: 'merge', into: 'INC-9' },
    { type: 'merge', into: 'INC-1' },
    { type: 'note', text: 'x' },
    { type: 'assign', group: 'network-team' },
    { type: 'assign', group: 'empty-team' },
    { type: 'assign', group: 'nobody' },
    { type: 'want-channel', at: 'slack/channel/C1' },
    { type: 'edit', intake: { ...complete, details: '' } },
    { type: 'edit', intake: complete },
  ),
  person.map((who): IncidentCommand => ({ type: 'join', person: who })),
  person.map((who): IncidentCommand => ({ type: 'crew', role: 'lead', person: who })),
);

/** What the incident is, as the model knows it. */
interface Model {
  status: 'open' | 'resolved' | 'closed';
  major: boolean;
  owner: string | undefined;
  lead: string | undefined;
  group: string | undefined;
  joined: Set<string>;
  team: Set<string>;
  complete: boolean;
}

const manages = (model: Model, by: Person): boolean =>
  ['ina', 'pat', 'sid'].includes(by) || by === model.owner || by === model.lead;
const inGroup = ({ group }: Model, by: Person): boolean =>
  group !== undefined && (TEAMS.resolvers?.[group]?.members.includes(by) ?? false);

/** Whether it may happen now, by this person; written down without the rules' own words. */
function allowed(model: Model, by: Person, wanted: IncidentCommand): boolean {
  const { status } = model;
  switch (wanted.type) {
    case 'declare':
      return status === 'open' && !model.major && ['ina', 'pat'].includes(by);
    case 'normal':
      return status === 'open' && model.major && ['ina', 'pat'].includes(by);
    case 'resolve':
      return status === 'open' && (manages(model, by) || inGroup(model, by) || (by === 'rita' && !model.major));
    case 'close':
      return status === 'resolved' && model.complete && manages(model, by);
    case 'reopen':
      return status !== 'open' && (manages(model, by) || by === 'rita');
    case 'merge':
      return status !== 'closed' && wanted.into !== 'INC-1' && manages(model, by);
    case 'note':
      return status !== 'closed' && (manages(model, by) || by === 'rita' || model.joined.has(by) || model.team.has(by));
    case 'join':
      return status !== 'closed' && (wanted.person === by || manages(model, by));
    case 'crew':
      return status === 'open' && manages(model, by);
    case 'assign':
      return status === 'open' && wanted.group !== 'nobody' && (manages(model, by) || inGroup(model, by));
    case 'edit':
      return status !== 'closed' && (manages(model, by) || by === 'rita');
    case 'want-channel':
      return status !== 'closed' && manages(model, by);
    default:
      throw new Error(`The model does not know ${wanted.type}`);
  }
}

function move(model: Model, wanted: IncidentCommand): void {
  if (wanted.type === 'declare') Object.assign(model, { major: true, owner: 'olga' });
  if (wanted.type === 'normal') model.major = false;
  if (wanted.type === 'resolve') model.status = 'resolved';
  if (wanted.type === 'close' || wanted.type === 'merge') model.status = 'closed';
  if (wanted.type === 'reopen') model.status = 'open';
  if (wanted.type === 'join') model.joined.add(wanted.person);
  if (wanted.type === 'crew') model.lead = wanted.person;
  if (wanted.type === 'edit') model.complete = wanted.intake.details !== '';
  if (wanted.type === 'assign') {
    model.group = wanted.group;
    model.team = new Set(TEAMS.resolvers?.[wanted.group]?.members);
  }
}

describe('the life of an incident', () => {
  test.prop([fc.array(fc.tuple(person, command), { maxLength: 30 })], { numRuns: 200 })(
    'goes only where it is allowed to go, by those who may',
    (steps) => {
      const stage = raisedBy();
      const none = { owner: undefined, lead: undefined, group: undefined };
      const model: Model = {
        status: 'open',
        major: false,
        ...none,
        joined: new Set(),
        team: new Set(),
        complete: true,
      };
      for (const [by, wanted] of steps) {
        const may = allowed(model, by, wanted);
        if (may) {
          does(stage, by, wanted);
          move(model, wanted);
        } else {
          expect(refusal(stage, by, wanted)).not.toBe('accepted');
        }
        const state = stateOf(stage);
        expect(state.closed ? 'closed' : state.standing.status).toBe(model.status);
        expect(state.standing.major).toBe(model.major);
        expect(stage.loaded.heading?.status).toBe(model.status === 'open' && model.major ? 'major' : model.status);
        if (model.status !== 'closed') expect(state.into).toBeUndefined();
      }
    },
  );
});
