import { describe, expect, test } from 'vitest';
import { card } from '../../src/chat/card.ts';
import { understand } from '../../src/chat/grammar.ts';
import {
  aChannel,
  aPerson,
  aRecord,
  aTime,
  aWord,
  type Command,
  command,
  oneOf,
  perhaps,
  privately,
  registry,
  somePeople,
  theRest,
  usage,
} from '../../src/chat/registry.ts';
import { isRefusal } from '../../src/core/refusal.ts';

const run = async () => privately(card('done'));
const known = registry([
  command({ name: 'rfc show', help: 'Show.', args: { record: aRecord('the RFC', 'RFC') }, run }),
  command({ name: 'rfc list', help: 'List.', args: {}, run }),
  command({ name: 'rfc help', help: 'Help.', args: {}, run }),
  command({ name: 'bellman help', help: 'Help.', args: {}, run }),
  command({ name: 'rfc backout', help: 'Back out.', args: { record: aRecord('the RFC', 'RFC'), reason: theRest('why') }, run }),
  command({
    name: 'rfc delegate',
    help: 'Delegate.',
    args: { to: aPerson('to whom'), until: aTime('until when', 'until') },
    run,
  }),
  command({
    name: 'bellman board create',
    help: 'Create.',
    args: { board: aWord('name'), channel: aChannel('where'), kind: perhaps(oneOf('kind', 'emergency')) },
    run,
  }),
  command({
    name: 'bellman audience releasers',
    help: 'Set.',
    args: { audience: aWord('which'), people: somePeople('who') },
    run,
  }),
]);
const said = (line: string) => {
  const result = understand(line, known);
  return isRefusal(result)
    ? { refused: result.refused, near: result.facts.near }
    : { name: result.command.name, input: result.input };
};

describe('a line of words', () => {
  test('names a command and its arguments', () => {
    expect(said('rfc show rfc-7')).toEqual({ name: 'rfc show', input: { record: 'RFC-7' } });
  });
  test('means the same after /bellman', () => {
    expect(said('bellman rfc show RFC-7')).toEqual({ name: 'rfc show', input: { record: 'RFC-7' } });
    expect(said('bellman board create CAB <#C1|cab> emergency')).toEqual({
      name: 'bellman board create',
      input: { board: 'CAB', channel: '<#C1|cab>', kind: 'emergency' },
    });
  });
  test('keeps a reason whole, quotes or not', () => {
    expect(said('rfc backout RFC-7 it "really" broke')).toEqual({
      name: 'rfc backout',
      input: { record: 'RFC-7', reason: 'it really broke' },
    });
  });
  test('takes a keyword before its argument', () => {
    expect(said('rfc delegate <@U2|bo> until 2027-01-31')).toEqual({
      name: 'rfc delegate',
      input: { to: '<@U2|bo>', until: '2027-01-31' },
    });
  });
  test('that is only the first word asks for its help', () => {
    expect(said('rfc')).toEqual({ name: 'rfc help', input: {} });
    expect(said('bellman rfc')).toEqual({ name: 'rfc help', input: {} });
    for (const line of ['bellman', '', 'help']) expect(said(line)).toEqual({ name: 'bellman help', input: {} });
  });
  test('takes several people', () => {
    expect(said('bellman audience releasers customers <@U1> @bo')).toEqual({
      name: 'bellman audience releasers',
      input: { audience: 'customers', people: '<@U1> @bo' },
    });
  });
  test('that is unknown names the nearest command', () => {
    expect(said('rfc lst')).toEqual({ refused: 'unknown-command', near: 'rfc list' });
    expect(said('rfc fly me to the moon')).toEqual({ refused: 'unknown-command', near: undefined });
    expect(said('bellman board crate CAB')).toEqual({ refused: 'unknown-command', near: 'bellman board create' });
    expect(said('bellman board')).toEqual({ refused: 'unknown-command', near: 'bellman board create' });
    expect(said('bellman fly')).toEqual({ refused: 'unknown-command', near: undefined });
  });
  test.each([
    ['rfc show', 'missing-argument'],
    ['rfc show PRB-7', 'wrong-argument'],
    ['rfc show seven', 'wrong-argument'],
    ['rfc show RFC-7 now', 'too-many-words'],
    ['bellman audience releasers customers', 'missing-argument'],
  ])('%j is refused as %s', (line, refused) => {
    expect(said(line)).toMatchObject({ refused });
  });
});

describe('the registry', () => {
  const named = (name: string): Command => command({ name, help: 'x', args: {}, run });
  test('refuses a name twice, and a command that can be said bare although it has subcommands', () => {
    expect(() => registry([named('rfc list'), named('rfc list')])).toThrow(/twice/);
    expect(() => registry([named('rfc'), named('rfc list')])).toThrow(/bare/);
  });
  test('refuses more subcommands than Discord holds', () => {
    expect(() => registry(Array.from({ length: 26 }, (_, at) => named(`rfc c${at}`)))).toThrow(/26 subcommands/);
  });
  test('shows how a command is written', () => {
    expect(usage(known.command('bellman board create') as Command)).toBe('/bellman board create <board> <channel> [emergency]');
  });
});
