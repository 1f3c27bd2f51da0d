import { describe, expect, test } from 'vitest';
import { text } from '../../src/chat/card.ts';
import { CALL_AGAIN, CALL_WAIT, type Calls, type CallsCommand, type CallsEvent, calls } from '../../src/comms/calls.ts';
import { callCard } from '../../src/comms/calls-cards.ts';
import { noPlan, type Plan } from '../../src/comms/plan.ts';
import { MINUTE } from '../../src/core/instant.ts';
import { type Actor, bellmanItself, type Context, type Org } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';

const AT = Date.UTC(2027, 0, 15, 21, 0);
const PLACE = 'call/address/+49301234;p7';
const org: Org = { version: 1, roles: { communications: ['p3'] }, boards: {}, audiences: {}, delegations: {} };
const person = (id: string): Actor => ({ person: id, roles: new Set(), active: true, bot: false, guest: false });
const released = { line: 'emergency-services', what: 'released', at: AT, by: ['p3'], needed: 1, number: 1 } as const;
const plan: Plan = { ...noPlan, status: 'running', owner: 'p1', outcomes: { 'PRB-1.1': released } };

const asked: CallsCommand = {
  type: 'ask-call',
  delivery: 'd1',
  update: 'PRB-1.1',
  place: PLACE,
  person: 'p7',
  number: '+49301234',
  title: 'Update 1: Fire',
  script: [text('There is a fire.')],
};

/** A record whose calls are told about, one command after the other. */
function record(more: { readonly org?: Partial<Org>; readonly plan?: Plan } = {}) {
  let state: Calls = calls.initial;
  let now = AT;
  const context = (actor: Actor): Context => ({
    record: 'PRB-1',
    actor,
    org: { ...org, ...more.org },
    now,
    take: () => 1,
    // Only the plan is asked for.
    other: (() => more.plan ?? plan) as unknown as Context['other'],
  });
  const act = (command: CallsCommand, actor: Actor = bellmanItself): readonly CallsEvent[] | string => {
    const decision = calls.decide(state, command, context(actor));
    if (isRefusal(decision)) return decision.refused;
    state = decision.reduce(calls.evolve, state);
    return decision;
  };
  return {
    act,
    types: (command: CallsCommand, actor?: Actor) => {
      const events = act(command, actor);
      return typeof events === 'string' ? events : events.map(({ type }) => type);
    },
    wait: (span: number) => {
      now += span;
    },
    call: () => state.calls.d1,
  };
}

const tick: CallsCommand = { type: 'call-tick', call: 'd1' };

describe('a call by hand', () => {
  test('is asked of whoever is named, once however often it is asked for', () => {
    const one = record();
    expect(one.types(asked)).toEqual(['call-asked']);
    expect(one.types(asked)).toEqual([]);
    expect(one.call()).toMatchObject({ person: 'p7', number: '+49301234', status: 'asked' });
  });

  test('carries all parts of a long update', () => {
    const one = record();
    one.act(asked);
    expect(one.types({ ...asked, delivery: 'd2', script: [text('Second part.')] })).toEqual(['call-extended']);
    expect(one.types({ ...asked, delivery: 'd2', script: [text('Second part.')] })).toEqual([]);
    expect(one.call()?.script).toHaveLength(2);
  });

  test('that was not made yet gives way to a newer update to the same number', () => {
    const one = record();
    one.act(asked);
    expect(one.types({ ...asked, delivery: 'd5', update: 'PRB-1.2' })).toEqual(['call-replaced', 'call-asked']);
    expect(one.call()?.status).toBe('replaced');
    expect(one.act({ type: 'called', call: 'd1' }, person('p7'))).toBe('call-over');
    expect(one.types({ type: 'called', call: 'd5' }, person('p7'))).toEqual(['call-made']);
    expect(one.types({ ...asked, delivery: 'd6', update: 'PRB-1.3' })).toEqual(['call-asked']);
  });

  test('makes whoever is to call one of those who may know of the record', () => {
    const state = calls.evolve(calls.initial, {
      type: 'call-asked',
      call: 'd1',
      update: 'PRB-1.1',
      person: 'p7',
      at: AT,
      words: { place: PLACE, number: '1', title: '', script: [] },
    });
    expect(calls.people?.(state)).toEqual(['p7']);
  });

  test('is asked for by nobody but Bellman itself', () => {
    expect(record().act(asked, person('p7'))).toBe('unknown-call');
  });

  test('is made when its caller, the owner or communications says so, and then it is over', () => {
    for (const who of ['p7', 'p1', 'p3']) {
      const one = record();
      one.act(asked);
      expect(one.types({ type: 'called', call: 'd1' }, person(who))).toEqual(['call-made']);
      expect(one.call()).toMatchObject({ status: 'made', by: who, at: AT });
      expect(one.types({ type: 'called', call: 'd1' }, person(who))).toEqual([]);
      expect(one.act({ type: 'no-answer', call: 'd1' }, person(who))).toBe('call-over');
    }
  });

  test('is nobody else’s to tell about', () => {
    const one = record();
    one.act(asked);
    expect(one.act({ type: 'called', call: 'd1' }, person('p9'))).toBe('not-your-call');
    expect(one.act({ type: 'called', call: 'd9' }, person('p7'))).toBe('unknown-call');
  });

  test('that nobody answers is asked for again ten minutes later, and after three tries its owner is told', () => {
    const one = record();
    one.act(asked);
    for (const round of [1, 2]) {
      expect(one.types({ type: 'no-answer', call: 'd1', note: 'engaged' }, person('p7'))).toEqual(['call-unanswered']);
      expect(one.call()).toMatchObject({ status: 'later', unanswered: round, note: 'engaged' });
      one.wait(CALL_AGAIN - 1);
      expect(one.types(tick)).toEqual([]);
      one.wait(1);
      expect(one.types(tick)).toEqual(['call-again']);
    }
    expect(one.types({ type: 'no-answer', call: 'd1' }, person('p7'))).toEqual(['call-unanswered', 'call-failed']);
    expect(one.call()?.status).toBe('failed');
    expect(one.types(tick)).toEqual([]);
  });

  test('can still be made between two tries', () => {
    const one = record();
    one.act(asked);
    one.act({ type: 'no-answer', call: 'd1' }, person('p7'));
    expect(one.types({ type: 'called', call: 'd1' }, person('p7'))).toEqual(['call-made']);
  });

  test('of which nobody says anything is reminded of after fifteen minutes, then passed to the deputy, then the owner is told', () => {
    const one = record({ org: { delegations: { p7: { to: 'p8', until: AT + 600 * MINUTE } } } });
    one.act(asked);
    const next = () => {
      one.wait(CALL_WAIT);
      return one.types(tick);
    };
    expect(next()).toEqual(['call-reminded']);
    expect(next()).toEqual(['call-passed']);
    expect(one.call()).toMatchObject({ person: 'p8', before: ['p7'], status: 'asked' });
    expect(next()).toEqual(['call-reminded']);
    expect(next()).toEqual(['call-failed']);
  });

  test.each([
    ['nobody is deputy', {}],
    ['the delegation is over', { delegations: { p7: { to: 'p8', until: AT } } }],
    ['the deputy has left', { delegations: { p7: { to: 'p8', until: AT + 600 * MINUTE } }, inactive: ['p8'] }],
  ])('goes to its owner when nobody called and %s', (_why, more) => {
    const one = record({ org: more });
    one.act(asked);
    one.wait(CALL_WAIT);
    one.act(tick);
    one.wait(CALL_WAIT);
    expect(one.act(tick)).toMatchObject([{ type: 'call-failed', why: 'nobody-called' }]);
  });

  test('is not asked for again once its update was stopped', () => {
    const one = record({ plan: { ...plan, outcomes: { 'PRB-1.1': { ...released, stopped: 'withdrawn' } } } });
    one.act(asked);
    one.wait(CALL_WAIT);
    expect(one.act(tick)).toMatchObject([{ type: 'call-failed', why: 'stopped' }]);
  });

  test('shows number, text and buttons until it is over', () => {
    const one = record();
    one.act(asked);
    const before = JSON.stringify(callCard('PRB-1', 'd1', one.call()));
    for (const shown of ['+49301234', 'There is a fire.', 'Called', 'No answer']) expect(before).toContain(shown);
    one.act({ type: 'called', call: 'd1' }, person('p7'));
    const after = JSON.stringify(callCard('PRB-1', 'd1', one.call()));
    expect(after).toContain('Call made by');
    expect(after).not.toContain('controls');
  });
});
