/** Where the boards of plans stand. */
import type { Place } from '../chat/port.ts';
import type { RecordId } from '../core/record.ts';
import type { Database } from '../db/database.ts';

/** Whether a live board of this record's plan stands at a place, or is on its way there. */
export async function boardStandsAt({ sql }: Database, record: RecordId, place: Place): Promise<boolean> {
  const rows = await sql`select 1 from bellman.delivery
    where record_id = ${record} and live = 'plan' and place = ${place} and state not in ('failed', 'cancelled') limit 1`;
  return rows.length > 0;
}
