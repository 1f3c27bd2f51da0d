import { describe, expect, test } from 'vitest';
import { recordCard } from '../../src/incidents/index.ts';
import { shown } from '../../src/incidents/shown.ts';
import { textOf } from '../comms/stage.ts';
import { does, raisedBy, refusal, stateOf } from './stage.ts';

describe('a note', () => {
  test.each(['rita', 'ina', 'sid'])('is made by whoever raised or manages it: %s', (person) => {
    const stage = raisedBy();
    does(stage, person, { type: 'note', text: 'It is the switch.' });
    expect(stateOf(stage).notes).toEqual([{ at: stage.now, by: person, text: 'It is the switch.' }]);
  });

  test('is refused to whoever takes no part, until they join', () => {
    const stage = raisedBy();
    expect(refusal(stage, 'zoe', { type: 'note', text: 'x' })).toBe('not-involved');
    does(stage, 'zoe', { type: 'join', person: 'zoe' });
    expect(refusal(stage, 'zoe', { type: 'note', text: 'x' })).toBe('accepted');
  });

  test('stands on the card newest first, and only its words can be erased', () => {
    const stage = raisedBy();
    for (const text of ['First.', 'Second.']) does(stage, 'rita', { type: 'note', text });
    const card = textOf(recordCard(shown(stage.view())));
    expect(card.indexOf('Second.')).toBeLessThan(card.indexOf('First.'));
    const entry = stage.loaded.entries.at(-1);
    expect(entry?.body).not.toContain('Second.');
    expect(entry?.words?.words).toEqual({ text: 'Second.' });
  });
});

describe('joining', () => {
  test('is everybody’s own right; others are let in by who manages it', () => {
    const stage = raisedBy();
    expect(refusal(stage, 'zoe', { type: 'join', person: 'yan' })).toBe('not-yours');
    does(stage, 'sid', { type: 'join', person: 'yan' });
    expect(does(stage, 'yan', { type: 'join', person: 'yan' })).toEqual([]);
    expect(stateOf(stage).joined).toEqual(['yan']);
  });

  test('lets somebody read a private one', () => {
    const stage = raisedBy();
    does(stage, 'rita', { type: 'classify', class: 'private' });
    expect(stage.loaded.people).not.toContain('yan');
    does(stage, 'ina', { type: 'join', person: 'yan' });
    expect(stage.loaded.people).toContain('yan');
  });
});

describe('parts', () => {
  test('are given by who manages it, told, and shown; all but specialists have one holder', () => {
    const stage = raisedBy();
    expect(refusal(stage, 'rita', { type: 'crew', role: 'lead', person: 'lena' })).toBe('not-yours');
    for (const person of ['lena', 'lars']) does(stage, 'ina', { type: 'crew', role: 'lead', person });
    for (const person of ['sue', 'sam']) does(stage, 'ina', { type: 'crew', role: 'specialist', person });
    expect(stateOf(stage).crew).toEqual({ lead: ['lars'], specialist: ['sue', 'sam'] });
    expect(stage.to('lena').map(({ title }) => title)).toEqual(['Your part in INC-1: lead']);
    expect(textOf(recordCard(shown(stage.view())))).toContain('Lead: @lars\nSpecialists: @sue, @sam');
  });

  test('of the lead is to manage it as its owner does, until somebody else leads', () => {
    const stage = raisedBy();
    does(stage, 'ina', { type: 'crew', role: 'lead', person: 'lena' });
    does(stage, 'lena', { type: 'crew', role: 'scribe', person: 'sam' });
    does(stage, 'lena', { type: 'propose-owner', to: 'otto' });
    does(stage, 'ina', { type: 'crew', role: 'lead', person: 'lars' });
    expect(refusal(stage, 'lena', { type: 'crew', role: 'scribe', person: 'lena' })).toBe('not-yours');
  });

  test('of communications is to write the texts of its plan', () => {
    const stage = raisedBy();
    does(stage, 'ina', { type: 'declare', owner: 'olga' });
    const draft = { type: 'draft', line: 'all-staff', text: 'We look into it.' } as const;
    expect(stage.tries('kim', 'plan', draft)).toMatchObject({ refused: 'not-your-text' });
    does(stage, 'olga', { type: 'crew', role: 'communications', person: 'kim' });
    expect(stage.tries('kim', 'plan', draft)).not.toHaveProperty('refused');
  });
});

describe('resolver groups', () => {
  test('get an incident with their tier, each move with where it came from, and their members are told', () => {
    const stage = raisedBy();
    does(stage, 'sid', { type: 'assign', group: 'network-team' });
    expect(stage.to('nick').map(({ title }) => title)).toEqual(['INC-1 is yours: network-team']);
    expect(does(stage, 'nick', { type: 'assign', group: 'empty-team' })).toEqual([
      { type: 'assigned', group: 'empty-team', tier: 3, from: 'network-team', fromTier: 2, at: stage.now, members: [] },
    ]);
    expect(stateOf(stage)).toMatchObject({ group: 'empty-team', tier: 3 });
  });

  test('that are unknown are refused with those that there are', () => {
    expect(raisedBy().tries('sid', 'incident', { type: 'assign', group: 'nobody' } as never)).toMatchObject({
      refused: 'unknown-resolvers',
      facts: { known: ['network-team', 'empty-team'] },
    });
  });

  test('pass it on and resolve it while they have it, and nobody else does', () => {
    const stage = raisedBy();
    expect(refusal(stage, 'nora', { type: 'resolve', resolution: 'x' })).toBe('not-yours');
    does(stage, 'sid', { type: 'assign', group: 'network-team' });
    expect(refusal(stage, 'zoe', { type: 'assign', group: 'empty-team' })).toBe('not-yours');
    does(stage, 'nora', { type: 'resolve', resolution: 'New cable.' });
    expect(refusal(stage, 'sid', { type: 'assign', group: 'empty-team' })).toBe('is-resolved');
  });
});

describe('handing over', () => {
  test('asks somebody to own it, with a note on the card; whoever led as owner leads no more', () => {
    const stage = raisedBy();
    does(stage, 'ina', { type: 'declare', owner: 'olga' });
    does(stage, 'ina', { type: 'crew', role: 'lead', person: 'olga' });
    does(stage, 'olga', { type: 'hand-over', to: 'otto', note: 'The vendor calls at ten.' });
    expect(stage.to('otto').at(-1)?.title).toBe('Will you own INC-1?');
    expect(stateOf(stage)).toMatchObject({ notes: [{ text: 'The vendor calls at ten.' }], standing: { owner: 'olga' } });
    does(stage, 'otto', { type: 'accept-owner' });
    expect(stateOf(stage)).toMatchObject({ standing: { owner: 'otto' }, crew: { lead: ['otto'] } });
  });
});
