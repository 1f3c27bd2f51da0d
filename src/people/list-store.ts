/** The stored lists: who is on which version, and who does not want to be told any more. */
import type { Place } from '../chat/port.ts';
import type { ListKind, Org } from '../core/record.ts';
import { type Database, sqlState } from '../db/database.ts';
import { GROUP_VERSION } from './lists.ts';

/** A version that was stored. It counts for nothing until the organisation has it in force. */
export interface StoredList {
  readonly version: number;
  /** How many want to be told. */
  readonly active: number;
  /** How many are on it, and unsubscribed before. */
  readonly unsubscribed: number;
}

/** Somebody to be stored: what is left out is not known. */
export type Storable = Pick<Member, 'place'> & { readonly [K in 'name' | 'phone' | 'zone' | 'language']?: string | null };

/** How long a version that is not in force is kept: it may still be confirmed, or be asked about. In days. */
const KEPT_DAYS = 30;

interface NewList {
  readonly list: string;
  readonly kind: ListKind;
  readonly of: string;
  readonly members: readonly Storable[];
}

const TAKEN_ALREADY = '23505';
const TRIES = 5;

/**
 * Stores a new version of a list, all its members in one statement. Who unsubscribed from an earlier version is so in this one too.
 * Two at the same moment get different versions.
 */
export async function storeList(db: Pick<Database, 'sql'>, wanted: NewList): Promise<StoredList> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await stored(db, wanted);
    } catch (error) {
      if (sqlState(error) !== TAKEN_ALREADY || tried === TRIES) throw error;
    }
  }
}

async function stored({ sql }: Pick<Database, 'sql'>, { list, kind, of, members }: NewList): Promise<StoredList> {
  const rows = members.map(({ place, name, phone, zone, language }) => ({ place, name, phone, zone, language }));
  const [made] = await sql<[StoredList]>`
    with made as (
      insert into bellman.audience_version (list, version, kind, "of", count, made_at)
      select ${list}, coalesce(max(version), 0) + 1, ${kind}, ${of}, ${rows.length}, bellman.now()
        from bellman.audience_version where list = ${list}
      returning version
    ), gone as (
      select place, min(unsubscribed_at) as at from bellman.audience_member
        where list = ${list} and unsubscribed_at is not null group by place
    ), added as (
      insert into bellman.audience_member (list, version, place, person, name, phone, zone, language, unsubscribed_at)
      select ${list}, made.version, d.place, i.person_id, d.name, d.phone, d.zone, d.language, gone.at
        from made
        cross join jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) d(place text, name text, phone text, zone text, language text)
        left join gone on gone.place = d.place
        left join bellman.identity i on d.place = i.platform || '/person/' || i.user_id
      on conflict do nothing
      returning unsubscribed_at
    )
    select made.version, (select count(*)::int from added where unsubscribed_at is null) as active,
      (select count(*)::int from added where unsubscribed_at is not null) as unsubscribed
    from made`;
  return made;
}

/** A version that was stored, as it stands now; undefined when there is none. */
export async function storedList({ sql }: Pick<Database, 'sql'>, list: string, version: number): Promise<StoredList | undefined> {
  const [found] = await sql<StoredList[]>`
    select v.version, count(m.place) filter (where m.unsubscribed_at is null)::int as active,
      count(m.unsubscribed_at)::int as unsubscribed
    from bellman.audience_version v left join bellman.audience_member m on m.list = v.list and m.version = v.version
    where v.list = ${list} and v.version = ${version} group by v.version`;
  return found;
}

/** Keeps who is in a group that a line names itself, in place of those who were: one statement. Who unsubscribed stays so. */
export async function keepGroup({ sql }: Pick<Database, 'sql'>, group: Place, members: readonly Place[]): Promise<void> {
  await sql`
    with kept as (
      insert into bellman.audience_version (list, version, kind, "of", count, made_at)
      values (${group}, ${GROUP_VERSION}, 'group', ${group}, ${members.length}, bellman.now())
      on conflict (list, version) do update set count = excluded.count, made_at = excluded.made_at
    ), left_it as (
      delete from bellman.audience_member where list = ${group} and version = ${GROUP_VERSION} and not place = any(${[...members]}::text[])
        and unsubscribed_at is null
    )
    insert into bellman.audience_member (list, version, place, person)
    select ${group}, ${GROUP_VERSION}, d.place, i.person_id from unnest(${[...members]}::text[]) d(place)
      left join bellman.identity i on d.place = i.platform || '/person/' || i.user_id
    on conflict do nothing`;
}

/** The groups that are kept so, each under its own place. */
export async function keptGroups({ sql }: Pick<Database, 'sql'>): Promise<readonly Place[]> {
  const found = await sql<{ list: string }[]>`
    select list from bellman.audience_version where list = "of" and kind = 'group' and version = ${GROUP_VERSION}`;
  return found.map(({ list }) => list);
}

/** Somebody on a list as they are stored. */
export interface Member {
  readonly place: Place;
  readonly person: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly zone: string | null;
  readonly language: string | null;
  readonly unsubscribedAt: Date | null;
}

/** The places of everybody on a version, those who unsubscribed among them. */
export async function placesOn({ sql }: Pick<Database, 'sql'>, list: string, version: number): Promise<readonly Place[]> {
  const rows = await sql<{ place: string }[]>`
    select place from bellman.audience_member where list = ${list} and version = ${version}`;
  return rows.map(({ place }) => place);
}

/** The members of a version, by place; at most so many. */
export const membersOf = async (
  { sql }: Pick<Database, 'sql'>,
  list: string,
  version: number,
  most: number,
): Promise<readonly Member[]> => sql<Member[]>`
  select place, person, name, phone, zone, language, unsubscribed_at as "unsubscribedAt" from bellman.audience_member
  where list = ${list} and version = ${version} order by place limit ${most}`;

/**
 * Somebody on a list does not want to be told any more: in every version of it, and so in those to come. Harmless when repeated.
 * False when the place was never on it.
 */
export async function unsubscribe({ sql }: Pick<Database, 'sql'>, list: string, place: Place): Promise<boolean> {
  const marked = await sql`
    update bellman.audience_member set unsubscribed_at = coalesce(unsubscribed_at, bellman.now())
    where list = ${list} and place = ${place}`;
  return marked.count > 0;
}

/** Forgets versions that have not been in force for a month; whoever unsubscribed from one is remembered. */
export async function tidyLists({ sql }: Pick<Database, 'sql'>, { audiences }: Pick<Org, 'audiences'>): Promise<void> {
  const inForce = Object.values(audiences).flatMap(({ key, list }) => (list ? [`${key} ${list.version}`] : []));
  await sql`
    with old as (
      select v.list, v.version from bellman.audience_version v
      where v.made_at < bellman.now() - ${KEPT_DAYS} * interval '1 day' and not (v.list || ' ' || v.version) = any(${inForce}::text[])
        and v.version < (select max(version) from bellman.audience_version n where n.list = v.list)
    )
    delete from bellman.audience_member m using old
    where m.list = old.list and m.version = old.version and m.unsubscribed_at is null`;
}
