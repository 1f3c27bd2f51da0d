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

/** What is known of somebody; everything empty for nobody. */
export async function detailsOf({ sql }: Pick<Database, 'sql'>, person: PersonId): Promise<Details> {
  const [found] = await sql<Details[]>`
    select coalesce(email, '') as email, coalesce(phone, '') as phone, coalesce(language, '') as language, coalesce(zone, '') as zone
    from bellman.person where id = ${person}`;
  return found ?? { email: '', phone: '', language: '', zone: '' };
}
