/** The ledger of updates and the punctuality of a month: what the tables give, and how people read it. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import { plainWords } from '../../src/chat/refusals/index.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { exportTable, serveExport } from '../../src/reports/exports.ts';
import { LEDGER_COLUMNS, ledgerCard, ledgerTable, notesIn } from '../../src/reports/ledger.ts';
import { type LedgerRow, ledgerOf } from '../../src/reports/ledger-store.ts';
import { monthOf, punctualityCard, punctualityTable } from '../../src/reports/punctuality.ts';
import { punctualityOf } from '../../src/reports/punctuality-store.ts';
import { folder, undone } from '../operator/journal.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const undo: (() => unknown)[] = [];
let database: TestDatabase;
let db: Database;

const at = (clock: string): string => `2026-11-22T${clock}:00Z`;
const instant = (clock: string): number => Date.parse(at(clock));

/** An update as its row is kept, and where it went. */
interface Made {
  readonly id: string;
  readonly record?: string;
  readonly audience?: string;
  readonly outcome: string;
  readonly phase?: string;
  readonly due: string;
  readonly released?: string;
  readonly late?: boolean;
  readonly exercise?: boolean;
  readonly places?: readonly (readonly [place: string, state: string, sent?: string])[];
}

async function make({
  id,
  record = 'PRB-1',
  audience = 'customers',
  outcome,
  phase = 'progress',
  due,
  released,
  late = false,
  exercise = false,
  places = [],
}: Made) {
  await db.sql`
    insert into bellman.comms_update (id, record_id, number, audience, phase, outcome, opened_at, due_at, released_at, by, late, exercise)
    values (${id}, ${record}, ${released === undefined ? null : Number(id.split('.')[1]) + (record === 'PRB-1' ? 0 : 100)}, ${audience}, ${phase}, ${outcome},
      ${due}::timestamptz - interval '1 hour', ${due}, ${released ?? null}, '["p1"]', ${late}, ${exercise})`;
  for (const [n, [place, state, sent]] of places.entries()) {
    await db.sql`
      insert into bellman.delivery (id, record_id, place, platform, content, content_hash, update_id, state, not_before, sent_at, created_at)
      values (${`${id}${n}`.replaceAll(/[^0-9a-zA-Z]/gu, '').toLowerCase()}, ${record}, ${place}, 'x', '{}', '', ${id}, ${state}, ${due}, ${sent ?? null}, ${due})`;
  }
}

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url, { pool: 2 });
  for (const [id, kind] of [
    ['PRB-1', 'sensitive'],
    ['PRB-2', 'private'],
  ] as const) {
    await db.sql`
      insert into bellman.record (id, kind, number, class, people, created_at, updated_at)
      values (${id}, 'PRB', ${Number(id.slice(4))}, ${kind}, '["p2"]', bellman.now(), bellman.now())`;
  }
  await make({
    id: 'PRB-1.1',
    outcome: 'released',
    due: at('10:00'),
    released: at('09:58'),
    places: [
      ['x/channel/1', 'sent', at('09:59')],
      ['x/channel/1', 'sent', at('10:01')],
      ['x/channel/2', 'failed'],
      ['x/channel/3', 'left'],
      ['x/channel/4', 'waiting'],
    ],
  });
  for (const person of ['p1', 'p2'])
    await db.sql`insert into bellman.comms_seen (update_id, person_id, record_id, platform, user_id, at)
      values ('PRB-1.1', ${person}, 'PRB-1', 'x', ${person}, bellman.now())`;
  await make({ id: 'PRB-1.2', outcome: 'corrected', due: at('11:00'), released: at('11:10'), late: true });
  await make({ id: 'PRB-1.3', outcome: 'skipped', due: at('12:00') });
  await make({ id: 'PRB-1.4', outcome: 'replaced', due: at('12:30') });
  await make({ id: 'PRB-1.5', outcome: 'released', due: at('13:00'), released: at('13:30'), late: true, exercise: true });
  await make({ id: 'PRB-1.8', outcome: 'released', phase: 'holding', due: at('14:00'), released: at('14:00') });
  await make({ id: 'PRB-1.6', audience: 'press', outcome: 'drafting', due: at('14:00') });
  await make({ id: 'PRB-1.7', outcome: 'upcoming', due: at('23:00') });
  await make({ id: 'PRB-2.1', record: 'PRB-2', outcome: 'released', due: at('15:00'), released: at('15:20'), late: true });
});

afterAll(async () => {
  await db.close();
  await database.drop();
  await undone(undo);
});

const plain = ({ title, blocks }: Card): string =>
  [
    title,
    ...blocks.flatMap((block) => {
      if (block.kind === 'text') return [plainWords(block.text)];
      return block.kind === 'list' ? block.items.map(plainWords) : [];
    }),
  ].join('\n');

describe('the ledger of a record', () => {
  test('has every update with its due, released and delivered times, and where it could not be delivered', async () => {
    const [first, second, third] = await ledgerOf(db, 'PRB-1', 'p1');
    expect(first).toMatchObject({
      number: 1,
      due: instant('10:00'),
      released: instant('09:58'),
      late: false,
      delivered: instant('09:59'),
      deliveredLast: instant('10:01'),
      places: 4,
      sent: 1,
      failed: 1,
      unsure: 1,
      seen: 2,
    });
    expect(second).toMatchObject({ outcome: 'corrected', late: true, places: 0 });
    expect(third).toMatchObject({ outcome: 'skipped', released: null, number: null });
  });

  test('is empty for whoever may not know of the record', async () => {
    expect(await ledgerOf(db, 'PRB-2', 'p1')).toEqual([]);
    expect(await ledgerOf(db, 'PRB-2', 'p2')).toHaveLength(1);
  });

  const notes = notesIn([
    { seq: 1, at: 0, actor: 'p1', type: 'plan.skipped', data: { update: 'PRB-1.3' }, words: { reason: 'nothing is new' } },
    { seq: 2, at: 0, actor: 'p1', type: 'plan.undone', data: { update: 'PRB-1.2' } },
    { seq: 3, at: 0, actor: 'p1', type: 'plan.undone', data: { update: 'PRB-1.2' } },
    { seq: 4, at: 0, actor: 'bellman', type: 'plan.stopped', data: { update: 'PRB-1.1', why: 'releaser-lost-right' } },
    { seq: 5, at: 0, actor: 'p1', type: 'plan.drafted', data: { update: 'PRB-1.1' }, words: { text: 'secret' } },
  ]);

  test('reads with delays, deliveries and reasons', async () => {
    const words = plain(ledgerCard('PRB-1', await ledgerOf(db, 'PRB-1', 'p1'), notes));
    expect(words).toMatch(
      /UPD-1 Customers and partners, progress: due .*, released .* by .*, delivered to 1 of 4 .*, 1 failed, 1 unsure, 1 on the way, seen by 2; stopped: who released it no longer may\./,
    );
    expect(words).toMatch(/UPD-2 .* 10m late .* corrected later; its release was taken back\./);
    expect(words).toMatch(/PRB-1\.3 [^;]*; skipped: nothing is new\./);
    expect(words).not.toContain('secret');
  });

  test('shows the newest that fit, and says how many stand before them', () => {
    const one = (number: number): LedgerRow => ({
      id: `PRB-1.${number}`,
      number,
      audience: 'customers',
      phase: 'progress',
      outcome: 'released',
      due: number,
      released: number,
      by: ['p1'],
      late: false,
      exercise: false,
      delivered: number,
      deliveredLast: number,
      places: 1,
      sent: 1,
      failed: 0,
      unsure: 0,
      seen: 0,
    });
    const words = plain(
      ledgerCard(
        'PRB-1',
        Array.from({ length: 200 }, (_, n) => one(n + 1)),
        new Map(),
      ),
    );
    expect(words).toContain('UPD-200');
    expect(words).toMatch(/And 1\d\d more before these/);
    expect(words.length).toBeLessThan(3500);
  });

  test('is a CSV file that spreadsheets do not calculate, behind a link that works for an hour', async () => {
    const dataDir = folder(undo);
    const rows = ledgerTable(await ledgerOf(db, 'PRB-1', 'p1'), new Map([['PRB-1.3', ['=1+1']]]), () => 'Kate "K", Ops');
    const file = await exportTable({ dataDir, url: () => 'https://bell.example' }, 'ledger-PRB-1', LEDGER_COLUMNS, rows);
    const written = readFileSync(file.path, 'utf8').split('\r\n');
    expect(written[0]).toBe(LEDGER_COLUMNS.join(','));
    expect(written[1]).toBe(
      'UPD-1,PRB-1.1,customers,progress,released,2026-11-22T10:00:00.000Z,2026-11-22T09:58:00.000Z,0,"Kate ""K"", Ops",2026-11-22T09:59:00.000Z,2026-11-22T10:01:00.000Z,4,1,1,1,2,no,',
    );
    expect(written[3]).toContain("'=1+1");
    expect(file.lines).toBe(8);
    const answer = await serveExport(dataDir, file.link?.split('/').at(-1) ?? '');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="ledger-PRB-1.csv"');
    expect((await answer.text()).split('\r\n')).toEqual(written);
  });
});

describe('punctuality', () => {
  const month = monthOf('2026-11', 0, 'UTC');
  if (!month) throw new Error('A month is one');

  test('counts what fell due for each audience, without exercises, what gave way, and what the reader may not know of', async () => {
    const rows = await punctualityOf(db, month.from, instant('20:00'), 'p1');
    expect(rows).toEqual([
      { audience: 'customers', due: 3, onTime: 1, late: 1, skipped: 1, open: 0, delay: 600_000 },
      { audience: 'press', due: 1, onTime: 0, late: 0, skipped: 0, open: 1, delay: null },
    ]);
    const [ofTheirs] = await punctualityOf(db, month.from, instant('20:00'), 'p2');
    expect(ofTheirs).toMatchObject({ due: 4, late: 2, delay: 900_000 });
  });

  test('reads with the worst audience first', async () => {
    const words = plain(punctualityCard(month, await punctualityOf(db, month.from, instant('20:00'), 'p1')));
    expect(words.split('\n')).toEqual([
      'Punctuality in 2026-11',
      '1 of 4 updates left in time (25%). Exercises are not counted.',
      'Press and media: 1 due, 0 on time (0%), 0 late, 0 skipped, 1 not released yet.',
      'Customers and partners: 3 due, 1 on time (33%), 1 late, half of the late ones by 10m or more, 1 skipped.',
    ]);
    expect(plain(punctualityCard(month, []))).toContain('No update was due');
  });

  test('is a table too', () => {
    const rows = punctualityTable(month, [{ audience: 'press', due: 2, onTime: 1, late: 1, skipped: 0, open: 0, delay: 90_000 }]);
    expect(rows).toEqual([
      { month: '2026-11', audience: 'press', due: 2, on_time: 1, late: 1, skipped: 0, not_released: 0, median_minutes_late: 2 },
    ]);
  });

  test('of a month as somebody there has it, with its summer time', () => {
    expect(monthOf('2027-03', 0, 'Europe/Berlin')).toEqual({
      month: '2027-03',
      from: Date.parse('2027-02-28T23:00:00Z'),
      to: Date.parse('2027-03-31T22:00:00Z'),
    });
    expect(monthOf(undefined, instant('10:00'), 'UTC')?.month).toBe('2026-11');
    for (const said of ['2026-13', 'November', '', '2026-11-22']) expect(monthOf(said, 0, 'UTC')).toBeUndefined();
  });
});
