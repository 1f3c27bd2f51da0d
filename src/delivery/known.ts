/** Deliveries by their id, for what comes back from outside: answers, bounces, and readers who want no more. */
import type { Card } from '../chat/card.ts';
import type { Place } from '../chat/port.ts';
import type { RecordId } from '../core/record.ts';
import type { Database } from '../db/database.ts';
import type { State } from './protocol.ts';

export interface KnownDelivery {
  readonly id: string;
  readonly record: RecordId;
  readonly place: Place;
  readonly urgency: number;
  readonly update: string | null;
  readonly content: Card;
  readonly contentHash: string;
  readonly state: State;
}

/** A delivery by its id, which nobody can guess; undefined when there is none. */
export async function deliveryById({ sql }: Pick<Database, 'sql'>, id: string): Promise<KnownDelivery | undefined> {
  if (!/^[0-9a-z]{25}$/u.test(id)) return undefined;
  const [found] = await sql<KnownDelivery[]>`
    select id, record_id as record, place, urgency, update_id as "update", content, content_hash as "contentHash", state from bellman.delivery where id = ${id}`;
  return found;
}
