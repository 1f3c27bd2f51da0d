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

/** So many of its words, the rarest, say what a long text is like. */
const MOST_WORDS = 40;
/** Words that stand in no more than so many rows together are each looked up; of the others, the rarest in pairs, of as many rows. */
const ROWS_OF_WORDS = 2500;
const PAIRED = 10;
/** However common the words, of each way of looking no more rows than that are ranked, and the best of them compared closely. */
const RANKED = 4000;
const CANDIDATES = 200;
/** Less alike than that is nothing that helps anybody. */
const LEAST = 0.35;
/** As alike as that by its words, it need not be looked for by how it is written. */
const SURE = 0.6;

/**
 * The open problems and current known errors that are most like it, of those that the reader may know of, best first. Candidates
 * share a rare word, or two that are not so rare; where those say too little, titles that are written alike are looked at as well. They
 * are ranked by words and by writing, and by naming the same items.
 */
export async function alike(db: Database, sought: Sought, reader: PersonId, limit = 3): Promise<readonly Found[]> {
  const byWords = await compared(db, sought, reader, limit, sharingWords(db));
  if (byWords.filter(({ score }) => score >= SURE).length >= limit) return byWords;
  const byWriting = await compared(db, sought, reader, limit, writtenAlike(db, sought.title));
  const also = byWriting.filter(({ id }) => !byWords.some((found) => found.id === id));
  return [...byWords, ...also].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

/** Rows that hold a rare word of it, or two that are less rare. When all that it has is one common word, some with that. */
const sharingWords = ({ sql }: Database) => sql`
  select s.* from bellman."similar" s join (
    (select s.id from bellman."similar" s, sought where s.status = 'open' and s.words @@ sought.rare limit ${RANKED})
    union
    (select s.id from bellman."similar" s, sought where s.status = 'open' and s.words @@ sought.pairs limit ${RANKED})
    union
    (select s.id from bellman."similar" s, sought where s.status = 'open' and s.words @@ sought.lone limit ${RANKED / 4})) found on found.id = s.id
  order by ts_rank(s.words, (select words from sought)) desc limit ${CANDIDATES}`;

const writtenAlike = ({ sql }: Database, title: string) => sql`
  select * from (select s.* from bellman."similar" s where s.status = 'open' and s.title % ${title} limit ${RANKED}) s
  order by similarity(s.title, ${title}) desc limit ${CANDIDATES}`;

/**
 * Candidates compared closely. How rare a word is, the statistics say that Postgres keeps for its planner; a word that they do not name
 * is rare, and in a table without statistics every word is.
 */
function compared(
  { sql }: Database,
  { title, details = '', items = '' }: Sought,
  reader: PersonId,
  limit: number,
  candidates: ReturnType<typeof sharingWords>,
): Promise<readonly Found[]> {
  const written = `${title} ${details} ${items}`;
  return sql<Found[]>`
    with held as (select greatest(reltuples, 0) as size from pg_class where oid = 'bellman."similar"'::regclass),
    known as materialized (
      select u.word, u.share * held.size as rows from held, pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) u (word, share)
      where schemaname = 'bellman' and tablename = 'similar' and attname = 'words' and u.word is not null),
    said as materialized (
      select array_to_tsvector(array[w.word])::text as word, coalesce(known.rows, 0) as rows,
        row_number() over rarest as place, sum(coalesce(known.rows, 0)) over rarest <= ${ROWS_OF_WORDS} as rare
      from unnest(tsvector_to_array(to_tsvector('english', ${written}))) w (word) left join known using (word)
      window rarest as (order by coalesce(known.rows, 0), w.word)),
    others as (select word, rows, row_number() over (order by place) as place from said where not rare),
    pairs as (
      select '(' || a.word || ' & ' || b.word || ')' as words,
        sum(expected.rows) over (order by expected.rows, a.place, b.place) - expected.rows as before
      from others a join others b on a.place < b.place and b.place <= ${PAIRED},
        lateral (select a.rows * b.rows / greatest((select size from held), 1) as rows) expected),
    sought as materialized (
      select (select string_agg(word, ' | ') from said where place <= ${MOST_WORDS})::tsquery as words,
        (select string_agg(word, ' | ') from said where rare and place <= ${MOST_WORDS})::tsquery as rare,
        (select string_agg(words, ' | ') from pairs where before < ${ROWS_OF_WORDS})::tsquery as pairs,
        (select word from said where place = 1 and not rare)::tsquery as lone),
    candidates as materialized (${candidates}),
    ranked as (
      select c.id, c.title, c.workaround, similarity(c.title, ${title}) as likeness,
        cardinality(array(select unnest(tsvector_to_array(c.words)) intersect
          select unnest(tsvector_to_array(to_tsvector('english', ${written}))))) as shared, 2 * coalesce(ts_rank(c.words, sought.words), 0)
        + greatest(word_similarity(c.title, ${written}), word_similarity(${title}, c.title || ' ' || c.symptom))
        + case when ${items} <> '' and c.items <> '' then similarity(c.items, ${items}) / 2 else 0 end as score
      from candidates c, sought)
    select f.id, f.title, f.workaround, f.score::float8 as score, f.shared, f.likeness::float8 as likeness
    from ranked f join bellman.record r on r.id = f.id and ${readable({ sql }, reader)}
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
