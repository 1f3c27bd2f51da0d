import { describe, expect, test } from 'vitest';
import { bellmanItself, type Context, type Role } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { type OrgCommand, type OrgState, org } from '../../src/people/org.ts';

const context = (...roles: Role[]): Context => ({
  record: 'ORG-1',
  actor: { ...bellmanItself, person: 'ada', roles: new Set(roles) },
  org: { ...org.initial, version: 1 },
  now: 0,
  other: () => undefined,
  take: () => 1,
});

function madeBy(commands: readonly OrgCommand[], by: Context = context('service-desk')): OrgState {
  return commands.reduce<OrgState>((state, command) => {
    const decision = org.decide(state, command, by);
    if (isRefusal(decision)) throw new Error(decision.refused);
    return decision.reduce((one, event) => org.evolve(one, event), state);
  }, org.initial);
}
const made: OrgCommand = { type: 'create-resolvers', group: 'Network team', tier: 2 };

describe('a resolver group', () => {
  test.each<Role>(['admin', 'incident-manager', 'service-desk'])('is made and filled by %s', (role) => {
    const filled = madeBy([made, { type: 'add-resolver', group: 'network-team', person: 'nick' }], context(role));
    expect(filled.resolvers).toEqual({ 'network-team': { tier: 2, members: ['nick'] } });
  });

  test('is left by whoever is taken out, and taking out or in twice changes nothing', () => {
    const add: OrgCommand = { type: 'add-resolver', group: 'network-team', person: 'nick' };
    const state = madeBy([made, add, add, { ...add, type: 'remove-resolver' }, { ...add, type: 'remove-resolver' }]);
    expect(state.resolvers?.['network-team']?.members).toEqual([]);
  });

  test('is refused to others, in a second tier, and where it is unknown, with those that there are', () => {
    expect(org.decide(madeBy([made]), made, context('communications'))).toMatchObject({ refused: 'role-needed' });
    expect(org.decide(madeBy([made]), { ...made, tier: 3 }, context('admin'))).toMatchObject({ refused: 'resolvers-exist' });
    const unknown: OrgCommand = { type: 'add-resolver', group: 'desk', person: 'nick' };
    expect(org.decide(madeBy([made]), unknown, context('admin'))).toMatchObject({
      refused: 'unknown-resolvers',
      facts: { said: 'desk', known: ['network-team'] },
    });
  });
});

test('priorities are set by admins and those who manage incidents or problems', () => {
  const command: OrgCommand = { type: 'set-priority', cell: 'high/high', priority: 'medium' };
  expect(madeBy([command], context('problem-manager')).priorities).toEqual({ 'high/high': 'medium' });
  expect(org.decide(madeBy([command], context('admin')), command, context('admin'))).toEqual([]);
  expect(org.decide(org.initial, command, context('service-desk'))).toMatchObject({ refused: 'role-needed' });
});
