/** One installation for a test: a database, a workspace, a data folder, and Bellmans on them in processes of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { verifyChains } from '../../../src/core/verify.ts';
import { connect } from '../../../src/db/database.ts';
import { migrate } from '../../../src/db/migrate.ts';
import { eventually } from '../../support/bellman.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import type { Started } from '../../support/process.ts';
import { startChild } from './children.ts';
import { type Organisation, records } from './records.ts';
import { openWorkspace } from './workspace.ts';

export interface Wanted {
  readonly handles: readonly string[];
  readonly channels: readonly string[];
  readonly organisation: Organisation;
  /** A database of a server of the test's own; else a fresh one. */
  readonly databaseUrl?: string;
  readonly redisUrl?: string | undefined;
}

/** An entry of the journal. */
export interface Happened {
  readonly record: string;
  readonly at: Date;
  readonly by: string;
  /** The event, without its words. */
  readonly data: Readonly<Record<string, unknown>>;
}

export async function install({ handles, channels, organisation, databaseUrl, redisUrl }: Wanted) {
  const database: TestDatabase =
    databaseUrl === undefined ? await freshDatabase() : { url: databaseUrl, drop: async () => undefined };
  if (databaseUrl !== undefined) await migrate(databaseUrl);
  const [dataDir, workspace] = await Promise.all([mkdtemp(join(tmpdir(), 'bellman-crash-')), openWorkspace(handles, channels)]);
  const db = connect(database.url, { pool: 3, name: 'test' });
  const made = records(db);
  await made.found(handles, organisation);
  const environment = {
    ...workspace.environment,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
  };

  /** Every delivery that should have been said was said, and none twice. Slack's pace is not under test: permits are handed out. */
  async function expectEachSaidOnce(limit = 20_000): Promise<void> {
    const left = () => db.sql`select id, place, state, error from bellman.delivery where state <> 'sent' order by seq`;
    const over = async () => {
      await db.sql`update bellman.rate set tokens = 5 where tokens < 1`;
      return (await left()).length === 0;
    };
    await eventually('everything to be said', over, limit).catch(async (error) => {
      throw new Error(`${error.message}: ${JSON.stringify(await left())}`);
    });
    const sent = await db.sql<{ id: string }[]>`select id from bellman.delivery order by id`;
    expect(sent.length).toBeGreaterThan(0);
    expect([...workspace.copies()].sort()).toEqual(sent.map(({ id }) => [id, 1]));
  }

  return {
    ...workspace,
    ...made,
    db,
    databaseUrl: database.url,
    dataDir,
    environment,
    /** Starts a Bellman; does not wait for it. */
    begin: (killAt?: string, more: Readonly<Record<string, string>> = {}): Started =>
      startChild({ ...environment, ...more }, killAt),
    /** Starts a Bellman that Slack then sends everything to. */
    async start(killAt?: string): Promise<Started> {
      const child = startChild(environment, killAt);
      workspace.fake.sendTo(`${await child.ready()}/slack/events`);
      return child;
    },
    /** The entries of one type (`ballot.voted`), of a record or of all. */
    async happened(type: string, record?: string): Promise<readonly Happened[]> {
      const rows = await db.sql<{ record: string; at: Date; by: string; body: string }[]>`
        select record_id as record, at, actor as by, body from bellman.journal
        where type = ${type} and (${record ?? null}::text is null or record_id = ${record ?? null}) order by at, seq`;
      return rows.map(({ body, ...rest }) => ({ ...rest, data: JSON.parse(body).data ?? {} }));
    },
    expectEachSaidOnce,
    expectWholeChains: async () => expect(await verifyChains(db)).toEqual([]),
    async close() {
      await db.close();
      await workspace.fake.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type Installation = Awaited<ReturnType<typeof install>>;
