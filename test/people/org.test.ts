import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { nextEntry } from '../../src/core/journal.ts';
import { type Actor, BELLMAN, bellmanItself, type Context, type Role } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { type OrgCommand, type OrgEvent, type OrgState, org } from '../../src/people/org.ts';

const now = Date.parse('2027-01-04T09:00Z');
const actor = (person: string, ...roles: Role[]): Actor => ({
  person,
  roles: new Set(roles),
  active: true,
  bot: false,
  guest: false,
});
const context = (by: Actor, state: OrgState): Context => ({
  record: 'ORG-1',
  actor: by,
  now,
  org: { ...state, version: 1 },
  other: () => undefined,
  take: () => 0,
});

/** given(events).when(command, by): the events that follow, or the refusal's code. */
function given(...events: OrgEvent[]) {
  const state = events.reduce((before, event) => org.evolve(before, event), org.initial);
  return {
    state,
    when: (command: OrgCommand, by: Actor) => {
      const decision = org.decide(state, command, context(by, state));
      return isRefusal(decision) ? decision.refused : decision;
    },
  };
}
const granted = (person: string, role: Role): OrgEvent => ({ type: 'granted', person, role });
const admin = actor('p1', 'admin');
const cab: OrgEvent = { type: 'board-created', board: 'CAB', place: 'console/channel/cab', emergency: false };
const member = (person: string): OrgEvent => ({ type: 'member-added', board: 'CAB', person });

describe('granting a role', () => {
  test('is for admins', () => {
    expect(given(granted('p1', 'admin')).when({ type: 'grant', person: 'p2', role: 'security' }, admin)).toEqual([
      { type: 'granted', person: 'p2', role: 'security' },
    ]);
    expect(given(granted('p1', 'admin')).when({ type: 'grant', person: 'p2', role: 'admin' }, actor('p2'))).toBe('role-needed');
  });
  test('twice changes nothing', () => {
    expect(given(granted('p2', 'security')).when({ type: 'grant', person: 'p2', role: 'security' }, admin)).toEqual([]);
  });
  test('to the first admin is done by Bellman itself', () => {
    expect(given().when({ type: 'grant', person: 'p1', role: 'admin' }, bellmanItself)).toEqual([granted('p1', 'admin')]);
  });
});

describe('revoking a role', () => {
  test('is refused for the last admin', () => {
    expect(given(granted('p1', 'admin')).when({ type: 'revoke', person: 'p1', role: 'admin' }, admin)).toBe('last-admin');
  });
  test('works while another admin stays', () => {
    expect(
      given(granted('p1', 'admin'), granted('p2', 'admin')).when({ type: 'revoke', person: 'p1', role: 'admin' }, admin),
    ).toEqual([{ type: 'revoked', person: 'p1', role: 'admin' }]);
  });
  property.prop([fc.array(fc.tuple(fc.constantFrom('grant', 'revoke'), fc.constantFrom('p1', 'p2', 'p3')), { maxLength: 30 })])(
    'never leaves an organisation without an admin',
    (commands) => {
      let state = org.evolve(org.initial, granted('p1', 'admin'));
      for (const [type, person] of commands) {
        const decision = org.decide(state, { type, person, role: 'admin' } as OrgCommand, context(admin, state));
        if (!isRefusal(decision)) state = decision.reduce((before, event) => org.evolve(before, event), state);
      }
      expect(state.roles.admin?.length).toBeGreaterThan(0);
    },
  );
});

describe('a board', () => {
  const set = (setting: object) => given(cab).when({ type: 'set-board', board: 'cab', ...setting } as OrgCommand, admin);
  test('is created once, under its name in capitals', () => {
    expect(given().when({ type: 'create-board', board: 'cab', place: 'x/channel/y', emergency: false }, admin)).toMatchObject([
      { board: 'CAB' },
    ]);
    expect(given(cab).when({ type: 'create-board', board: 'CAB', place: 'x/channel/y', emergency: false }, admin)).toBe(
      'board-exists',
    );
  });
  test('that does not exist is refused', () => {
    expect(given().when({ type: 'add-member', board: 'CAB', person: 'p2' }, admin)).toBe('unknown-board');
  });
  test('takes the rules of its kind, and no others', () => {
    expect(set({ setting: 'quorum', quorum: 2 })).toMatchObject([{ type: 'board-set', quorum: 2 }]);
    expect(set({ setting: 'quorum', quorum: 0 })).toBe('wrong-setting');
    expect(set({ setting: 'quorum', quorum: Number.NaN })).toBe('wrong-setting');
    expect(set({ setting: 'threshold', threshold: 'percent 66' })).toMatchObject([{ threshold: 'percent 66' }]);
    expect(set({ setting: 'threshold', threshold: 'percent 101' })).toBe('wrong-setting');
    expect(set({ setting: 'deadline', deadline: 0 })).toBe('wrong-setting');
    expect(set({ setting: 'mandatory', mandatory: ['security'] })).toMatchObject([{ mandatory: ['security'] }]);
    expect(set({ setting: 'mandatory', mandatory: ['friendly'] })).toBe('wrong-setting');
  });
  test('is ruled by admins and change managers only', () => {
    expect(given(cab).when({ type: 'add-member', board: 'CAB', person: 'p2' }, actor('p3', 'change-manager'))).toHaveLength(1);
    expect(given(cab).when({ type: 'add-member', board: 'CAB', person: 'p2' }, actor('p3', 'auditor'))).toBe('role-needed');
  });
});

describe('an audience', () => {
  const communications = actor('p5', 'communications');
  test('is one of the six', () => {
    expect(given().when({ type: 'set-places', audience: 'the-moon', places: [] }, communications)).toBe('unknown-audience');
  });
  test('gets no releaser who names themselves', () => {
    expect(given().when({ type: 'set-releasers', audience: 'customers', people: ['p5'] }, communications)).toBe(
      'own-release-right',
    );
    expect(given().when({ type: 'set-releasers', audience: 'customers', people: ['p6'] }, communications)).toHaveLength(1);
  });
  test('is not told more often than every minute', () => {
    expect(given().when({ type: 'set-cadence', audience: 'customers', cadence: 1000 }, communications)).toBe('cadence-too-short');
  });
});

describe('delegating a vote', () => {
  const delegate = (to: string, until = now + 1) =>
    given(cab, member('p2'), member('p3')).when({ type: 'delegate', to, until }, actor('p2'));
  test('goes to one person outside the board, until a day to come', () => {
    expect(delegate('p9')).toEqual([{ type: 'delegated', from: 'p2', to: 'p9', until: now + 1 }]);
    expect(delegate('p2')).toBe('delegate-to-self');
    expect(delegate('p3')).toBe('delegate-on-a-board');
    expect(delegate('p9', now)).toBe('delegation-past');
    expect(given(cab).when({ type: 'delegate', to: 'p9', until: now + 1 }, actor('p2'))).toBe('not-on-a-board');
    const releaser = given(cab, { type: 'granted', person: 'p2', role: 'communications' });
    expect(releaser.when({ type: 'delegate', to: 'p9', until: now + 1 }, actor('p2'))).toHaveLength(1);
  });
  test('goes one step only', () => {
    const onward = given(
      cab,
      member('p2'),
      { type: 'board-created', board: 'ECAB', place: 'a/channel/b', emergency: true },
      { type: 'delegated', from: 'p9', to: 'p4', until: now + 5 },
    );
    expect(onward.when({ type: 'delegate', to: 'p9', until: now + 1 }, actor('p2'))).toBe('delegation-chain');
  });
});

test('an address and an account are words, so that erasing them leaves the journal’s chain whole', () => {
  const commands: readonly OrgCommand[] = [
    { type: 'set-places', audience: 'customers', places: ['email/address/anna@bank.example'] },
    { type: 'join-identity', platform: 'slack', user: 'U0ANNA', person: 'p1', shared: [] },
  ];
  for (const command of commands) {
    const [event] = org.decide(given().state, command, context(actor('p2', 'communications'), given().state)) as OrgEvent[];
    if (!event) throw new Error('Nothing happened');
    const { body, words } = nextEntry('ORG-1', { seq: 0, hash: '' }, 'org', event, 'p2', now);
    expect(body).not.toMatch(/anna/iu);
    expect(JSON.stringify(words?.words)).toMatch(/anna/iu);
  }
});

describe('joining accounts', () => {
  const join = (more: object) =>
    given().when(
      { type: 'join-identity', platform: 'slack', user: 'U1', person: 'p1', shared: [], ...more } as OrgCommand,
      actor('p2'),
    );
  test('makes the identity the other person’s', () => {
    expect(join({})).toEqual([{ type: 'identity-joined', platform: 'slack', person: 'p1', before: 'p2', words: { user: 'U1' } }]);
  });
  test('is refused while both have acted in the same open ballot', () => {
    expect(join({ shared: ['RFC-7'] })).toBe('both-acted');
  });
  test('is refused for the console, where anybody can be anyone', () => {
    expect(join({ platform: 'console' })).toBe('console-not-linked');
  });
});

test('only Bellman itself raises alarms', () => {
  const alarm: OrgCommand = { type: 'raise-alarm', alarm: 'timer-parked', about: 'RFC-1', detail: 'it failed' };
  expect(given().when(alarm, actor('p2'))).toBe('role-needed');
  expect(given().when(alarm, { ...bellmanItself, person: BELLMAN })).toHaveLength(1);
});

describe('deactivating somebody', () => {
  const leaving = given(granted('p1', 'admin'), granted('p2', 'security'), cab, member('p2'), {
    type: 'releasers-set',
    audience: 'customers',
    people: ['p2', 'p3'],
  });
  test('takes roles, seats and the right to release, each by an event of its own', () => {
    expect(leaving.when({ type: 'deactivate', person: 'p2' }, admin)).toEqual([
      { type: 'deactivated', person: 'p2' },
      { type: 'revoked', person: 'p2', role: 'security' },
      { type: 'member-removed', board: 'CAB', person: 'p2' },
      { type: 'releasers-set', audience: 'customers', people: ['p3'] },
    ]);
  });
  test('is for admins, and spares the last of them', () => {
    expect(leaving.when({ type: 'deactivate', person: 'p2' }, actor('p3'))).toBe('role-needed');
    expect(leaving.when({ type: 'deactivate', person: 'p1' }, admin)).toBe('last-admin');
  });
  test('can be taken back; whoever comes back holds nothing', () => {
    const gone = given(granted('p1', 'admin'), { type: 'deactivated', person: 'p2' });
    expect(gone.when({ type: 'deactivate', person: 'p2' }, admin)).toEqual([]);
    expect(gone.when({ type: 'activate', person: 'p2' }, admin)).toEqual([{ type: 'activated', person: 'p2' }]);
  });
});
