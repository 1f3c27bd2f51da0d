/** What every step of a drain shares: what it needs, what it notes, and how its end is recorded. */
import type { Card } from '../chat/card.ts';
import { hiddenCard } from '../chat/live.ts';
import type { Mechanism, MethodClass, Names } from '../chat/port.ts';
import type { RecordView } from '../core/ask.ts';
import type { Doorbell } from '../core/doorbell.ts';
import type { Instant, Span } from '../core/instant.ts';
import type { Org, PersonId } from '../core/record.ts';
import { type Database, isAway, isContended } from '../db/database.ts';
import type { FindBefore } from './before.ts';
import type { AnyWay } from './call.ts';
import type { Claimed } from './claim.ts';
import type { Ending, Follow, Follows } from './follow.ts';
import type { Delivery, Settlement, Times } from './protocol.ts';
import type { Rate } from './rates.ts';
import type { Proof, Store, Wanted } from './store.ts';

export interface DrainParts {
  readonly db: Database;
  readonly store: Store;
  readonly holder: string;
  readonly times: Times;
  readonly mechanisms: ReadonlyMap<string, AnyWay>;
  /** A live card as its record has it now; undefined when no room knows its name any more. */
  readonly render: (live: string, view: RecordView, now: Instant) => Card | undefined;
  readonly names: (platform: string, people: readonly PersonId[]) => Promise<Names>;
  /** Why a delivery of an update may not be sent any more, if so. Asked under the locks of record and organisation. */
  readonly mayStillSend: (delivery: Delivery, view: RecordView, org: Org) => string | undefined;
  readonly follows: Follows;
  /** Absent: updates are not linked. */
  readonly before?: FindBefore | undefined;
  readonly doorbell: Doorbell;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** For tests that kill the process at a step. */
  readonly onStep?: ((step: DeliveryStep, delivery: Delivery) => Promise<void> | void) | undefined;
}

/** What has just been done: the claim committed; the platform answered; the result recorded. */
export type DeliveryStep = 'claimed' | 'sent' | 'recorded';

/** What a drain notes for later while it goes on. */
export interface Notes {
  rest: Span | undefined;
  again: Span | undefined;
}

/** The shorter of two spans, of which the first may not be known yet. */
export const sooner = (a: Span | undefined, b: Span): Span => (a === undefined ? b : Math.min(a, b));

/** What a step came to: the next delivery, or that there was no permit for this one. */
export type Stepped = { readonly next: Delivery | undefined } | { readonly limited: Span };

/** While Postgres is away, what became of a delivery is kept and tried again so often. */
const RETRY: Span = 200;
/** Not taken so often, a minute apart as a rule, an update is held up. */
const HELD_UP_AFTER = 5;
const NOTHING: Wanted = { posts: false, edits: false };

/** The rate that counts for a method at the delivery's place. */
export const rateOf = (mechanism: Mechanism, method: MethodClass, { place }: Delivery): Rate => mechanism.rate(method, place);

/** What a live card shows now where it stands: where its record may no longer be known, only that. */
export function shownBy(
  { render }: Pick<DrainParts, 'render'>,
  live: string,
  { view, hears, now }: Extract<Claimed, { is: 'claimed' }>,
): Card | undefined {
  if (!view) return undefined;
  return hears ? render(live, view, now) : hiddenCard(view.id);
}

/** What to do with a claim that was not had. */
export async function notClaimed(
  parts: DrainParts,
  delivery: Delivery,
  claimed: Exclude<Claimed, { is: 'claimed' }>,
  wanted: Wanted,
): Promise<Stepped> {
  switch (claimed.is) {
    case 'limited':
      return { limited: claimed.wait };
    case 'gone':
      return { next: (await parts.store.enter(delivery.place)).delivery };
    case 'stopped':
      return end(parts, delivery, undefined, { state: 'cancelled', looks: 0, error: claimed.why }, wanted);
    default:
      return claimed satisfies never;
  }
}

/** Records how a step ended, with what follows; tries for as long as the claim holds while Postgres is away or a lock is not had. */
export async function end(
  parts: DrainParts,
  delivery: Delivery,
  proof: Proof,
  settlement: Settlement,
  wanted: Wanted,
  more: { readonly shown?: number } = {},
  was: Delivery['state'] = delivery.state,
): Promise<Stepped> {
  const { store, times, follows, doorbell } = parts;
  const until = performance.now() + times.lease;
  for (;;) {
    try {
      const ending = endingOf(delivery, settlement, was);
      const following: readonly Follow[] = ending ? await follows(delivery, ending) : [];
      // What waits again is the next one of its place itself, which the statement that records it cannot see.
      const again = settlement.state === 'waiting' && wanted.posts;
      const settled = await store.settle(delivery, proof, settlement, {
        ...more,
        follows: following,
        wanted: again ? NOTHING : wanted,
      });
      const next = again ? (await store.enter(delivery.place)).delivery : settled;
      if (following.some((follow) => follow.do === 'command')) doorbell.ring('timers');
      if (following.some((follow) => follow.do === 'say')) doorbell.ring('deliveries');
      return { next };
    } catch (error) {
      if (!passes(error) || performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
}

/** Whether an error is over by itself: Postgres is away, or a lock was not had. What was sent must not be forgotten for that. */
const passes = (error: unknown): boolean => isAway(error) || isContended(error);

/** How a delivery ended, where somebody must hear of it: every failure, and all that becomes of an update. */
function endingOf(delivery: Delivery, { state, error = '' }: Settlement, was: Delivery['state']): Ending | undefined {
  switch (state) {
    case 'failed':
    case 'unsure':
      return { is: state, why: error };
    case 'sent':
      return delivery.update === null ? undefined : { is: 'sent' };
    case 'cancelled':
      return delivery.update === null ? undefined : { is: 'cancelled', why: error };
    case 'unknown':
      // Said once, not at each look.
      return delivery.update === null || was === 'unknown' ? undefined : { is: 'unknown', why: error };
    case 'waiting':
      // Said once: what waits for minutes is late, and somebody has to know.
      return delivery.update !== null && delivery.attempt === HELD_UP_AFTER && was !== 'waiting'
        ? { is: 'held up', why: error }
        : undefined;
    case 'sending':
    case 'left':
      return undefined;
    default:
      return state satisfies never;
  }
}
