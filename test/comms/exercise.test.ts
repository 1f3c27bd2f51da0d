/** An exercise runs as in earnest, says so in every message, and reaches nobody but the places chosen for it. */

import { beforeEach, describe, expect, test } from 'vitest';
import { liveCards, mayStillSend } from '../../src/comms/index.ts';
import { draftHash } from '../../src/comms/line.ts';
import { HOUR } from '../../src/core/instant.ts';
import type { Org } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { aTitle, BANK, majorProblem, Stage, textOf } from './stage.ts';

const DRILL = 'console/channel/drill';
const ORG = { ...BANK, exercisePlaces: [DRILL] };
const raised = (org: Org = ORG) => {
  const stage = new Stage(org);
  stage.does('rita', { type: 'raise', intake: aTitle }, 'problem');
  stage.heard();
  stage.asks.splice(0);
  return stage;
};
const command = { type: 'exercise', kind: 'problem', title: 'Refused connections' } as const;
const refusal = (outcome: unknown) => (isRefusal(outcome) ? outcome.refused : undefined);
/** Where everything went that was said. */
const wentTo = (stage: Stage) => [...new Set(stage.said.map(({ to }) => ('place' in to ? to.place : JSON.stringify(to))))];

let stage: Stage;
beforeEach(() => {
  stage = raised();
  stage.does('cora', command);
});

const release = (line: string) => {
  stage.does('cora', { type: 'draft', line, text: 'We are looking into it.' });
  const found = stage.line(line);
  if (!found.update) throw new Error('Nothing is due');
  stage.does('carl', { type: 'release', update: found.update.id, seen: draftHash(found, found.update).slice(0, 16) });
  return found.update.id;
};

describe('an exercise', () => {
  test('asks, nudges, chases and tells as in earnest, but every message is marked and stands in one place', () => {
    const update = release('customers');
    stage.pass(6 * HOUR);
    const kinds = [
      'Communication plan',
      'Text wanted',
      'Still no text',
      'Overdue',
      'To release',
      'Update 1: Refused connections',
    ];
    for (const kind of kinds)
      expect(stage.said.map(({ content }) => content.title)).toContainEqual(expect.stringContaining(kind));
    expect(wentTo(stage)).toEqual([DRILL]);
    for (const { content } of stage.said) {
      expect(content.title).toMatch(/^EXERCISE: /u);
      expect(content.summary).toMatch(/^EXERCISE: /u);
    }
    expect(stage.said.filter((one) => one.update === update)).toHaveLength(1);
  });

  test('keeps its buttons and its marks when its cards are rendered anew', () => {
    expect(textOf(liveCards.plan?.(stage.view(), stage.now, ''))).toMatch(/^EXERCISE: Communication plan/u);
    stage.passMinutes(20);
    expect(stage.at(DRILL).map(textOf).join()).toContain('[Write]');
  });

  test('is marked in the rows for lists and figures', () => {
    release('customers');
    stage.leave();
    const rows = stage.asks.flatMap((ask) => (ask.ask === 'project' && ask.into === 'comms_update' ? [ask.row] : []));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => row.exercise !== true)).toEqual([]);
  });

  test('belongs to whoever began it, and wakes neither the originator nor the managers', () => {
    expect(stage.plan).toMatchObject({ status: 'running', exercise: true, owner: 'cora' });
    expect(stage.to('rita')).toEqual([]);
  });
});

describe('it ends', () => {
  const over = () => {
    expect(stage.plan.status).toBe('none');
    stage.heard();
    stage.pass(6 * HOUR);
    expect(stage.said).toEqual([]);
    expect(stage.timers.size).toBe(0);
    expect(textOf(liveCards.plan?.(stage.view(), stage.now, ''))).toContain('This exercise is over.');
  };

  test('when its command is said again', () => {
    stage.does('cora', command);
    over();
  });

  test('when its record is resolved', () => {
    stage.does('pat', { type: 'resolve', resolution: 'x' }, 'problem');
    over();
  });

  test('and what was released in it and has not left does not leave any more', () => {
    const update = release('customers');
    stage.leave();
    expect(mayStillSend(stage.view(), update, stage.org, () => true, DRILL)).toBeUndefined();
    stage.does('cora', command);
    expect(mayStillSend(stage.view(), update, stage.org, () => true, DRILL)).toBe('no-plan');
  });

  test('and what was open in it is open in no list', () => {
    stage.asks.splice(0);
    stage.does('cora', command);
    const rows = stage.asks.flatMap((ask) => (ask.ask === 'project' ? [ask.row] : []));
    expect(rows.map(({ outcome }) => outcome)).toEqual(['replaced', 'replaced', 'replaced', 'replaced']);
  });

  test('when its record becomes major in earnest: the real plan begins anew, and its updates have other numbers', () => {
    const before = release('customers');
    stage.leave();
    stage.heard();
    stage.does('pat', { type: 'declare', owner: 'olga', place: 'console/channel/ops' }, 'problem');
    expect(stage.plan).toMatchObject({ status: 'running', owner: 'olga' });
    expect(stage.plan.exercise).toBeUndefined();
    expect(stage.line('customers')).toMatchObject({ released: 0, told: false });
    expect(stage.line('customers').update?.id).not.toBe(before);
    expect(stage.at('console/channel/ops').map(textOf).join()).toContain('Communication plan of PRB-1');
    expect(stage.said.filter(({ content }) => content.title.startsWith('EXERCISE'))).toEqual([]);
  });
});

describe('it is not begun', () => {
  test('on a record that has a plan in earnest', () => {
    expect(refusal(majorProblem(ORG).tries('cora', 'plan', command))).toBe('plan-in-earnest');
  });

  test('without places for it', () => {
    expect(refusal(raised(BANK).tries('cora', 'plan', command))).toBe('no-exercise-places');
  });

  test('where its places are less guarded than its record', () => {
    expect(refusal(raised().tries('cora', 'plan', { ...command, class: 'private' } as never))).toBe('exercise-place-open');
  });

  test('by somebody who may not arrange plans, and ended only by those who may', () => {
    expect(refusal(raised().tries('rita', 'plan', command))).toBe('not-your-plan');
    expect(refusal(stage.tries('rita', 'plan', command))).toBe('not-your-plan');
    const alone = { ...ORG, roles: { ...ORG.roles, communications: [] } };
    // Where there is no plan yet and nobody communicates, those who manage such records are asked.
    expect(raised(alone).tries('rita', 'plan', command)).toMatchObject({ facts: { people: ['pat'] } });
  });
});
