import { describe, expect, test } from 'vitest';
import { type ContactsCommand, type ContactsEvent, contacts, getsIt, type Told, toldOf } from '../../src/comms/contacts.ts';
import { plan as planPart } from '../../src/comms/part.ts';
import { noPlan, type Plan } from '../../src/comms/plan.ts';
import { templateLines } from '../../src/comms/template.ts';
import type { Actor, Context, DataClass, Role } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { BANK, majorProblem, START, textOf } from './stage.ts';

const by = (person: string, ...roles: Role[]): Actor => ({
  person,
  roles: new Set(roles),
  active: true,
  bot: false,
  guest: false,
});
const guarded = (line: string, of: DataClass): Plan => ({
  ...running,
  lines: running.lines.map((one) => (one.audience === line ? { ...one, class: of } : one)),
});
const running: Plan = { ...noPlan, status: 'running', title: 'Refused connections', owner: 'olga', lines: templateLines(BANK) };
const olga = by('olga');

function given(...events: ContactsEvent[]) {
  const state = events.reduce((before, event) => contacts.evolve(before, event), contacts.initial);
  return {
    state,
    when: (command: ContactsCommand, actor = olga, plan: Plan | undefined = running) => {
      const context: Context = {
        record: 'PRB-1',
        actor,
        org: BANK,
        now: START,
        // The only part that contacts look at.
        other: (part) => (part.name === planPart.name ? (plan as never) : undefined),
        take: () => 0,
      };
      const decision = contacts.decide(state, command, context);
      return isRefusal(decision) ? decision.refused : decision;
    },
  };
}
const added = (person: string, more: object = {}): ContactsEvent =>
  ({ type: 'contact-added', person, kind: 'key', line: 'senior-management', ...more }) as ContactsEvent;
const passes: ContactsEvent = {
  type: 'contact-added',
  person: 'bo',
  kind: 'primary',
  line: 'all-staff',
  words: { group: 'Branches' },
};

describe('a contact', () => {
  test('is named by those who arrange the plan', () => {
    const command: ContactsCommand = { type: 'add-contact', person: 'kim', kind: 'key' };
    expect(given().when(command)).toEqual([added('kim')]);
    expect(given().when(command, by('cora', 'communications'))).toEqual([added('kim')]);
    expect(given().when(command, by('sid'))).toBe('not-your-plan');
    expect(given().when(command, olga, noPlan)).toBe('no-plan');
  });
  test('who is a key one gets what management gets, unless another line is named', () => {
    expect(given().when({ type: 'add-contact', person: 'kim', kind: 'key', line: 'working-staff' })).toEqual([
      added('kim', { line: 'working-staff' }),
    ]);
    expect(given().when({ type: 'add-contact', person: 'kim', kind: 'key', line: 'martians' })).toBe('unknown-line');
  });
  test('who is a primary one passes on to a group, named or not', () => {
    expect(given().when({ type: 'add-contact', person: 'bo', kind: 'primary', group: 'Branches' })).toEqual([passes]);
    const unnamed: ContactsEvent = { type: 'contact-added', person: 'bo', kind: 'primary', line: 'all-staff' };
    expect(given().when({ type: 'add-contact', person: 'bo', kind: 'primary' })).toEqual([unnamed]);
    expect(toldOf(given(unnamed).state, 'all-staff')).toEqual([{ person: 'bo', group: 'your group' }]);
  });
  test('is there once, as named last', () => {
    const { state, when } = given(added('bo'), passes);
    expect(state.contacts).toEqual([{ person: 'bo', kind: 'primary', line: 'all-staff', group: 'Branches' }]);
    expect(when({ type: 'add-contact', person: 'bo', kind: 'primary', group: 'Branches' })).toEqual([]);
  });
  test('can take themselves off; others are taken off by those who arrange the plan', () => {
    const command: ContactsCommand = { type: 'remove-contact', person: 'kim' };
    expect(given(added('kim')).when(command, by('kim'))).toEqual([{ type: 'contact-removed', person: 'kim' }]);
    expect(given(added('kim')).when(command, by('sid'))).toBe('not-your-plan');
    expect(given().when(command)).toBe('not-a-contact');
  });
  test('of a private record is one of its own people', () => {
    expect(contacts.people?.(given(added('kim'), passes).state)).toEqual(['kim', 'bo']);
  });
});

describe('a subscriber', () => {
  const follow = { type: 'subscribe', line: 'customers' } as const;
  test('follows a line that is open to everybody', () => {
    expect(given().when(follow, by('sid'))).toEqual([{ type: 'subscribed', line: 'customers', person: 'sid' }]);
    expect(given({ type: 'subscribed', line: 'customers', person: 'sid' }).when(follow, by('sid'))).toEqual([]);
    expect(given().when({ ...follow, line: 'martians' }, by('sid'))).toBe('unknown-line');
  });
  test('follows a guarded line only as one of the plan’s own people', () => {
    expect(given().when(follow, by('sid'), guarded('customers', 'private'))).toBe('line-not-open');
    expect(given().when(follow, by('cora'), guarded('customers', 'private'))).toHaveLength(1);
  });
  test('who is a guest follows only what is public', () => {
    const guest = { ...by('gus'), guest: true };
    expect(given().when(follow, guest)).toHaveLength(1);
    expect(given().when({ ...follow, line: 'all-staff' }, guest)).toBe('line-not-open');
    expect(given().when(follow, guest, guarded('customers', 'sensitive'))).toBe('line-not-open');
  });
  test('can end it, and ending what is not changes nothing', () => {
    const sid = by('sid');
    const end = { type: 'unsubscribe', line: 'customers' } as const;
    expect(given({ type: 'subscribed', line: 'customers', person: 'sid' }).when(end, sid)).toEqual([
      { type: 'unsubscribed', line: 'customers', person: 'sid' },
    ]);
    expect(given().when(end, sid)).toEqual([]);
  });
});

test('whoever gets a line directly gets it once, and passes it on if they do that', () => {
  const { state } = given(
    added('kim', { line: 'all-staff' }),
    passes,
    { type: 'subscribed', line: 'all-staff', person: 'bo' },
    { type: 'subscribed', line: 'all-staff', person: 'sid' },
    { type: 'subscribed', line: 'customers', person: 'sue' },
  );
  expect(toldOf(state, 'all-staff')).toEqual([
    { person: 'bo', group: 'Branches' },
    { person: 'kim' },
    { person: 'sid', follows: true },
  ]);
});

test('what is guarded reaches a follower only as one of the plan’s own people, and a contact always', () => {
  const context = { org: BANK, now: START };
  const gets = (told: Told, of: DataClass) => getsIt(told, of, running, context);
  expect(gets({ person: 'sid', follows: true }, 'sensitive')).toBe(true);
  expect(gets({ person: 'sid', follows: true }, 'private')).toBe(false);
  expect(gets({ person: 'cora', follows: true }, 'private')).toBe(true);
  expect(gets({ person: 'kim' }, 'private')).toBe(true);
  expect(getsIt({ person: 'kim' }, 'public', running, { ...context, org: { ...BANK, inactive: ['kim'] } })).toBe(false);
});

test('contacts are counted on the first card that asks for release, and on those that remind', () => {
  const stage = majorProblem();
  const named: ContactsCommand = { type: 'add-contact', person: 'kim', kind: 'key' };
  stage.tries('olga', 'contacts', named);
  stage.does('olga', { type: 'draft', line: 'senior-management', text: 'Payments are slow.' });
  expect(textOf(stage.to('cora')[0])).toContain('Reaches: 1 channel, 1 person');
  stage.heard();
  stage.pass(31 * 60_000);
  const late = stage.to('cora').find(({ title }) => title.startsWith('Overdue: Senior management'));
  expect(textOf(late)).toContain('Reaches: 1 channel, 1 person');
});
