/**
 * A database with any number of incidents and problems that read as people write them: one of each made by the rules, the others made
 * from it set by set with texts, times and fates chosen by a hash of their number, so that each run has the same.
 */
import type { Transact } from '../../src/core/change.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { house } from '../../src/core/house.ts';
import type { PersonId } from '../../src/core/record.ts';
import { transactor } from '../../src/core/transact.ts';
import { connect, type Database, type Sql } from '../../src/db/database.ts';
import type { IncidentCommand } from '../../src/incidents/index.ts';
import type { ProblemCommand } from '../../src/problems/index.ts';
import { parts, projections, reactions } from '../../src/rooms.ts';
import { freshDatabase } from '../support/database.ts';
import { must, OWNER, ownerIn } from './many-plans.ts';
import { CLOSURES, KINDS, SERVICES, SIGNS, SITES, TEAMS, TROUBLES } from './words.ts';

/** Over so many months they were raised, more of them in the newer ones. */
const MONTHS = 36;

export interface Records {
  readonly db: Database;
  readonly transact: Transact;
  readonly reader: PersonId;
  /** Everything that is asked of the database by `db`, with its values, the newest last. */
  readonly asked: Asked[];
  readonly stop: () => Promise<void>;
}

interface Asked {
  readonly query: string;
  readonly values: readonly unknown[];
}

/** The reader may know of one in fifty of what is private. */
export async function manyRecords(incidents: number, problems: number): Promise<Records> {
  const database = await freshDatabase();
  const all = await filled(database.url, incidents, problems);
  return { ...all, stop: () => all.db.close().then(() => database.drop()) };
}

/** Fills an empty database of ours. */
async function filled(url: string, incidents: number, problems: number): Promise<Omit<Records, 'stop'>> {
  const asked: Asked[] = [];
  const db = connect(url, { debug: (query, values) => void asked.push({ query, values }) });
  const transact = transactor({ db, house: house(parts, reactions, projections), doorbell: silentDoorbell });
  const reader = await ownerIn(db, transact);
  await firstOnes(transact);
  const one = db.alone();
  try {
    await one`set synchronous_commit = off`;
    await one`set work_mem = '128MB'`;
    await helpers(one);
    await made(one, 'INC', incidents, problems);
    await made(one, 'PRB', problems, problems);
    // As autovacuum does within a minute of so many rows.
    await one`vacuum analyze`;
  } finally {
    await one.end();
  }
  return { db, transact, reader, asked };
}

/** INC-1 and PRB-1: what all the others are like. */
async function firstOnes(transact: Transact): Promise<void> {
  const intake = { title: 'First', details: 'First', impact: 'medium', urgency: 'medium', items: 'first' } as const;
  const incident: IncidentCommand = { type: 'raise', intake };
  await must(transact, [{ record: { raise: 'INC' }, part: 'incident', command: incident, by: OWNER }]);
  const problem: ProblemCommand = { type: 'raise', intake };
  await must(transact, [{ record: { raise: 'PRB' }, part: 'problem', command: problem, by: OWNER }]);
}

/** Chance by a hash: `share(n, salt)` is from 0 up to 1, `one_of` one of several, `often_of` the first ones more often. */
async function helpers(sql: Sql): Promise<void> {
  await sql`create function pg_temp.share(n bigint, salt int) returns float8 immutable parallel safe language sql as
    $$ select (hashint8extended(n, salt) & 1073741823)::float8 / 1073741824 $$`;
  await sql`create function pg_temp.one_of(all_of text[], n bigint, salt int) returns text immutable parallel safe language sql as
    $$ select all_of[1 + floor(cardinality(all_of) * pg_temp.share(n, salt))::int] $$`;
  await sql`create function pg_temp.often_of(all_of text[], n bigint, salt int) returns text immutable parallel safe language sql as
    $$ select all_of[1 + floor(cardinality(all_of) * power(pg_temp.share(n, salt), 2))::int] $$`;
}

const list = (words: readonly string[]): string[] => [...words];

async function made(sql: Sql, kind: 'INC' | 'PRB', howMany: number, problems: number): Promise<void> {
  const part = kind === 'INC' ? 'incident' : 'problem';
  const salt = kind === 'INC' ? 0 : 100;
  // What a hundred machines and a few thousand tickets are called is rare; everything else is said again and again.
  await sql`create temp table seed as
    select n, ${kind} || '-' || n as id, service || ' ' || trouble
        || case when pg_temp.share(n, ${salt + 1}::int) < 0.5 then ' in ' || site else '' end
        || case when pg_temp.share(n, ${salt + 2}::int) < 0.2 then ' since ' || pg_temp.one_of(array['Monday', 'the update', 'this morning', 'the move', 'midnight'], n, ${salt + 3}::int) else '' end as title,
      pg_temp.often_of(${list(SIGNS)}::text[], n, ${salt + 4}::int) || ' ' || pg_temp.one_of(${list(SIGNS)}::text[], n, ${salt + 5}::int)
        || ' Seen on ' || replace(service, ' ', '-') || '-' || lpad(floor(100 * pg_temp.share(n, ${salt + 6}::int))::text, 2, '0')
        || case when pg_temp.share(n, ${salt + 7}::int) < 0.4 then ' with error E' || floor(9000 * pg_temp.share(n, ${salt + 8}::int))::int else '' end
        || case when pg_temp.share(n, ${salt + 9}::int) < 0.3 then ', while the ' || pg_temp.often_of(${list(SERVICES)}::text[], n, ${salt + 10}::int) || ' '
          || pg_temp.one_of(${list(TROUBLES)}::text[], n, ${salt + 11}::int) else '' end || '.' as details,
      service as items, site, split_part(what, '/', 1) as category, split_part(what, '/', 2) as sub_category,
      least(4, floor(5 * sqrt(pg_temp.share(n, ${salt + 12}::int))))::int as priority,
      pg_temp.share(n, ${salt + 13}::int) < 0.003 as major, pg_temp.share(n, ${salt + 14}::int) < 0.005 as guarded,
      raised, case when ${kind} = 'INC' and n not in (1) and (raised < now() - interval '20 days' or pg_temp.share(n, ${salt + 15}::int) < 0.7)
        and pg_temp.share(n, ${salt + 16}::int) > 0.002 then raised + interval '20 days' * power(pg_temp.share(n, ${salt + 17}::int), 6) end as resolved,
      1 + floor(3 * power(pg_temp.share(n, ${salt + 18}::int), 2))::int as tier, floor(1.3 * pg_temp.share(n, ${salt + 19}::int))::int as moves,
      pg_temp.often_of(${list(TEAMS)}::text[], n, ${salt + 20}::int) as team, pg_temp.often_of(${list(CLOSURES)}::text[], n, ${salt + 21}::int) as closure,
      case when ${kind} = 'INC' and pg_temp.share(n, ${salt + 27}::int) < 0.3 then 'PRB-' || 2 + floor((${problems}::int - 1) * power(pg_temp.share(n, ${salt + 28}::int), 2))::int end as problem
    from (select n, pg_temp.often_of(${list(SERVICES)}::text[], n, ${salt + 22}::int) as service, pg_temp.one_of(${list(TROUBLES)}::text[], n, ${salt + 23}::int) as trouble,
        pg_temp.often_of(${list(SITES)}::text[], n, ${salt + 24}::int) as site, pg_temp.often_of(${KINDS.map((kindOf) => kindOf.join('/'))}::text[], n, ${salt + 25}::int) as what,
        now() - ${MONTHS}::int * interval '30 days' * (1 - power((n - pg_temp.share(n, ${salt + 26}::int)) / ${howMany}::float8, 0.7)) as raised
      from generate_series(2, ${howMany}::bigint) n) as chosen`;
  await sql`alter table seed add column over boolean, add column closed timestamptz`;
  await sql`update seed set resolved = null where resolved > now()`;
  await sql`update seed set over = resolved is not null, closed = case when resolved < now() - interval '3 days' then resolved + interval '2 days' end`;
  await sql`analyze seed`;
  await sql`
    insert into bellman.record (id, kind, number, title, status, owner, class, people, seq, hash, created_at, updated_at)
    select s.id, ${kind}, s.n, s.title, case when closed is not null then 'closed' when over then 'resolved' when s.major then 'major' else r.status end, r.owner,
      case when guarded then 'private' else r.class end, case when guarded then jsonb_build_array('p' || 1 + s.n % 50, 'security') else r.people end,
      r.seq, r.hash, raised, coalesce(closed, resolved, raised)
    from seed s, bellman.record r where r.id = ${`${kind}-1`}`;
  await sql`
    insert into bellman.part (record_id, name, state)
    select s.id, p.name,
      jsonb_set(jsonb_set(p.state, '{intake}', p.state -> 'intake' || jsonb_build_object('title', title, 'details', details, 'items', items, 'site', site,
          'category', category, 'subCategory', sub_category)), '{raised,at}', to_jsonb(floor(extract(epoch from raised) * 1000)))
        || case when closed is null then '{}' else jsonb_build_object('closed', jsonb_build_object('category', closure, 'at', floor(extract(epoch from closed) * 1000), 'by', p.state -> 'raised' ->> 'by')) end
        || case when over then jsonb_build_object('standing', jsonb_build_object('status', 'resolved', 'major', s.major, 'resolvedAt', floor(extract(epoch from resolved) * 1000)))
          else '{}' end
        || case when problem is null then '{}' else jsonb_build_object('problems', jsonb_build_array(problem)) end
    from seed s, bellman.part p where p.record_id = ${`${kind}-1`} and p.name = ${part}`;
  await sql`
    insert into bellman.record_fact (id, kind, guarded, title, category, sub_category, site, items, priority, highest, major, major_ever, tier, first_tier,
      moves, resolver_group, status, raised_at, resolved_at, closed_at, raised_month, resolved_month, closed_month, closure, problem)
    select id, ${kind}, guarded, title, category, sub_category, site, items, priority, greatest(0, priority - moves), major, major, tier, greatest(1, tier - moves),
      moves, team, case when closed is not null then 'closed' when over then 'resolved' else 'open' end, raised, resolved, closed,
      extract(year from raised) * 12 + extract(month from raised) - 1, extract(year from resolved) * 12 + extract(month from resolved) - 1,
      extract(year from closed) * 12 + extract(month from closed) - 1, case when closed is null then null else closure end, problem from seed`;
  if (kind === 'PRB')
    await sql`insert into bellman."similar" (id, title, symptom, items, status) select id, title, details, items, 'open' from seed`;
  await sql`
    insert into bellman.record_link (from_id, to_id, at)
    select l.from_id, l.to_id, raised from seed, lateral (values (id, problem), (problem, id)) l (from_id, to_id) where problem is not null`;
  await sql`
    insert into bellman.journal (record_id, seq, at, actor, type, body, hash)
    select s.id, j.seq, s.raised, j.actor, j.type, j.body, j.hash from seed s, bellman.journal j where j.record_id = ${`${kind}-1`} and j.seq = 1`;
  await sql`update bellman.record_number set last = greatest(last, ${howMany}::int) where kind = ${kind}`;
  await sql`drop table seed`;
}
