/** Who has seen an update, which questions wait, and where an update was said: rows beside the records. */
import type { Place } from '../chat/port.ts';
import type { IdentityRef } from '../core/change.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import type { Projection } from '../core/statement.ts';
import type { Database } from '../db/database.ts';
import type { Question } from './question.ts';
import { momentOf } from './store.ts';

export const questions: Projection = {
  name: 'comms_question',
  key: 'id',
  columns: { id: 'text', recordId: 'text', number: 'int', audience: 'text', askedAt: 'timestamptz', status: 'text' },
  sql: (d) => `
    insert into bellman.comms_question (id, record_id, number, audience, asked_at, status)
    select id, "recordId", number, audience, "askedAt", status from ${d}
    on conflict (id) do update set status = excluded.status`,
};

/** What asks that a question's row is kept. */
export const questionKept = (recordId: RecordId, id: string, { number, line, at, status }: Question) =>
  ({
    ask: 'project',
    into: questions.name,
    row: { id, recordId, number, audience: line, askedAt: momentOf(at), status },
  }) as const;

/** An update that somebody pressed *Seen* on. */
export interface Press {
  readonly record: RecordId;
  readonly update: string;
  readonly person: PersonId;
  readonly by: IdentityRef;
}

/** Notes that a person has seen an update; false: it was noted before. Takes no lock but that of its own row. */
export async function noteSeen(db: Database, { record, update, person, by }: Press): Promise<boolean> {
  const rows = await db.sql`
    insert into bellman.comms_seen (update_id, person_id, record_id, platform, user_id, at)
    select ${update}, ${person}, ${record}, ${by.platform}, ${by.user}, bellman.now()
    where not exists (select from bellman.comms_seen s join bellman.identity i on i.platform = s.platform and i.user_id = s.user_id
      where s.update_id = ${update} and i.person_id = ${person})
    on conflict do nothing returning 1`;
  return rows.length > 0;
}

/** How many have seen an update; `of` only where all of its readers are known one by one. */
export interface SeenSum {
  readonly record: RecordId;
  readonly update: string;
  readonly seen: number;
  readonly of: number | null;
  /** Who is in this sum and was in none before. */
  readonly fresh: readonly PersonId[];
}

/** So many updates are summed at a time. */
const SUMS = 200;

/**
 * The sums of updates that somebody pressed *Seen* on since they were summed last. Persons count once, whatever identities they have
 * now. Where it went only to persons, `of` is how many, besides those who cannot press (by mail, by phone); channels have readers
 * that nobody counts.
 */
export const uncountedSeen = (db: Database): Promise<readonly SeenSum[]> => db.sql<SeenSum[]>`
  with fresh as (select record_id, update_id from bellman.comms_seen where not counted group by 1, 2 limit ${SUMS})
  select f.record_id as record, f.update_id as "update", s.seen, s.fresh,
    (select case when bool_and(split_part(d.place, '/', 2) = 'person') then count(distinct d.place)::int end
      from bellman.delivery d where d.update_id = f.update_id and d.state not in ('failed', 'cancelled')
        and split_part(d.place, '/', 2) <> 'address') as "of"
  from fresh f, lateral (
    select count(distinct coalesce(i.person_id, s.person_id))::int as seen, array_agg(s.person_id) filter (where not s.counted) as fresh
    from bellman.comms_seen s left join bellman.identity i on i.platform = s.platform and i.user_id = s.user_id
    where s.update_id = f.update_id) s`;

/** The sum stands in the record. */
export async function markCounted(db: Database, { update, fresh }: Pick<SeenSum, 'update' | 'fresh'>): Promise<void> {
  await db.sql`update bellman.comms_seen set counted = true where update_id = ${update} and person_id = any(${fresh as string[]})`;
}

/** Whether an update of this record was said at a place; a thread is a channel to whoever presses in it. */
export async function wasSaidAt(db: Database, record: RecordId, update: string, place: Place): Promise<boolean> {
  const places = [place, place.replace('/channel/', '/thread/')];
  const [row] = await db.sql`select 1 from bellman.delivery
    where record_id = ${record} and place = any(${places}) and update_id = ${update} and state not in ('failed', 'cancelled') limit 1`;
  return row !== undefined;
}

/** The update about which somebody asked last from a place: what an answer there belongs to. */
export async function updateAskedFrom({ sql }: Database, record: RecordId, place: Place): Promise<string | undefined> {
  const [row] = await sql<{ update: string }[]>`
    select q ->> 'update' as "update" from bellman.part p, jsonb_array_elements(p.state -> 'questions') q
    where p.record_id = ${record} and p.name = 'answers' and q ->> 'place' = ${place}
    order by (q ->> 'number')::int desc limit 1`;
  return row?.update;
}

/** A question that waits, over all plans. */
export interface OpenQuestion {
  readonly record: RecordId;
  readonly number: number;
  readonly audience: string;
  readonly askedAt: Instant;
}

/** Questions that wait for an answer, the oldest first; of one record, or of all. */
export const openQuestions = (
  db: Database,
  of: { readonly record?: RecordId | undefined; readonly most: number },
): Promise<readonly OpenQuestion[]> =>
  db.sql<OpenQuestion[]>`
    select record_id as record, number, audience, extract(epoch from asked_at)::float8 * 1000 as "askedAt" from bellman.comms_question
    where status in ('open', 'to all') and (${of.record ?? null}::text is null or record_id = ${of.record ?? null})
    order by asked_at limit ${of.most}`;

/** The message of an earlier update. */
export interface Said {
  readonly externalId: string;
  /** `UPD-6`. */
  readonly name: string;
  readonly at: Instant;
}

/** The update of the same record that was said at the place before this one: the first of its messages. Nothing for its own later parts. */
export async function saidBefore(
  db: Database,
  {
    record,
    place,
    update,
    delivery,
  }: { readonly record: RecordId; readonly place: Place; readonly update: string; readonly delivery: string },
): Promise<Said | undefined> {
  const [row] = await db.sql<Said[]>`
    with mine as (select seq from bellman.delivery where id = ${delivery}),
    before as (
      select d.update_id from bellman.delivery d, mine
      where d.record_id = ${record} and d.place = ${place} and d.update_id is not null and d.update_id <> ${update}
        and d.state = 'sent' and d.external_id is not null and d.seq < mine.seq
      order by d.seq desc limit 1)
    select d.external_id as "externalId", coalesce('UPD-' || u.number, d.update_id) as name, extract(epoch from d.sent_at)::float8 * 1000 as at
    from before b join bellman.delivery d on d.record_id = ${record} and d.place = ${place} and d.update_id = b.update_id and d.state = 'sent'
      left join bellman.comms_update u on u.id = b.update_id
    where d.external_id is not null
      and not exists (select from bellman.delivery e, mine
        where e.record_id = ${record} and e.place = ${place} and e.update_id = ${update} and e.seq < mine.seq)
    order by d.seq limit 1`;
  return row;
}
