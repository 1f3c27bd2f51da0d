import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { databaseName, isLeftOver, isOf, newRun, templateName } from './names.ts';

/** A database of one test's own, with the whole schema and nothing in it. */
export type TestDatabase = { url: string; drop(): Promise<void> };

/** A migrated database that others are copied from. `drop` also drops the copies that are left. */
export type Template = { run: string; name: string; drop(): Promise<void> };

/** How test files and the processes that they start learn of the run's servers. */
export const ENVIRONMENT = { postgres: 'BELLMAN_TEST_POSTGRES', run: 'BELLMAN_TEST_RUN', redis: 'BELLMAN_TEST_REDIS' } as const;

// Any number that nothing else in these servers uses.
const CLEANING = 7_402_931;

/**
 * Makes the template database of this run, and drops what runs of more than a day ago left behind.
 * @param serverUrl a database of a server in which we may make others.
 * @param migrate brings the empty database at a URL to the newest schema.
 */
export async function prepareTemplate(serverUrl: string, migrate: (url: string) => Promise<void>): Promise<Template> {
  const run = newRun();
  const name = templateName(run);
  await withServer(serverUrl, async (sql) => {
    await sql`select pg_advisory_lock(${CLEANING})`;
    await dropAll(sql, isLeftOver);
    await sql`select pg_advisory_unlock(${CLEANING})`;
    await createTemplate(sql, name);
  });
  const drop = () => withServer(serverUrl, (sql) => dropAll(sql, (database) => isOf(run, database)));
  try {
    await migrate(databaseUrl(serverUrl, name));
    // A copy needs a source to which nobody is connected; so nobody may be, by accident either.
    await withServer(serverUrl, (sql) => sql.unsafe(`alter database ${name} with allow_connections false`));
  } catch (error) {
    await drop();
    throw error;
  }
  return { run, name, drop };
}

/** UTF-8 whatever the server's default is: made without LANG, a server's own databases are SQL_ASCII. */
async function createTemplate(sql: postgres.Sql, name: string): Promise<void> {
  const [row] = await sql<{ version: number; encoding: string }[]>`
    select current_setting('server_version_num')::int as version, pg_encoding_to_char(encoding) as encoding
    from pg_database where datname = 'template1'`;
  if (row === undefined || row.version >= 170_000) {
    await sql.unsafe(
      `create database ${name} template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`,
    );
  } else if (row.encoding === 'UTF8') {
    await sql.unsafe(`create database ${name}`);
  } else {
    await sql.unsafe(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`);
  }
}

// A runner can load this file anew for each test file within one process; then the counter starts again.
const loaded = randomBytes(3).toString('hex');
let copies = 0;
let server: { url: string; sql: postgres.Sql } | undefined;

/**
 * A new database copied from the run's template, named after this process and a counter.
 * @throws Error when the global setup did not run, or Postgres's own.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  const { postgres: url, run } = testServers();
  // One connection for all of a file's databases; it closes itself when it is not used, so that nothing waits for it.
  if (server?.url !== url) server = { url, sql: open(url, 2) };
  const { sql } = server;
  copies += 1;
  const name = databaseName(run, `${process.pid}_${loaded}_${copies}`);
  await sql.unsafe(`create database ${name} template ${templateName(run)} strategy wal_log`);
  return {
    url: databaseUrl(url, name),
    async drop() {
      await sql.unsafe(`drop database if exists ${name} with (force)`);
    },
  };
}

/**
 * The servers of this run, as the global setup found them; `redis` is undefined when there is none.
 * @throws Error when the global setup did not run.
 */
export function testServers(): { postgres: string; run: string; redis: string | undefined } {
  const { [ENVIRONMENT.postgres]: url, [ENVIRONMENT.run]: run, [ENVIRONMENT.redis]: redis } = process.env;
  if (url === undefined || run === undefined)
    throw new Error('The test servers are not known: run this under test/support/global-setup.ts');
  return { postgres: url, run, redis };
}

async function dropAll(sql: postgres.Sql, chosen: (name: string) => boolean): Promise<void> {
  const found = await sql<
    { name: string }[]
  >`select datname as name from pg_database where starts_with(datname, 'bellman_test_')`;
  for (const { name } of found.filter((database) => chosen(database.name)))
    await sql.unsafe(`drop database if exists "${name}" with (force)`);
}

async function withServer<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = open(url, 0);
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function open(url: string, idleSeconds: number): postgres.Sql {
  return postgres(url, { max: 1, connect_timeout: 5, idle_timeout: idleSeconds, fetch_types: false, onnotice: () => undefined });
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
