import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AudienceList } from '../../src/core/record.ts';
import { refuse } from '../../src/core/refusal.ts';
import { connect, type Database } from '../../src/db/database.ts';
import {
  keepGroup,
  keptGroups,
  membersOf,
  placesOn,
  storedList,
  storeList,
  tidyLists,
  unsubscribe,
} from '../../src/people/list-store.ts';
import { refreshed } from '../../src/people/refresh.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const mail = (name: string) => `email/address/${name}@bank.example`;
const put = (list: string, ...names: string[]) =>
  storeList(db, { list, kind: 'csv', of: '', members: names.map((name) => ({ place: mail(name), name })) });

describe('a stored list', () => {
  test('has a new version with each change, and the older one stays', async () => {
    expect(await put('a', 'kate', 'neil')).toEqual({ version: 1, active: 2, unsubscribed: 0 });
    expect(await put('a', 'neil')).toEqual({ version: 2, active: 1, unsubscribed: 0 });
    expect(await placesOn(db, 'a', 1)).toHaveLength(2);
    expect(await membersOf(db, 'a', 2, 10)).toMatchObject([
      { place: mail('neil'), name: 'neil', person: null, unsubscribedAt: null },
    ]);
  });

  test('never tells again who unsubscribed, whatever is imported later', async () => {
    await put('b', 'kate', 'neil');
    expect(await unsubscribe(db, 'b', mail('kate'))).toBe(true);
    const [first] = await membersOf(db, 'b', 1, 1);
    expect(await unsubscribe(db, 'b', mail('kate'))).toBe(true);
    expect(await unsubscribe(db, 'b', mail('nobody'))).toBe(false);
    expect(await put('b', 'neil')).toMatchObject({ version: 2, active: 1 });
    expect(await put('b', 'kate', 'neil', 'ray')).toEqual({ version: 3, active: 2, unsubscribed: 1 });
    const [kate] = await membersOf(db, 'b', 3, 1);
    expect(kate?.unsubscribedAt).toEqual(first?.unsubscribedAt);
    expect(await storedList(db, 'b', 3)).toEqual({ version: 3, active: 2, unsubscribed: 1 });
  });

  test('has versions of its own when several are stored at the same moment', async () => {
    const made = await Promise.all(['kate', 'neil', 'ray', 'janet'].map((name) => put('e', name)));
    expect(made.map(({ version }) => version).toSorted()).toEqual([1, 2, 3, 4]);
  });

  test('takes 20,000 members in one statement', async () => {
    const members = Array.from({ length: 20_000 }, (_, at) => ({ place: mail(`a${at}`) }));
    expect(await storeList(db, { list: 'c', kind: 'csv', of: '', members })).toEqual({
      version: 1,
      active: 20_000,
      unsubscribed: 0,
    });
  });

  test('is forgotten a month after it was replaced, but for those who unsubscribed', async () => {
    await put('d', 'kate', 'neil');
    await put('d', 'ray');
    await put('d', 'janet');
    await unsubscribe(db, 'd', mail('kate'));
    const inForce = {
      audiences: { d: { key: 'd', places: [], releasers: [], list: { kind: 'csv', of: '', version: 2, count: 1 } } },
    } as const;
    await tidyLists(db, inForce);
    expect(await placesOn(db, 'd', 1)).toHaveLength(2);
    await db.sql`update bellman.audience_version set made_at = made_at - interval '31 days' where list = 'd'`;
    await tidyLists(db, inForce);
    expect(await placesOn(db, 'd', 1)).toEqual([mail('kate')]);
    expect(await placesOn(db, 'd', 2)).toEqual([mail('ray')]);
    // The newest may still be waiting for its button.
    expect(await placesOn(db, 'd', 3)).toEqual([mail('janet')]);
  });
});

describe('a look at groups', () => {
  const list = (version: number, count: number): AudienceList => ({ kind: 'group', of: 'slack/group/S1', version, count });
  const org = (now: AudienceList, retired = false) => ({
    audiences: { ops: { key: 'ops', places: [], releasers: [], list: now, retired } },
  });
  const says = (...users: string[]) => ({ members: async () => users.map((user) => `slack/person/${user}`) });

  test('makes a new version only where somebody came or went', async () => {
    const { version } = await storeList(db, {
      list: 'ops',
      kind: 'group',
      of: 'slack/group/S1',
      members: [{ place: 'slack/person/U1' }, { place: 'slack/person/U2' }],
    });
    expect(await refreshed(db, says('U2', 'U1'), org(list(version, 2)))).toEqual({ lists: [], troubles: [] });
    expect(await refreshed(db, says('U2'), org(list(version, 2)))).toEqual({
      lists: [{ audience: 'ops', list: list(version + 1, 1), after: version }],
      troubles: [],
    });
    expect((await refreshed(db, says(), org(list(version + 1, 1)))).lists).toMatchObject([{ list: { count: 0 } }]);
  });

  test('counts anew who wants to be told', async () => {
    const { version } = await storeList(db, {
      list: 'ops',
      kind: 'group',
      of: 'slack/group/S1',
      members: [{ place: 'slack/person/U7' }],
    });
    await unsubscribe(db, 'ops', 'slack/person/U7');
    expect((await refreshed(db, says('U7'), org(list(version, 1)))).lists).toEqual([
      { audience: 'ops', list: list(version, 0), after: version },
    ]);
  });

  test('leaves alone what its platform does not tell, and what is retired', async () => {
    const closed = refuse('group-closed', { group: 'S1', why: 'no' });
    expect(await refreshed(db, { members: async () => closed }, org(list(1, 2)))).toEqual({ lists: [], troubles: [closed] });
    expect(await refreshed(db, says('U9'), org(list(1, 2), true))).toEqual({ lists: [], troubles: [] });
  });

  test('keeps those whom a line names itself as they are now', async () => {
    await keepGroup(db, 'slack/group/S9', ['slack/person/U1', 'slack/person/U2']);
    await keepGroup(db, 'slack/group/S9', ['slack/person/U2', 'slack/person/U3']);
    expect((await placesOn(db, 'slack/group/S9', 1)).toSorted()).toEqual(['slack/person/U2', 'slack/person/U3']);
    expect(await keptGroups(db)).toEqual(['slack/group/S9']);
    await refreshed(db, says('U3'), { audiences: {} });
    expect(await placesOn(db, 'slack/group/S9', 1)).toEqual(['slack/person/U3']);
  });
});
