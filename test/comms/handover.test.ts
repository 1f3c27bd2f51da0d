/** What somebody has to do on a plan passes to whoever accepts it. */
import { describe, expect, test } from 'vitest';
import { liveCards } from '../../src/comms/index.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { controlsOf, majorProblem, type Stage, textOf } from './stage.ts';

const refusal = (stage: Stage, by: string, command: object) => {
  const outcome = stage.tries(by, 'plan', command as never);
  return isRefusal(outcome) ? outcome.refused : 'accepted';
};

/** Olga, who owns the plan and writes, has been asked for two texts, and asked Anna to take over. */
function asked() {
  const stage = majorProblem();
  stage.does('pat', { type: 'line', line: 'press', author: 'cora' });
  stage.does('pat', { type: 'line', line: 'press', author: 'olga' });
  stage.passMinutes(16);
  stage.heard();
  stage.does('olga', { type: 'hand-over', to: 'anna' });
  return stage;
}

describe('a handover', () => {
  test('asks the receiver on one card that says all that would be theirs', () => {
    const card = asked().to('anna')[0];
    expect(textOf(card)).toBe(
      [
        'Take over PRB-1?',
        '@olga wants you to take over what they have to do for Refused connections.',
        'Answers for the plan: overdue updates, questions, what did not arrive',
        'Writes for: Senior management, All staff, Customers and partners, Working staff, Press and media and Emergency services and authorities',
        'Texts wanted now: 4',
        'Open questions: 0',
        'Next due: 2027-01-15 09:30 UTC',
        '[Accept] [Decline]',
      ].join('\n'),
    );
  });

  test('changes nothing until it is accepted', () => {
    const stage = asked();
    expect(stage.plan.owner).toBe('olga');
    expect(stage.does('olga', { type: 'hand-over', to: 'anna' })).toEqual([]);
  });

  test('accepted makes the giver’s duties the receiver’s, who has every text that is wanted before them', () => {
    const stage = asked();
    stage.heard();
    stage.does('anna', { type: 'answer-handover', from: 'olga', takes: true });
    expect(stage.plan.owner).toBe('anna');
    expect(stage.line('press').author).toBe('anna');
    expect(stage.to('anna').filter(({ title }) => title.startsWith('Text wanted'))).toHaveLength(3);
    expect(stage.to('olga').map(({ title }) => title)).toEqual(['PRB-1 is taken over']);
    stage.heard();
    stage.passMinutes(15);
    expect(stage.to('anna').some(({ title }) => title.startsWith('Overdue'))).toBe(true);
    expect(stage.to('olga').some(({ title }) => title.startsWith('Overdue'))).toBe(false);
    expect(controlsOf(liveCards.handover?.(stage.view(), stage.now, 'olga'))).toEqual([]);
  });

  test('gives a text that somebody had taken to a receiver who could not write otherwise', () => {
    const stage = asked();
    const update = stage.line('customers').update?.id ?? '';
    stage.does('cora', { type: 'take', update });
    stage.does('cora', { type: 'hand-over', to: 'rita' });
    stage.does('rita', { type: 'answer-handover', from: 'cora', takes: true });
    stage.does('rita', { type: 'draft', line: 'customers', text: 'Text.' });
    expect(stage.line('customers').update?.draft?.by).toBe('rita');
    expect(stage.plan.owner).toBe('olga');
  });

  test('declined stays with the giver, who is told', () => {
    const stage = asked();
    stage.heard();
    stage.does('anna', { type: 'answer-handover', from: 'olga', takes: false });
    expect(stage.plan.owner).toBe('olga');
    expect(stage.to('olga').map(({ title }) => title)).toEqual(['PRB-1 is not taken over']);
    expect(refusal(stage, 'anna', { type: 'answer-handover', from: 'olga', takes: true })).toBe('no-handover');
  });

  test('is refused to oneself, to somebody who left, by somebody who has nothing, and accepted by nobody else', () => {
    const stage = asked();
    expect(refusal(stage, 'olga', { type: 'hand-over', to: 'olga' })).toBe('handover-to-self');
    expect(refusal(stage, 'rita', { type: 'hand-over', to: 'anna' })).toBe('nothing-to-hand-over');
    expect(refusal(stage, 'rita', { type: 'answer-handover', from: 'olga', takes: true })).toBe('not-handed-to-you');
    stage.org = { ...stage.org, inactive: ['bea'] };
    expect(refusal(stage, 'olga', { type: 'hand-over', to: 'bea' })).toBe('cannot-take-over');
  });
});
