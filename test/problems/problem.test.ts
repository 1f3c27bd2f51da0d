import { describe, expect, test } from 'vitest';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { recordCard } from '../../src/incidents/index.ts';
import { incidentsOf, type Problem, type ProblemCommand, problem } from '../../src/problems/problem.ts';
import { shown } from '../../src/problems/shown.ts';
import { aTitle, majorProblem, START, Stage, textOf } from '../comms/stage.ts';

const raised = () => {
  const stage = new Stage();
  stage.does('rita', { type: 'raise', intake: { ...aTitle, category: 'hardware', items: 'Core switch' } }, 'problem');
  return stage;
};
const state = (stage: Stage): Problem => stage.view().state(problem);
const does = (stage: Stage, by: string, command: ProblemCommand) => stage.does(by, command, 'problem');
const refusal = (stage: Stage, by: string, command: ProblemCommand) => {
  const before = JSON.stringify(state(stage));
  const outcome = stage.tries(by, 'problem', command);
  expect(JSON.stringify(state(stage))).toBe(before);
  return isRefusal(outcome) ? outcome.refused : 'accepted';
};

describe('raising a problem', () => {
  test('keeps its originator, time, category, priority and items, and tells the problem managers', () => {
    const stage = raised();
    expect(state(stage).raised).toEqual({ by: 'rita', at: START });
    const said = textOf(stage.to('pat')[0]);
    for (const part of ['Category: hardware', 'Affected items: Core switch', 'Priority: critical', 'by @rita']) {
      expect(said).toContain(part);
    }
  });

  test('stands in lists as recorded, major or resolved', () => {
    const stage = raised();
    expect(stage.loaded.heading).toMatchObject({ title: 'Refused connections', status: 'recorded' });
    does(stage, 'pat', { type: 'declare', owner: 'olga' });
    expect(stage.loaded.heading).toMatchObject({ status: 'major', owner: 'olga' });
    does(stage, 'olga', { type: 'resolve', resolution: 'x' });
    expect(stage.loaded.heading?.status).toBe('resolved');
  });
});

describe('a major problem', () => {
  test('is declared by problem managers only, and never without an owner', () => {
    const stage = raised();
    for (const person of ['ina', 'ada', 'rita', 'cora']) {
      expect(refusal(stage, person, { type: 'declare', owner: 'olga' })).toBe('role-needed');
    }
    expect(refusal(stage, 'pat', { type: 'declare', owner: '' })).toBe('owner-needed');
    expect(stage.plan.status).toBe('none');
  });

  test('has its plan in the same transaction', () => {
    const stage = raised();
    const happened = does(stage, 'pat', { type: 'declare', owner: 'olga' }).map(({ type }) => type);
    expect(happened).toEqual(['declared', 'begun']);
    expect(stage.plan).toMatchObject({ status: 'running', kind: 'problem', owner: 'olga' });
  });

  test('is resolved by its owner or a problem manager, not by whoever raised it', () => {
    expect(refusal(majorProblem(), 'rita', { type: 'resolve', resolution: 'x' })).toBe('not-yours');
    for (const person of ['olga', 'pat']) does(majorProblem(), person, { type: 'resolve', resolution: 'x' });
  });

  test('that is normal again goes through the plan’s last updates, and resolving it later asks nothing more of it', () => {
    const stage = majorProblem();
    does(stage, 'pat', { type: 'normal', reason: 'x' });
    expect(stage.plan).toMatchObject({ status: 'closing', closing: 'normal' });
    expect(does(stage, 'olga', { type: 'resolve', resolution: 'x' }).map(({ type }) => type)).toEqual(['resolved']);
    expect(does(stage, 'olga', { type: 'reopen', reason: 'x' }).map(({ type }) => type)).toEqual(['reopened']);
    expect(stage.plan.closing).toBe('normal');
  });

  test('that is normal again and had told somebody asks for a last word when it is resolved, and no longer once it is open again', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'draft', line: 'customers', text: 'We are looking into it.' });
    const line = () => stage.line('customers');
    const press = () => {
      const { update } = line();
      const seen = update ? draftHash(line(), update).slice(0, HASH_ON_BUTTON) : '';
      stage.does('cora', { type: 'release', update: update?.id ?? '', seen });
      stage.leave();
    };
    press();
    does(stage, 'pat', { type: 'normal', reason: 'x' });
    stage.does('olga', { type: 'draft', line: 'customers', text: 'Only one branch is left.' });
    press();
    expect(line()).toMatchObject({ status: 'closed', update: undefined });
    does(stage, 'olga', { type: 'resolve', resolution: 'x' });
    expect(line()).toMatchObject({ status: 'active', update: { phase: 'resolved' } });
    does(stage, 'olga', { type: 'reopen', reason: 'x' });
    expect(line()).toMatchObject({ status: 'closed', update: undefined });
    expect(stage.plan.closing).toBe('normal');
  });

  test('that is not major cannot be made normal', () => {
    expect(refusal(raised(), 'pat', { type: 'normal', reason: 'x' })).toBe('not-major');
  });
});

describe('linking', () => {
  test('makes both ends know, and counts incidents', () => {
    const stage = raised();
    does(stage, 'sid', { type: 'link', records: ['INC-1', 'INC-2', 'RFC-3', 'INC-1'] });
    expect(incidentsOf(state(stage))).toEqual(['INC-1', 'INC-2']);
    expect(stage.asks).toContainEqual({ ask: 'link', to: 'RFC-3' });
    expect(stage.asks).toContainEqual({
      ask: 'elsewhere',
      record: 'INC-2',
      part: 'incident',
      command: { type: 'problem', problem: 'PRB-1' },
    });
    expect(textOf(recordCard(shown(stage.view())))).toContain('Incidents: 2');
  });

  test('of two problems ends when both know', () => {
    const stage = raised();
    does(stage, 'pat', { type: 'link', records: ['PRB-2'] });
    expect(stage.asks).toContainEqual({
      ask: 'elsewhere',
      record: 'PRB-2',
      part: 'problem',
      command: { type: 'link', records: ['PRB-1'] },
    });
    expect(does(stage, 'bellman', { type: 'link', records: ['PRB-2'] })).toEqual([]);
  });

  test('what is linked already changes nothing', () => {
    const stage = raised();
    does(stage, 'rita', { type: 'link', records: ['INC-1'] });
    expect(does(stage, 'rita', { type: 'link', records: ['INC-1'] })).toEqual([]);
  });

  test('is refused to those who have nothing to do with it, with itself, and with what cannot be linked', () => {
    const stage = raised();
    expect(refusal(stage, 'zoe', { type: 'link', records: ['INC-1'] })).toBe('not-yours');
    expect(refusal(stage, 'rita', { type: 'link', records: ['PRB-1'] })).toBe('links-itself');
    expect(refusal(stage, 'rita', { type: 'link', records: ['ORG-1'] })).toBe('cannot-link');
  });
});

test('nothing can be done with a problem that was never raised', () => {
  expect(refusal(new Stage(), 'pat', { type: 'declare', owner: 'olga' })).toBe('unknown-record');
});

test('editing is for whoever raised it, its owner and problem managers', () => {
  const stage = raised();
  expect(refusal(stage, 'sid', { type: 'edit', intake: { ...aTitle, title: 'x' } })).toBe('not-yours');
  for (const person of ['rita', 'pat']) does(stage, person, { type: 'edit', intake: { ...aTitle, title: person } });
  expect(state(stage).intake.title).toBe('pat');
});
