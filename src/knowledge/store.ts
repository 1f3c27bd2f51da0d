/** Finding what was met before: by words (Postgres full text) and by likeness of writing (trigrams), best first (P4, P10). */
import type { PersonId, RecordId } from '../core/record.ts';
import { type Listed, readable } from '../core/records.ts';
import type { Projection } from '../core/statement.ts';
import type { Database } from '../db/database.ts';

/** A row of the projection; what is absent stays as it was. */
export interface SimilarRow {
  readonly id: RecordId;
  readonly title?: string | undefined;
  readonly symptom?: string | undefined;
  readonly workaround?: string | undefined;
  readonly items?: string | undefined;
  /** `over` once it can match nothing new any more. */
  readonly status?: 'open' | 'over' | undefined;
}

export const similarRecords: Projection = {
  name: 'similar',
  key: 'id',
  columns: { id: 'text', title: 'text', symptom: 'text', workaround: 'text', items: 'text', status: 'text' },
  sql: (d) => `
    insert into bellman."similar" as s (id, title, symptom, workaround, items, status)
    select d.id, coalesce(d.title, o.title, ''), coalesce(d.symptom, o.symptom, ''), coalesce(d.workaround, o.workaround, ''),
      coalesce(d.items, o.items, ''), coalesce(d.status, o.status, 'open')
    from ${d} left join bellman."similar" o on o.id = d.id
    on conflict (id) do update set title = excluded.title, symptom = excluded.symptom, workaround = excluded.workaround,
      items = excluded.items, status = excluded.status`,
};

/** What asks that a row is kept. */
export const searchable = (row: SimilarRow) => ({ ask: 'project', into: similarRecords.name, row: { ...row } }) as const;

/** What somebody wants to find, as they wrote it. */
export interface Sought {
  readonly title: string;
  readonly details?: string;
  readonly items?: string;
}

export interface Found {
  readonly id: RecordId;
  readonly title: string;
  readonly workaround: string;
  /** How alike it is; only for comparing those found together. */
  readonly score: number;
  /** How many words, by their stems, both have. */
  readonly shared: number;
  /** How alike the titles are written: 0 to 1. */
  readonly likeness: number;
}

/** A long text says nothing more about what it is like than its beginning does. */
const MOST_WORDS = 40;
/** So many that share a word are compared closely. */
const CANDIDATES = 200;
/** Less alike than that is nothing that helps anybody. */
const LEAST = 0.35;

/**
 * The open problems and current known errors that are most like it, of those that the reader may know of, best first. Candidates
 * share a word or are written alike; they are ranked by both, and by naming the same items.
 */
export async function alike(db: Database, sought: Sought, reader: PersonId, limit = 3): Promise<readonly Found[]> {
  const { title, details = '', items = '' } = sought;
  const written = `${title} ${details} ${items}`;
  return db.sql<Found[]>`
    with sought as (select to_tsquery('english', nullif(array_to_string(array(
        select quote_literal(one) from unnest(tsvector_to_array(to_tsvector('english', ${written}))) one limit ${MOST_WORDS}), ' | '), '')) as words),
    candidates as (
      (select s.* from bellman."similar" s, sought where s.status = 'open' and s.words @@ sought.words
        order by ts_rank(s.words, sought.words) desc limit ${CANDIDATES})
      union
      (select s.* from bellman."similar" s where s.status = 'open' and s.title % ${title} order by similarity(s.title, ${title}) desc limit ${CANDIDATES})),
    ranked as (
      select c.id, c.title, c.workaround, similarity(c.title, ${title}) as likeness,
        cardinality(array(select unnest(tsvector_to_array(c.words)) intersect
          select unnest(tsvector_to_array(to_tsvector('english', ${written}))))) as shared, 2 * coalesce(ts_rank(c.words, sought.words), 0)
        + greatest(word_similarity(c.title, ${written}), word_similarity(${title}, c.title || ' ' || c.symptom))
        + case when ${items} <> '' and c.items <> '' then similarity(c.items, ${items}) / 2 else 0 end as score
      from candidates c, sought)
    select f.id, f.title, f.workaround, f.score::float8 as score, f.shared, f.likeness::float8 as likeness
    from ranked f join bellman.record r on r.id = f.id and ${readable(db, reader)}
    where f.score >= ${LEAST} order by f.score desc, f.id limit ${limit}`;
}

/** The newest known errors of which somebody may know. */
export const knownErrorList = (
  db: Database,
  which: 'current' | 'retired' | 'all',
  reader: PersonId,
  limit: number,
): Promise<readonly Listed[]> => db.sql<Listed[]>`
    select r.id, r.title, r.status, r.owner from bellman.record r
    where r.kind = 'KER' and (${which} = 'all' or r.status = ${which}) and ${readable(db, reader)}
    order by r.number desc limit ${limit}`;
