import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Database } from '../../src/db/database.ts';
import { alike } from '../../src/knowledge/store.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { KNOWN, REPORTED } from './outages.ts';

let database: TestDatabase;
let db: Database;
const numberOf = (key: string) => `KER-${KNOWN.findIndex((one) => one.key === key) + 1}`;

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url);
  const rows = KNOWN.map(({ key, title, symptom, workaround }) => ({ id: numberOf(key), title, symptom, workaround }));
  await db.sql`insert into bellman."similar" (id, title, symptom, workaround)
    select id, title, symptom, workaround from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      d(id text, title text, symptom text, workaround text)`;
  await db.sql`insert into bellman.record (id, kind, number, title, status, created_at, updated_at)
    select id, 'KER', substr(id, 5)::int, title, 'current', now(), now() from bellman."similar"`;
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

describe('the search for what was met before', () => {
  test('shows the right known error among the first three for at least 90 of 100 incidents', async () => {
    const missed: string[] = [];
    for (const { title, details, is } of REPORTED) {
      const found = await alike(db, { title, details }, 'p1');
      if (!found.some(({ id }) => id === numberOf(is))) missed.push(`${title} (${is})`);
    }
    console.log(
      `The right known error stands among the first three for ${REPORTED.length - missed.length} of ${REPORTED.length}`,
    );
    expect(REPORTED.length).toBe(100);
    expect(missed.length, missed.join(', ')).toBeLessThanOrEqual(10);
  });

  test('finds nothing for what nobody has met', async () => {
    expect(await alike(db, { title: 'The canteen has no soup' }, 'p1')).toEqual([]);
    expect(await alike(db, { title: '???' }, 'p1')).toEqual([]);
    expect(await alike(db, { title: "it's :* & | ! <-> (" }, 'p1')).toEqual([]);
  });

  test('ranks what names the same items higher', async () => {
    await db.sql`update bellman."similar" set items = 'card gateway' where id = ${numberOf('cert-expired')}`;
    const plain = await alike(db, { title: 'Certificate trouble' }, 'p1');
    const named = await alike(db, { title: 'Certificate trouble', items: 'card gateway' }, 'p1');
    const score = (found: typeof plain) => found.find(({ id }) => id === numberOf('cert-expired'))?.score ?? 0;
    expect(score(named)).toBeGreaterThan(score(plain));
  });
});
