import { describe, expect, test } from 'vitest';
import { bellmanItself, type Context } from '../../src/core/record.ts';
import { type AlertCommand, type Alerts, alert, REOPENS_MS, REPEATED_MS, type Signal } from '../../src/incidents/alert.ts';
import { type Incident, incident } from '../../src/incidents/incident.ts';
import { noIntake } from '../../src/incidents/intake.ts';

const NOW = Date.UTC(2027, 0, 15, 9);
const intake = { ...noIntake, title: 'Down' };
const signal: Signal = { id: 'a', source: 'own', key: 'k', status: 'firing', occurrence: '1' };
const raised: Incident = { ...incident.initial, raised: { by: 'bellman', at: NOW }, intake };
const before: Alerts = { heard: { a: { source: 'own', firing: true, count: 1, at: NOW, occurrence: '1' } }, intake };

const context = (found: Incident, now: number, actor: Context['actor'] = bellmanItself): Context => ({
  record: 'INC-1',
  actor,
  org: { version: 0, roles: {}, boards: {}, audiences: {}, delegations: {} },
  now,
  // The only other part that it asks for.
  other: (() => found) as Context['other'],
  take: () => 0,
});
const decide = (command: AlertCommand, { found = raised, state = before, at = NOW } = {}) =>
  alert.decide(state, command, context(found, at));
const hear = (more: Partial<Signal>): AlertCommand => ({ type: 'hear', signal: { ...signal, ...more } });

describe('an alert that is heard', () => {
  test('twice for the same time that it fired changes nothing, even after it was over', () => {
    expect(decide(hear({}))).toEqual([]);
    const over = alert.evolve(before, { type: 'cleared', id: 'a', source: 'own', at: NOW, occurrence: '1', resolves: true });
    expect(decide(hear({}), { state: over })).toEqual([]);
  });

  test('for another time counts', () => {
    expect(decide(hear({ occurrence: '2' }))).toMatchObject([{ type: 'fired-again', count: 2, reopens: false }]);
  });

  test('without saying which time counts once it is not just repeated', () => {
    const { occurrence: _none, ...plain } = signal;
    const command: AlertCommand = { type: 'hear', signal: plain };
    expect(decide(command, { at: NOW + REPEATED_MS - 1 })).toEqual([]);
    expect(decide(command, { at: NOW + REPEATED_MS })).toMatchObject([{ type: 'fired-again' }]);
  });

  test('from anybody but Bellman itself is refused', () => {
    const somebody = { person: 'p1', roles: new Set(['admin'] as const), active: true, bot: false, guest: false };
    expect(alert.decide(before, hear({ occurrence: '2' }), context(raised, NOW, somebody))).toMatchObject({
      refused: 'role-needed',
    });
  });

  test('opens what was resolved within a day, and leaves what was resolved before or closed', () => {
    const resolved: Incident = { ...raised, standing: { ...raised.standing, status: 'resolved', resolvedAt: NOW } };
    const again = hear({ occurrence: '2' });
    expect(decide(again, { found: resolved, at: NOW + REOPENS_MS })).toMatchObject([{ reopens: true }]);
    expect(decide(again, { found: resolved, at: NOW + REOPENS_MS + 1 })).toEqual([]);
    const closed: Incident = { ...resolved, closed: { category: 'fixed', at: NOW, by: 'p1' } };
    expect(decide(again, { found: closed })).toEqual([]);
  });
});

describe('an alert that is over', () => {
  const over = hear({ status: 'resolved' });

  test('resolves the incident that nobody took up', () => {
    expect(decide(over)).toMatchObject([{ type: 'cleared', resolves: true }]);
  });

  test.each<[string, Partial<Incident>]>([
    ['has an owner', { standing: { ...raised.standing, owner: 'p1' } }],
    ['is major', { standing: { ...raised.standing, major: true } }],
    ['has a note', { notes: [{ at: NOW, by: 'p1', text: 'I look' }] }],
    ['has somebody at work', { joined: ['p1'] }],
    ['is assigned', { group: 'network-team' }],
    ['was edited', { intake: { ...intake, title: 'Up' } }],
    ['was raised by a person', { raised: { by: 'p1', at: NOW } }],
  ])('only notes it where the incident %s', (_why, more) => {
    expect(decide(over, { found: { ...raised, ...more } })).toMatchObject([{ type: 'cleared', resolves: false }]);
  });

  test('only notes it while another alert of the incident still fires', () => {
    const both: Alerts = { ...before, heard: { ...before.heard, b: { source: 'own', firing: true, count: 1, at: NOW } } };
    expect(decide(over, { state: both })).toMatchObject([{ resolves: false }]);
  });

  test('changes nothing where it was never heard to fire', () => {
    expect(decide(hear({ status: 'resolved', id: 'other' }))).toEqual([]);
  });
});
