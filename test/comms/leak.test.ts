import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../src/comms/difference.ts';
import { leaksIn, type Watch } from '../../src/comms/leak.ts';

const watch: Watch = {
  words: [
    { word: 'db-prod-3', forbidden: false },
    { word: 'Project Falcon', forbidden: true },
  ],
  names: ['Linda Schmidt', 'Ray'],
  inside: false,
  line: 'public',
  facts: 'public',
};
const found = (text: string, more: Partial<Watch> = {}) =>
  leaksIn(text, { ...watch, ...more }).map(({ why, what }) => `${why}: ${what}`);

describe('the leak check', () => {
  test('finds words of the list wherever they stand by themselves, however they are written', () => {
    expect(found('DB-PROD-3 is slow; db-prod-33 and xdb-prod-3 are not meant.')).toEqual(['word list: DB-PROD-3']);
    expect(found('We talk about project\n falcon.')).toEqual(['forbidden: project\n falcon']);
  });

  test('finds names of people: whole ones however written, parts of them as names are written', () => {
    expect(found('linda schmidt has it; ask Schmidt or Linda.')).toEqual(['name: linda schmidt', 'name: Schmidt', 'name: Linda']);
    expect(found('A ray of light, and a blacksmith called schmidt.')).toEqual(['name: ray']);
  });

  test('finds numbers of configuration items, and nothing that only looks like one', () => {
    expect(found('CI-7 and ci-12 failed, XCI-7 and CI-0 did not.')).toEqual(['item: CI-7', 'item: ci-12']);
  });

  test('says first that the facts are guarded more than the line', () => {
    expect(found('CI-7 failed.', { facts: 'confidential' })).toEqual(['class: confidential', 'item: CI-7']);
    expect(found('It failed.', { line: 'private', facts: 'sensitive' })).toEqual([]);
  });

  test('leaves those who work on it their words and names, but nobody what is forbidden', () => {
    expect(found('Linda restarts db-prod-3 (CI-7) for Project Falcon.', { inside: true })).toEqual(['forbidden: Project Falcon']);
  });

  test('names the gravest reason once where several hold for the same place', () => {
    const words = [
      { word: 'Linda', forbidden: true },
      { word: 'Schmidt', forbidden: false },
    ];
    expect(found('Linda Schmidt', { words })).toEqual(['forbidden: Linda', 'word list: Schmidt']);
  });

  prop.prop([fc.string(), fc.array(fc.string(), { maxLength: 5 }), fc.array(fc.string(), { maxLength: 5 })])(
    'whatever the words and the text, says where each finding stands, and finds every word that stands alone',
    (text, words, names) => {
      const leaks = leaksIn(text, { ...watch, words: words.map((word) => ({ word, forbidden: false })), names });
      for (const { what, at, why } of leaks) if (why !== 'class') expect(text.slice(at, at + what.length)).toBe(what);
      for (const word of words.filter((one) => one.trim() !== '' && !/\s/u.test(one))) {
        const alone = leaksIn(`x ${word} y`, { ...watch, words: [{ word, forbidden: true }], names: [] });
        expect(alone.map(({ at }) => at)).toContain(2);
      }
    },
  );
});

describe('the difference to the last update', () => {
  test('is told by sentence, whatever line it stands in', () => {
    expect(differenceOf('Payments fail. We look into it.\nAsk us.', 'Payments fail.\nWe found it. Ask us.')).toEqual({
      added: ['We found it.'],
      removed: ['We look into it.'],
      kept: 2,
    });
  });

  prop.prop([
    fc.array(fc.constantFrom('One.', 'Two.', 'Three.', 'Four.')),
    fc.array(fc.constantFrom('One.', 'Two.', 'Three.', 'Four.')),
  ])('counts every sentence of both texts', (before, now) => {
    const { added, removed, kept } = differenceOf(before.join(' '), now.join(' '));
    expect(added.length + kept).toBe(now.length);
    expect(removed.length + kept).toBe(before.length);
  });
});
