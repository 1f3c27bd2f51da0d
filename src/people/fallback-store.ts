/** Where somebody is told instead, when a place of theirs was not reached: their deputy first, then another way to themselves. */
import { type Place, placeParts } from '../chat/port.ts';
import type { PersonId } from '../core/record.ts';
import type { Database } from '../db/database.ts';

export interface Instead {
  readonly place: Place;
  readonly person: PersonId;
}

export interface Missed {
  readonly place: Place;
  /** What was to be said there: nobody gets the same twice. */
  readonly update: string;
  readonly contentHash: string;
}

/**
 * Where it goes instead; undefined where nobody is known behind the place, or every other way was tried. `ways`: the platforms that
 * are connected. Whoever has left is nobody's deputy.
 */
export async function insteadOf(
  { sql }: Pick<Database, 'sql'>,
  { place, update, contentHash }: Missed,
  ways: readonly string[],
): Promise<Instead | undefined> {
  const { platform, kind, id } = placeParts(place);
  if (kind !== 'person' && kind !== 'address') return undefined;
  const [found] = await sql<Instead[]>`
    with who as (
      select person_id as person from bellman.identity where ${kind === 'person'} and platform = ${platform} and user_id = ${id}
      union select id from bellman.person where ${kind === 'address'} and lower(email) = ${id} and active),
    given as (
      select d.value ->> 'to' as person from who, bellman.part o, jsonb_each(coalesce(o.state -> 'delegations', '{}')) d
      where o.record_id = 'ORG-1' and o.name = 'org' and d.key = who.person
        and (d.value ->> 'until')::float8 > extract(epoch from bellman.now())::float8 * 1000),
    asked as (
      select 1 as turn, person from given union all select 2, person from who),
    way as (
      select a.turn, i.platform, i.platform || '/person/' || i.user_id as place, a.person, i.last_used_at as used
      from asked a join bellman.identity i on i.person_id = a.person and not i.bot
      union all
      select a.turn, 'email', 'email/address/' || lower(p.email), a.person, '-infinity'::timestamptz
      from asked a join bellman.person p on p.id = a.person where p.email is not null)
    select w.place, w.person from way w join bellman.person p on p.id = w.person and p.active
    where w.platform = any(${ways as string[]}) and w.place <> ${place}
      and not exists (select from bellman.delivery v where v.update_id = ${update} and v.content_hash = ${contentHash} and v.place = w.place)
    order by w.turn, w.used desc limit 1`;
  return found;
}
