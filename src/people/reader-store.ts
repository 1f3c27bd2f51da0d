/** Who reads at a place outside the chats: in which zone, and on which lists they are. */
import { type Place, placeParts } from '../chat/port.ts';
import type { Database } from '../db/database.ts';

export interface Reader {
  /** IANA zone, where somebody said it. */
  readonly zone: string | undefined;
  /** Those of the lists on which the place is, that are not one of our own people's duty. */
  readonly lists: readonly string[];
}

interface Row {
  readonly zone: string | null;
  readonly ours: boolean;
  readonly lists: readonly { readonly list: string; readonly zone: string | null; readonly ours: boolean }[];
}

/** Who reads at a place, among these lists. One statement, by index. */
export async function readerAt({ sql }: Pick<Database, 'sql'>, place: Place, lists: readonly string[]): Promise<Reader> {
  const [row] = await sql<Row[]>`
    with who as (
      select id, coalesce(zone, time_zone) as zone from bellman.person where lower(email) = ${placeParts(place).id} limit 1),
    mine as (
      select distinct on (m.list) m.list, coalesce(m.zone, p.zone) as zone, m.person is not null as ours
      from bellman.audience_member m left join bellman.person p on p.id = m.person
      where m.place = ${place} and m.list = any(${lists as string[]}) and m.unsubscribed_at is null
      order by m.list, m.version desc)
    select (select zone from who) as zone, exists (select from who) as ours,
      coalesce((select jsonb_agg(to_jsonb(mine)) from mine), '[]') as lists`;
  const found = row?.lists ?? [];
  return {
    zone: found.find(({ zone }) => zone !== null)?.zone ?? row?.zone ?? undefined,
    lists: found.filter(({ ours }) => !ours && !row?.ours).map(({ list }) => list),
  };
}
