import { describe, expect, test } from 'vitest';
import type { Actor, Context, Role } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { type OrgCommand, org } from '../../src/people/org.ts';

const by = (person: string, ...roles: Role[]): Actor => ({
  person,
  roles: new Set(roles),
  active: true,
  bot: false,
  guest: false,
});
const decided = (command: OrgCommand, actor: Actor) => {
  const context: Context = {
    record: 'ORG-1',
    actor,
    now: 0,
    org: { ...org.initial, version: 1 },
    other: () => undefined,
    take: () => 0,
  };
  const decision = org.decide(org.initial, command, context);
  return isRefusal(decision) ? decision.refused : decision;
};

describe('contact details', () => {
  const set = (details: object, actor = by('kim')) =>
    decided({ type: 'set-details', person: 'kim', ...details } as OrgCommand, actor);
  const known = { email: '', phone: '', language: '', zone: '' };
  test('are set by the person, admins and communications, and by nobody else', () => {
    for (const actor of [by('kim'), by('ada', 'admin'), by('cora', 'communications')]) {
      expect(set({ email: 'Kim@Bank.example' }, actor)).toEqual([
        { type: 'details-set', person: 'kim', words: { ...known, email: 'kim@bank.example' } },
      ]);
    }
    expect(set({ email: 'kim@bank.example' }, by('pat', 'problem-manager'))).toBe('role-needed');
  });
  test('are kept as they are dialled and as zones and languages are called', () => {
    expect(set({ phone: '+49 (30) 12-34', language: 'DE', zone: 'europe/berlin' })).toEqual([
      { type: 'details-set', person: 'kim', words: { ...known, phone: '+49301234', language: 'de', zone: 'Europe/Berlin' } },
    ]);
  });
  test('that are left out are forgotten', () => {
    expect(set({})).toEqual([{ type: 'details-set', person: 'kim', words: known }]);
  });
  test('that are none are refused one by one', () => {
    expect(set({ email: 'kim' })).toBe('wrong-address');
    expect(set({ phone: 'call me' })).toBe('wrong-phone');
    expect(set({ language: 'german' })).toBe('wrong-language');
    expect(set({ zone: 'Mars' })).toBe('wrong-zone');
  });
});

test('places of exercises are set by admins and communications, each once', () => {
  const command: OrgCommand = { type: 'set-exercise-places', places: ['x/channel/drill', 'x/channel/drill'] };
  const event = { type: 'exercise-places-set', words: { places: ['x/channel/drill'] } } as const;
  expect(decided(command, by('cora', 'communications'))).toEqual([event]);
  expect(decided(command, by('pat'))).toBe('role-needed');
  expect(org.evolve(org.initial, event).exercisePlaces).toEqual(['x/channel/drill']);
});
