/** The counts behind the trends, from the narrow table by its indexes. What is private counts only for those who may know of it. */
import type { PersonId } from '../core/record.ts';
import { readable } from '../core/records.ts';
import type { Database } from '../db/database.ts';
import type { Count, Months, Question } from './trend.ts';

/** Only the rows of private records need a look at who may read them. */
export const countable = ({ sql }: Pick<Database, 'sql'>, reader: PersonId) =>
  sql`(not f.guarded or exists (select from bellman.record r where r.id = f.id and ${readable({ sql }, reader)}))`;

/** So many different names are looked at where people name things freely. */
const MOST_NAMES = 5000;

/** The counts that answer a question over these months. */
export async function countsOf(
  db: Database,
  question: Question,
  { first, last }: Months,
  reader: PersonId,
): Promise<readonly Count[]> {
  const { sql } = db;
  const may = countable(db, reader);
  switch (question) {
    case 'type':
      return sql<Count[]>`select f.raised_month as month, coalesce(f.category, '') as "group", count(*)::int as count
        from bellman.record_fact f where f.kind = 'INC' and f.raised_month between ${first} and ${last} and ${may} group by 1, 2`;
    case 'priority':
      return sql<Count[]>`select f.raised_month as month, f.priority::text as "group", count(*)::int as count
        from bellman.record_fact f where f.kind = 'INC' and f.raised_month between ${first} and ${last} and ${may} group by 1, f.priority`;
    case 'closure':
      return sql<Count[]>`select f.closed_month as month, coalesce(f.closure, '') as "group", count(*)::int as count
        from bellman.record_fact f where f.kind = 'INC' and f.closed_month between ${first} and ${last} and ${may} group by 1, 2`;
    case 'site':
      return sql<Count[]>`select 0 as month, coalesce(f.site, '') as "group", count(*)::int as count
        from bellman.record_fact f where f.kind = 'INC' and f.raised_month between ${first} and ${last} and ${may}
        group by 2 order by 3 desc limit ${MOST_NAMES}`;
    case 'part':
      return sql<Count[]>`select 0 as month, coalesce(f.items, '') as "group", count(*)::int as count
        from bellman.record_fact f where f.kind = 'INC' and f.raised_month between ${first} and ${last} and ${may}
        group by 2 order by 3 desc limit ${MOST_NAMES}`;
    case 'unresolved':
      return sql<
        Count[]
      >`select 0 as month, coalesce(f.category, '') || E'\n' || coalesce(f.sub_category, '') as "group", count(*)::int as count
        from bellman.record_fact f where f.kind = 'INC' and f.resolved_at is null and ${may}
        group by f.category, f.sub_category order by 3 desc limit ${MOST_NAMES}`;
    case 'tier':
      return sql<Count[]>`select 0 as month, coalesce(f.tier::text, '') as "group", count(*)::int as count
        from bellman.record_fact f where f.kind = 'INC' and f.resolved_at is null and ${may} group by f.tier`;
    case 'overall':
      return sql<Count[]>`select month, '' as "group", sum(count)::int as count from (
          select f.raised_month as month, count(*)::int as count from bellman.record_fact f where f.kind = 'INC' and ${may} group by 1
          union all
          select f.resolved_month, -count(*)::int from bellman.record_fact f
            where f.kind = 'INC' and f.resolved_month is not null and ${may} group by 1) both_ways group by 1`;
    case 'shifting':
      return sql<Count[]>`select f.resolved_month as month,
          coalesce(f.tier || case when f.tier <> f.first_tier then '+' else '' end, '') as "group", count(*)::int as count
        from bellman.record_fact f where f.kind = 'INC' and f.resolved_month between ${first} and ${last} and ${may}
        group by 1, f.tier, f.tier <> f.first_tier`;
    case 'major':
      return sql<Count[]>`select f.raised_month as month, '' as "group", count(*)::int as count
        from bellman.record_fact f where f.kind = 'INC' and f.raised_month between ${first} and ${last}
          and (f.major_ever or f.highest <= 1) and f.major_ever and ${may} group by 1`;
    case 'high':
      return sql<
        Count[]
      >`select f.raised_month as month, case when f.priority <= 1 then 'now' else 'before' end as "group", count(*)::int as count
        from bellman.record_fact f where f.kind = 'INC' and f.raised_month between ${first} and ${last}
          and (f.major_ever or f.highest <= 1) and f.highest <= 1 and ${may} group by 1, 2`;
    default:
      return question satisfies never;
  }
}
