import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Intent } from '../../src/chat/port.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { MOST_ATTEMPTS } from '../../src/jobs/inbound.ts';
import { inboundFinisher } from '../../src/jobs/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
beforeEach(async () => {
  database = await freshDatabase();
  db = connect(database.url, { pool: 4 });
});
afterEach(async () => {
  await db.close();
  await database.drop();
});

const wait = (key: string) => db.sql`
  insert into bellman.inbound (key, state, intent, received_at)
  values (${key}, 'pending', ${JSON.stringify({ key, kind: 'words' })}::text::jsonb, bellman.now())`;
const states = async () =>
  Object.fromEntries(
    (await db.sql<{ key: string; state: string }[]>`select key, state from bellman.inbound`).map((row) => [row.key, row.state]),
  );

describe('requests that wait', () => {
  test('are finished once, however many workers there are', async () => {
    for (let n = 0; n < 30; n += 1) await wait(`k${n}`);
    const finished: string[] = [];
    const worker = () =>
      inboundFinisher({
        db,
        finish: async (intent) => {
          finished.push(intent.key);
          return true;
        },
        onGivenUp: () => {},
        onTrouble: () => {},
      });
    await Promise.all([worker()(), worker()(), worker()()]);
    expect(finished.sort()).toEqual(Array.from({ length: 30 }, (_, n) => `k${n}`).sort());
    expect(new Set(Object.values(await states()))).toEqual(new Set(['done']));
  });

  test('are tried again after a while, and given up in the end', async () => {
    await wait('slow');
    await wait('broken');
    const givenUp: Intent[] = [];
    const troubles: string[] = [];
    let slowTries = 0;
    const run = inboundFinisher({
      db,
      finish: async (intent) => {
        if (intent.key === 'broken') throw new Error('broken');
        slowTries += 1;
        return slowTries > 1;
      },
      onGivenUp: (intent) => void givenUp.push(intent),
      onTrouble: (what) => void troubles.push(what),
    });
    await run();
    expect(await states()).toEqual({ slow: 'pending', broken: 'pending' });
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) {
      await db.sql`update bellman.inbound set lease_until = null where state = 'pending'`;
      await run();
    }
    expect(await states()).toEqual({ slow: 'done', broken: 'failed' });
    expect(slowTries).toBe(2);
    expect(troubles).toHaveLength(MOST_ATTEMPTS);
    expect(givenUp.map(({ key }) => key)).toEqual(['broken']);
  });
});
