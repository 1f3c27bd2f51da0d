import { afterAll, beforeAll, expect, test } from 'vitest';
import { tidy } from '../../src/chat/store.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url, { pool: 2 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

test('what nobody can repeat any more is forgotten; what waits, and what is young, stays', async () => {
  await db.sql`insert into bellman.inbound (key, state, received_at) values
    ('old', 'done', bellman.now() - interval '8 days'), ('young', 'done', bellman.now()), ('waiting', 'pending', bellman.now() - interval '8 days')`;
  await db.sql`insert into bellman.form_draft (id, asker, doing, input, answers, expires_at) values
    ('over', 'slack/U1', 'rfc new', '{}', '{}', bellman.now() - interval '1 second'),
    ('open', 'slack/U1', 'rfc new', '{}', '{}', bellman.now() + interval '1 hour')`;
  await tidy(db);
  expect((await db.sql`select key from bellman.inbound order by key`).map(({ key }) => key)).toEqual(['waiting', 'young']);
  expect((await db.sql`select id from bellman.form_draft`).map(({ id }) => id)).toEqual(['open']);
});
