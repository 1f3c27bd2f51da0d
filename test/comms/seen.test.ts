/** *Seen* on a real database: a reader counts once, and many readers cost the record next to nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countSeen } from '../../src/comms/answers-seen.ts';
import { noteSeen, wasSaidAt } from '../../src/comms/answers-store.ts';
import type { Change } from '../../src/core/change.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
let changes: Change[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const known = async (platform: string, user: string, person: string) => {
  await db.sql`insert into bellman.identity (platform, user_id, person_id, handle, last_used_at)
    values (${platform}, ${user}, ${person}, ${user}, bellman.now()) on conflict (platform, user_id) do update set person_id = ${person}`;
};

const presses = async (update: string, person: string, platform = 'slack') => {
  await known(platform, `${platform}-${person}`, person);
  return noteSeen(db, { record: 'PRB-1', update, person, by: { platform, user: `${platform}-${person}` } });
};

/** What would enter the records. */
async function counted(): Promise<readonly object[]> {
  changes = [];
  await countSeen(db, async (wanted) => {
    changes.push(...wanted);
    return [];
  });
  return changes.map(({ record, command }) => ({ record, ...command })).map(({ type: _type, ...rest }) => rest);
}

const delivered = (update: string, place: string, state = 'sent') => db.sql`
  insert into bellman.delivery (id, record_id, place, platform, content, content_hash, update_id, state, not_before, created_at)
  values (${`${update}${place}`.replaceAll(/\W/gu, '').slice(-25)}, 'PRB-1', ${place}, 'slack', '{}', '', ${update}, ${state}, bellman.now(), bellman.now())`;

describe('a reader who has seen an update', () => {
  test('counts once, also when two identities turn out to be one person', async () => {
    expect(await presses('PRB-1.1', 'p1')).toBe(true);
    expect(await presses('PRB-1.1', 'p1')).toBe(false);
    expect(await presses('PRB-1.2', 'p1')).toBe(true);
    expect(await presses('PRB-1.1', 'p2', 'discord')).toBe(true);
    expect(await counted()).toEqual(
      expect.arrayContaining([
        { record: 'PRB-1', update: 'PRB-1.1', seen: 2 },
        { record: 'PRB-1', update: 'PRB-1.2', seen: 1 },
      ]),
    );
    await known('discord', 'discord-p2', 'p1');
    expect(await presses('PRB-1.1', 'p1', 'discord')).toBe(false);
    await presses('PRB-1.1', 'p3');
    expect(await counted()).toEqual([{ record: 'PRB-1', update: 'PRB-1.1', seen: 2 }]);
  });

  test('is one of so many where it went to persons only', async () => {
    for (const user of ['U1', 'U2', 'U3']) await delivered('PRB-1.5', `slack/person/${user}`);
    await delivered('PRB-1.5', 'slack/person/U4', 'failed');
    await delivered('PRB-1.5', 'email/address/kim@customer.example');
    await presses('PRB-1.5', 'p5');
    await delivered('PRB-1.6', 'slack/channel/C1');
    await delivered('PRB-1.6', 'slack/person/U1');
    await presses('PRB-1.6', 'p5');
    expect(await counted()).toEqual(
      expect.arrayContaining([
        { record: 'PRB-1', update: 'PRB-1.5', seen: 1, of: 3 },
        { record: 'PRB-1', update: 'PRB-1.6', seen: 1 },
      ]),
    );
  });

  test('with five hundred others is one change of the record, and none when nobody pressed since', async () => {
    await Promise.all(Array.from({ length: 500 }, (_, at) => presses('PRB-1.9', `q${at}`)));
    await Promise.all(Array.from({ length: 500 }, (_, at) => presses('PRB-1.9', `q${at}`)));
    expect(await counted()).toEqual([{ record: 'PRB-1', update: 'PRB-1.9', seen: 500 }]);
    expect(await counted()).toEqual([]);
  });

  test('is counted again when the record could not be changed', async () => {
    await presses('PRB-1.10', 'p1');
    const away = async () => {
      throw new Error('away');
    };
    await expect(countSeen(db, away)).rejects.toThrow('away');
    expect(await counted()).toEqual([{ record: 'PRB-1', update: 'PRB-1.10', seen: 1 }]);
  });
});

test('an update was said where it was delivered, also in a thread, and only of its own record', async () => {
  await delivered('PRB-1.7', 'discord/thread/77');
  expect(await wasSaidAt(db, 'PRB-1', 'PRB-1.7', 'discord/channel/77')).toBe(true);
  expect(await wasSaidAt(db, 'PRB-2', 'PRB-1.7', 'discord/channel/77')).toBe(false);
  expect(await wasSaidAt(db, 'PRB-1', 'PRB-1.7', 'discord/channel/78')).toBe(false);
});
