/** The plan for a security breach, prepared beforehand (M8). */
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/core/instant.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { aTitle, BANK, majorProblem, START, Stage, textOf } from './stage.ts';

const SECURE = { ...BANK, roles: { ...BANK.roles, security: ['kevin'] } };
const AUTHORITIES = 'emergency-services';

const breach = (stage: Stage, by = 'kevin', known = START - 2 * HOUR) => stage.does(by, { type: 'breach', known });
const refusal = (stage: Stage, by: string, known: number) => {
  const outcome = stage.tries(by, 'plan', { type: 'breach', known } as never);
  return isRefusal(outcome) ? outcome.refused : 'accepted';
};

describe('a security breach', () => {
  test('binds each audience to its term from when it became known; authorities are told within 72 hours, and their line starts', () => {
    const stage = majorProblem(SECURE);
    breach(stage);
    expect(stage.plan).toMatchObject({ known: START - 2 * HOUR, breach: { by: 'kevin', at: START } });
    expect(stage.line(AUTHORITIES)).toMatchObject({ status: 'active', update: { due: START + 70 * HOUR } });
    expect(stage.line('customers').bounds).toMatchObject({ known: [72 * HOUR], after: 'all-staff' });
    expect(stage.line('press')).toMatchObject({ status: 'not needed yet', bounds: { after: 'customers' } });
  });

  test('makes its record private at once, and tells owner and security by when whom', () => {
    const stage = majorProblem(SECURE);
    stage.heard();
    breach(stage);
    expect(stage.plan.class).toBe('private');
    for (const person of ['olga', 'kevin']) {
      const told = stage.to(person).find(({ title }) => title === 'Security breach: PRB-1');
      expect(stage.to(person).filter(({ title }) => title.startsWith('Deadlines changed'))).toEqual([]);
      expect(textOf(told)).toContain('Emergency services and authorities by 2027-01-18 07:00 UTC');
    }
  });

  test('asks for the authorities’ text long before its term, and chases it', () => {
    const stage = majorProblem(SECURE);
    breach(stage);
    stage.heard();
    stage.pass(47 * HOUR);
    expect(stage.to('olga').map(({ title }) => title)).toContain(`Text wanted: Emergency services and authorities, PRB-1`);
    stage.pass(24 * HOUR);
    expect(stage.to('cora').map(({ title }) => title)).toContain('Overdue: Emergency services and authorities, PRB-1');
  });

  test('takes what the organisation prepared before what comes with Bellman', () => {
    const org = {
      ...SECURE,
      breach: {
        [AUTHORITIES]: {
          within: 24 * HOUR,
          releasers: ['charles', 'kevin'],
          approvals: 2,
          places: ['email/address/cert@authority.example'],
        },
      },
    };
    const stage = majorProblem(org);
    breach(stage);
    expect(stage.line(AUTHORITIES)).toMatchObject({
      releasers: ['charles', 'kevin'],
      approvals: 2,
      places: ['email/address/cert@authority.example'],
      update: { due: START + 22 * HOUR },
    });
  });

  test('is begun at once where the record is declared as one', () => {
    const stage = new Stage(SECURE);
    stage.does('rita', { type: 'raise', intake: aTitle }, 'problem');
    const later = stage.tries('pat', 'problem', { type: 'declare', owner: 'olga', breach: START + HOUR } as never);
    expect(isRefusal(later) && later.refused).toBe('known-in-the-future');
    stage.does('pat', { type: 'declare', owner: 'olga', breach: START - HOUR }, 'problem');
    expect(stage.plan).toMatchObject({ status: 'running', known: START - HOUR, class: 'private' });
    expect(stage.line(AUTHORITIES).update?.due).toBe(START + 71 * HOUR);
  });

  test('is begun by those who arrange the plan and by security, once, of what is known already', () => {
    const stage = majorProblem(SECURE);
    expect(refusal(stage, 'rita', START)).toBe('not-your-plan');
    expect(refusal(stage, 'olga', START + MINUTE)).toBe('known-in-the-future');
    breach(stage, 'olga');
    expect(breach(stage)).toEqual([]);
  });
});
