/** A small journal to check, and somebody who goes around the triggers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { when } from '../../src/core/ask.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { entryHash, nextEntry } from '../../src/core/journal.ts';
import { accept, BELLMAN, type Part } from '../../src/core/record.ts';
import { transactor } from '../../src/core/transact.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { freshDatabase, type TestDatabase, testServers } from '../support/database.ts';
import { databaseName } from '../support/names.ts';

type Note = { readonly type: 'note'; readonly text: string };
type Noted = { readonly type: 'noted'; readonly length: number; readonly words: { readonly text: string } };

/** A part that only takes notes; each is said in a channel and asked about a minute later. */
export const notes: Part<{ readonly notes: number }, Note, Noted> = {
  name: 'notes',
  initial: { notes: 0 },
  heading: ({ notes }) => ({ title: `${notes} notes`, status: 'open' }),
  decide: (_, { text }) => accept({ type: 'noted', length: text.length, words: { text } }),
  evolve: ({ notes }) => ({ notes: notes + 1 }),
};
const reactions = [
  when<Noted, 'noted'>('notes', 'noted', (_event, view, context) => [
    { ask: 'say', to: { place: 'console/channel/general' }, content: { title: view.id } },
    { ask: 'timer', key: 'ask', at: context.now + 60_000, part: 'notes', command: { type: 'note', text: 'again' } as Note },
  ]),
];

export interface Journal {
  readonly database: TestDatabase;
  readonly db: Database;
  /** Raises an RFC with so many entries, and says its id. */
  raise(entries: number): Promise<string>;
  note(record: string, text: string): Promise<void>;
  /** Changes what triggers protect, as a database's owner can. */
  tamper(statement: string): Promise<void>;
  /** Rewrites one entry's text and makes all hashes after it right again, the record's own too. */
  rewrite(record: string, seq: number): Promise<void>;
}

/** A fresh database that keeps notes. Give what is to be undone to `undo`. */
export async function journal(undo: (() => unknown)[]): Promise<Journal> {
  const database = await freshDatabase();
  undo.push(() => database.drop());
  const db = connect(database.url, { pool: 4 });
  undo.push(() => db.close());
  const transact = transactor({ db, house: house([notes as AnyPart], reactions), doorbell: silentDoorbell });
  const note = async (record: string | { raise: 'RFC' }, text: string) => {
    const [outcome] = await transact([{ record, part: 'notes', command: { type: 'note', text } as Note, by: BELLMAN }]);
    if (!outcome || !('record' in outcome)) throw new Error('Nothing was noted');
    return outcome.record;
  };
  const tamper = (statement: string) =>
    db.transaction(async ({ sql }) => {
      await sql`set local session_replication_role = replica`;
      await sql.unsafe(statement);
    });
  return {
    database,
    db,
    tamper: async (statement) => void (await tamper(statement)),
    note: async (record, text) => void (await note(record, text)),
    async raise(entries) {
      const record = await note({ raise: 'RFC' }, 'first');
      for (let more = 1; more < entries; more += 1) await note(record, `more ${more}`);
      return record;
    },
    async rewrite(record, seq) {
      const rows = await db.sql<{ seq: number; body: string; hash: string; at: Date }[]>`
        select seq, body, hash, at from bellman.journal where record_id = ${record} order by seq`;
      let before = rows[seq - 2]?.hash ?? '';
      for (const row of rows.slice(seq - 1)) {
        const forged = nextEntry(record, { seq: seq - 1, hash: before }, 'notes', { type: 'forged' }, BELLMAN, row.at.getTime());
        const body = row.seq === seq ? forged.body : row.body;
        before = entryHash(before, row.seq, body);
        const type = row.seq === seq ? `, type = 'notes.forged'` : '';
        await tamper(`update bellman.journal set body = '${body}', hash = '${before}'${type} where record_id = '${record}' and seq = ${row.seq};
          update bellman.record set hash = '${before}' where id = '${record}'`);
        if (row.seq === seq) await tamper(`delete from bellman.journal_words where record_id = '${record}' and seq = ${seq}`);
      }
    },
  };
}

/** A folder of the test's own. */
export function folder(undo: (() => unknown)[]): string {
  const path = mkdtempSync(join(tmpdir(), 'bellman-operator-'));
  undo.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Undoes in reverse order. */
export async function undone(undo: (() => unknown)[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}

let made = 0;

/** A database in which there is nothing at all. */
export async function emptyDatabase(steps: (() => unknown)[]): Promise<string> {
  const { postgres, run } = testServers();
  made += 1;
  const name = databaseName(run, `${process.pid}_${Date.now()}_${made}`);
  const server = connect(postgres, { pool: 1 });
  await server.sql.unsafe(`create database ${name} template template0 encoding 'UTF8'`);
  steps.push(async () => {
    await server.sql.unsafe(`drop database ${name} with (force)`);
    await server.close();
  });
  const url = new URL(postgres);
  url.pathname = `/${name}`;
  return url.href;
}
