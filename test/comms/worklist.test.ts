/** What waits for whom, from the table of updates: for themselves, their roles and whoever delegated to them; never of what is not theirs to know. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../src/chat/card.ts';
import { waitedForAs } from '../../src/comms/worklist.ts';
import { worklistCard } from '../../src/comms/worklist-card.ts';
import { type Waiting, waitingForThem } from '../../src/comms/worklist-store.ts';
import { HOUR } from '../../src/core/instant.ts';
import type { Org } from '../../src/core/record.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { controlsOf, textOf } from './stage.ts';

const NOW = Date.UTC(2027, 0, 15, 9, 0);
const ORG: Pick<Org, 'roles' | 'delegations'> = {
  roles: { communications: ['cora'] },
  delegations: { cora: { to: 'dan', until: NOW + HOUR }, ana: { to: 'eve', until: NOW - HOUR } },
};
let database: TestDatabase;
let db: Database;
const asked: string[] = [];

interface Made {
  readonly id: string;
  readonly outcome: string;
  readonly due: number;
  readonly waits: readonly string[];
}
const make = ({ id, outcome, due, waits }: Made) => db.sql`
  insert into bellman.comms_update (id, record_id, audience, phase, outcome, opened_at, due_at, waits_for)
  values (${id}, ${id.split('.')[0] ?? ''}, 'customers', 'progress', ${outcome}, bellman.now(), ${new Date(NOW + due).toISOString()}, ${JSON.stringify(waits)}::text::jsonb)`;

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url, { pool: 1, debug: (query) => void asked.push(query) });
  await db.sql`insert into bellman.clock (base, started_at, rate) values (${new Date(NOW).toISOString()}, clock_timestamp(), 0)`;
  for (const [number, kind, people] of [
    [1, 'sensitive', '[]'],
    [2, 'private', '["ana"]'],
  ] as const) {
    await db.sql`
      insert into bellman.record (id, kind, number, title, class, people, created_at, updated_at)
      values (${`PRB-${number}`}, 'PRB', ${number}, 'Refused connections', ${kind}, ${people}::text::jsonb, bellman.now(), bellman.now())`;
  }
  await make({ id: 'PRB-1.1', outcome: 'drafting', due: HOUR, waits: ['ana'] });
  await make({ id: 'PRB-1.2', outcome: 'upcoming', due: -HOUR, waits: ['ana'] });
  await make({ id: 'PRB-1.3', outcome: 'upcoming', due: HOUR, waits: ['ana'] });
  await make({ id: 'PRB-1.4', outcome: 'awaiting release', due: 0, waits: ['communications'] });
  await make({ id: 'PRB-1.5', outcome: 'released', due: -HOUR, waits: ['ana'] });
  await make({ id: 'PRB-2.1', outcome: 'drafting', due: -2 * HOUR, waits: ['ana', 'ben'] });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const dueFor = (person: string, most: number) => waitingForThem(db, { person, as: waitedForAs(ORG, person, NOW) }, most);
const mine = async (person: string) => (await dueFor(person, 20)).map(({ update }) => update);

test('what was asked for and what is overdue waits for a writer, what is due first coming first', async () => {
  expect(await mine('ana')).toEqual(['PRB-2.1', 'PRB-1.2', 'PRB-1.1']);
});

test('a draft waits for whoever holds the role now, and for whoever stands in for them so long', async () => {
  expect(await mine('cora')).toEqual(['PRB-1.4']);
  expect(await mine('dan')).toEqual(['PRB-1.4']);
  expect(await mine('eve')).toEqual([]);
});

test('what may not be known of is not shown, even to those who are waited for', async () => {
  expect(await mine('ben')).toEqual([]);
});

test('is found by index among many, not by reading the table', async () => {
  await db.sql`
    insert into bellman.comms_update (id, record_id, audience, phase, outcome, opened_at, due_at, waits_for)
    select 'PRB-1.x' || n, 'PRB-1', 'customers', 'progress', 'drafting', bellman.now(), bellman.now() + n * interval '1 minute', jsonb_build_array('w' || n % 200)
    from generate_series(1, 20000) n`;
  await db.sql`analyze bellman.comms_update`;
  asked.length = 0;
  expect(await dueFor('w7', 17)).toHaveLength(17);
  const query = asked.find((words) => words.includes('waits_for')) ?? '';
  const plan = await db.sql.unsafe<{ 'QUERY PLAN': string }[]>(`explain ${query}`, ['{w7}', 340, 'w7', 17]);
  const steps = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(steps).toContain('comms_update_waiting');
  expect(steps).not.toContain('Seq Scan on comms_update');
});

test('is a card that fits, with buttons for the first ones and words for the rest; more is said, not hidden', () => {
  const one = (number: number): Waiting => ({
    update: `PRB-1.${number}`,
    record: 'PRB-100000',
    title: '*'.repeat(200),
    audience: 'emergency-services',
    outcome: number % 2 === 0 ? 'drafting' : 'awaiting release',
    due: NOW + number,
  });
  const shown = worklistCard(
    Array.from({ length: 17 }, (_, at) => one(at)),
    [],
    NOW,
  );
  expect(controlsOf(shown)).toHaveLength(6);
  expect(textOf(shown)).toContain('There are more');
  expect(textOf(shown)).toContain('/comms release PRB-100000 emergency-services');
  expect(textOf(shown).length).toBeLessThan(LIMITS.card);
  expect(textOf(worklistCard([], [], NOW))).toContain('Nothing waits for you');
});
