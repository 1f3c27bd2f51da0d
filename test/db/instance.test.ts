import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { connect, type Database } from '../../src/db/database.ts';
import { until } from '../../src/db/embedded/process.ts';
import { decideInstance, type Known } from '../../src/db/instance/decision.ts';
import { readInstance, writeInstance } from '../../src/db/instance/file.ts';
import { checkInstance, type Instance, type InstanceOptions, resume, whyHeld } from '../../src/db/instance.ts';
import { folder, undone } from '../operator/journal.ts';
import { freshDatabase, testServers } from '../support/database.ts';

const undo: (() => unknown)[] = [];
afterEach(() => undone(undo));

async function database(): Promise<{ db: Database; url: string }> {
  const made = await freshDatabase();
  undo.push(() => made.drop());
  const db = connect(made.url, { pool: 3 });
  undo.push(() => db.close());
  return { db, url: made.url };
}

async function start(db: Database, dataDir: string, more: Partial<InstanceOptions> = {}): Promise<Instance> {
  const instance = await checkInstance({ db, dataDir, every: 30, ...more });
  undo.push(() => instance.stop().catch(() => {}));
  return instance;
}

const soon = async (what: () => boolean) => expect(await until(() => what() || undefined, 5_000)).toBe(true);
const markOf = async (db: Database) => (await db.sql<{ mark: number }[]>`select mark from bellman.instance`)[0]?.mark ?? -1;

/** A copy of a database to which nobody is connected, on the same server. */
async function copied(url: string): Promise<Database> {
  const name = new URL(url).pathname.slice(1);
  const server = connect(testServers().postgres, { pool: 1 });
  await server.sql.unsafe(`create database ${name}_copy template ${name}`);
  const copy = new URL(url);
  copy.pathname = `/${name}_copy`;
  const db = connect(copy.href, { pool: 3 });
  undo.push(async () => {
    await db.close();
    await server.sql.unsafe(`drop database ${name}_copy with (force)`);
    await server.close();
  });
  return db;
}

describe('whether a process may speak', () => {
  const known: Known = {
    hold: false,
    dataDir: '.bellman',
    row: { id: 'one', mark: 5, held: null },
    database: 'server/1',
    file: { id: 'one', mark: 5, database: 'server/1' },
    audited: 5,
    alive: false,
  };
  const file = { id: 'one', mark: 5, database: 'server/1' };
  test.each<[string, Partial<Known>, string]>([
    ['a new database', { row: undefined, file: undefined }, 'new'],
    ['a new database beside an old file', { row: undefined }, 'new'],
    ['its own database', {}, 'running'],
    ['its own database, gone on without this machine', { file: { ...file, mark: 3 }, audited: 2 }, 'running'],
    ['no file, and nobody at work', { file: undefined, audited: undefined }, 'held'],
    ['no file, and somebody at work', { file: undefined, audited: undefined, alive: true }, 'running'],
    ['the file of another installation', { file: { ...file, id: 'two' } }, 'held'],
    ['the file of another installation, and somebody at work', { file: { ...file, id: 'two' }, alive: true }, 'running'],
    ['another database than before', { file: { ...file, database: 'server/2' } }, 'held'],
    ['a database behind its file', { file: { ...file, mark: 6 } }, 'held'],
    ['a database behind its file, and somebody at work', { file: { ...file, mark: 6 }, alive: true }, 'held'],
    ['a database behind the audit file', { audited: 6 }, 'held'],
    ['a restored database', { row: { id: 'one', mark: 9, held: 'restored' }, alive: true }, 'held'],
    ['BELLMAN_HOLD', { hold: true }, 'held'],
  ])('%s: %s', (_, change, is) => {
    expect(decideInstance({ ...known, ...change }).is).toBe(is);
  });

  test('every process is silent when it is the database that went back, and only then', () => {
    expect(decideInstance({ ...known, audited: 6 })).toMatchObject({ all: true });
    expect(decideInstance({ ...known, file: undefined, audited: undefined })).toMatchObject({ all: false });
  });
});

describe('an installation', () => {
  test('gets its id at the first start, and goes on by itself at the next', async () => {
    const { db } = await database();
    const dataDir = folder(undo);
    const auditFile = join(dataDir, 'audit.log');
    const told: (string | undefined)[] = [];
    const first = await start(db, dataDir, { auditFile, onChange: (held) => told.push(held) });
    expect(first.held()).toBeUndefined();
    expect(told).toEqual([undefined]);
    await first.stop();
    expect(await first.advance()).toBe(false);
    expect(readInstance(dataDir)).toEqual(expect.objectContaining({ id: first.id(), mark: await markOf(db) }));
    expect(readFileSync(auditFile, 'utf8')).toMatch(new RegExp(`^mark ${await markOf(db)} of ${first.id()} at `, 'mu'));
    const second = await start(db, dataDir, { auditFile });
    expect([second.held(), second.id()]).toEqual([undefined, first.id()]);
  });

  test('moves its mark before and after it sends, in the database and then in the file, not for each delivery', async () => {
    const { db } = await database();
    const dataDir = folder(undo);
    const instance = await start(db, dataDir);
    const before = await markOf(db);
    for (let sent = 0; sent < 50; sent += 1) expect(await instance.advance()).toBe(true);
    await soon(() => (readInstance(dataDir)?.mark ?? 0) > before);
    expect(await markOf(db)).toBe(before + 1);
    expect(await instance.advance()).toBe(true);
    expect(readInstance(dataDir)?.mark).toBe(await markOf(db));
  });

  test('is silent under BELLMAN_HOLD, and leaves no trace', async () => {
    const { db } = await database();
    const dataDir = folder(undo);
    const instance = await start(db, dataDir, { hold: true });
    expect(instance.held()).toContain('BELLMAN_HOLD');
    expect(await instance.advance()).toBe(false);
    expect(await db.sql`select id from bellman.instance`).toEqual([]);
    expect(readInstance(dataDir)).toBeUndefined();
  });

  test('goes on when a mark cannot be written to the file, and says so', async () => {
    const { db } = await database();
    const dataDir = folder(undo);
    const errors: unknown[] = [];
    writeFileSync(join(dataDir, 'file'), 'not a folder');
    const auditFile = join(dataDir, 'file', 'audit.log');
    const instance = await start(db, dataDir, { auditFile, onTrouble: (error) => errors.push(error) });
    expect(await instance.advance()).toBe(true);
    expect(errors.length).toBeGreaterThan(0);
  });
});

describe('a copy', () => {
  test('on another machine is held, until an operator resumes it there; then the original is a stranger to that machine', async () => {
    const { db, url } = await database();
    const [here, there] = [folder(undo), folder(undo)];
    const original = await start(db, here);
    await original.stop();
    await db.close();
    const copy = await copied(url);
    const staged = await start(copy, there);
    expect(staged.held()).toContain('no other Bellman is at work on it');
    expect(staged.held()).toContain('npm run bellman -- resume');
    await resume({ db: copy, dataDir: there });
    await soon(() => staged.held() === undefined);
    expect(staged.id()).not.toBe(original.id());
    const again = connect(url, { pool: 2 });
    undo.push(() => again.close());
    expect((await start(again, there)).held()).toContain('another installation');
    expect((await start(again, here)).held()).toBeUndefined();
  });

  test('on the same machine and server is held too', async () => {
    const { db, url } = await database();
    const dataDir = folder(undo);
    await (await start(db, dataDir)).stop();
    await db.close();
    expect((await start(await copied(url), dataDir)).held()).toContain('a copy of the one that');
  });

  test('is not taken for the original by heartbeats that were copied with it', async () => {
    const { db, url } = await database();
    const original = await start(db, folder(undo));
    // As if it had been copied while it was at work: the heartbeat is there, half a minute long, and stands still.
    await db.sql`insert into bellman.process_lease (name, holder, until)
      select 'beat/gone', holder, clock_timestamp() + interval '30 seconds' from bellman.process_lease where starts_with(name, 'beat/')`;
    await original.stop();
    await db.close();
    const again = connect(url, { pool: 2 });
    undo.push(() => again.close());
    let looks = 0;
    const counting: Database = {
      ...again,
      sql: new Proxy(again.sql, {
        apply: (target, self, args) => {
          if (String(args[0]).includes('process_lease')) looks += 1;
          return Reflect.apply(target, self, args);
        },
      }),
    };
    const staged = await start(counting, folder(undo));
    await soon(() => looks > 3);
    expect(staged.held()).toContain('no other Bellman is at work on it');
  });

  test('that is older than what was sent from it is held, for everybody', async () => {
    const { db } = await database();
    const [one, two] = [folder(undo), folder(undo)];
    await (await start(db, one)).stop();
    const file = readInstance(one);
    if (!file) throw new Error('There is no file');
    writeInstance(two, file);
    writeInstance(one, { ...file, mark: file.mark + 1 });
    expect((await start(db, one)).held()).toContain('taken back to an older state');
    expect((await start(db, two)).held()).toContain('taken back to an older state');
    await resume({ db, dataDir: one });
    expect((await start(db, one)).held()).toBeUndefined();
  });

  test('that takes the place of the database while Bellman is at work is noticed before the next delivery', async () => {
    const { db } = await database();
    const instance = await start(db, folder(undo), { every: 60_000 });
    await db.sql`update bellman.instance set mark = mark - 2`;
    await until(async () => ((await instance.advance()) ? undefined : true), 5_000);
    expect(instance.held()).toContain('went back');
  });

  test('does not say again what the original said: each delivery is looked for first', async () => {
    const { db } = await database();
    await db.sql`insert into bellman.delivery (id, record_id, place, platform, content, content_hash, not_before, created_at)
      values ('d1', 'RFC-1', 'slack/channel/C1', 'slack', '{}', '', bellman.now(), bellman.now() - interval '1 hour')`;
    await db.sql`insert into bellman.instance (id, held) values ('old', 'restored')`;
    const dataDir = folder(undo);
    expect(await whyHeld({ db, dataDir })).toBe('restored');
    await resume({ db, dataDir });
    expect(await whyHeld({ db, dataDir })).toBeUndefined();
    expect(await db.sql`select first_sent_at = created_at as looked, looks from bellman.delivery`).toEqual([
      { looked: true, looks: 0 },
    ]);
  });
});

describe('several machines on one database', () => {
  test('join by themselves while another is at work', async () => {
    const { db } = await database();
    const first = await start(db, folder(undo));
    const dataDir = folder(undo);
    const second = await start(db, dataDir);
    expect(second.held()).toBeDefined();
    await soon(() => second.held() === undefined);
    expect(second.id()).toBe(first.id());
    await second.stop();
    // From then on the machine knows the installation, also alone.
    await first.stop();
    expect((await start(db, dataDir)).held()).toBeUndefined();
  });

  test('that start at the same moment on a new database agree on one id', async () => {
    const { db } = await database();
    const all = await Promise.all([1, 2, 3].map(() => start(db, folder(undo))));
    await soon(() => all.every((one) => one.held() === undefined));
    expect(new Set(all.map(({ id }) => id())).size).toBe(1);
  });

  test('fall silent together when one of them sees that the database went back', async () => {
    const { db } = await database();
    const all = await Promise.all([1, 2].map(() => start(db, folder(undo))));
    await soon(() => all.every((one) => one.held() === undefined));
    await db.sql`update bellman.instance set held = 'restored'`;
    await soon(() => all.every((one) => one.held()?.startsWith('restored') === true));
  });
});
