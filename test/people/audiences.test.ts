import { describe, expect, test } from 'vitest';
import { templateLines } from '../../src/comms/template.ts';
import { type Actor, type AudienceList, bellmanItself, type Context, type Role } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { recipientsOf } from '../../src/people/lists.ts';
import { type OrgCommand, type OrgEvent, type OrgState, org } from '../../src/people/org.ts';

const by = (person: string, ...roles: Role[]): Actor => ({
  person,
  roles: new Set(roles),
  active: true,
  bot: false,
  guest: false,
});
const ada = by('ada', 'admin');
const context = (actor: Actor, state: OrgState): Context => ({
  record: 'ORG-1',
  actor,
  now: Date.UTC(2027, 0, 4, 9),
  org: { ...state, version: 1 },
  other: () => undefined,
  take: () => 0,
});

/** given(events).when(command): the events that follow, or the refusal's code; `state` after all of them. */
function given(...events: OrgEvent[]) {
  const state = events.reduce((before, event) => org.evolve(before, event), org.initial);
  return {
    state,
    when: (command: OrgCommand, actor = ada) => {
      const decision = org.decide(state, command, context(actor, state));
      return isRefusal(decision) ? decision.refused : decision;
    },
  };
}

const added: OrgEvent = { type: 'audience-added', audience: 'field-engineers', label: 'Field engineers' };
const stored = (version: number, count: number): AudienceList => ({ kind: 'csv', of: '', version, count });
const set = (list: AudienceList, audience = 'customers'): OrgEvent => ({ type: 'list-set', audience, list });
const cab: OrgEvent = { type: 'board-created', board: 'CAB', place: 'console/channel/cab', emergency: false };

describe('an audience of the organisation', () => {
  test('is added under its key, by admins and communications', () => {
    const command: OrgCommand = { type: 'add-audience', audience: 'field-engineers', label: ' Field engineers ' };
    expect(given().when(command)).toEqual([added]);
    expect(given().when(command, by('cora', 'communications'))).toEqual([added]);
    expect(given().when(command, by('pat'))).toBe('role-needed');
  });
  test('is refused twice, under a key of the six, or without a name', () => {
    expect(given(added).when({ type: 'add-audience', audience: 'field-engineers', label: 'X' })).toBe('audience-exists');
    expect(given().when({ type: 'add-audience', audience: 'customers', label: 'X' })).toBe('audience-exists');
    expect(given().when({ type: 'add-audience', audience: 'Ünder/ground', label: 'X' })).toBe('wrong-audience-key');
    expect(given().when({ type: 'add-audience', audience: 'vips', label: ' ' })).toBe('wrong-label');
  });
  test('comes after the six in new plans, with what was set for it', () => {
    const { state } = given(
      added,
      { type: 'cadence-set', audience: 'field-engineers', cadence: 7_200_000 },
      { type: 'audience-arranged', audience: 'field-engineers', urgency: 2, zone: 'Europe/Berlin' },
      set(stored(3, 20), 'field-engineers'),
    );
    expect(templateLines(state).at(-1)).toMatchObject({
      audience: 'field-engineers',
      label: 'Field engineers',
      status: 'active',
      cadence: 7_200_000,
      urgency: 2,
      places: ['list/audience/field-engineers'],
    });
  });
  test('without a cadence is told on demand', () => {
    expect(templateLines(given(added).state).at(-1)?.status).toBe('not needed yet');
  });
  test('that is retired is in no new plan, keeps what it had, and can come back', () => {
    const retired: OrgEvent = { type: 'audience-retired', audience: 'field-engineers' };
    const { state, when } = given(added, set(stored(3, 20), 'field-engineers'), retired);
    expect(templateLines(state)).toHaveLength(6);
    expect(state.audiences['field-engineers']?.list?.version).toBe(3);
    expect(when({ type: 'retire-audience', audience: 'field-engineers' })).toBe('unknown-audience');
    expect(when({ type: 'add-audience', audience: 'field-engineers', label: 'Field engineers' })).toEqual([added]);
    expect(given(added, retired, added).state.audiences['field-engineers']).toMatchObject({
      retired: false,
      label: 'Field engineers',
    });
  });
  test('of the six stays', () => {
    expect(given().when({ type: 'retire-audience', audience: 'press' })).toBe('one-of-the-six');
  });
  test('takes a zone and a language under their own names, and refuses what is none', () => {
    const arrange = (settings: object) =>
      given(added).when({ type: 'arrange-audience', audience: 'customers', ...settings } as OrgCommand);
    expect(arrange({ zone: 'europe/berlin', language: 'DE-at' })).toEqual([
      { type: 'audience-arranged', audience: 'customers', zone: 'Europe/Berlin', language: 'de-AT' },
    ]);
    expect(arrange({ zone: 'Mars/Olympus' })).toBe('wrong-zone');
    expect(arrange({ language: 'german' })).toBe('wrong-language');
  });
  test('that is arranged as it stands changes nothing', () => {
    const { when } = given({ type: 'audience-arranged', audience: 'customers', class: 'public', label: 'Clients' });
    expect(when({ type: 'arrange-audience', audience: 'customers', class: 'public', label: 'Clients' })).toEqual([]);
  });
  test('is no thirteenth line of a plan', () => {
    const six = Array.from(
      { length: 6 },
      (_, at): OrgEvent => ({ type: 'audience-added', audience: `own-${at}`, label: `Own ${at}` }),
    );
    expect(given(...six).when({ type: 'add-audience', audience: 'one-more', label: 'X' })).toBe('too-many-audiences');
  });
});

describe('the list of an audience', () => {
  const put = (list: AudienceList, after: number): OrgCommand => ({ type: 'set-list', audience: 'customers', list, after });
  test('is put in force with its version and count only', () => {
    expect(given().when(put(stored(1, 10_000), 0))).toEqual([set(stored(1, 10_000))]);
  });
  test('that nobody is on is refused, whatever it is made of', () => {
    expect(given().when(put(stored(1, 0), 0))).toBe('nobody-in-list');
    expect(given().when(put({ kind: 'role', of: 'security', version: 0, count: 0 }, 0))).toBe('nobody-in-list');
    expect(given(cab).when(put({ kind: 'board', of: 'CAB', version: 0, count: 0 }, 0))).toBe('nobody-in-list');
    expect(given().when(put({ kind: 'board', of: 'CAB', version: 0, count: 0 }, 0))).toBe('unknown-board');
  });
  test('that was made from an older one is refused', () => {
    expect(given(set(stored(2, 5))).when(put(stored(3, 6), 1))).toBe('list-outdated');
  });
  test('that is pressed into use twice changes nothing the second time', () => {
    // As Postgres gives it back: its fields in another order.
    const back: AudienceList = { of: '', kind: 'csv', count: 5, version: 2 };
    expect(given(set(back)).when(put(stored(2, 5), 1))).toEqual([]);
    expect(given(set(stored(2, 5))).when(put(stored(2, 5), 1))).toEqual([]);
  });
  test('is refreshed only while it is the one that was looked at', () => {
    const group = (version: number, count: number): AudienceList => ({ kind: 'group', of: 'slack/group/S1', version, count });
    const look = (list: AudienceList, after: number): OrgCommand => ({
      type: 'refresh-lists',
      lists: [{ audience: 'customers', list, after }],
    });
    expect(given(set(group(2, 5))).when(look(group(3, 0), 2), bellmanItself)).toEqual([set(group(3, 0))]);
    expect(given(set(stored(3, 5))).when(look(group(3, 4), 2), bellmanItself)).toEqual([]);
    expect(given(set(group(2, 5))).when(look(group(3, 4), 2), by('pat'))).toBe('role-needed');
  });
  test('stands for its members: stored ones in one go, a role and a board as they are now', () => {
    const { state } = given(
      cab,
      { type: 'member-added', board: 'CAB', person: 'kim' },
      { type: 'granted', person: 'sid', role: 'service-desk' },
      set(stored(4, 300)),
      set({ kind: 'role', of: 'service-desk', version: 0, count: 0 }, 'all-staff'),
      set({ kind: 'board', of: 'CAB', version: 0, count: 0 }, 'working-staff'),
    );
    const now = state;
    const places = [
      'console/channel/ops',
      'list/audience/customers',
      'list/audience/all-staff',
      'list/audience/working-staff',
      'list/audience/press',
      'slack/group/S1',
    ];
    expect(recipientsOf(places, now)).toEqual([
      { place: 'console/channel/ops' },
      { list: 'customers', version: 4 },
      { person: 'sid' },
      { person: 'kim' },
      { list: 'slack/group/S1', version: 1 },
    ]);
  });
});
