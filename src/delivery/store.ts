/**
 * Where deliveries wait: the places that have something to do, and one place's next delivery under the lease on that place.
 * When something is due is in Bellman's time; leases and waits are in real time, also where Bellman's clock is quickened.
 */

import type { Place } from '../chat/port.ts';
import type { Span } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import type { Database, Sql } from '../db/database.ts';
import type { Follow } from './follow.ts';
import { following } from './following.ts';
import { type Delivery, NOWHERE, SAID_AGAIN, type Settlement, type State, type Times } from './protocol.ts';

/** A platform that is not connected here may be so in another process, or soon; after that its deliveries fail. */
const CONNECTS_WITHIN = '10 minutes';
/** So many of a place's open deliveries are looked at to find out whether it has something to do, and how urgent. */
const LOOKED_AT = 50;

/** A place where something is due that nobody is draining. */
export interface OpenPlace {
  readonly place: Place;
  readonly urgency: number;
}

/** What to look for next in a place. */
export interface Wanted {
  readonly posts: boolean;
  readonly edits: boolean;
}

/** The delivery that is next in a place; `leased` says whether the place is ours. */
export interface Next {
  readonly leased: boolean;
  readonly delivery: Delivery | undefined;
}

/** Proof of the claim (its lease to the microsecond, as text) under which something is recorded; without one: as it stood when it was read. */
export type Proof = { readonly token: string; readonly state: State; readonly attempt: number } | undefined;

export interface Store {
  /** The most urgent places first, at most `limit`. */
  places(platforms: readonly string[], except: readonly Place[], limit: number): Promise<readonly OpenPlace[]>;
  /** Takes the lease on a place, if nobody has it, and tells what is next there. */
  enter(place: Place): Promise<Next>;
  /** What is next in a place that is ours. */
  peek(place: Place, wanted: Wanted): Promise<Delivery | undefined>;
  /**
   * Records what became of a delivery and what follows from it, if the claim still holds, and tells what is next in the place;
   * when nothing is, the place is left. `shown`: the journal number of the record of which it was rendered.
   */
  settle(
    delivery: Delivery,
    proof: Proof,
    end: Settlement,
    more: { shown?: number; follows?: readonly Follow[]; wanted: Wanted },
  ): Promise<Delivery | undefined>;
  /** Records an edit: what is shown now, and whether the record has moved on since. */
  settleEdit(
    delivery: Delivery,
    end: { shown?: number; hash?: string; error?: string; clean?: true },
    wanted: Wanted,
  ): Promise<Delivery | undefined>;
  /** Ends the look for twins. */
  settleTwins(
    delivery: Delivery,
    end: { externalId?: string; wait?: Span; follows?: readonly Follow[] },
    wanted: Wanted,
  ): Promise<Delivery | undefined>;
  leave(place: Place): Promise<void>;
}

const columns = (
  sql: Sql,
) => sql`d.id, d.record_id as record, d.place, d.platform, d.urgency, d.content, d.content_hash as "contentHash",
  d.live, d.update_id as "update", d.state, d.attempt, d.looks, d.first_sent_at as "firstSentAt", d.external_id as "externalId", d.dirty,
  (d.state = 'sent' and coalesce(d.lease_until <= t.real, false)) as "twinsDue"`;
const time = (sql: Sql) => sql`t as materialized (select bellman.now() as at, clock_timestamp() as real)`;
const isOpen = (sql: Sql) => sql`d.state in ('waiting', 'sending', 'unknown')`;
const isDue = (sql: Sql) => sql`d.not_before <= t.at and (d.lease_until is null or d.lease_until <= t.real)`;
const isStale = (sql: Sql, edits: Span) => sql`d.dirty and d.state = 'sent' and (d.lease_until <= t.real
  or d.live is not null and (d.edited_at is null or d.edited_at <= t.real - ${edits}::float8 * interval '1 ms'))`;

type Found = Delivery & { readonly leased: boolean };
const deliveryOf = (row: Found | undefined): Delivery | undefined => (typeof row?.id === 'string' ? row : undefined);

/** The store of one worker; `holder` is its own name in the leases. */
export function deliveryStore(db: Database, holder: string, times: Times): Store {
  const { sql } = db;
  const until = sql`t.real + ${times.lease}::float8 * interval '1 ms'`;

  /** The next delivery of a place: what is to be said in its order, then what is to be edited. */
  const head = (place: Place, { posts, edits }: Wanted, settled: { id: string; holds: RecordId | null }) => sql`head as (
    (select ${columns(sql)}, 1 as turn from bellman.delivery d, t
      where ${posts} and d.place = ${place} and ${isOpen(sql)} and ${isDue(sql)} and d.id <> ${settled.id}
        and d.record_id is distinct from ${settled.holds}::text
        and not exists (select from bellman.delivery e where e.place = d.place and e.state in ('waiting', 'sending', 'unknown')
          and e.seq < d.seq and e.record_id = d.record_id and e.state <> 'waiting' and e.id <> ${settled.id})
      order by d.seq limit 1)
    union all
    (select ${columns(sql)}, 2 as turn from bellman.delivery d, t
      where ${edits} and d.place = ${place} and ${isStale(sql, times.edits)} and d.id <> ${settled.id}
      order by d.edited_at nulls first limit 1)
    order by turn limit 1)`;

  const none = { id: '', holds: null };

  /** Keeps the lease on a place while something is next there, else gives it back. */
  const keep = (place: Place) => sql`
    kept as (update bellman.place_lease l set until = ${until} from t
      where l.place = ${place} and l.holder = ${holder} and exists (select from head)),
    gone as (delete from bellman.place_lease l where l.place = ${place} and l.holder = ${holder} and not exists (select from head))`;

  const after = (follows: readonly Follow[], { id, attempt, state, urgency }: Delivery) =>
    following(sql, follows, { key: `${id} ${attempt} ${state}`, urgency });

  /** The record's journal number under its lock, so that whoever changes it either has marked the card already or will see it clean. */
  const moved = (record: RecordId, shown: number) => ({
    lock: sql`rec as (select seq from bellman.record where id = ${record} for share),`,
    dirty: sql`coalesce((select seq from rec) <> ${shown}, true)`,
  });

  return {
    places: (platforms, except, limit) => sql<OpenPlace[]>`
      with recursive ${time(sql)},
      spot(place) as (
        (select d.place from bellman.delivery d where ${isOpen(sql)} order by d.place limit 1)
        union all
        select (select d.place from bellman.delivery d where ${isOpen(sql)} and d.place > s.place order by d.place limit 1)
        from spot s where s.place is not null),
      open as (
        select s.place, w.urgency, w.seq from spot s, t, lateral (
          with n as (
            select d.record_id, d.urgency, d.seq, d.state, ${isDue(sql)}
              and (d.platform = any(${platforms as string[]}) or d.platform = ${NOWHERE} or d.not_before <= t.at - ${CONNECTS_WITHIN}::interval) as due
            from bellman.delivery d where d.place = s.place and ${isOpen(sql)} order by d.seq limit ${LOOKED_AT})
          select min(n.urgency) as urgency, min(n.seq) as seq from n
          where n.due and (n.state <> 'waiting' or n.record_id not in (select h.record_id from n h where h.state <> 'waiting'))) w
        where s.place is not null and w.seq is not null
        union all
        select d.place, 9, max(d.seq) from bellman.delivery d, t
        where ${isStale(sql, times.edits)} and d.platform = any(${platforms as string[]}) group by d.place)
      select o.place, min(o.urgency) as urgency from open o, t
      where o.place <> all(${except as string[]})
        and not exists (select from bellman.place_lease l where l.place = o.place and l.until > t.real and l.holder <> ${holder})
      group by o.place order by min(o.urgency), min(o.seq) limit ${limit}`,

    async enter(place) {
      const [row] = await sql<Found[]>`
        with ${time(sql)},
        lease as (
          insert into bellman.place_lease as l (place, holder, until) select ${place}, ${holder}, ${until} from t
          on conflict (place) do update set holder = excluded.holder, until = excluded.until
            where l.holder = excluded.holder or l.until <= (select real from t)
          returning place),
        ${head(place, { posts: true, edits: true }, none)}
        select exists (select from lease) as leased, h.* from (select 1) one left join head h on true`;
      return { leased: row?.leased ?? false, delivery: row?.leased ? deliveryOf(row) : undefined };
    },

    async peek(place, wanted) {
      const [row] = await sql<Found[]>`with ${time(sql)}, ${head(place, wanted, none)} select h.* from head h`;
      return deliveryOf(row);
    },

    async settle(delivery, proof, end, { shown, follows = [], wanted }) {
      const { id, place, record } = delivery;
      const changed = shown === undefined ? undefined : moved(record, shown);
      const twins = end.state === 'sent' && end.wait !== undefined;
      const [row] = await sql<Found[]>`
        with ${time(sql)}, ${changed?.lock ?? sql``}
        settled as (
          update bellman.delivery d set state = ${end.state}, looks = ${end.looks},
            external_id = coalesce(${end.externalId ?? null}, d.external_id), error = ${end.error ?? null},
            lease_until = ${end.wait === undefined ? sql`null` : sql`t.real + ${end.wait}::float8 * interval '1 ms'`},
            first_sent_at = ${end.forget ? sql`null` : sql`d.first_sent_at`},
            sent_at = ${end.state === 'sent' ? sql`coalesce(d.sent_at, t.at)` : sql`d.sent_at`},
            dirty = ${twins} or ${changed?.dirty ?? sql`d.dirty`}
          from t where d.id = ${id} and ${
            proof
              ? sql`d.state = ${proof.state} and d.attempt = ${proof.attempt} and d.lease_until = ${proof.token}::text::timestamptz`
              : sql`d.state = ${delivery.state} and d.attempt = ${delivery.attempt} and (d.lease_until is null or d.lease_until <= t.real)`
          }
          returning d.id),
        ${follows.length > 0 ? after(follows, delivery) : sql``}
        ${head(place, wanted, { id, holds: end.state === 'unknown' ? record : null })}, ${keep(place)}
        select h.* from head h`;
      return deliveryOf(row);
    },

    async settleEdit({ id, place, record, attempt }, { shown, hash, error, clean }, wanted) {
      const changed = shown === undefined ? undefined : moved(record, shown);
      const dirty = clean ? sql`false` : (changed?.dirty ?? sql`d.dirty`);
      const [row] = await sql<Found[]>`
        with ${time(sql)}, ${changed?.lock ?? sql``}
        settled as (
          update bellman.delivery d set dirty = ${dirty} or (d.lease_until is not null and not ${clean ?? false}),
            lease_until = ${clean ? sql`null` : sql`d.lease_until`},
            content_hash = coalesce(${hash ?? null}, d.content_hash), error = ${error ?? null}
          where d.id = ${id} and d.attempt = ${attempt} and d.state = 'sent'),
        ${head(place, wanted, { id, holds: null })}, ${keep(place)}
        select h.* from head h`;
      return deliveryOf(row);
    },

    async settleTwins(delivery, { externalId, wait, follows = [] }, wanted) {
      const { id, place, live } = delivery;
      const [row] = await sql<Found[]>`
        with ${time(sql)},
        settled as (
          update bellman.delivery d set external_id = coalesce(${externalId ?? null}, d.external_id),
            lease_until = ${wait === undefined ? sql`null` : sql`t.real + ${wait}::float8 * interval '1 ms'`},
            -- What a live card shows is rendered again, in case that another one of the twins is kept.
            dirty = ${wait !== undefined || live !== null}
          from t where d.id = ${id} and d.state = 'sent' returning d.id),
        ${follows.length > 0 ? after(follows, delivery) : sql``}
        ${head(place, wanted, { id, holds: null })}, ${keep(place)}
        select h.* from head h`;
      return deliveryOf(row);
    },

    async leave(place) {
      await sql`delete from bellman.place_lease where place = ${place} and holder = ${holder}`;
    },
  };
}

/** Deliveries of an update that a person must decide on: they may have arrived. */
export const unsureOf = (db: Database, update: string): Promise<readonly { readonly id: string; readonly place: Place }[]> =>
  db.sql<{ id: string; place: Place }[]>`
    select id, place from bellman.delivery where update_id = ${update} and state = 'unsure' order by seq`;

/** A person said: send these again. Only those that are still unsure; resolves with their ids. */
export async function sendAgain(db: Database, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await db.sql<{ id: string }[]>`
    update bellman.delivery set state = 'waiting', looks = ${SAID_AGAIN}, lease_until = null
    where id = any(${ids as string[]}) and state = 'unsure' returning id`;
  return rows.map(({ id }) => id);
}

/** A person said: leave these as they are. Only those that are still unsure; resolves with their ids. */
export async function leave(db: Database, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await db.sql<{ id: string }[]>`
    update bellman.delivery set state = 'left', lease_until = null
    where id = any(${ids as string[]}) and state = 'unsure' returning id`;
  return rows.map(({ id }) => id);
}
