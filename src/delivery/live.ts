/**
 * Live cards: edited at most every two seconds, and until what they show is what their record says (design section 5).
 * A card stays dirty until it is known that the edit showed all: recording an edit takes the record's lock and compares its journal
 * number with the one that was shown. So no change and no cut-off edit leaves a card behind its record.
 */
import type { ChatPlatform, Post } from '../chat/port.ts';
import { contentHash } from '../core/journal.ts';
import { call, namesFor } from './call.ts';
import { claim } from './claim.ts';
import { type DrainParts, type Notes, notClaimed, rateOf, type Stepped, shownBy, sooner } from './ending.ts';
import type { Delivery } from './protocol.ts';
import { pauseRate, returnPermit } from './rates.ts';
import type { Wanted } from './store.ts';

/** Renders a live card anew and edits it. */
export async function edit(
  parts: DrainParts,
  delivery: Delivery,
  mechanism: ChatPlatform,
  wanted: Wanted,
  notes: Notes,
): Promise<Stepped> {
  const { times, db, holder, store } = parts;
  const rate = rateOf(mechanism, 'edit', delivery);
  const claimed = await claim({ db, holder, lease: times.lease }, delivery, 'edit', rate);
  if (claimed.is !== 'claimed') return notClaimed(parts, delivery, claimed, wanted);
  const card = delivery.live === null ? undefined : shownBy(parts, delivery.live, claimed);
  // No room knows the card any more: what it shows stays as it is.
  if (!card || !claimed.view || delivery.externalId === null) {
    await returnPermit(db, rate);
    return { next: await store.settleEdit(delivery, { clean: true }, wanted) };
  }
  const shown = claimed.view.seq;
  const hash = contentHash(card);
  const { externalId } = delivery;
  notes.again = sooner(notes.again, times.edits);
  if (hash === delivery.contentHash) {
    // Most cards of a record say the same after most of its events; the permits are for those that do not.
    await returnPermit(db, rate);
    return { next: await store.settleEdit(delivery, { shown }, wanted) };
  }
  const names = await namesFor(parts.names, delivery.platform, card);
  const post: Post = { delivery: delivery.id, record: delivery.record, card };
  const called = await call(times.timeout, () => mechanism.edit(delivery.place, externalId, post, names));
  if (called.is === 'done') return { next: await store.settleEdit(delivery, { shown, hash }, wanted) };
  if (called.is === 'limited') await pauseRate(db, rate, called.after);
  else parts.onTrouble(`The live card ${delivery.live} of ${delivery.record} was not edited`, new Error(called.why));
  // Whatever was shown meanwhile, the next edit must not be left out; a refused one (the message is gone) is not tried by itself.
  const end = called.is === 'refused' ? { shown, error: called.why } : { hash: '', error: called.why };
  return { next: await store.settleEdit(delivery, end, { ...wanted, edits: wanted.edits && called.is === 'refused' }) };
}
