import { connect as dial } from 'node:net';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ENVIRONMENT, freshDatabase, prepareTemplate } from './database.ts';
import { databaseName, isLeftOver, isOf, newRun, templateName } from './names.ts';
import { askRedis, redisProgram } from './redis-server.ts';
import { findPostgres, findRedis, type OwnServer, startOwnPostgres, startOwnRedis } from './servers.ts';

const undo: (() => unknown)[] = [];
beforeEach(() => {
  // What the environment of whoever runs this says must not decide these tests.
  vi.stubEnv('DATABASE_URL', undefined);
  vi.stubEnv('REDIS_URL', undefined);
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  vi.unstubAllEnvs();
});

async function ask(url: string, statement: string): Promise<postgres.Row[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => undefined });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

/** Sends one Redis command and returns the raw answer. */
function say(url: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = dial({ host: '127.0.0.1', port: Number(new URL(url).port) }, () => socket.write(`${command}\r\n`));
    socket.once('data', (answer) => {
      resolve(answer.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

async function ownPostgres() {
  const own = await startOwnPostgres();
  undo.push(() => own.discard());
  return own;
}

describe('servers for the tests', { timeout: 30_000 }, () => {
  test('the found Postgres lets us make databases, and is left as it was', async () => {
    const found = await findPostgres();
    undo.push(() => found.stop());
    const left = await ask(found.url, `select datname from pg_database where datname like 'bellman\\_test\\_%\\_probe'`);
    expect(left).toHaveLength(0);
    expect(found.what).toMatch(/^Postgres /);
  });

  test('DATABASE_URL is used when we may make databases there, and passed over with a reason when not', async () => {
    const own = await ownPostgres();
    vi.stubEnv('DATABASE_URL', own.url);
    expect(await findPostgres()).toMatchObject({ url: own.url, what: expect.stringContaining('from DATABASE_URL') });

    await ask(own.url, `create role reader login password 'r'`);
    const mayNot = new URL(own.url);
    mayNot.username = 'reader';
    mayNot.password = 'r';
    vi.stubEnv('DATABASE_URL', mayNot.href);
    const other = await findPostgres();
    undo.push(() => other.stop());
    expect(other.url).not.toBe(mayNot.href);
    expect(other.what).toMatch(/DATABASE_URL cannot be used: permission denied/);
  });

  test('REDIS_URL is used when it answers as Redis with noeviction', async ({ skip }) => {
    const own = await startOwnRedis().catch((error) => skip(error.message));
    undo.push(() => own.discard());
    vi.stubEnv('REDIS_URL', own.url);
    expect(await findRedis()).toMatchObject({ url: own.url, what: expect.stringContaining('from REDIS_URL') });
    await say(own.url, 'CONFIG SET maxmemory-policy allkeys-lru');
    const other = await findRedis();
    undo.push(() => other.stop());
    expect(other.url).not.toBe(own.url);
    await expect(askRedis('redis://127.0.0.1:1')).rejects.toThrow('ECONNREFUSED');
  });

  test('without Redis in the PATH the reason is said', async () => {
    vi.stubEnv('PATH', '/nowhere');
    await expect(redisProgram()).rejects.toThrow(/redis-server is not in the PATH, and/);
  });

  test('an own Postgres comes back on its port with its data after a crash', async () => {
    const own = await ownPostgres();
    await ask(own.url, 'create table kept as select 1 as one');
    await own.stop('immediate');
    await expect(ask(own.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await own.start();
    expect(await ask(own.url, 'select one from kept')).toMatchObject([{ one: 1 }]);
  });

  test('an own Redis comes back on its port, with its data if it was to keep them', async ({ skip }) => {
    for (const keep of [true, false]) {
      const own = await startOwnRedis({ keep }).catch((error) => skip(error.message));
      undo.push(() => own.discard());
      expect(await say(own.url, 'SET word kept')).toBe('+OK\r\n');
      await own.stop('immediate');
      await expect(say(own.url, 'PING')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await own.start();
      expect(await say(own.url, 'GET word')).toBe(keep ? '$4\r\nkept\r\n' : '$-1\r\n');
      expect((await askRedis(own.url)).policy).toBe('noeviction');
    }
  });
});

describe('databases for the tests', { timeout: 30_000 }, () => {
  let own: OwnServer;
  beforeAll(async () => {
    own = await startOwnPostgres();
  });
  afterAll(() => own.discard());
  const migrate = (url: string) =>
    ask(url, `create table word (text text); insert into word values ('äö')`).then(() => undefined);

  async function names(url: string): Promise<string[]> {
    return (await ask(url, `select datname from pg_database where datname like 'bellman\\_test\\_%' order by 1`)).map(
      (row) => row.datname,
    );
  }

  test('are copies of one template, each its own, and all gone at the end', async () => {
    const template = await prepareTemplate(own.url, migrate);
    vi.stubEnv(ENVIRONMENT.postgres, own.url);
    vi.stubEnv(ENVIRONMENT.run, template.run);
    const [one, two, three] = await Promise.all([freshDatabase(), freshDatabase(), freshDatabase()]);
    expect(new Set([one.url, two.url, three.url]).size).toBe(3);
    await ask(one.url, `insert into word values ('more')`);
    expect(await ask(one.url, 'select * from word')).toHaveLength(2);
    expect(await ask(two.url, 'select upper(text) as text, length(text) from word')).toMatchObject([{ text: 'ÄÖ', length: 2 }]);
    await one.drop();
    await one.drop();
    expect(await names(own.url)).toHaveLength(3);
    await template.drop();
    expect(await names(own.url)).toEqual([]);
  });

  test('a template whose migration fails is dropped again', async () => {
    await expect(prepareTemplate(own.url, () => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong');
    expect(await names(own.url)).toEqual([]);
  });

  test('left-overs of more than a day ago are dropped, those of runs that may still go on are not', async () => {
    const [old, recent] = [newRun(Date.now() - 90_000_000), newRun(Date.now() - 3_600_000)];
    const kept = [databaseName(recent, '1_1'), 'bellman_test_by_hand'];
    for (const name of [databaseName(old, '1_1'), templateName(old), ...kept]) await ask(own.url, `create database ${name}`);
    const template = await prepareTemplate(own.url, migrate);
    expect((await names(own.url)).sort()).toEqual([...kept, template.name].sort());
    await template.drop();
    expect(await names(own.url)).toEqual(kept.sort());
  });

  test('a name tells its run and its age', () => {
    const run = newRun();
    expect(isOf(run, databaseName(run, '12_1')) && isOf(run, templateName(run))).toBe(true);
    expect(isOf(newRun(), databaseName(run, '12_1'))).toBe(false);
    expect(isLeftOver(templateName(run), Date.now() + 87_000_000)).toBe(true);
    expect(isLeftOver(templateName(run), Date.now() + 80_000_000)).toBe(false);
    expect(isLeftOver('bellman_test_other')).toBe(false);
  });

  test('are refused where the global setup did not run', async () => {
    vi.stubEnv(ENVIRONMENT.run, undefined);
    await expect(freshDatabase()).rejects.toThrow('global-setup.ts');
  });
});
