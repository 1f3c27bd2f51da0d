/** The least that storing a vote can be. */
import type postgres from 'postgres';

/** What a vote's notice in an outbox is about as long as. */
const NOTICE = JSON.stringify({ card: 'ballot', dirty: true });

/** The baseline's tables, with these records and a vote of each member in them. */
export async function bareTables(sql: postgres.Sql, records: readonly string[], members: number): Promise<void> {
  await sql.unsafe(`create schema bench; create table bench.record (id text primary key);
    create table bench.vote (record text, person text, choice text, primary key (record, person));
    create table bench.outbox (id bigserial primary key, record text not null, body jsonb not null)`);
  await sql`insert into bench.record ${sql(records.map((id) => ({ id })))}`;
  await sql`insert into bench.vote select r.id, 'U' || n, 'abstain' from bench.record r, generate_series(1, ${members}::int) n`;
  await sql`analyze bench.record, bench.vote`;
}

/** Inserts the vote, reads the tally and fills an outbox: three round trips of raw postgres.js, those of BEGIN and COMMIT among them. */
export async function bareVote(sql: postgres.Sql, record: string, person: string, choice: string, locks = false): Promise<void> {
  await sql.begin((begun) =>
    Promise.all([
      ...(locks ? [begun`select id from bench.record where id = ${record} for update`] : []),
      begun`insert into bench.vote (record, person, choice) values (${record}, ${person}, ${choice})
        on conflict (record, person) do update set choice = excluded.choice`,
      begun`select choice, count(*)::int from bench.vote where record = ${record} group by choice`,
      begun`insert into bench.outbox (record, body) values (${record}, ${NOTICE}::text::jsonb)`,
    ]),
  );
}
