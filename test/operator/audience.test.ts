import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadOrg } from '../../src/chat/store.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { run } from '../../src/operator/run.ts';
import { membersOf, unsubscribe } from '../../src/people/list-store.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
const dir = mkdtempSync(join(tmpdir(), 'bellman-audience-'));
beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url);
  writeFileSync(join(dir, 'customers.csv'), 'name;email;zone\nKate;kate@shop.example;Europe/Berlin\nNeil;neil@shop.example;\n');
  writeFileSync(
    join(dir, 'mixed.csv'),
    'email,name\nray@shop.example,Ray\nRAY@shop.example,Ray\nnobody,Nobody\nkate@shop.example,Kate\n',
  );
  writeFileSync(join(dir, 'columns.csv'), 'mail,who\na@b.example,A\n');
  writeFileSync(join(dir, 'none.csv'), 'email\nnobody\n');
});
afterAll(async () => {
  await db.close();
  await database.drop();
  rmSync(dir, { recursive: true });
});

async function say(words: string, answer = '') {
  const out: string[] = [];
  const complaints: string[] = [];
  const code = await run(words.split(' '), {
    environment: { DATABASE_URL: database.url, DATA_DIR: dir, INIT_CWD: dir },
    say: (line) => out.push(line),
    complain: (line) => complaints.push(line),
    ask: async (question) => {
      out.push(question);
      return answer;
    },
  });
  return { code, out: out.join('\n'), complaints: complaints.join('\n') };
}
const listNow = async () => (await loadOrg(db)).audiences.customers?.list;

test('a list is shown, asked about, and put in force only by a yes', async () => {
  const no = await say('audience import customers customers.csv');
  expect(no).toMatchObject({ code: 1, complaints: '' });
  expect(no.out).toContain('2 rows: 2 can be told, 0 stand twice, 0 cannot be used.');
  expect(no.out).toContain('Use these 2 for customers?');
  expect(no.out).toContain('Nothing was changed.');
  expect(await listNow()).toBeUndefined();
  const yes = await say('audience import customers customers.csv', 'y');
  expect(yes.code).toBe(0);
  expect(await listNow()).toEqual({ kind: 'csv', of: '', version: 1, count: 2 });
  expect(await membersOf(db, 'customers', 1, 9)).toMatchObject([
    { name: 'Kate', zone: 'Europe/Berlin' },
    { name: 'Neil', zone: null },
  ]);
});

test('what stands twice or cannot be used is named, and who unsubscribed stays so', async () => {
  await unsubscribe(db, 'customers', 'email/address/kate@shop.example');
  const mixed = await say('audience import customers mixed.csv --yes');
  expect(mixed.code).toBe(0);
  expect(mixed.out).toContain('4 rows: 2 can be told, 1 stand twice, 1 cannot be used.');
  expect(mixed.out).toContain('Row 3: ray@shop.example stands in an earlier row.');
  expect(mixed.out).toContain('Row 4: "nobody" is no e-mail address.');
  expect(mixed.out).toContain('1 person. 1 unsubscribed before and stay so.');
  expect(await listNow()).toEqual({ kind: 'csv', of: '', version: 2, count: 1 });
});

test('wrong columns, nobody, no file and no audience are each said in one line, and change nothing', async () => {
  const before = await listNow();
  for (const [words, told] of [
    ['customers columns.csv', 'Expected are name, email, phone, language, zone'],
    ['customers none.csv', 'None of its 1 rows can be used'],
    ['customers missing.csv', 'there is no such file'],
    ['martians customers.csv', 'There is no audience martians'],
    ['customers', 'needs both'],
  ]) {
    const { code, complaints } = await say(`audience import ${words} --yes`);
    expect(code).toBe(1);
    expect(complaints).toContain(told);
    expect(complaints.split('\n')).toHaveLength(1);
  }
  expect(await listNow()).toEqual(before);
});
