/** Requests that could not be answered in time: claimed from where they wait, and finished (design section 3). */
import type { Intent } from '../chat/port.ts';
import type { Span } from '../core/instant.ts';
import type { Database } from '../db/database.ts';

/** So many are claimed at once, and worked on at the same time. */
const BATCH = 8;
const LEASE: Span = 30_000;
const FIRST_WAIT: Span = 500;
/** After so many attempts a request is given up. */
export const MOST_ATTEMPTS = 8;

export interface InboundParts {
  readonly db: Database;
  /**
   * Answers a request that waited, and gives the person the answer. False: it could not be had in time again.
   * A change that it made is stored under the request's key, so doing it twice changes nothing twice.
   */
  readonly finish: (intent: Intent) => Promise<boolean>;
  /** Told when a request is given up: the person must be told that nothing was changed. */
  readonly onGivenUp: (intent: Intent) => Promise<void> | void;
  readonly onTrouble: (what: string, error: unknown) => void;
}

interface Waiting {
  readonly key: string;
  readonly intent: Intent;
  readonly attempts: number;
}

/** Makes the work that finishes what waits. It resolves when nothing is left to be claimed. */
export function inboundFinisher({ db, finish, onGivenUp, onTrouble }: InboundParts): () => Promise<void> {
  const claim = () => db.sql<Waiting[]>`
    update bellman.inbound i set attempts = i.attempts + 1, lease_until = clock_timestamp() + ${LEASE} * interval '1 ms'
    from (select key from bellman.inbound
      where state = 'pending' and (lease_until is null or lease_until <= clock_timestamp())
      order by received_at limit ${BATCH} for update skip locked) w
    where i.key = w.key returning i.key, i.intent, i.attempts`;

  async function one({ key, intent, attempts }: Waiting): Promise<void> {
    let done = false;
    try {
      done = await finish(intent);
    } catch (error) {
      onTrouble(`The waiting request ${key} failed`, error);
    }
    if (!done && attempts < MOST_ATTEMPTS) {
      await db.sql`update bellman.inbound set lease_until = clock_timestamp() + ${FIRST_WAIT * 2 ** (attempts - 1)} * interval '1 ms'
        where key = ${key} and state = 'pending'`;
      return;
    }
    // What made a change is done already, with its reply; the rest is over as well.
    await db.sql`update bellman.inbound set state = ${done ? 'done' : 'failed'}, intent = null, lease_until = null
      where key = ${key} and state = 'pending'`;
    if (!done) await onGivenUp(intent);
  }

  return async () => {
    for (let waiting = await claim(); waiting.length > 0; waiting = await claim()) await Promise.all(waiting.map(one));
  };
}
