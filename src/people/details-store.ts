/** Contact details in Postgres: written with the event that sets them, read for showing and for sending. */
import type { PersonId } from '../core/record.ts';
import type { Projection } from '../core/statement.ts';
import type { Database } from '../db/database.ts';
import type { Details } from './details.ts';

/** The details of one person, whole: an empty text forgets what was known. */
export const personDetails: Projection = {
  name: 'person_details',
  key: 'id',
  columns: { id: 'text', email: 'text', phone: 'text', language: 'text', zone: 'text' },
  sql: (
    d,
  ) => `update bellman.person p set email = nullif(d.email, ''), phone = nullif(d.phone, ''), language = nullif(d.language, ''),
      zone = nullif(d.zone, '') from ${d} where p.id = d.id`,
};

/** Where somebody chats: `slack @kate`. */
export async function accountsOf({ sql }: Pick<Database, 'sql'>, person: PersonId): Promise<readonly string[]> {
  const rows = await sql<{ platform: string; handle: string }[]>`
    select platform, handle from bellman.identity where person_id = ${person} order by platform, handle`;
  return rows.map(({ platform, handle }) => `${platform} @${handle}`);
}

/** What is known of somebody; everything empty for nobody. */
export async function detailsOf({ sql }: Pick<Database, 'sql'>, person: PersonId): Promise<Details> {
  const [found] = await sql<Details[]>`
    select coalesce(email, '') as email, coalesce(phone, '') as phone, coalesce(language, '') as language, coalesce(zone, '') as zone
    from bellman.person where id = ${person}`;
  return found ?? { email: '', phone: '', language: '', zone: '' };
}
