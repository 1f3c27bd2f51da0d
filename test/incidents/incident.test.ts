import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/core/refusal.ts';
import { type Incident, type IncidentCommand, incident } from '../../src/incidents/incident.ts';
import { recordCard } from '../../src/incidents/index.ts';
import { shown } from '../../src/incidents/shown.ts';
import { aTitle, controlsOf, START, Stage, textOf } from '../comms/stage.ts';

const raised = (by = 'rita') => {
  const stage = new Stage(undefined, 'INC-1');
  stage.does(by, { type: 'raise', intake: aTitle }, 'incident');
  return stage;
};
const state = (stage: Stage): Incident => stage.view().state(incident);
const does = (stage: Stage, by: string, command: IncidentCommand) => stage.does(by, command, 'incident');
const refusal = (stage: Stage, by: string, command: IncidentCommand) => {
  const before = JSON.stringify(state(stage));
  const outcome = stage.tries(by, 'incident', command);
  expect(JSON.stringify(state(stage))).toBe(before);
  return isRefusal(outcome) ? outcome.refused : 'accepted';
};

describe('raising an incident', () => {
  test('keeps who, when and what, and tells the service desk', () => {
    const stage = raised();
    expect(state(stage)).toMatchObject({ raised: { by: 'rita', at: START }, intake: aTitle });
    expect(stage.to('sid').map(({ title }) => title)).toEqual(['New incident: INC-1 Refused connections']);
    expect(textOf(stage.to('sid')[0])).toContain('Priority: critical (impact high, urgency high)');
  });

  test('tells the incident managers where there is no service desk', () => {
    const stage = new Stage(undefined, 'INC-1');
    stage.org = { ...stage.org, roles: { 'incident-manager': ['ina'] } };
    does(stage, 'rita', { type: 'raise', intake: aTitle });
    expect(stage.to('ina')).toHaveLength(1);
  });

  test('leaves what people wrote out of the journal’s bodies', () => {
    const stage = raised();
    expect(stage.loaded.entries[0]?.body).not.toContain('Refused connections');
    expect(stage.loaded.entries[0]?.words?.words).toMatchObject({ title: 'Refused connections' });
  });

  test('stands in lists as open, major or resolved', () => {
    const stage = raised();
    const status = () => stage.loaded.heading?.status;
    expect(status()).toBe('open');
    does(stage, 'ina', { type: 'declare', owner: 'olga' });
    expect(status()).toBe('major');
    does(stage, 'olga', { type: 'resolve', resolution: 'Restarted.' });
    expect(status()).toBe('resolved');
  });
});

test('nothing can be done with an incident that was never raised', () => {
  expect(refusal(new Stage(undefined, 'INC-1'), 'ina', { type: 'resolve', resolution: 'x' })).toBe('unknown-record');
});

describe('editing', () => {
  const longer = { ...aTitle, details: 'Since 9:00.' };

  test.each(['rita', 'sid', 'ina'])('is for whoever raised it and those who manage incidents: %s', (person) => {
    const stage = raised();
    does(stage, person, { type: 'edit', intake: longer });
    expect(state(stage).intake.details).toBe('Since 9:00.');
  });

  test('is refused to others, and once it is closed; until then what is missing can be added', () => {
    const stage = raised();
    expect(refusal(stage, 'zoe', { type: 'edit', intake: longer })).toBe('not-yours');
    does(stage, 'rita', { type: 'resolve', resolution: 'x' });
    does(stage, 'rita', { type: 'edit', intake: { ...longer, category: 'network' } });
    does(stage, 'sid', { type: 'close', category: 'fixed' });
    expect(refusal(stage, 'rita', { type: 'edit', intake: longer })).toBe('is-closed');
  });

  test('without a difference changes nothing', () => {
    expect(does(raised(), 'rita', { type: 'edit', intake: aTitle })).toEqual([]);
  });

  test('of the title names the plan anew', () => {
    const stage = raised();
    does(stage, 'ina', { type: 'declare', owner: 'olga' });
    does(stage, 'rita', { type: 'edit', intake: { ...aTitle, title: 'Tellers cannot log on' } });
    expect(stage.plan.title).toBe('Tellers cannot log on');
  });
});

describe('declaring an incident major', () => {
  test.each(['ina', 'pat'])('is for incident and problem managers: %s', (person) => {
    const stage = raised();
    does(stage, person, { type: 'declare', owner: 'olga', place: 'console/channel/ops' });
    expect(state(stage).standing).toMatchObject({ major: true, owner: 'olga' });
    expect(stage.plan).toMatchObject({ status: 'running', kind: 'incident', owner: 'olga', title: 'Refused connections' });
  });

  test('is refused to others, without an owner, twice, and once it is resolved', () => {
    const stage = raised();
    expect(refusal(stage, 'sid', { type: 'declare', owner: 'olga' })).toBe('role-needed');
    expect(refusal(stage, 'ina', { type: 'declare', owner: '' })).toBe('owner-needed');
    does(stage, 'ina', { type: 'declare', owner: 'olga' });
    expect(refusal(stage, 'ina', { type: 'declare', owner: 'otto' })).toBe('already-major');
    does(stage, 'olga', { type: 'resolve', resolution: 'x' });
    expect(refusal(stage, 'ina', { type: 'declare', owner: 'olga' })).toBe('is-resolved');
  });

  test('tells the owner and whoever raised it', () => {
    const stage = raised();
    stage.heard();
    does(stage, 'ina', { type: 'declare', owner: 'olga' });
    expect(stage.to('olga')[0]?.title).toBe('You own INC-1');
    expect(stage.to('rita').map(({ title }) => title)).toEqual(['INC-1 is major']);
  });
});

describe('another owner', () => {
  const asked = () => {
    const stage = raised();
    does(stage, 'ina', { type: 'declare', owner: 'olga' });
    stage.heard();
    does(stage, 'olga', { type: 'propose-owner', to: 'otto' });
    return stage;
  };

  test('is asked by a card with buttons; until they accept, the owner stays', () => {
    const stage = asked();
    expect(controlsOf(stage.to('otto')[0]).map(({ action }) => action)).toEqual([
      'incident.accept-owner',
      'incident.decline-owner',
    ]);
    expect(state(stage).standing.owner).toBe('olga');
  });

  test('who accepts owns the plan too, and the owner before is told', () => {
    const stage = asked();
    stage.heard();
    does(stage, 'otto', { type: 'accept-owner' });
    expect(state(stage).standing.owner).toBe('otto');
    expect(stage.plan.owner).toBe('otto');
    expect(stage.to('olga').map(({ title }) => title)).toEqual(['INC-1 has another owner']);
  });

  test('who declines changes nothing, and whoever asked is told', () => {
    const stage = asked();
    stage.heard();
    does(stage, 'otto', { type: 'decline-owner' });
    expect(state(stage).standing.owner).toBe('olga');
    expect(stage.to('olga').map(({ title }) => title)).toEqual(['INC-1 needs another owner']);
  });

  test('cannot be somebody else than who was asked', () => {
    const stage = asked();
    expect(refusal(stage, 'rita', { type: 'accept-owner' })).toBe('not-proposed');
    does(stage, 'otto', { type: 'accept-owner' });
    expect(refusal(stage, 'otto', { type: 'accept-owner' })).toBe('not-proposed');
  });

  test('is asked for by the owner or those who manage incidents, and not again', () => {
    const stage = asked();
    expect(refusal(stage, 'rita', { type: 'propose-owner', to: 'rita' })).toBe('not-yours');
    expect(refusal(stage, 'olga', { type: 'propose-owner', to: 'olga' })).toBe('already-owner');
  });

  test('who may arrange it and names themselves has accepted by it', () => {
    const stage = asked();
    does(stage, 'ina', { type: 'propose-owner', to: 'ina' });
    expect(state(stage).standing.owner).toBe('ina');
  });
});

describe('the ways back', () => {
  test('normal is for those who declare, and only of a major one', () => {
    const stage = raised();
    expect(refusal(stage, 'ina', { type: 'normal', reason: 'x' })).toBe('not-major');
    does(stage, 'ina', { type: 'declare', owner: 'olga' });
    expect(refusal(stage, 'olga', { type: 'normal', reason: 'x' })).toBe('role-needed');
    does(stage, 'ina', { type: 'normal', reason: 'Few are hit.' });
    expect(state(stage).standing).toMatchObject({ major: false, owner: 'olga' });
  });

  test('resolving is for the owner, those who manage incidents, and whoever raised it unless it is major', () => {
    for (const person of ['rita', 'sid', 'ina']) does(raised(), person, { type: 'resolve', resolution: 'x' });
    const stage = raised();
    expect(refusal(stage, 'zoe', { type: 'resolve', resolution: 'x' })).toBe('not-yours');
    does(stage, 'ina', { type: 'declare', owner: 'olga' });
    expect(refusal(stage, 'rita', { type: 'resolve', resolution: 'x' })).toBe('not-yours');
    does(stage, 'olga', { type: 'resolve', resolution: 'Restarted.' });
    expect(refusal(stage, 'olga', { type: 'resolve', resolution: 'x' })).toBe('is-resolved');
  });

  test('resolving tells whoever raised it', () => {
    const stage = raised();
    stage.heard();
    does(stage, 'sid', { type: 'resolve', resolution: 'Restarted.' });
    expect(textOf(stage.to('rita')[0])).toContain('Restarted.');
  });

  test('reopening is for the same people, and only of a resolved one', () => {
    const stage = raised();
    expect(refusal(stage, 'rita', { type: 'reopen', reason: 'x' })).toBe('is-open');
    does(stage, 'sid', { type: 'resolve', resolution: 'x' });
    expect(refusal(stage, 'zoe', { type: 'reopen', reason: 'x' })).toBe('not-yours');
    does(stage, 'rita', { type: 'reopen', reason: 'It failed again.' });
    expect(state(stage).standing).toMatchObject({ status: 'open', resolution: undefined });
  });
});

test('an incident knows its problems, and shows them with their titles', () => {
  const stage = raised();
  does(stage, 'bellman', { type: 'problem', problem: 'PRB-7' });
  expect(does(stage, 'bellman', { type: 'problem', problem: 'PRB-7' })).toEqual([]);
  expect(textOf(recordCard(shown(stage.view()), new Map([['PRB-7', 'Worn disks']])))).toContain('PRB-7 Worn disks');
});
