/** A process that starts while others on the same machine are at work. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { connect, type Database } from '../../src/db/database.ts';
import { decideInstance } from '../../src/db/instance/decision.ts';
import { identityOf, knownNow } from '../../src/db/instance/known.ts';
import { checkInstance } from '../../src/db/instance.ts';
import { freshDatabase } from '../support/database.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test('a process that looks while another moves the mark does not take the database for an older one', async () => {
  const database = await freshDatabase();
  undo.push(database.drop);
  const db = connect(database.url, { pool: 3 });
  undo.push(db.close);
  const dataDir = await mkdtemp(join(tmpdir(), 'bellman-races-'));
  undo.push(() => rm(dataDir, { recursive: true }));
  const auditFile = join(dataDir, 'audit.log');

  /** Between its look at the database and its look at the files, another process comes, speaks and goes. */
  const interrupted: Database = {
    ...db,
    sql: Object.assign(async (text: TemplateStringsArray, ...values: never[]) => {
      const rows = await db.sql(text, ...values);
      if (text.join('').includes('from bellman.instance')) await (await checkInstance({ db, dataDir, auditFile })).stop();
      return rows;
    }, db.sql) as unknown as Database['sql'],
  };
  await (await checkInstance({ db, dataDir, auditFile })).stop();
  const known = await knownNow({ db: interrupted, dataDir, auditFile }, await identityOf(db), false);
  expect(decideInstance(known)).toMatchObject({ is: 'running' });
});
