import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/chat/card.ts';
import { dispatcher } from '../../src/chat/dispatch.ts';
import { lengthOf } from '../../src/chat/history-card.ts';
import type { Asker, Reply } from '../../src/chat/port.ts';
import { plainWords } from '../../src/chat/refusals/index.ts';
import { registry } from '../../src/chat/registry.ts';
import { dispatchStore } from '../../src/chat/store.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import type { HistoryEntry } from '../../src/core/history.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { entryHash } from '../../src/core/journal.ts';
import { BELLMAN, ORG, type Role } from '../../src/core/record.ts';
import { transactor } from '../../src/core/transact.ts';
import type { Database } from '../../src/db/database.ts';
import { type OrgCommand, org, peopleStore, resolver } from '../../src/people/index.ts';
import { auditCard } from '../../src/reports/cards.ts';
import { exportLines } from '../../src/reports/exports.ts';
import { auditCommands, serveExport } from '../../src/reports/index.ts';
import { entryWords } from '../../src/reports/words.ts';
import { folder, journal, undone } from '../operator/journal.ts';

const undo: (() => unknown)[] = [];
afterEach(() => undone(undo));

const asker = (handle: string): Asker => ({
  platform: 'console',
  user: handle,
  handle,
  name: handle,
  timeZone: 'UTC',
  bot: false,
  guest: false,
});

/** A desk at which people say audit commands. */
async function desk(url?: () => string) {
  const at = await journal(undo);
  const dataDir = folder(undo);
  const people = peopleStore(at.db);
  const transact = transactor({ db: at.db, house: house([org as AnyPart], []), doorbell: silentDoorbell });
  const dispatch = dispatcher({
    db: at.db,
    registry: registry(auditCommands({ dataDir, ...(url ? { url } : {}) })),
    transact,
    resolve: resolver(people, new Map(), new Map()),
    store: dispatchStore(at.db),
    matters: async () => false,
    sectionsAtOnce: () => 1,
    onError: (_ref, error) => {
      throw error;
    },
  });
  let asked = 0;
  const say = async (handle: string, words: string): Promise<string> => {
    asked += 1;
    const place = 'console/channel/general';
    return read(
      await dispatch({ kind: 'words', words: `bellman ${words}`, key: `k${asked}`, from: asker(handle), at: place, address: {} }),
    );
  };
  const grant = async (handle: string, role: Role) => {
    const person = await people.person(asker(handle));
    const command: OrgCommand = { type: 'grant', person, role };
    await transact([{ record: ORG, part: 'org', command, by: BELLMAN }]);
  };
  return { ...at, dataDir, say, grant };
}

async function* lines(count: number) {
  for (let line = 1; line <= count; line += 1) yield { line };
}

/** A private card as plain text. */
function read(reply: Reply): string {
  if (reply.kind !== 'card') throw new Error(`Not a card: ${reply.kind}`);
  expect(reply.to).toBe('private');
  const { title, blocks } = reply.card;
  const lines = blocks.flatMap((block) => {
    if (block.kind === 'text') return [plainWords(block.text)];
    if (block.kind === 'list') return block.items.map(plainWords);
    if (block.kind === 'facts') return block.facts.map(({ label, value }) => `${label}: ${plainWords(value)}`);
    return [];
  });
  return [title, ...lines].join('\n');
}

const entry = (seq: number, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  seq,
  at: Date.UTC(2027, 0, 1),
  actor: 'p1',
  type: 'ballot.voted',
  data: {},
  ...more,
});

describe('an entry', () => {
  test('tells in words who did what when, with every fact', () => {
    const words = entryWords(
      entry(3, {
        type: 'change.sent-back',
        data: {
          dueBack: Date.UTC(2027, 0, 2),
          by: 'p2',
          others: ['p3', 'p4'],
          urgent: true,
          none: null,
          at: { place: 'slack/channel/C1' },
        },
        words: { reason: 'too early', empty: '' },
      }),
    );
    const shown = words.map((piece) =>
      typeof piece === 'string' ? piece : 'time' in piece ? new Date(piece.time).toISOString() : Object.values(piece).join(),
    );
    expect(words.filter((piece) => typeof piece !== 'string')).toHaveLength(7);
    expect(shown.join('')).toBe(
      '3. 2027-01-01T00:00:00.000Z p1: change sent back (due back 2027-01-02T00:00:00.000Z, by p2, others p3, p4, urgent yes, at place slack/channel/C1) reason "too early"',
    );
    expect(plainWords(entryWords(entry(1, { actor: BELLMAN })))).toBe('1. 2027-01-01 00:00 UTC Bellman: ballot voted');
  });

  test('fits a card by itself, however much was said', () => {
    const texts = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`line ${at}`, 'a.b'.repeat(500)]));
    expect(lengthOf(entryWords(entry(1, { words: { texts } })))).toBeLessThan(LIMITS.card);
  });
});

describe('/bellman audit show', () => {
  test('shows a record’s journal to the auditor, the newest last', async () => {
    const { raise, say, grant } = await desk();
    const record = await raise(3);
    await grant('nora', 'auditor');
    const shown = (await say('nora', `audit show ${record}`)).split('\n');
    expect(shown[0]).toBe(`Journal of ${record}`);
    expect(shown.slice(1).map((line) => line.replace(/ \d{4}-.*?UTC/u, ''))).toEqual([
      '1. Bellman: notes noted (length 5) text "first"',
      '2. Bellman: notes noted (length 6) text "more 1"',
      '3. Bellman: notes noted (length 6) text "more 2"',
    ]);
    expect(await say('nora', `audit show ${record} 2`)).not.toContain('2. ');
  });

  test('shows as much as a card holds, and how to see the rest', () => {
    const entries = Array.from({ length: 200 }, (_, at) => entry(at + 1, { words: { reason: '<&> '.repeat(20) } }));
    const { blocks } = auditCard('RFC-1', entries);
    const [more, rows] = blocks;
    if (more?.kind !== 'text' || rows?.kind !== 'list') throw new Error('Not the blocks that were expected');
    const first = 200 - rows.items.length + 1;
    expect(plainWords(more.text)).toBe(`And ${first - 1} more before these: /bellman audit show RFC-1 ${first}.`);
    expect(rows.items.length).toBeGreaterThan(3);
    expect(rows.items.reduce((sum, item) => sum + lengthOf(item), 0)).toBeLessThan(LIMITS.card);
    expect(auditCard('RFC-1', entries.slice(0, first - 1)).blocks).toHaveLength(2);
    const long = entry(1, { data: { list: Array.from({ length: 100 }, () => 'x'.repeat(200)) } });
    expect(auditCard('RFC-1', [long]).blocks).toHaveLength(1);
  });

  test('is refused to others, for an unknown record, and for a number that is none', async () => {
    const { raise, say, grant } = await desk();
    const record = await raise(1);
    await grant('ada', 'admin');
    await grant('cy', 'change-manager');
    expect(await say('cy', `audit show ${record}`)).toContain('This needs the role auditor or admin');
    expect(await say('ada', `audit show ${record}`)).toContain('1. ');
    expect(await say('ada', 'audit show RFC-99')).toContain('There is no RFC-99');
    expect(await say('ada', `audit show ${record} last`)).toContain('"last" is not the number of an entry');
  });
});

describe('/bellman audit export', () => {
  const exported = (text: string) => {
    const path = /On the server: (\S+)/u.exec(text)?.[1] ?? '';
    const content = readFileSync(path, 'utf8');
    const lines = content
      .trimEnd()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    return { path, content, lines };
  };
  const day = async (db: Database) =>
    (await db.sql<{ day: string }[]>`select to_char(bellman.now(), 'YYYY-MM-DD') as day`)[0]?.day;

  test('writes entries that can be checked by their hashes, and says the file’s own', async () => {
    const { db, raise, say, grant } = await desk();
    await grant('nora', 'auditor');
    await raise(3);
    const today = await day(db);
    const told = await say('nora', `audit export ${today} ${today}`);
    const { path, content, lines } = exported(told);
    expect(told).toContain('Entries: 4');
    expect(told).toContain('Ask whoever runs the server');
    expect(told).toContain(createHash('sha256').update(content).digest('hex'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (const line of lines) expect(entryHash(String(line.previous), Number(line.seq), String(line.body))).toBe(line.hash);
    expect(lines.at(-1)).toMatchObject({ record: 'RFC-1', seq: 3, name: 'Bellman', words: { text: 'more 2' } });
    expect(new Set(lines.map(({ at }) => at)).size).toBeGreaterThan(1);
  });

  test('takes just what lies between two times, whatever the number', async () => {
    const { db, say, grant } = await desk();
    await grant('nora', 'auditor');
    await db.sql`insert into bellman.journal (record_id, seq, at, actor, type, body, hash)
      select 'RFC-1', n, '2025-01-01T00:00Z'::timestamptz + (n / 3) * interval '1 minute', 'p1', 'a.b', '{}', n::text from generate_series(1, 4500) n`;
    const { lines } = exported(await say('nora', 'audit export 2025-01-01T01:00 "2025-01-02 12:00"'));
    expect(lines.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 2100 * 3 - 180 }, (_, at) => at + 180).filter((seq) => seq <= 4500),
    );
    expect(exported(await say('nora', 'audit export 2025-01-01 2025-01-01')).lines).toHaveLength(1440 * 3 - 1);
  });

  test('gives a link that works for an hour, where an address is known; a day later the file goes', async () => {
    const { db, say, grant } = await desk(() => 'https://bellman.example');
    await grant('ada', 'admin');
    const today = await day(db);
    expect(await say('ada', `audit export ${today} ${today}`)).toContain('Download within an hour');

    const where = { dataDir: folder(undo), url: () => 'https://bellman.example' };
    const { path, link } = await exportLines(where, 'journal', lines(2));
    const token = link?.replace('https://bellman.example/exports/', '') ?? '';
    expect(path).not.toContain(token);
    const served = await serveExport(where.dataDir, token);
    expect(await served.text()).toBe('{"line":1}\n{"line":2}\n');
    expect(served.headers.get('content-disposition')).toBe('attachment; filename="journal.jsonl"');
    for (const wrong of ['', '../../etc/passwd', 'x'.repeat(43)])
      expect((await serveExport(where.dataDir, wrong)).status).toBe(404);
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    utimesSync(path, ago(2), ago(2));
    expect((await serveExport(where.dataDir, token)).status).toBe(404);
    await exportLines(where, 'journal', lines(1));
    expect(existsSync(path)).toBe(true);
    utimesSync(path, ago(25), ago(25));
    await exportLines(where, 'journal', lines(1));
    expect(existsSync(path)).toBe(false);
  });

  test('is refused to others, for what is no time, and for an end before its beginning', async () => {
    const { say, grant } = await desk();
    await grant('ada', 'admin');
    expect(await say('bob', 'audit export 2027-01-01 2027-01-02')).toContain('This needs the role auditor or admin');
    expect(await say('ada', 'audit export then 2027-01-02')).toContain('"then" is not a time');
    expect(await say('ada', 'audit export 2025-01-01 2025-02-31')).toContain('"2025-02-31" is not a time');
    expect(await say('ada', 'audit export 2025-01-02 2025-01-01')).toContain('Nothing lies between');
    expect(await say('ada', 'audit export 2025-01-02')).toContain('needs');
  });
});
