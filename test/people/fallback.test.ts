import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Database } from '../../src/db/database.ts';
import { insteadOf } from '../../src/people/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url, { pool: 2, name: 'test' });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const ALL = ['slack', 'discord', 'email'];
const missed = (place: string) => ({ place, update: 'PRB-1.1', contentHash: 'h' });
const instead = async (place: string, ways: readonly string[] = ALL) => (await insteadOf(db, missed(place), ways))?.place;

/** Kate on Slack and Discord with an address, and Ray, who has another identity each. */
beforeEach(async () => {
  await db.sql`delete from bellman.identity`;
  await db.sql`delete from bellman.person`;
  await db.sql`delete from bellman.part`;
  await db.sql`delete from bellman.delivery`;
  await db.sql`insert into bellman.person (id, name, email, created_at) values
    ('kate', 'Kate', 'Kate@Bank.example', now()), ('ray', 'Ray', null, now())`;
  await db.sql`insert into bellman.identity (platform, user_id, person_id, handle, last_used_at) values
    ('slack', 'K', 'kate', 'kate', now()), ('discord', '1', 'kate', 'kate', now() - interval '1 day'), ('slack', 'R', 'ray', 'ray', now())`;
});
const delegates = async (to: string, until: string) =>
  db.sql`insert into bellman.part (record_id, name, state) values ('ORG-1', 'org',
    ${JSON.stringify({ delegations: { kate: { to, until: Date.parse(until) } } })}::text::jsonb)`;

describe('somebody who was not reached', () => {
  test('is told in another chat, most lately used first, then by mail', async () => {
    expect(await instead('slack/person/K')).toBe('discord/person/1');
    expect(await instead('discord/person/1')).toBe('slack/person/K');
    expect(await instead('slack/person/K', ['slack', 'email'])).toBe('email/address/kate@bank.example');
    expect(await instead('email/address/kate@bank.example')).toBe('slack/person/K');
  });

  test('has a deputy who is told first, while that lasts and they are here', async () => {
    await delegates('ray', '2099-01-01');
    expect(await instead('slack/person/K')).toBe('slack/person/R');
    expect(await instead('email/address/kate@bank.example')).toBe('slack/person/R');
    await db.sql`update bellman.person set active = false where id = 'ray'`;
    expect(await instead('slack/person/K')).toBe('discord/person/1');
    await db.sql`delete from bellman.part`;
    await delegates('ray', '2020-01-01');
    await db.sql`update bellman.person set active = true`;
    expect(await instead('slack/person/K')).toBe('discord/person/1');
  });

  test('is not told where the same was said already, so that it ends', async () => {
    await db.sql`insert into bellman.delivery (id, record_id, place, platform, content, content_hash, update_id, state, not_before, created_at)
      values ('d1', 'PRB-1', 'discord/person/1', 'discord', '{}', 'h', 'PRB-1.1', 'failed', now(), now())`;
    expect(await instead('slack/person/K')).toBe('email/address/kate@bank.example');
    expect(await instead('slack/person/K', ['slack', 'discord'])).toBeUndefined();
  });

  test('is nobody, where a channel or an address of a stranger was not reached', async () => {
    for (const place of [
      'slack/channel/C1',
      'email/address/eva@customer.example',
      'webhook/address/https://a.example/',
      'slack/person/X',
    ])
      expect(await instead(place), place).toBeUndefined();
  });
});
