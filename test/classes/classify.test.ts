import { describe, expect, test } from 'vitest';
import { classify } from '../../src/core/classify.ts';
import type { Context, Org, PersonId, Role } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';

const org: Org = {
  version: 1,
  roles: { 'problem-manager': ['pat'], security: ['sam'] },
  boards: {},
  audiences: {},
  delegations: {},
};
const rolesOf = (person: PersonId) =>
  new Set((Object.keys(org.roles) as Role[]).filter((role) => org.roles[role]?.includes(person)));
const by = (person: PersonId): Context => ({
  record: 'PRB-1',
  actor: { person, roles: rolesOf(person), active: true, bot: false, guest: false },
  org,
  now: 0,
  other: () => undefined,
  take: () => 1,
});
const whose = { own: ['rita', 'olga', undefined], managing: ['problem-manager'] } as const;

describe('how far a record may be known', () => {
  test.each(['rita', 'olga', 'pat', 'sam'])('is narrowed by %s, who has a part in it', (person) => {
    expect(classify('sensitive', 'private', whose, by(person))).toEqual([
      { type: 'classified', class: 'private', before: 'sensitive', by: person },
    ]);
  });

  test.each([
    ['pat', 'sensitive'],
    ['sam', 'public'],
  ] as const)('is widened by %s, who answers for such records', (person, wanted) => {
    expect(classify('private', wanted, whose, by(person))).toMatchObject([{ class: wanted, before: 'private' }]);
  });

  test('is widened by nobody else, who is told whom to ask', () => {
    expect(classify('private', 'sensitive', whose, by('rita'))).toEqual({
      refused: 'may-not-lower',
      facts: { record: 'PRB-1', class: 'private', people: ['pat', 'sam'] },
    });
  });

  test('is not for somebody who has no part in it', () => {
    const refused = classify('sensitive', 'private', whose, by('nina'));
    expect(isRefusal(refused) && refused).toEqual({
      refused: 'may-not-classify',
      facts: { record: 'PRB-1', people: ['rita', 'olga', 'pat', 'sam'] },
    });
  });

  test('stays as it is without an event when it is so already', () => {
    expect(classify('private', 'private', whose, by('rita'))).toEqual([]);
  });
});
