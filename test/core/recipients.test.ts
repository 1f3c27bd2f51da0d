import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { updates } from '../../src/comms/store.ts';
import { type Ask, when } from '../../src/core/ask.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { accept, BELLMAN, type Part } from '../../src/core/record.ts';
import { isRefusal, refuse } from '../../src/core/refusal.ts';
import { type Transact, transactor } from '../../src/core/transact.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/** A part that asks for whatever it is told to ask. */
type Wish = { readonly type: 'wish'; readonly asks: readonly Ask[]; readonly numbers?: number; readonly refused?: boolean };
type Wished = { readonly type: 'wished'; readonly asks: readonly Ask[]; readonly taken: readonly number[] };
const wishes: Part<{ readonly taken: readonly number[] }, Wish, Wished> = {
  name: 'wishes',
  initial: { taken: [] },
  heading: () => ({ title: 'Wishes', status: 'open' }),
  needs: ({ numbers }) => Array.from({ length: numbers ?? 0 }, () => 'UPD' as const),
  decide: (_state, { asks, numbers = 0, refused }, { take }) => {
    const taken = numbers > 0 ? [take('UPD')] : [];
    return refused ? refuse('too-much') : accept({ type: 'wished', asks, taken });
  },
  evolve: (_state, { taken }) => ({ taken }),
};
const reactions = [when<Wished, 'wished'>('wishes', 'wished', ({ asks }) => asks)];

let database: TestDatabase;
let db: Database;
let transact: Transact;
let record: string;

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url);
  transact = transactor({ db, house: house([wishes as AnyPart], reactions, [updates]), doorbell: silentDoorbell });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
beforeEach(async () => {
  const [raised] = await transact([
    { record: { raise: 'PRB' }, part: 'wishes', command: { type: 'wish', asks: [] } as Wish, by: BELLMAN },
  ]);
  if (!raised || !('record' in raised)) throw new Error('Nothing was raised');
  record = raised.record;
});

const wish = async (asks: readonly Ask[], more: Partial<Wish> = {}): Promise<readonly number[] | 'refused'> => {
  const command: Wish = { type: 'wish', asks, ...more };
  const [outcome] = await transact([{ record, part: 'wishes', command, by: BELLMAN }]);
  if (!outcome || isRefusal(outcome)) return 'refused';
  return 'view' in outcome ? outcome.view.state(wishes).taken : [];
};
const placesOf = async (update: string) =>
  (
    await db.sql<
      { place: string }[]
    >`select place from bellman.delivery where record_id = ${record} and update_id = ${update} order by seq`
  ).map(({ place }) => place);

describe('a counter', () => {
  test('gives each number once and without gaps, also where one was asked for in vain', async () => {
    const [first] = (await wish([], { numbers: 1 })) as readonly number[];
    expect(await wish([], { numbers: 1, refused: true })).toBe('refused');
    expect(await wish([], { numbers: 2 })).toEqual([(first ?? 0) + 1]);
    expect(await wish([], { numbers: 1 })).toEqual([(first ?? 0) + 2]);
  });

  test('gives numbers without gaps to many at once', async () => {
    const taken = await Promise.all(Array.from({ length: 20 }, () => wish([], { numbers: 1 })));
    const numbers = taken.flatMap((one) => (one === 'refused' ? [] : [...one])).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => (numbers[0] ?? 0) + at));
  });
});

describe('what is said to many', () => {
  test('goes once to each member of that version of a list who has not unsubscribed, each card in its turn', async () => {
    await db.sql`insert into bellman.audience_member (list, version, place, unsubscribed_at) values
      ('customers', 1, 'email/address/old@bank.example', null), ('customers', 2, 'email/address/a@bank.example', null),
      ('customers', 2, 'email/address/b@bank.example', null), ('customers', 2, 'email/address/gone@bank.example', now()),
      ('customers', 2, 'slack/channel/C1', null)`;
    const to = { list: 'customers', version: 2, except: ['slack/channel/C1'] };
    await wish([
      { ask: 'say', to, content: { title: 'One' }, update: 'U.1' },
      { ask: 'say', to, content: { title: 'Two' }, update: 'U.1' },
    ]);
    const rows = await db.sql<{ place: string; platform: string; title: string; id: string }[]>`
      select place, platform, content ->> 'title' as title, id from bellman.delivery where record_id = ${record} order by seq`;
    expect(rows.map(({ title }) => title)).toEqual(['One', 'One', 'Two', 'Two']);
    expect(rows.map(({ place }) => place).sort()).toEqual([
      'email/address/a@bank.example',
      'email/address/a@bank.example',
      'email/address/b@bank.example',
      'email/address/b@bank.example',
    ]);
    expect(rows.every(({ platform, id }) => platform === 'email' && /^[0-9a-z]{25}$/u.test(id))).toBe(true);
  });

  test('goes once to every place that was told one of these updates, or any', async () => {
    const say = (place: string, update: string): Ask => ({ ask: 'say', to: { place }, content: { title: 'x' }, update });
    await wish([say('x/channel/1', 'U.1'), say('x/channel/2', 'U.1'), say('x/channel/2', 'U.2'), say('x/channel/3', 'U.2')]);
    await wish([{ ask: 'say', to: { place: 'x/channel/9' }, content: { title: 'a notice' } }]);
    await db.sql`update bellman.delivery set state = 'failed' where record_id = ${record} and place = 'x/channel/1'`;
    await wish([{ ask: 'say', to: { told: ['U.1'] }, content: { title: 'Correction' }, update: 'U.3' }]);
    expect(await placesOf('U.3')).toEqual(['x/channel/2']);
    await wish([{ ask: 'say', to: { told: 'all', except: ['x/channel/3'] }, content: { title: 'Last' }, update: 'U.4' }]);
    expect(await placesOf('U.4')).toEqual(['x/channel/2']);
  });
});

describe('whoever is among those who are told by several ways', () => {
  beforeAll(async () => {
    await db.sql`insert into bellman.audience_member (list, version, place, unsubscribed_at) values
      ('staff', 1, 'x/person/a', null), ('staff', 1, 'x/person/b', null), ('staff', 1, 'x/person/gone', now()),
      ('partners', 4, 'x/person/b', null), ('partners', 4, 'x/person/c', null), ('partners', 4, 'x/person/gone', null)`;
  });
  const say = (to: Extract<Ask, { ask: 'say' }>['to'], title: string, update: string): Ask => ({
    ask: 'say',
    to,
    content: { title },
    update,
  });
  const everybody = [
    { place: 'x/person/a' },
    { place: 'x/channel/1' },
    { list: 'staff', version: 1 },
    { list: 'partners', version: 4 },
  ] as const;

  test('hears each part of an update once', async () => {
    await wish(everybody.flatMap((to) => [say(to, 'One', 'V.1'), say(to, 'Two', 'V.1')]));
    const once = ['x/channel/1', 'x/person/a', 'x/person/b', 'x/person/c', 'x/person/gone'];
    expect((await placesOf('V.1')).toSorted()).toEqual(once.flatMap((place) => [place, place]));
  });

  test('hears a last one once too, and not once they unsubscribed', async () => {
    await wish([...everybody, { place: 'x/channel/2' }, { place: 'x/person/gone' }].map((to) => say(to, 'One', 'V.2')));
    const last: Ask = { ask: 'say', to: { told: ['V.2'] }, content: { title: 'Last' }, update: 'V.3' };
    await wish([say({ place: 'x/channel/1' }, 'Last', 'V.3'), say({ list: 'staff', version: 1 }, 'Last', 'V.3'), last]);
    expect((await placesOf('V.3')).toSorted()).toEqual(['x/channel/1', 'x/channel/2', 'x/person/a', 'x/person/b', 'x/person/c']);
  });

  test('is a person and their place only once, with every part for whoever was named first', async () => {
    // Somebody who is known from nowhere listens at a place of their own.
    const ways = [{ person: 'p77' }, { place: 'none/person/p77' }] as const;
    await wish(ways.flatMap((to) => [say(to, 'One', 'V.5'), say(to, 'Two', 'V.5')]));
    expect(await placesOf('V.5')).toEqual(['none/person/p77', 'none/person/p77']);
  });

  test('hears what is no update as often as it is said', async () => {
    const notice: Ask = { ask: 'say', to: { place: 'x/channel/7' }, content: { title: 'A notice' } };
    await wish([notice, { ...notice, to: { place: 'x/channel/7' } }]);
    const rows = await db.sql`select 1 from bellman.delivery where record_id = ${record} and place = 'x/channel/7'`;
    expect(rows).toHaveLength(2);
  });
});

describe('a projection', () => {
  test('keeps one row for each key, and leaves what is not said as it was', async () => {
    const row = (more: object): Ask => ({
      ask: 'project',
      into: 'comms_update',
      row: { id: `${record}.1`, recordId: record, ...more },
    });
    await wish([
      row({
        audience: 'press',
        phase: 'first',
        outcome: 'upcoming',
        openedAt: '2026-01-01T00:00:00Z',
        dueAt: '2026-01-01T01:00:00Z',
      }),
      row({ outcome: 'drafting' }),
    ]);
    await wish([row({ outcome: 'released', number: 7, by: ['p1'], late: true, releasedAt: '2026-01-01T01:30:00Z' })]);
    const [kept] = await db.sql`
      select audience, phase, outcome, number, by, late, exercise, opened_at = '2026-01-01T00:00Z' as opened, due_at = '2026-01-01T01:00Z' as due
      from bellman.comms_update where id = ${`${record}.1`}`;
    expect(kept).toEqual({
      audience: 'press',
      phase: 'first',
      outcome: 'released',
      number: 7,
      by: ['p1'],
      late: true,
      exercise: false,
      opened: true,
      due: true,
    });
  });
});
