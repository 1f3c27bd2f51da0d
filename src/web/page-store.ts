/** What stands on the public pages: put there by deliveries, read with what became of each update since. */
import type { Card } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import type { Database } from '../db/database.ts';

export type PageName = 'status' | 'press';

/** One update as a page shows it: its cards in order, more than one when it is long. */
export interface Entry {
  /** Names it in addresses; nobody can guess it. */
  readonly token: string;
  readonly record: RecordId;
  readonly update: string;
  /** What the record is called. */
  readonly title: string;
  readonly phase: string;
  /** What became of it: a later one corrected it, or it was taken back. */
  readonly outcome: 'stands' | 'corrected' | 'retracted';
  readonly cards: readonly Card[];
  readonly at: Instant;
}

interface Row {
  readonly token: string;
  readonly record: RecordId;
  readonly update: string;
  readonly title: string;
  readonly phase: string;
  readonly outcome: string;
  readonly cards: readonly Card[];
  readonly at: Date;
}

const OUTCOMES: Readonly<Record<string, Entry['outcome']>> = { corrected: 'corrected', retracted: 'retracted' };

export interface NewPost {
  readonly page: PageName;
  readonly delivery: string;
  readonly record: RecordId;
  readonly update: string;
  readonly card: Card;
}

/** Puts a card on a page, once for each delivery. */
export async function putOnPage({ sql }: Database, { page, delivery, record, update, card }: NewPost): Promise<void> {
  await sql`
    insert into bellman.page_post (delivery, page, record_id, update_id, card, at)
    values (${delivery}, ${page}, ${record}, ${update}, ${JSON.stringify(card)}::text::jsonb, bellman.now())
    on conflict (delivery) do nothing`;
}

/** The newest updates of a page, newest first, at most `most`; those of an exercise are on none. */
export async function onPage({ sql }: Database, page: PageName, most: number): Promise<readonly Entry[]> {
  const rows = await sql<Row[]>`
    with latest as (
      select update_id, min(delivery) as token, min(record_id) as record, max(seq) as seq, min(at) as at, jsonb_agg(card order by seq) as cards
      from bellman.page_post where page = ${page} group by update_id order by max(seq) desc limit ${most})
    select l.token, l.record, l.update_id as update, case when r.class in ('public', 'sensitive') then coalesce(nullif(p.state ->> 'title', ''), r.title) else 'Announcement' end as title,
      coalesce(u.phase, 'progress') as phase, coalesce(u.outcome, 'released') as outcome, l.cards, l.at
    from latest l join bellman.record r on r.id = l.record
      left join bellman.part p on p.record_id = l.record and p.name = 'plan'
      left join bellman.comms_update u on u.id = l.update_id
    where not coalesce(u.exercise, false)
    order by l.seq desc`;
  return rows.map((row) => ({ ...row, outcome: OUTCOMES[row.outcome] ?? 'stands', at: row.at.getTime() }));
}
