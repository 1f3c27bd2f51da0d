import { fc, test as property } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { when } from '../../src/core/ask.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { history } from '../../src/core/history.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { classOfPlace } from '../../src/core/place-class.ts';
import { type Guarded, mayHear, mayRead } from '../../src/core/reading.ts';
import { accept, BELLMAN, CLASSES, type DataClass, type Org, type Part, type PersonId } from '../../src/core/record.ts';
import { readable, titlesOf, unknownAmong } from '../../src/core/records.ts';
import { transactor } from '../../src/core/transact.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const NOW = Date.parse('2027-01-04T09:00:00Z');
const org: Org = {
  version: 1,
  roles: { 'problem-manager': ['p2'], security: ['p3'], admin: ['p9'] },
  boards: {},
  audiences: {},
  delegations: { p1: { to: 'p4', until: NOW + 1 }, p2: { to: 'p5', until: NOW - 1 } },
  placeClasses: { 'slack/channel/C1': 'private' },
};
const breach: Guarded = { class: 'private', people: ['p1', 'problem-manager', 'security'] };

describe('a record', () => {
  test.each([
    ['public', true],
    ['sensitive', true],
    ['private', false],
    ['confidential', false],
  ] as const)('that is %s is readable for anybody: %s', (of, readableForAll) => {
    expect(mayRead({ class: of, people: [] }, 'p9', org, NOW)).toBe(readableForAll);
  });

  test.each([
    ['whom it names', 'p1', true],
    ['who holds a role that it names', 'p2', true],
    ['security', 'p3', true],
    ['to whom one of its people delegated', 'p4', true],
    ['to whom one of its people delegated until yesterday', 'p5', false],
    ['an admin who has no part in it', 'p9', false],
    ['Bellman itself', BELLMAN, true],
  ])('that is private is read by %s (%s): %s', (_who, person, may) => {
    expect(mayRead(breach, person, org, NOW)).toBe(may);
  });
});

describe('a place', () => {
  test.each([
    ['status/channel/main', 'public'],
    ['press/channel/main', 'public'],
    ['webhook/address/https://example.org/in', 'sensitive'],
    ['email/address/a@example.org', 'sensitive'],
    ['slack/channel/C2', 'sensitive'],
    ['slack/channel/C1', 'private'],
    ['discord/thread/3', 'sensitive'],
    ['discord/person/7', 'confidential'],
    ['call/address/+4930123456', 'confidential'],
    ['unheard/of/1', 'public'],
  ])('%s is %s', (place, of) => {
    expect(classOfPlace(place, org)).toBe(of);
  });

  test('hears of a private record only where it is guarded as well', () => {
    expect(mayHear(breach, { place: 'slack/channel/C2' }, org, NOW)).toBe(false);
    expect(mayHear(breach, { place: 'slack/channel/C1' }, org, NOW)).toBe(true);
    expect(mayHear({ ...breach, class: 'confidential' }, { place: 'slack/channel/C1' }, org, NOW)).toBe(false);
    expect(mayHear(breach, { list: 'customers', version: 1 }, org, NOW)).toBe(false);
  });
});

/** A part as small as can be: its class, and whom it names. */
interface Held {
  readonly class: DataClass;
  readonly names: readonly PersonId[];
}
type Hold = { readonly type: 'hold' } & Held;
const held: Part<Held, Hold, Hold> = {
  name: 'held',
  initial: { class: 'sensitive', names: [] },
  heading: (state) => ({ title: 'The secret', status: 'open', class: state.class }),
  people: ({ names }) => names,
  decide: (_state, command) => accept(command),
  evolve: (_state, { class: of, names }) => ({ class: of, names }),
};
const told = when<Hold, 'hold'>('held', 'hold', (_event, view) => [
  { ask: 'say', to: { place: 'console/channel/general' }, content: { title: view.class } },
  { ask: 'say', to: { person: 'p1' }, content: { title: view.class } },
  { ask: 'say', to: { person: 'p8' }, content: { title: view.class } },
  { ask: 'say', to: { person: 'p8' }, content: { title: 'bare' }, bare: true },
]);

describe('in the store', () => {
  let database: TestDatabase;
  let db: Database;
  let transact: ReturnType<typeof transactor>;
  beforeAll(async () => {
    database = await freshDatabase();
    db = connect(database.url, { pool: 2 });
    transact = transactor({ db, house: house([held as AnyPart], [told]), doorbell: silentDoorbell });
    for (const person of ['p1', 'p2', 'p8']) {
      await db.sql`insert into bellman.person (id, name, created_at) values (${person}, ${person}, now())`;
      await db.sql`insert into bellman.identity (platform, user_id, person_id, handle, last_used_at)
        values ('console', ${person}, ${person}, ${person}, now())`;
    }
    await db.sql`insert into bellman.record (id, kind, number, created_at, updated_at) values ('ORG-1', 'ORG', 1, now(), now())`;
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });
  const setOrg = async (state: Org) => {
    await db.sql`insert into bellman.part (record_id, name, state) values ('ORG-1', 'org', ${JSON.stringify(state)}::text::jsonb)
      on conflict (record_id, name) do update set state = excluded.state`;
    await db.sql`update bellman.record set seq = seq + 1 where id = 'ORG-1'`;
  };
  const hold = async (record: string | undefined, of: DataClass, by: string | typeof BELLMAN = BELLMAN) => {
    const command: Hold = { type: 'hold', class: of, names: ['p1'] };
    const actor = by === BELLMAN ? BELLMAN : { platform: 'console', user: by };
    const [outcome] = await transact([{ record: record ?? { raise: 'PRB' }, part: 'held', command, by: actor }]);
    return outcome as { readonly record: string; readonly refused?: string; readonly facts?: object };
  };

  test('a private record does not exist for others, and is there for its own people', async () => {
    await setOrg({ ...org, delegations: {} });
    const { record } = await hold(undefined, 'sensitive');
    expect([...(await titlesOf(db, [record], 'p8')).values()]).toEqual(['The secret']);
    await hold(record, 'private');
    for (const [person, count] of [
      ['p1', 1],
      ['p3', 1],
      ['p8', 0],
    ] as const) {
      expect((await titlesOf(db, [record], person)).size).toBe(count);
      expect((await history(db, record, person)).length > 0).toBe(count === 1);
      expect((await unknownAmong(db, [record], person)) === undefined).toBe(count === 1);
    }
    expect(await hold(record, 'public', 'p8')).toEqual({ refused: 'unknown-record', facts: { record } });
    expect(await hold('PRB-999', 'public', 'p8')).toEqual({ refused: 'unknown-record', facts: { record: 'PRB-999' } });
    expect(await hold(record, 'private', 'p1')).toMatchObject({ record });
  });

  test('what is said of a private record reaches its own people only, and what waited to be said elsewhere is not said', async () => {
    const { record } = await hold(undefined, 'sensitive');
    const said = () =>
      db.sql`select place, state, content ->> 'title' as title from bellman.delivery where record_id = ${record} order by seq`;
    expect((await said()).filter(({ state }) => state === 'waiting')).toHaveLength(4);
    await hold(record, 'private');
    expect((await said()).map(({ place, state, title }) => `${place} ${state} ${title}`)).toEqual([
      'console/channel/general cancelled sensitive',
      'console/person/p1 waiting sensitive',
      'console/person/p8 cancelled sensitive',
      'console/person/p8 cancelled bare',
      'console/person/p1 waiting private',
      'console/person/p8 waiting bare',
    ]);
  });

  test('somebody who listens only by e-mail, which is less guarded, is not told there; that they were not reached is known', async () => {
    await db.sql`delete from bellman.identity where person_id = 'p1'`;
    await db.sql`update bellman.person set email = 'p1@example.org' where id = 'p1'`;
    const { record } = await hold(undefined, 'private');
    const rows = await db.sql`select place from bellman.delivery where record_id = ${record} and content ->> 'title' = 'private'`;
    expect(rows.map(({ place }) => place)).toEqual(['none/person/p1']);
  });

  const people = fc.subarray(['p1', 'p2', 'p3', 'p4']);
  property.prop(
    [
      fc.constantFrom(...CLASSES),
      fc.subarray(['p1', 'p2', 'problem-manager', 'security']),
      people,
      people,
      fc.dictionary(fc.constantFrom('p1', 'p2'), fc.record({ to: fc.constantFrom('p3', 'p4'), ahead: fc.boolean() })),
    ],
    { numRuns: 40 },
  )('lists and rules agree about who may read what', async (of, named, managers, security, given) => {
    const now = Date.now();
    const delegations = Object.fromEntries(
      Object.entries(given).map(([giver, { to, ahead }]) => [giver, { to, until: now + (ahead ? 3_600_000 : -3_600_000) }]),
    );
    const state: Org = { ...org, roles: { 'problem-manager': managers, security }, delegations };
    await setOrg(state);
    for (const person of ['p1', 'p2', 'p3', 'p4', 'p5']) {
      const [row] = await db.sql<{ may: boolean }[]>`
        select ${readable(db, person)} as may from (select ${of}::text as class, ${JSON.stringify(named)}::text::jsonb as people) r`;
      expect({ person, may: row?.may }).toEqual({ person, may: mayRead({ class: of, people: named }, person, state, now) });
    }
  });
});
