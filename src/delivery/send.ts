/** Sending a delivery, and looking whether it arrived: claim, commit, call, record. */
import type { ChatPlatform, Post } from '../chat/port.ts';
import { contentHash } from '../core/journal.ts';
import { linked } from './before.ts';
import { type AnyWay, call, namesFor, wayOf } from './call.ts';
import { type Claimed, claim, claimUpdate } from './claim.ts';
import { type DrainParts, end, type Notes, notClaimed, rateOf, type Stepped, shownBy, sooner } from './ending.ts';
import { afterLook, afterSend, type Delivery, type Outcome } from './protocol.ts';
import { pauseRate, type Rate } from './rates.ts';
import type { Proof, Wanted } from './store.ts';

/** Sends a delivery for the first time, or again when it is certain that it did not arrive. */
export async function send(
  parts: DrainParts,
  before: Delivery,
  mechanism: AnyWay,
  wanted: Wanted,
  notes: Notes,
): Promise<Stepped> {
  const { times, db } = parts;
  const rate = rateOf(mechanism, 'post', before);
  const claimed = await claimForSend(parts, before, rate);
  if (claimed.is !== 'claimed') return notClaimed(parts, before, claimed, wanted);
  const delivery: Delivery = { ...before, state: 'sending', attempt: before.attempt + 1 };
  const proof: Proof = { token: claimed.token, state: 'sending', attempt: delivery.attempt };
  await parts.onStep?.('claimed', delivery);
  const rendered = before.live !== null && claimed.view ? shownBy(parts, before.live, claimed) : undefined;
  if (!rendered && contentHash(before.content) !== before.contentHash)
    return end(
      parts,
      delivery,
      proof,
      { state: 'failed', looks: 0, error: 'Its text is not the one that was to be sent' },
      wanted,
    );
  const card = rendered ?? (await linked(parts, before, mechanism, before.content));
  const names = await namesFor(parts.names, before.platform, card);
  const update = before.update === null ? {} : { update: before.update };
  const post: Post = { delivery: before.id, record: before.record, card, ...update };
  const called = await call(times.timeout, () => mechanism.post(before.place, post, names));
  const outcome: Exclude<Outcome, { is: 'found' }> =
    called.is === 'done' ? { is: 'posted', externalId: called.value.externalId } : called;
  await parts.onStep?.('sent', delivery);
  const settlement = afterSend(before, outcome, wayOf(mechanism), times);
  if (outcome.is === 'limited') {
    await pauseRate(db, rate, outcome.after);
    notes.rest = sooner(notes.rest, outcome.after);
  }
  if (settlement.wait !== undefined) notes.again = sooner(notes.again, settlement.wait);
  const shown = rendered && claimed.view ? { shown: claimed.view.seq } : {};
  const stepped = await end(
    parts,
    delivery,
    proof,
    settlement,
    outcome.is === 'limited' ? { ...wanted, posts: false } : wanted,
    shown,
  );
  await parts.onStep?.('recorded', delivery);
  return stepped;
}

function claimForSend(parts: DrainParts, delivery: Delivery, rate: Rate): Promise<Claimed> {
  const claiming = { db: parts.db, holder: parts.holder, lease: parts.times.lease };
  return delivery.update === null
    ? claim(claiming, delivery, 'send', rate)
    : claimUpdate(claiming, delivery, rate, (view, org) => parts.mayStillSend(delivery, view, org));
}

/** Looks whether a delivery arrived of which that is unknown. */
export async function look(
  parts: DrainParts,
  before: Delivery,
  mechanism: ChatPlatform,
  wanted: Wanted,
  notes: Notes,
): Promise<Stepped> {
  const { times, db, holder } = parts;
  const rate = rateOf(mechanism, 'look', before);
  const claimed = await claim({ db, holder, lease: times.lease }, before, 'look', rate);
  if (claimed.is !== 'claimed') return notClaimed(parts, before, claimed, wanted);
  const delivery: Delivery = { ...before, state: 'unknown' };
  const since = before.firstSentAt ?? claimed.real;
  const called = await call(times.timeout, () => mechanism.find(before.place, before.id, since));
  const outcome: Exclude<Outcome, { is: 'posted' }> = called.is === 'done' ? { is: 'found', posted: called.value } : called;
  if (outcome.is === 'limited') await pauseRate(db, rate, outcome.after);
  const settlement = afterLook(before, outcome, times, claimed.real);
  if (settlement.wait !== undefined) notes.again = sooner(notes.again, settlement.wait);
  const proof: Proof = { token: claimed.token, state: 'unknown', attempt: delivery.attempt };
  return end(parts, delivery, proof, settlement, wanted, {}, before.state);
}
