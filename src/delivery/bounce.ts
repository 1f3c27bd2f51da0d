/** Bounces: what was taken for delivered came back, so it failed after all, and what follows is what follows from a failure. */
import type { Doorbell } from '../core/doorbell.ts';
import type { Database } from '../db/database.ts';
import type { Follow } from './follow.ts';
import { following } from './following.ts';
import type { KnownDelivery } from './known.ts';

/**
 * Marks a delivery as failed, with what follows, in one statement. False when it was so already, or is not one that had left:
 * then nothing follows again.
 */
export async function bounced(
  { sql }: Pick<Database, 'sql'>,
  doorbell: Doorbell,
  { id, urgency }: Pick<KnownDelivery, 'id' | 'urgency'>,
  why: string,
  follows: readonly Follow[],
): Promise<boolean> {
  const [row] = await sql<{ done: boolean }[]>`
    with t as materialized (select bellman.now() as at),
    settled as (
      update bellman.delivery d set state = 'failed', error = ${why}, lease_until = null
      where d.id = ${id} and d.state in ('sent', 'unsure', 'left') returning d.id),
    ${following(sql, follows, { key: `${id} bounced`, urgency })}
    told as (select exists (select from settled) as done)
    select done from told`;
  if (row?.done && follows.length > 0) {
    doorbell.ring('timers');
    doorbell.ring('deliveries');
  }
  return row?.done ?? false;
}
