import { describe, expect, test } from 'vitest';
import { complete } from '../../../adapters/console/complete.ts';
import { SAMPLE_CHANNELS, SAMPLE_PEOPLE } from '../../../adapters/console/samples.ts';
import { fakeRegistry } from './fake-bellman.ts';

const known = {
  people: SAMPLE_PEOPLE,
  channels: SAMPLE_CHANNELS,
  audiences: ['customers', 'field-engineers'],
  records: ['RFC-7', 'PRB-2', 'RFC-3'],
};
const offered = (line: string) => complete(line, fakeRegistry, known).items.map(({ text }) => text);

describe('completion of the console', () => {
  test('plain text has none', () => {
    expect(complete('rfc', fakeRegistry, known)).toEqual({ items: [], hint: '' });
  });

  test('a slash offers commands, and more letters fewer', () => {
    expect(offered('/')).toHaveLength(fakeRegistry.commands.length);
    expect(offered('/rfc n')).toEqual(['/rfc new']);
    expect(offered('/RFC S')).toEqual(['/rfc show ']);
  });

  test('a later word finds its commands too', () => {
    expect(offered('/new')).toEqual(['/rfc new', '/incident new']);
  });

  test('the same words work after /bellman and after a mention', () => {
    expect(offered('/bellman rfc n')).toEqual(['/bellman rfc new']);
    expect(offered('/bellman role')).toEqual(['/bellman role grant ']);
    expect(offered('@bellman rfc n')).toEqual(['@bellman rfc new']);
    expect(offered('/bellman role grant @kev')).toEqual(['/bellman role grant @kevin ']);
  });

  test('arguments are offered by their kind, each in its turn', () => {
    expect(offered('/bellman role grant ')).toContain('/bellman role grant @charles ');
    expect(offered('/bellman role grant @kevin change')).toEqual(['/bellman role grant @kevin change-manager ']);
    expect(offered('/rfc show ')).toEqual(['/rfc show RFC-7 ', '/rfc show RFC-3 ']);
    expect(offered('/bellman audience set press #pr')).toEqual(['/bellman audience set press #press ']);
    expect(offered('/bellman audience releasers press @kevin @ne')).toEqual(['/bellman audience releasers press @kevin @neil ']);
    expect(offered('/rfc backout RFC-7 because')).toEqual([]);
  });

  test('the hint says how the command is written and what comes next', () => {
    expect(complete('/rfc backout ', fakeRegistry, known).hint).toBe('/rfc backout <rfc> <reason> · the number of a change');
    expect(complete('/bellman audience set press ', fakeRegistry, known).hint).toContain('may be left out');
  });
});
