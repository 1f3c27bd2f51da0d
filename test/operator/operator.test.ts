import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { auditKey } from '../../src/core/audit-key.ts';
import { checkpointText, makeCheckpoint } from '../../src/core/checkpoint.ts';
import { connect } from '../../src/db/database.ts';
import { checkInstance } from '../../src/db/instance.ts';
import { HELP, run } from '../../src/operator/run.ts';
import { emptyDatabase, folder, journal, undone } from './journal.ts';

const undo: (() => unknown)[] = [];
afterEach(() => undone(undo));

interface Told {
  readonly code: number;
  readonly out: string;
  readonly complaints: readonly string[];
}

/** Says a command on a machine with this data folder and database. */
async function say(words: string, environment: Record<string, string>, answer = ''): Promise<Told> {
  const out: string[] = [];
  const complaints: string[] = [];
  const code = await run(words.split(' '), {
    environment,
    say: (line) => out.push(line),
    complain: (line) => complaints.push(line),
    ask: async (question) => {
      out.push(question);
      return answer;
    },
  });
  return { code, out: out.join('\n'), complaints };
}

async function machine() {
  const at = await journal(undo);
  const dir = folder(undo);
  const key = auditKey(join(dir, 'audit-key.pem'));
  const environment = { DATABASE_URL: at.database.url, DATA_DIR: dir, INIT_CWD: dir };
  const checkpoint = async () => {
    const made = await makeCheckpoint({ db: at.db, key, every: 0, auditFile: join(dir, 'audit.log') });
    if (!made) throw new Error('No checkpoint was made');
    return made;
  };
  return { ...at, dir, environment, checkpoint };
}

describe('audit verify', () => {
  test('says that all is well, and what is not covered', async () => {
    const { environment, raise, checkpoint } = await machine();
    await raise(2);
    const before = await say('audit verify', environment);
    expect(before).toMatchObject({ code: 0, complaints: [] });
    expect(before.out).toContain('2 entries of 1 record.');
    expect(before.out).toContain('There is no checkpoint yet');
    await checkpoint();
    await raise(1);
    const after = await say('audit verify', environment);
    expect(after.code).toBe(0);
    expect(after.out).toContain('1 checkpoint fits, the last is number 1');
    expect(after.out).toContain('1 entry is younger');
  });

  test('names the first bad entry and exits 1', async () => {
    const { environment, raise, tamper } = await machine();
    const record = await raise(3);
    await tamper(`update bellman.journal set body = replace(body, 'noted', 'nated') where seq = 2`);
    const told = await say('audit verify', environment);
    expect(told.code).toBe(1);
    expect(told.out).toContain(`First bad: ${record}, entry 2: its text is not what was written.`);
  });

  test('finds by a posted checkpoint, and by the audit file, what the database and its checkpoints no longer show', async () => {
    const { environment, dir, raise, checkpoint, tamper } = await machine();
    await raise(3);
    const made = await checkpoint();
    writeFileSync(join(dir, 'posted.txt'), `> ${checkpointText(made).replaceAll('\n', '\n> ')}`);
    const whole = await say('audit verify --checkpoint posted.txt', environment);
    expect(whole.code).toBe(0);
    expect(whole.out).toContain('Checkpoint 1 is in the database as it was posted.');
    await tamper('delete from bellman.checkpoint; delete from bellman.checkpoint_head');
    for (const table of ['journal', 'journal_words', 'part']) await tamper(`delete from bellman.${table}`);
    await tamper('delete from bellman.record');
    const elsewhere = { ...environment, AUDIT_FILE: join(dir, 'none.log') };
    expect((await say('audit verify', elsewhere)).code).toBe(0);
    for (const [words, where] of [
      ['audit verify --checkpoint posted.txt', elsewhere],
      ['audit verify', environment],
    ] as const) {
      const cut = await say(words, where);
      expect(cut.code).toBe(1);
      expect(cut.out).toContain('the database ends with checkpoint 0: its end was cut off');
    }
  });

  test('needs another machine’s key to be vouched for', async () => {
    const { environment, dir, raise, checkpoint } = await machine();
    await raise(1);
    const { key } = await checkpoint();
    const other = { ...environment, AUDIT_KEY_FILE: join(dir, 'other.pem') };
    const told = await say('audit verify', other);
    expect(told.code).toBe(1);
    expect(told.out).toContain(`add --key ${key}`);
    expect((await say(`audit verify --key ${key}`, other)).code).toBe(0);
    expect(existsSync(join(dir, 'other.pem'))).toBe(false);
  });
});

describe('backup, restore and resume', () => {
  test('a restored database is held wherever it starts, resume shows what would go, and then it speaks', async () => {
    const here = await machine();
    await here.raise(2);
    const original = await checkInstance({ db: here.db, dataDir: here.dir });
    undo.push(() => original.stop());
    const saved = await say('backup here.backup', here.environment);
    expect(saved).toMatchObject({ code: 0, complaints: [] });
    expect(saved.out).toMatch(/^here\.backup holds \d+ rows of \d+ tables as of /u);

    const url = await emptyDatabase(undo);
    const there = { DATABASE_URL: url, DATA_DIR: folder(undo), INIT_CWD: here.dir };
    const back = await say('restore here.backup', there);
    expect(back).toMatchObject({ code: 0, complaints: [] });
    expect(back.out).toContain('nothing is sent until you say npm run bellman -- resume');
    const db = connect(url, { pool: 2 });
    undo.push(() => db.close());
    const copy = await checkInstance({ db, dataDir: there.DATA_DIR, every: 30 });
    undo.push(() => copy.stop());
    expect(copy.held()).toContain('restored from the backup of');
    expect(await copy.advance()).toBe(false);
    await db.sql`update bellman.timer set due_at = bellman.now() - interval '1 hour'`;

    const no = await say('resume', there, '');
    expect(no.code).toBe(1);
    expect(no.out).toContain('Held: The database was restored from the backup of');
    expect(no.out).toContain('console/channel/general: 2 waiting; the oldest of');
    expect(no.out).toContain('1 timer is due');
    expect(no.out).toContain('RFC-1 ask, due');
    expect(no.out).toContain('Nothing was changed.');
    expect(copy.held()).toBeDefined();

    const yes = await say('resume', there, 'y');
    expect(yes.code).toBe(0);
    await expect.poll(() => copy.held()).toBeUndefined();
    expect((await say('resume', there)).out).toBe('Bellman is not held here: there is nothing to resume.');
    expect(original.held()).toBeUndefined();
  });

  test('an older state that was resumed passes the audit, which tells what was given up', async () => {
    const here = await machine();
    await here.raise(1);
    await here.checkpoint();
    await say('backup here.backup', here.environment);
    await here.raise(1);
    await here.checkpoint();
    const restored = { ...here.environment, DATABASE_URL: await emptyDatabase(undo) };
    await say('restore here.backup', restored);
    expect((await say('audit verify', restored)).out).toContain('an older state was restored');
    await say('resume --yes', restored);
    const told = await say('audit verify', restored);
    expect(told.code).toBe(0);
    expect(told.out).toContain('tells of 1 checkpoint that an operator gave up');
  });

  test('resume does not touch an installation that is at work, said from a machine that does not know it', async () => {
    const here = await machine();
    const original = await checkInstance({ db: here.db, dataDir: here.dir, every: 100 });
    undo.push(() => original.stop());
    const told = await say('resume --yes', { ...here.environment, DATA_DIR: folder(undo) });
    expect(told.out).toContain('not held here');
    expect(original.held()).toBeUndefined();
  });
});

describe('a mistake', () => {
  test.each([
    ['fly', 'There is no command "fly"'],
    ['audit', 'There is no command "audit"'],
    ['backup', 'backup needs a file'],
    ['backup one two', 'backup takes no "two"'],
    ['backup one --yes', 'backup takes no --yes'],
    ['resume --maybe', "Unknown option '--maybe'"],
    ['audit verify --checkpoint none.txt', 'none.txt cannot be read'],
    ['audit verify --key short', '--key short is not a public key'],
    ['restore none.backup', 'none.backup: there is no such file or folder.'],
    ['backup no/such/folder', 'no/such/folder: there is no such file or folder.'],
  ])('is told in one line: %s', async (words, why) => {
    const { environment } = await machine();
    const { code, out, complaints } = await say(words, environment);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(complaints).toEqual([expect.stringContaining(why)]);
    expect(complaints[0]).not.toContain('\n');
  });

  test('is told in one line: the database is away, is none, or is not Bellman’s', async () => {
    const DATA_DIR = folder(undo);
    const away = await say('audit verify', { DATA_DIR, DATABASE_URL: 'postgres://x@127.0.0.1:1/x' });
    expect(away).toMatchObject({
      code: 1,
      complaints: [expect.stringContaining('The database cannot be reached (ECONNREFUSED)')],
    });
    const none = await say('audit verify', { DATA_DIR });
    expect(none).toMatchObject({ code: 1, complaints: [expect.stringContaining('There is no database')] });
    const empty = { DATA_DIR, DATABASE_URL: await emptyDatabase(undo) };
    for (const words of ['audit verify', 'resume', `backup ${join(DATA_DIR, 'x')}`])
      expect(await say(words, empty)).toMatchObject({ code: 1, complaints: [expect.any(String)] });
    expect((await say('help', {})).out).toBe(HELP);
  });
});

test('they work on the embedded database, whether it runs or not', { timeout: 60_000 }, async () => {
  const here = await machine();
  await here.raise(1);
  await say('backup here.backup', here.environment);
  const DATA_DIR = join(folder(undo), 'data');
  const asProcess = async (words: readonly string[], input = '') => {
    const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../src/operator.ts'), ...words], {
      env: { PATH: process.env.PATH ?? '', DATA_DIR, INIT_CWD: here.dir },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    child.stdin.end(input);
    const [code] = await once(child, 'exit');
    return { code, said };
  };
  expect(await asProcess(['restore', 'here.backup'])).toMatchObject({ code: 0 });
  expect(await asProcess(['audit', 'verify'])).toMatchObject({ code: 0, said: expect.stringContaining('1 entry of 1 record') });
  expect(await asProcess(['resume'])).toMatchObject({ code: 1, said: expect.stringContaining('Nothing was changed.') });
  expect(await asProcess(['resume'], 'y\n')).toMatchObject({ code: 0, said: expect.stringContaining('It may speak.') });
  expect(await asProcess(['restore', 'here.backup'])).toMatchObject({ code: 1, said: expect.stringContaining('not empty') });
});
