/** The janitor: what arrived more than once is left standing once, the oldest. */
import type { ChatPlatform } from '../chat/port.ts';
import { call } from './call.ts';
import { claim } from './claim.ts';
import { type DrainParts, notClaimed, rateOf, type Stepped } from './ending.ts';
import type { Delivery } from './protocol.ts';
import { pauseRate } from './rates.ts';
import type { Wanted } from './store.ts';

/** Looks for twins of a delivery that was sent more than once, removes the later ones, and has it journaled. */
export async function removeTwins(
  parts: DrainParts,
  delivery: Delivery,
  platform: ChatPlatform,
  wanted: Wanted,
): Promise<Stepped> {
  const { db, holder, times, store, follows, doorbell } = parts;
  const rate = rateOf(platform, 'look', delivery);
  const claimed = await claim({ db, holder, lease: times.lease }, delivery, 'remove twins', rate);
  if (claimed.is !== 'claimed') return notClaimed(parts, delivery, claimed, wanted);
  const since = delivery.firstSentAt ?? claimed.real;
  const found = await call(times.timeout, () => platform.find(delivery.place, delivery.id, since));
  if (found.is === 'limited') await pauseRate(db, rate, found.after);
  // Who cannot look, cannot clean: refused is for good, everything else is tried again.
  if (found.is !== 'done')
    return { next: await store.settleTwins(delivery, found.is === 'refused' ? {} : { wait: times.twins }, wanted) };
  const [oldest, ...later] = found.value;
  let removed = 0;
  let again = false;
  for (const { externalId } of later) {
    const gone = await call(times.timeout, () => platform.remove(delivery.place, externalId));
    if (gone.is === 'done') removed += 1;
    else {
      again ||= gone.is !== 'refused';
      parts.onTrouble(`A twin of ${delivery.id} was not removed`, new Error(gone.why));
    }
  }
  const following = removed > 0 ? await follows(delivery, { is: 'twins removed', count: removed }) : [];
  const next = await store.settleTwins(
    delivery,
    { ...(oldest ? { externalId: oldest.externalId } : {}), ...(again ? { wait: times.twins } : {}), follows: following },
    wanted,
  );
  if (following.length > 0) doorbell.ring('timers');
  return { next };
}
