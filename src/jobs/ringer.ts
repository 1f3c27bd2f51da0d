/**
 * The doorbell over a queue. Rings that say the same are joined: at most one is under way for what is due at once, and one stands
 * for each second in which something will be due. A ring is never left out because of one that may have been answered already.
 */
import type { Clock } from '../core/clock.ts';
import type { Bell, Doorbell } from '../core/doorbell.ts';
import { DAY, SECOND, type Span } from '../core/instant.ts';
import type { RingQueue } from './queue.ts';
import type { Ring } from './ring.ts';

/** Rings for the same bell at once follow each other at this distance; the worker that they wake finds everything meanwhile. */
const SPACING: Span = 40;
/** A ring for a second stands for all later ones of that second until shortly before it may begin. */
const SURELY_STANDS: Span = 1500;
/** So many seconds are remembered or wait for the queue at most; what is forgotten costs one ring more. */
const MOST_SECONDS = 10_000;
/** Farther away than that no ring is sent: the sweeper is sure to be there. */
const FARTHEST: Span = 20 * DAY;

interface Later {
  readonly ring: Ring;
  readonly opensAt: number;
}

export interface RingerParts {
  readonly queue: Pick<RingQueue, 'add'>;
  readonly clock: Clock;
  /** Wakes the workers of this process without the way through the queue; the queue's ring goes to all. */
  readonly onRingAtOnce?: (bell: Bell) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** Makes the doorbell. */
export function ringer({ queue, clock, onRingAtOnce, onTrouble }: RingerParts): Doorbell {
  const atOnce = new Map<Bell, 'under way' | 'again'>();
  const later = new Map<string, Later>();
  /** Seconds for which the queue has taken a ring: until when it surely stands, by `Date.now()`. */
  const standing = new Map<string, number>();
  let sendingLater = false;

  async function send(id: string, ring: Ring, delay: Span): Promise<boolean> {
    try {
      await queue.add(id, ring, delay);
      return true;
    } catch (error) {
      onTrouble('A ring was lost; the sweeper finds what it was for', error);
      return false;
    }
  }

  async function sendAtOnce(bell: Bell): Promise<void> {
    do {
      atOnce.set(bell, 'under way');
      await send(`${bell}-now`, { bell }, 0);
      await new Promise((resolve) => setTimeout(resolve, SPACING).unref());
      // A ring that came after this one was sent may be for what its worker did not see any more.
    } while (atOnce.get(bell) === 'again');
    atOnce.delete(bell);
  }

  async function sendLater(): Promise<void> {
    sendingLater = true;
    while (later.size > 0) {
      const batch = [...later];
      later.clear();
      await Promise.all(
        batch.map(async ([id, { ring, opensAt }]) => {
          const taken = await send(id, ring, Math.max(0, opensAt - Date.now()));
          if (taken) remember(id, opensAt - SURELY_STANDS);
        }),
      );
    }
    sendingLater = false;
  }

  function remember(id: string, until: number): void {
    if (standing.size >= MOST_SECONDS) {
      const now = Date.now();
      for (const [old, end] of standing) if (end <= now) standing.delete(old);
      if (standing.size >= MOST_SECONDS) standing.clear();
    }
    standing.set(id, until);
  }

  return {
    ring(bell, at) {
      const delay = at === undefined ? 0 : clock.delayUntil(at);
      if (delay > FARTHEST) return;
      if (delay <= 0) {
        onRingAtOnce?.(bell);
        if (atOnce.has(bell)) atOnce.set(bell, 'again');
        else void sendAtOnce(bell);
        return;
      }
      const second = Math.floor((Date.now() + delay) / SECOND);
      const id = `${bell}-${second}`;
      if (later.has(id) || (standing.get(id) ?? 0) > Date.now() || later.size >= MOST_SECONDS) return;
      const opensAt = second * SECOND;
      later.set(id, { ring: { bell, until: clock.after(opensAt + SECOND - Date.now()) }, opensAt });
      // Rings of one turn of the event loop travel together.
      if (!sendingLater) {
        sendingLater = true;
        setImmediate(() => void sendLater());
      }
    },
  };
}
