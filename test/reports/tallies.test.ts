import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { connect, type Database } from '../../src/db/database.ts';
import { countsOf, foldTallies } from '../../src/reports/trends-store.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
const FIRST = 24_300;

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const change = fc.record({
  n: fc.integer({ min: 1, max: 6 }),
  kind: fc.constantFrom('INC', 'INC', 'PRB'),
  category: fc.constantFrom('network', 'software', null),
  tier: fc.constantFrom(1, 2, null),
  priority: fc.integer({ min: 0, max: 4 }),
  major: fc.boolean(),
  guarded: fc.boolean(),
  raised: fc.integer({ min: FIRST, max: FIRST + 3 }),
  resolved: fc.option(fc.integer({ min: FIRST, max: FIRST + 3 })),
});

describe('tallies', () => {
  test.prop([fc.array(change, { minLength: 1, maxLength: 12 }), fc.nat()], { numRuns: 30 })(
    'are what counting the rows gives, whatever changed, in whatever order, folded or not',
    async (changes, seed) => {
      const { sql } = db;
      await sql`delete from bellman.record_tally`;
      // Without the trigger that counts: each run starts from nothing.
      await sql`truncate bellman.record_fact`;
      const write = async ({ n, kind, category, tier, priority, major, guarded, raised, resolved }: (typeof changes)[number]) => {
        await sql`
          insert into bellman.record_fact as f (id, kind, guarded, category, tier, first_tier, priority, highest, major_ever, status, raised_at, raised_month,
            resolved_at, resolved_month)
          values (${`${kind}-${n}`}, ${kind}, ${guarded}, ${category}, ${tier}, 1, ${priority}, ${priority}, ${major}, 'open', now(), ${raised},
            case when ${resolved}::int is not null then now() end, ${resolved}::int)
          on conflict (id) do update set guarded = excluded.guarded, category = excluded.category, tier = excluded.tier, priority = excluded.priority,
            highest = least(f.highest, excluded.highest), major_ever = excluded.major_ever, raised_month = excluded.raised_month,
            resolved_at = excluded.resolved_at, resolved_month = excluded.resolved_month`;
        if ((n + seed) % 3 === 0) await foldTallies(db);
      };
      await Promise.all(changes.map(write));
      if (seed % 2 === 0) await Promise.all([foldTallies(db), foldTallies(db)]);

      const months = { first: FIRST, last: FIRST + 3 };
      const said = async (...question: Parameters<typeof countsOf>[1][]) =>
        (await Promise.all(question.map((one) => countsOf(db, one, months, 'p1'))))
          .flat()
          .map(({ month, group, count }) => `${month} ${group} ${count}`)
          .sort();
      const counted = async (rows: Promise<readonly { month: number; group: string; count: number }[]>) =>
        (await rows).map(({ month, group, count }) => `${month} ${group} ${count}`).sort();

      expect(await said('type')).toEqual(
        await counted(sql`select raised_month as month, coalesce(category, '') as "group", count(*)::int as count from bellman.record_fact
          where kind = 'INC' and not guarded group by 1, 2`),
      );
      expect(await said('tier')).toEqual(
        await counted(sql`select 0 as month, coalesce(tier::text, '') as "group", count(*)::int as count from bellman.record_fact
          where kind = 'INC' and not guarded and resolved_at is null group by 2`),
      );
      expect(await said('high')).toEqual(
        await counted(sql`select raised_month as month, case when priority <= 1 then 'now' else 'before' end as "group", count(*)::int as count
          from bellman.record_fact where kind = 'INC' and not guarded and highest <= 1 group by 1, 2`),
      );
      expect(await said('shifting')).toEqual(
        await counted(sql`select resolved_month as month, coalesce(tier || case when tier <> 1 then '+' else '' end, '') as "group",
            count(*)::int as count from bellman.record_fact where kind = 'INC' and not guarded and resolved_month is not null group by 1, 2`),
      );
      const [open] = await sql<{ open: number }[]>`
        select count(*)::int as open from bellman.record_fact where kind = 'INC' and not guarded and resolved_month is null`;
      expect((await countsOf(db, 'overall', months, 'p1')).reduce((sum, { count }) => sum + count, 0)).toBe(open?.open);
    },
  );
});
