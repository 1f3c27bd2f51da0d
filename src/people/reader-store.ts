/** Who reads at a place outside the chats: in which zone, and on which lists they are. */
import type { Place } from '../chat/port.ts';
import type { Database } from '../db/database.ts';

export interface Reader {
  /** IANA zone, where somebody said it. */
  readonly zone: string | undefined;
  /** Those of the lists on which the place is, that are not one of our own people's duty. */
  readonly lists: readonly string[];
}

/** Who reads at a place, among these lists. One indexed read. */
export async function readerAt({ sql }: Pick<Database, 'sql'>, place: Place, lists: readonly string[]): Promise<Reader> {
  const address = place.slice(place.indexOf('/', place.indexOf('/') + 1) + 1);
  const rows = await sql<{ list: string; zone: string | null; ours: boolean }[]>`
    select distinct on (m.list) m.list, coalesce(m.zone, p.zone) as zone, (m.person is not null or p.id is not null) as ours
    from bellman.audience_member m left join bellman.person p on p.id = m.person or lower(p.email) = ${address}
    where m.place = ${place} and m.list = any(${lists as string[]}) and m.unsubscribed_at is null
    order by m.list, m.version desc`;
  if (rows.length > 0) {
    const zone = rows.find((row) => row.zone !== null)?.zone ?? undefined;
    return { zone, lists: rows.filter(({ ours }) => !ours).map(({ list }) => list) };
  }
  const [person] = await sql<{ zone: string }[]>`
    select coalesce(zone, time_zone) as zone from bellman.person where lower(email) = ${address} limit 1`;
  return { zone: person?.zone, lists: [] };
}
