import { describe, expect, test } from 'vitest';
import type { RecordId } from '../../src/core/record.ts';
import { aTitle } from '../comms/stage.ts';
import { channelsAsked, does, raisedBy, refusal, stateOf } from './stage.ts';

describe('closing', () => {
  test('is for a resolved one with its details and category, by who manages it', () => {
    const stage = raisedBy('rita', aTitle);
    expect(refusal(stage, 'sid', { type: 'close', category: 'fixed' })).toBe('not-resolved');
    does(stage, 'sid', { type: 'resolve', resolution: 'x' });
    expect(refusal(stage, 'zoe', { type: 'close', category: 'fixed' })).toBe('not-yours');
    expect(stage.tries('sid', 'incident', { type: 'close', category: 'fixed' } as never)).toMatchObject({
      refused: 'close-incomplete',
      facts: { missing: ['details', 'category'] },
    });
    does(stage, 'sid', { type: 'edit', intake: { ...aTitle, details: 'x', category: 'software' } });
    does(stage, 'sid', { type: 'close', category: 'caused-by-change' });
    expect(stateOf(stage).closed).toEqual({ category: 'caused-by-change', at: stage.now, by: 'sid' });
    expect(stage.loaded.heading?.status).toBe('closed');
    expect(stage.to('rita').at(-1)?.title).toBe('INC-1 is closed');
    expect(refusal(stage, 'sid', { type: 'close', category: 'fixed' })).toBe('is-closed');
  });

  test('leaves nothing to be worked on, until it is opened again', () => {
    const stage = raisedBy();
    does(stage, 'sid', { type: 'resolve', resolution: 'x' });
    does(stage, 'sid', { type: 'close', category: 'fixed' });
    expect(refusal(stage, 'sid', { type: 'note', text: 'x' })).toBe('is-closed');
    expect(refusal(stage, 'sid', { type: 'join', person: 'sid' })).toBe('is-closed');
    does(stage, 'rita', { type: 'reopen', reason: 'It failed again.' });
    expect(stateOf(stage)).toMatchObject({ closed: undefined, standing: { status: 'open' } });
    expect(refusal(stage, 'sid', { type: 'note', text: 'x' })).toBe('accepted');
  });

  test('of what was resolved before there were closures works', () => {
    const stage = raisedBy();
    const { notes, closed, ...before } = stateOf(stage);
    stage.loaded.states.incident = { ...before, standing: { status: 'resolved', major: false, resolution: 'x' } };
    expect([notes, closed]).toEqual([undefined, undefined]);
    does(stage, 'sid', { type: 'close', category: 'no-fault' });
    expect(stage.loaded.heading?.status).toBe('closed');
  });
});

describe('merging', () => {
  const elsewhere = (stage: ReturnType<typeof raisedBy>, record: RecordId) =>
    stage.asks.flatMap((ask) => (ask.ask === 'elsewhere' && ask.record === record ? [ask.command] : []));

  test('closes it as a duplicate, tells its people once, and sends them and its problems to the other', () => {
    const stage = raisedBy();
    does(stage, 'bellman', { type: 'problem', problem: 'PRB-7' });
    does(stage, 'yan', { type: 'join', person: 'yan' });
    stage.heard();
    expect(does(stage, 'ina', { type: 'merge', into: 'INC-9' }).map(({ type }) => type)).toEqual(['resolved', 'closed']);
    expect(stateOf(stage)).toMatchObject({ into: 'INC-9', closed: { category: 'duplicate' }, standing: { status: 'resolved' } });
    for (const person of ['rita', 'yan'])
      expect(stage.to(person).map(({ title }) => title)).toEqual(['INC-1 is the same as INC-9']);
    expect(elsewhere(stage, 'INC-9')).toEqual([{ type: 'absorb', incident: 'INC-1', people: ['rita', 'yan'] }]);
    expect(elsewhere(stage, 'PRB-7')).toContainEqual({ type: 'link', records: ['INC-9'] });
  });

  test('ends the plan of a major one', () => {
    const stage = raisedBy();
    does(stage, 'ina', { type: 'declare', owner: 'olga' });
    does(stage, 'ina', { type: 'merge', into: 'INC-9' });
    expect(stage.plan.status).not.toBe('running');
  });

  test('into itself, by strangers, and of a closed one is refused', () => {
    const stage = raisedBy();
    expect(refusal(stage, 'ina', { type: 'merge', into: 'INC-1' })).toBe('merges-itself');
    expect(refusal(stage, 'zoe', { type: 'merge', into: 'INC-9' })).toBe('not-yours');
    does(stage, 'ina', { type: 'merge', into: 'INC-9' });
    expect(refusal(stage, 'ina', { type: 'merge', into: 'INC-8' })).toBe('is-closed');
  });

  test('of two into each other in the same moment lets the older one go on', () => {
    const stage = raisedBy();
    does(stage, 'ina', { type: 'merge', into: 'INC-9' });
    does(stage, 'bellman', { type: 'absorb', incident: 'INC-9', people: ['yan'] });
    expect(stateOf(stage)).toMatchObject({ closed: undefined, into: undefined, merged: ['INC-9'], joined: ['yan'] });
  });

  test('into one that was merged meanwhile passes the people on', () => {
    const stage = raisedBy();
    does(stage, 'ina', { type: 'merge', into: 'INC-9' });
    const absorb = { type: 'absorb', incident: 'INC-2', people: ['yan'] } as const;
    does(stage, 'bellman', absorb);
    expect(elsewhere(stage, 'INC-9')).toContainEqual(absorb);
    expect(stateOf(stage).into).toBe('INC-9');
  });

  test('lets the other’s reporter hear when this one is resolved, and nobody twice', () => {
    const stage = raisedBy();
    does(stage, 'bellman', { type: 'absorb', incident: 'INC-2', people: ['yan', 'rita'] });
    stage.heard();
    does(stage, 'ina', { type: 'resolve', resolution: 'New cable.' });
    for (const person of ['rita', 'yan']) expect(stage.to(person).map(({ title }) => title)).toEqual(['INC-1 is resolved']);
  });

  test('takes the other’s people in once, and none into a private one', () => {
    const stage = raisedBy();
    const absorb = { type: 'absorb', incident: 'INC-2', people: ['rita', 'yan'] } as const;
    does(stage, 'bellman', absorb);
    expect(does(stage, 'bellman', absorb)).toEqual([]);
    expect(stateOf(stage)).toMatchObject({ merged: ['INC-2'], joined: ['rita', 'yan'] });
    expect(does(stage, 'rita', { ...absorb, incident: 'INC-3' })).toEqual([]);
    const guarded = raisedBy();
    does(guarded, 'ina', { type: 'classify', class: 'private' });
    does(guarded, 'bellman', absorb);
    expect(stateOf(guarded).joined ?? []).toEqual([]);
  });
});

describe('the channel of its own', () => {
  test('is wanted once when it is declared major, with its people; whoever comes later is invited', () => {
    const stage = raisedBy();
    does(stage, 'ina', { type: 'declare', owner: 'olga', place: 'console/channel/ops' });
    const wanted = { recordId: 'INC-1', platform: 'console', name: 'inc-1-refused-connections', guarded: false };
    expect(channelsAsked(stage)).toEqual([{ ...wanted, people: ['olga', 'rita'] }]);
    expect(does(stage, 'ina', { type: 'want-channel', at: 'slack/channel/C1' })).toEqual([]);
    does(stage, 'bellman', { type: 'channel-made', place: 'console/channel/inc' });
    expect(does(stage, 'bellman', { type: 'channel-made', place: 'console/channel/inc' })).toEqual([]);
    expect(stage.at('console/channel/inc').map(({ title }) => title)).toEqual(['This is the channel of INC-1']);
    does(stage, 'yan', { type: 'join', person: 'yan' });
    expect(channelsAsked(stage).at(-1)).toEqual({ ...wanted, people: ['olga', 'rita', 'yan'] });
  });

  test('that was made before holds the plan', () => {
    const stage = raisedBy();
    does(stage, 'ina', { type: 'want-channel', at: 'slack/channel/C1' });
    does(stage, 'bellman', { type: 'channel-made', place: 'slack/channel/C9' });
    does(stage, 'ina', { type: 'declare', owner: 'olga', place: 'slack/channel/C1' });
    expect(stage.plan.place).toBe('slack/channel/C9');
  });

  test('of a private one is private, and its name tells nothing', () => {
    const stage = raisedBy();
    does(stage, 'ina', { type: 'classify', class: 'private' });
    does(stage, 'ina', { type: 'want-channel', at: 'slack/channel/C1' });
    expect(channelsAsked(stage)).toMatchObject([{ name: 'inc-1', guarded: true, platform: 'slack' }]);
  });

  test('that could not be made is told to the owner, and can be wanted again', () => {
    const stage = raisedBy();
    expect(refusal(stage, 'zoe', { type: 'want-channel', at: 'slack/channel/C1' })).toBe('not-yours');
    does(stage, 'ina', { type: 'want-channel', at: 'slack/channel/C1' });
    does(stage, 'bellman', { type: 'channel-failed', why: 'the app lacks a scope' });
    expect(stage.to('rita').at(-1)?.title).toBe('INC-1 got no channel');
    expect(does(stage, 'ina', { type: 'want-channel', at: 'slack/channel/C1' })).toHaveLength(1);
  });
});
