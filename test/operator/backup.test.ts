import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { verifyChains } from '../../src/core/verify.ts';
import { backup, restore } from '../../src/db/backup.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { emptyDatabase, folder, type Journal, journal, undone } from './journal.ts';

const undo: (() => unknown)[] = [];
afterEach(() => undone(undo));

async function filled(steps = undo): Promise<Journal & { file: string; dir: string }> {
  const at = await journal(steps);
  await at.raise(3);
  await at.raise(2);
  await at.db.sql`insert into bellman.person (id, name, created_at) values
    ('p' || nextval('bellman.person_number'), ${'Zoë \\ "quoted"\t\n\\.\nübung 🔔'}, bellman.now())`;
  // What is counted fills its tallies by triggers, here and where it is restored.
  await at.db.sql`insert into bellman.record_fact (id, kind, category, priority, highest, status, raised_at, raised_month)
    values ('INC-1', 'INC', 'network', 2, 1, 'open', bellman.now(), 24300)`;
  const dir = folder(steps);
  const file = join(dir, 'bellman.backup');
  return { ...at, dir, file };
}

const everything = async (db: Database) => {
  const tables = await db.sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'bellman'::regnamespace and relkind = 'r'
      and relname not in ('migration', 'instance') order by 1`;
  const rows = tables.map(
    async ({ name }) => [name, await db.sql.unsafe(`select * from bellman.${name} t order by t::text`)] as const,
  );
  return Object.fromEntries(await Promise.all(rows));
};

describe('a backup', () => {
  test('restores into a new database as it was, and is held there', async () => {
    const { db, database, file } = await filled();
    const saved = await backup(database.url, file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const url = await emptyDatabase(undo);
    expect(await restore(url, file)).toEqual(saved);
    const other = connect(url, { pool: 2 });
    undo.push(() => other.close());
    expect(await everything(other)).toEqual(await everything(db));
    expect(await verifyChains(other)).toEqual([]);
    expect(await other.sql`select held from bellman.instance`).toEqual([
      { held: expect.stringContaining('restored from the backup of') },
    ]);
    const next = (one: Database) =>
      one.sql`select nextval('bellman.person_number') as next, nextval('bellman.delivery_seq_seq') as seq`;
    expect(await next(other)).toEqual(await next(db));
    await expect(other.sql`delete from bellman.journal`).rejects.toMatchObject({ code: '23001' });
  });

  test('is of one moment, however much happens meanwhile', async () => {
    const { raise, database, file } = await filled();
    const work = { goes: true };
    const working = (async () => {
      while (work.goes) await raise(2);
    })();
    try {
      await backup(database.url, file);
    } finally {
      work.goes = false;
      await working;
    }
    const url = await emptyDatabase(undo);
    await restore(url, file);
    const other = connect(url, { pool: 1 });
    undo.push(() => other.close());
    expect(await verifyChains(other)).toEqual([]);
  });

  test('comes to its end whatever the size of the tables', async () => {
    const { db, database, dir } = await filled();
    for (let round = 0; round < 12; round += 1) {
      await db.sql`insert into bellman.inbound (key, state, received_at)
        select ${round} || ' ' || repeat('x', ${150 + round}) || n, 'done', now() from generate_series(1, 800) n`;
      await expect(backup(database.url, join(dir, `${round}.backup`))).resolves.toBeDefined();
    }
  });

  test('never replaces a file', async () => {
    const { database, file } = await filled();
    writeFileSync(file, 'mine');
    await expect(backup(database.url, file)).rejects.toThrow('There is a file of this name already.');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('goes into an empty database only', async () => {
    const { database, file } = await filled();
    await backup(database.url, file);
    await expect(restore(database.url, file)).rejects.toThrow('The database is not empty');
  });
});

describe('a file', () => {
  const whole: (() => unknown)[] = [];
  let at: Journal & { file: string; dir: string };
  let url: string;
  beforeAll(async () => {
    at = await filled(whole);
    await backup(at.database.url, at.file);
    url = await emptyDatabase(whole);
  });
  afterAll(() => undone(whole));

  test.each<[string, (bytes: Buffer) => Buffer, string]>([
    ['no backup', () => Buffer.from('something else'), 'It is not a backup of Bellman'],
    ['nothing', () => Buffer.alloc(0), 'It was cut short'],
    [
      'another zipped file',
      () => gzipSync('something else entirely, and a longer one than a line'),
      'It is not a backup of Bellman',
    ],
    ['cut in the middle', (bytes) => bytes.subarray(0, bytes.length - 100), 'It was cut short'],
    [
      'cut at a frame',
      (bytes) => gzipSync(gunzipSync(bytes).subarray(0, gunzipSync(bytes).indexOf('end 1'))),
      'It was cut short',
    ],
    [
      'changed',
      (bytes) => {
        const all = gunzipSync(bytes);
        all.write('fOrst', all.lastIndexOf('"first"') + 1);
        return gzipSync(all);
      },
      'It was changed',
    ],
    [
      'of another version',
      (bytes) => gzipSync(Buffer.from(gunzipSync(bytes).toString('latin1').replace('0000_shared', '0000_Shared'), 'latin1')),
      'It was made by another version',
    ],
  ])('that is %s is refused, and nothing of it is kept', async (_, change, why) => {
    const bad = join(at.dir, 'bad.backup');
    writeFileSync(bad, change(readFileSync(at.file)));
    await expect(restore(url, bad)).rejects.toThrow(why);
    const other = connect(url, { pool: 1 });
    undo.push(() => other.close());
    const [there] = await other.sql`select to_regclass('bellman.journal') is not null as there`;
    if (there?.there) expect(await other.sql`select 1 from bellman.journal`).toEqual([]);
  });

  test('that is whole is taken after all these', async () => {
    await expect(restore(url, at.file)).resolves.toBeDefined();
  });
});
