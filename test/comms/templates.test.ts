import { describe, expect, test } from 'vitest';
import { type Templates, type TemplatesCommand, templates, versionOf } from '../../src/comms/templates.ts';
import { type Context, ORG, type Role } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { decideWords, evolveWords, MOST_WORDS } from '../../src/people/words.ts';
import { anOrg } from './stage.ts';

const NAME = 'customers/problem/first';
const by = (person: string, ...roles: readonly Role[]): Context => ({
  record: ORG,
  actor: { person, roles: new Set(roles), active: true, bot: false, guest: false },
  org: anOrg({ admin: ['ada'] }),
  now: 1000,
  other: () => undefined,
  take: () => 1,
});
const save = (text: string, template = NAME): TemplatesCommand => ({ type: 'save', texts: [{ template, text }] });

/** The templates after these commands of an admin; throws where one is refused. */
const having = (...commands: readonly TemplatesCommand[]): Templates =>
  commands.reduce((state, command) => {
    const decision = templates.decide(state, command, by('ada', 'admin'));
    if (isRefusal(decision)) throw new Error(decision.refused);
    return decision.reduce(templates.evolve, state);
  }, templates.initial);
const refused = (state: Templates, command: TemplatesCommand, who = by('ada', 'admin')) => templates.decide(state, command, who);

describe('templates', () => {
  test('get a version with each save, which says who made it and when; the newest stands first', () => {
    const state = having(save('one'), save('two'));
    expect(state[NAME]?.text).toBe('two');
    expect(state[NAME]?.versions.map(({ number, by: who }) => [number, who])).toEqual([
      [2, 'ada'],
      [1, 'ada'],
    ]);
  });

  test('saved as they are change nothing, also among others that change', () => {
    const state = having(save('one'));
    expect(templates.decide(state, save('one'), by('ada', 'admin'))).toEqual([]);
    const both: TemplatesCommand = {
      type: 'save',
      texts: [
        { template: NAME, text: 'one' },
        { template: 'press/problem/first', text: 'p' },
      ],
    };
    expect(templates.decide(state, both, by('ada', 'admin'))).toMatchObject([{ template: 'press/problem/first', version: 1 }]);
  });

  test('come back as a version of their own, and so does the text that comes with Bellman', () => {
    const state = having(save('one'), save('two'), { type: 'restore', template: NAME, version: 1, text: 'one' });
    expect(state[NAME]).toMatchObject({ text: 'one', versions: [{ number: 3, restores: 1 }, { number: 2 }, { number: 1 }] });
    const ours = having(save('one'), { type: 'restore', template: NAME, version: 0 });
    expect(ours[NAME]?.text).toBeUndefined();
    expect(versionOf(ours, NAME)).toBe(2);
    expect(refused(state, { type: 'restore', template: NAME, version: 9, text: 'x' })).toMatchObject({
      refused: 'unknown-version',
    });
  });

  test('are changed by admins and communications only, and only where somebody is told by them', () => {
    expect(refused({}, save('x'), by('rita'))).toMatchObject({ refused: 'role-needed' });
    expect(refused({}, save('x'), by('cora', 'communications'))).not.toHaveProperty('refused');
    for (const name of ['nobody/problem/first', 'customers/problem', 'customers/problem/never', '../problem/first']) {
      expect(refused({}, save('x', name))).toMatchObject({ refused: 'unknown-template' });
    }
  });
});

describe('words that do not belong outside', () => {
  const decided = (
    words: Parameters<typeof decideWords>[0],
    command: Parameters<typeof decideWords>[1],
    who = by('ada', 'admin'),
  ) => {
    const decision = decideWords(words, command, who);
    return isRefusal(decision) ? decision.refused : decision.reduce(evolveWords, words);
  };
  const known = [{ word: 'db-prod-3', forbidden: false }];

  test('stand in the list once, whatever their case and blanks, and may become forbidden', () => {
    expect(decided(known, { type: 'add-word', word: ' DB-prod-3 ', forbidden: false })).toEqual(known);
    expect(decided(known, { type: 'add-word', word: 'db-prod-3', forbidden: true })).toEqual([
      { word: 'db-prod-3', forbidden: true },
    ]);
    expect(decided(known, { type: 'remove-word', word: 'DB-PROD-3' })).toEqual([]);
  });

  test('are refused when nobody has the right, when they are unknown, too long or too many', () => {
    expect(decided(known, { type: 'add-word', word: 'x', forbidden: false }, by('rita'))).toBe('role-needed');
    expect(decided(known, { type: 'remove-word', word: 'falcon' })).toBe('unknown-listed-word');
    expect(decided(known, { type: 'add-word', word: 'x'.repeat(101), forbidden: false })).toBe('word-too-long');
    const full = Array.from({ length: MOST_WORDS }, (_, at) => ({ word: `w${at}`, forbidden: false }));
    expect(decided(full, { type: 'add-word', word: 'one more', forbidden: false })).toBe('word-list-full');
  });
});
