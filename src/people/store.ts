/** Persons and identities in Postgres: who is behind an identity, who is meant by a name. */
import { randomInt } from 'node:crypto';
import { type Asker, type Known, type Names, type Place, placeParts } from '../chat/port.ts';
import type { PersonId } from '../core/record.ts';
import type { Database } from '../db/database.ts';
import { keepGroup } from './list-store.ts';

/** How long an identity's handle and last use are taken as fresh, in milliseconds. */
const FRESH_MS = 10 * 60_000;
const CODE_MINUTES = 10;
const CODE_TRIES = 5;

export interface PeopleStore {
  /** The person behind an identity; an unknown one is welcomed and gets an id. */
  readonly person: (asker: Asker) => Promise<PersonId>;
  /** By user id, by handle, or by our own person id; undefined when nobody is known so. */
  readonly find: (platform: string, said: string) => Promise<PersonId | undefined>;
  readonly name: (person: PersonId) => Promise<string>;
  /** What a platform needs to show these persons. */
  readonly names: (platform: string, people: readonly PersonId[]) => Promise<Names>;
  /** Whose direct messages a place is; undefined for any other place, and for somebody unknown. */
  readonly personAt: (place: Place) => Promise<PersonId | undefined>;
  /** An identity as its platform described it last. */
  readonly lastSeen: (platform: string, user: string) => Promise<Asker | undefined>;
  /** The user of a person on a platform. */
  readonly userOn: (platform: string, person: PersonId) => Promise<string | undefined>;
  /** Makes a one-time code with which another identity of the same person can be joined; ten minutes. */
  readonly offerCode: (person: PersonId, platform: string) => Promise<string>;
  /** Takes a code: whom it joins, or undefined when it is unknown, used, too old, or guessed at too often. */
  readonly takeCode: (code: string, platform: string) => Promise<PersonId | undefined>;
  /** Open records in which both have acted. */
  readonly openRecordsOfBoth: (one: PersonId, other: PersonId) => Promise<readonly string[]>;
  /** Keeps who is in a group that a line names itself. */
  readonly keepGroup: (group: Place, members: readonly Place[]) => Promise<void>;
  /** Forgets what is remembered of an identity, after it was joined to another person. */
  readonly forget: (platform: string, user: string) => void;
}

/** The store of one database. An identity that was read is taken as it is for ten minutes. */
export function peopleStore(db: Database): PeopleStore {
  const { sql } = db;
  const remembered = new Map<string, { readonly person: PersonId; readonly until: number }>();
  const named = new Map<PersonId, string>();

  async function welcome(asker: Asker): Promise<PersonId> {
    return db.transaction(async ({ sql: transaction }) => {
      await transaction`select pg_advisory_xact_lock(hashtextextended(${`${asker.platform}/${asker.user}`}, 4170))`;
      const [known] = await transaction<{ person_id: string }[]>`
        update bellman.identity set handle = ${asker.handle}, bot = ${asker.bot}, guest = ${asker.guest}, last_used_at = bellman.now()
        where platform = ${asker.platform} and user_id = ${asker.user} returning person_id`;
      if (known) {
        await transaction`update bellman.person set name = ${asker.name}, time_zone = ${asker.timeZone} where id = ${known.person_id}`;
        return known.person_id;
      }
      const [added] = await transaction<{ id: string }[]>`
        insert into bellman.person (id, name, email, time_zone, created_at)
        values ('p' || nextval('bellman.person_number'), ${asker.name}, ${asker.email ?? null}, ${asker.timeZone}, bellman.now()) returning id`;
      if (!added) throw new Error('A person could not be added');
      await transaction`
        insert into bellman.identity (platform, user_id, person_id, handle, bot, guest, last_used_at)
        values (${asker.platform}, ${asker.user}, ${added.id}, ${asker.handle}, ${asker.bot}, ${asker.guest}, bellman.now())`;
      return added.id;
    });
  }

  const store: PeopleStore = {
    async person(asker) {
      const key = `${asker.platform}/${asker.user}`;
      const known = remembered.get(key);
      if (known && known.until > Date.now()) return known.person;
      const person = await welcome(asker);
      remembered.set(key, { person, until: Date.now() + FRESH_MS });
      named.set(person, asker.name);
      return person;
    },
    async find(platform, said) {
      const [found] = await sql<{ person_id: string }[]>`
        select person_id from bellman.identity where platform = ${platform} and (user_id = ${said} or lower(handle) = ${said.toLowerCase()})
        order by (user_id = ${said}) desc, last_used_at desc limit 1`;
      if (found) return found.person_id;
      const [own] = await sql<{ id: string }[]>`select id from bellman.person where id = ${said}`;
      return own?.id;
    },
    async name(person) {
      const known = named.get(person);
      if (known !== undefined) return known;
      const [found] = await sql<{ name: string }[]>`select name from bellman.person where id = ${person}`;
      if (found) named.set(person, found.name);
      return found?.name ?? person;
    },
    async names(platform, people) {
      const wanted = [...new Set(people)];
      if (wanted.length === 0) return (person) => ({ name: person });
      const rows = await sql<{ id: string; name: string; user_id: string | null }[]>`
        select distinct on (p.id) p.id, p.name, i.user_id from bellman.person p
        left join bellman.identity i on i.person_id = p.id and i.platform = ${platform}
        where p.id = any(${wanted}) order by p.id, i.last_used_at desc nulls last`;
      const known = new Map<PersonId, Known>(
        rows.map(({ id, name, user_id }) => [id, user_id === null ? { name } : { name, user: user_id }]),
      );
      return (person) => known.get(person) ?? { name: person === 'bellman' ? 'Bellman' : person };
    },
    async personAt(place) {
      const { platform, kind, id } = placeParts(place);
      if (kind !== 'person') return undefined;
      const [found] = await sql<{ person_id: string }[]>`
        select person_id from bellman.identity where platform = ${platform} and user_id = ${id}`;
      return found?.person_id;
    },
    async lastSeen(platform, user) {
      const [found] = await sql<Omit<Asker, 'platform' | 'user'>[]>`
        select i.handle, p.name, p.time_zone as "timeZone", i.bot, i.guest
        from bellman.identity i join bellman.person p on p.id = i.person_id
        where i.platform = ${platform} and i.user_id = ${user} and p.active`;
      return found && { platform, user, ...found };
    },
    async userOn(platform, person) {
      const [found] = await sql<{ user_id: string }[]>`
        select user_id from bellman.identity where platform = ${platform} and person_id = ${person} order by last_used_at desc limit 1`;
      return found?.user_id;
    },
    async offerCode(person, platform) {
      const code = String(randomInt(0, 100_000_000)).padStart(8, '0');
      await sql`delete from bellman.link_code where person_id = ${person} or expires_at < bellman.now()`;
      await sql`insert into bellman.link_code (code, person_id, platform, expires_at)
        values (${code}, ${person}, ${platform}, bellman.now() + ${CODE_MINUTES} * interval '1 minute')`;
      return code;
    },
    async takeCode(code, platform) {
      const [taken] = await sql<{ person_id: string }[]>`
        delete from bellman.link_code where code = ${code} and platform <> ${platform} and expires_at >= bellman.now() and tries < ${CODE_TRIES}
        returning person_id`;
      // A wrong guess counts against every code that is open, so that codes cannot be tried out.
      if (!taken) await sql`update bellman.link_code set tries = tries + 1`;
      return taken?.person_id;
    },
    async openRecordsOfBoth(one, other) {
      const rows = await sql<{ id: string }[]>`
        select r.id from bellman.record r where r.kind in ('RFC', 'PRB', 'INC', 'REL')
          and r.status in ('voting', 'in review', 'awaiting release', 'open', 'major')
          and exists (select 1 from bellman.journal j where j.record_id = r.id and j.actor = ${one})
          and exists (select 1 from bellman.journal j where j.record_id = r.id and j.actor = ${other})
        order by r.id`;
      return rows.map(({ id }) => id);
    },
    keepGroup: (group, members) => keepGroup(db, group, members),
    forget(platform, user) {
      remembered.delete(`${platform}/${user}`);
    },
  };
  return store;
}

/** The place of a direct message with a user. */
export const directPlace = (platform: string, user: string): Place => `${platform}/person/${user}`;
