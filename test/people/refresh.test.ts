import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChatPlatform, PlatformError } from '../../src/chat/port.ts';
import { loadOrg } from '../../src/chat/store.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { BELLMAN, ORG } from '../../src/core/record.ts';
import { type Transact, transactor } from '../../src/core/transact.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { lookAgain, type OrgCommand, org, reactions } from '../../src/people/index.ts';
import { placesOn, storeList } from '../../src/people/list-store.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
let transact: Transact;
/** Who is in the group; or why that is not told. */
let members: readonly string[] | PlatformError = [];
const chat = {
  members: async () => {
    if (members instanceof PlatformError) throw members;
    return members.map((user) => `chat/person/${user}`);
  },
} as unknown as ChatPlatform;
const look = () => lookAgain({ db, transact, platforms: new Map([['chat', chat]]), org: () => loadOrg(db) });
const listNow = async () => (await loadOrg(db)).audiences['all-staff']?.list;
const does = (command: OrgCommand) => transact([{ record: ORG, part: org.name, command, by: BELLMAN }]);
const notices = async () =>
  (await db.sql<{ title: string }[]>`select content ->> 'title' as title from bellman.delivery order by seq`).map(
    ({ title }) => title,
  );

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url);
  transact = transactor({ db, house: house([org as AnyPart], reactions), doorbell: silentDoorbell });
  await does({ type: 'grant', person: 'ada', role: 'admin' });
  const group = 'chat/group/staff';
  const places = ['chat/person/u1', 'chat/person/u2'].map((place) => ({ place }));
  const { version, active } = await storeList(db, { list: 'all-staff', kind: 'group', of: group, members: places });
  await does({ type: 'set-list', audience: 'all-staff', list: { kind: 'group', of: group, version, count: active }, after: 0 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

test('a look at groups lets those who left vanish, tells of an empty list and of a group that cannot be read', async () => {
  members = ['u1', 'u2'];
  await look();
  expect(await listNow()).toMatchObject({ version: 1, count: 2 });
  members = ['u2', 'u3'];
  await look();
  expect(await listNow()).toMatchObject({ version: 2, count: 2 });
  expect((await placesOn(db, 'all-staff', 2)).toSorted()).toEqual(['chat/person/u2', 'chat/person/u3']);
  expect(await notices()).not.toContain('Nobody is on the list of all-staff');

  members = new PlatformError('unknown', 'no answer');
  await look();
  expect(await notices()).not.toContain('A list of an audience could not be looked at again');
  members = new PlatformError('refused', 'there is no such group any more');
  await look();
  expect(await notices()).toContain('A list of an audience could not be looked at again');
  expect(await listNow()).toMatchObject({ version: 2, count: 2 });

  members = [];
  await look();
  expect(await listNow()).toMatchObject({ version: 3, count: 0 });
  expect(await notices()).toContain('Nobody is on the list of all-staff');
});
