import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { history } from '../../src/core/history.ts';
import { BELLMAN } from '../../src/core/record.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { run } from '../../src/operator/run.ts';
import { freshDatabase } from '../support/database.ts';
import { folder, undone } from './journal.ts';

const undo: (() => unknown)[] = [];
let db: Database;
let dir: string;
let environment: Record<string, string>;

beforeAll(async () => {
  const database = await freshDatabase();
  undo.push(() => database.drop());
  db = connect(database.url, { pool: 2 });
  undo.push(() => db.close());
  dir = folder(undo);
  environment = { DATABASE_URL: database.url, DATA_DIR: dir, INIT_CWD: dir };
});
afterAll(() => undone(undo));

async function say(words: string) {
  const out: string[] = [];
  const code = await run(words.split(' '), {
    environment,
    say: (line) => out.push(line),
    complain: (line) => out.push(`! ${line}`),
    ask: async () => '',
  });
  return { code, out };
}
const at = (...path: readonly string[]): string => join(dir, ...path);
const FIRST = ['customers', 'problem', 'first.liquid'] as const;
const saved = async () =>
  (await history(db, 'ORG-1', BELLMAN)).flatMap(({ type, data, words }) =>
    type === 'templates.saved' ? [[data.template, data.version, data.text, words?.text]] : [],
  );

describe('templates as files', () => {
  test('hold every text, one file each, and come back as they were', async () => {
    expect(await say('templates export ours')).toEqual({
      code: 0,
      out: ['ours holds 204 templates now, for example customers/problem/first.liquid.'],
    });
    expect(readdirSync(at('ours'))).toHaveLength(6);
    expect(readFileSync(at('ours', ...FIRST), 'utf8')).toMatch(/^What is affected: \{\{ facts\.affected/u);
    expect(await say('templates import ours')).toEqual({ code: 0, out: ['0 templates changed, 204 templates as before.'] });
    expect(await saved()).toEqual([]);
  });

  test('are saved where they changed, with a version; also from a folder that holds only some', async () => {
    mkdirSync(at('some', 'customers', 'problem'), { recursive: true });
    writeFileSync(at('some', 'README.md'), 'Ours.');
    writeFileSync(at('some', ...FIRST), 'Affected: {{ facts.affected }}\r\nAsk us.\r\n');
    expect(await say('templates import some')).toEqual({ code: 0, out: ['1 template changed, 0 templates as before.'] });
    expect(await saved()).toEqual([['customers/problem/first', 1, 'own', 'Affected: {{ facts.affected }}\nAsk us.']]);
    expect((await say('templates export theirs')).code).toBe(0);
    expect(readFileSync(at('theirs', ...FIRST), 'utf8')).toBe('Affected: {{ facts.affected }}\nAsk us.\n');
  });

  test('that read as they come with Bellman are again those that come with it', async () => {
    expect(await say('templates import ours')).toEqual({ code: 0, out: ['1 template changed, 203 templates as before.'] });
    expect((await saved()).at(-1)).toEqual(['customers/problem/first', 2, 'ours', undefined]);
  });

  test('are not saved when one is wrong: file, line and column are named, for all that is wrong', async () => {
    const before = await saved();
    mkdirSync(at('wrong', 'customers', 'problem'), { recursive: true });
    writeFileSync(at('wrong', ...FIRST), 'All is well.\n');
    writeFileSync(at('wrong', 'customers', 'problem', 'progress.liquid'), 'One\n  {{ owner }}\n');
    writeFileSync(at('wrong', 'customers', 'problem', 'normal.liquid'), '{% for i in (1..1000000000) %}a{% endfor %}');
    writeFileSync(at('wrong', 'customers', 'problem', 'resolved.liquid'), 'x'.repeat(1024 * 1024));
    writeFileSync(at('wrong', 'customers', 'nobody.liquid'), 'x');
    expect(await say('templates import wrong')).toEqual({
      code: 1,
      out: [
        '! customers/problem/resolved.liquid: It has 1048576 bytes; 10000 characters is the most.',
        '! customers/nobody.liquid: It is called by no audience, kind and phase, like customers/problem/first.liquid.',
        '! customers/problem/normal.liquid, line 1, column 1: It takes too long or makes too much: is there a loop without an end?',
        '! customers/problem/progress.liquid, line 2, column 6: There is no variable owner.',
        '! Nothing was changed: 4 templates are wrong.',
      ],
    });
    expect(await saved()).toEqual(before);
  });

  test('are not written over those that are there, unless that is wanted', async () => {
    expect(await say('templates export ours')).toEqual({
      code: 1,
      out: ['! ours holds 204 templates already: name another folder, or add --over.'],
    });
    writeFileSync(at('ours', ...FIRST), 'x');
    expect((await say('templates export ours --over')).code).toBe(0);
    expect(readFileSync(at('ours', ...FIRST), 'utf8')).not.toBe('x');
  });

  test('need a folder that holds some', async () => {
    expect((await say('templates import nowhere')).out).toEqual([
      '! nowhere: there is no template in it, like customers/problem/first.liquid.',
    ]);
    expect((await say('templates import')).out).toEqual([
      '! templates import needs a folder: npm run bellman -- templates import <folder>',
    ]);
  });
});
