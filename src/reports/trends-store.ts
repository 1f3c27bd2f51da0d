/** The counts behind the trends: of what everybody may know from the tallies, of what is private row by row, for those who may know of it. */
import type { PersonId } from '../core/record.ts';
import { readable } from '../core/records.ts';
import type { Database } from '../db/database.ts';
import type { Count, Months, Question } from './trend.ts';

/** Only the rows of private records need a look at who may read them. */
export const countable = ({ sql }: Pick<Database, 'sql'>, reader: PersonId) =>
  sql`(not f.guarded or exists (select from bellman.record r where r.id = f.id and ${readable({ sql }, reader)}))`;

/** So many different names are looked at where people name things freely. */
const MOST_NAMES = 5000;

/** Questions that are asked of all these months together. */
const TOGETHER: readonly Question[] = ['site', 'part'];
/** Questions that are about now. */
const NOW: readonly Question[] = ['unresolved', 'tier'];

/** The months whose tallies answer a question; what is unresolved now was raised and resolved in any month up to now. */
function monthsOf(question: Question, months: Months): Months {
  if (NOW.includes(question)) return { first: 0, last: 0 };
  return question === 'overall' ? { first: 0, last: months.last } : months;
}

/** The counts that answer a question over these months. */
export async function countsOf(db: Database, question: Question, months: Months, reader: PersonId): Promise<readonly Count[]> {
  const { sql } = db;
  const { first, last } = monthsOf(question, months);
  return sql<Count[]>`
    with counted as (
      select t.month, t."group", t.count from bellman.record_tally t where t.question = ${question} and t.month between ${first} and ${last}
      union all
      select t.month, t."group", t.count
      from bellman.record r join bellman.record_fact f on f.id = r.id and f.guarded, bellman.tallies(f) t
      where r.kind = 'INC' and r.class in ('private', 'confidential') and r.people ?| (select bellman.standing(${reader}))
        and t.question = ${question} and t.month between ${first} and ${last})
    select case when ${TOGETHER.includes(question)} then 0 else month end as month, "group", sum(count)::int as count
    from counted group by 1, 2 having sum(count) <> 0 order by 3 desc limit ${MOST_NAMES}`;
}

/** Makes one row of several for the same count. Several processes may do so at once; nobody waits for it. */
export async function foldTallies({ sql }: Pick<Database, 'sql'>): Promise<void> {
  await sql`
    with gone as (
      delete from bellman.record_tally t using (
        select question, month, "group" from bellman.record_tally group by 1, 2, 3 having count(*) > 1) several
      where t.question = several.question and t.month = several.month and t."group" = several."group"
      returning t.*)
    insert into bellman.record_tally (question, month, "group", count)
    select question, month, "group", sum(count) from gone group by 1, 2, 3 having sum(count) <> 0`;
}
