/** What an update is about, read for the ways out that say more of it than its card does. */
import type { UpdateAbout } from '../chat/about.ts';
import type { RecordId } from '../core/record.ts';
import type { Database } from '../db/database.ts';

interface Row {
  readonly number: number | null;
  readonly record: RecordId;
  readonly title: string;
  readonly audience: string;
  readonly phase: string;
  readonly lists: readonly string[] | null;
}

/** The update of this id (`PRB-1.3`), by two indexed reads; undefined when no plan has it. */
export async function aboutUpdate({ sql }: Database, id: string): Promise<UpdateAbout | undefined> {
  const [row] = await sql<Row[]>`
    select u.number, r.id as record, case when r.class in ('public', 'sensitive') then coalesce(nullif(p.state ->> 'title', ''), r.title) else 'Announcement' end as title,
      coalesce(u.audience, p.state -> 'outcomes' -> ${id}::text ->> 'line') as audience, coalesce(u.phase, 'progress') as phase,
      (select array_agg(distinct substr(place, 15)) from jsonb_array_elements(p.state -> 'lines') l, jsonb_array_elements_text(l -> 'places') place
        where l ->> 'audience' = coalesce(u.audience, p.state -> 'outcomes' -> ${id}::text ->> 'line') and place like 'list/audience/%') as lists
    from bellman.record r join bellman.part p on p.record_id = r.id and p.name = 'plan'
      left join bellman.comms_update u on u.id = ${id}
    where r.id = split_part(${id}, '.', 1) and (u.id is not null or p.state -> 'outcomes' ? ${id}::text)`;
  if (!row) return undefined;
  const { number, lists, ...about } = row;
  const all = [...new Set([about.audience, ...(lists ?? [])])];
  return { id, ...(number === null ? {} : { number: `UPD-${number}` }), ...about, lists: all };
}
