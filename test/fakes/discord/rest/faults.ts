import type { World } from '../world/world.ts';
import { matchRoute } from './router.ts';

/**
 * What can go wrong with a request. `before` does nothing; `after-accepting` does what was asked and then fails to say so.
 * An object answers with that error of Discord's, and does nothing.
 */
export type Fault =
  | '429'
  | '500-before'
  | '500-after-accepting'
  | 'hang-before'
  | 'hang-after-accepting'
  | 'reset-before'
  | 'reset-after-accepting'
  | 'cut-body'
  | { readonly status: number; readonly code: number; readonly message?: string };

/** The details of an ordered fault. */
export interface FaultDetails {
  /** For how many requests; 1 unless said otherwise. */
  readonly times?: number;
  /** For `429`: the seconds to wait. */
  readonly retryAfter?: number;
  /** For `429`: whether it is for all routes. */
  readonly global?: boolean;
}

/** A fault that was ordered. */
export interface OrderedFault {
  /** How many requests it has met. */
  readonly hits: number;
  /** Takes back what is left of it. */
  cancel(): void;
  /** Waits until it has met so many requests (one, unless said otherwise). */
  happened(limitMs: number, times?: number): Promise<void>;
}

/** A fault to be applied to a request. */
export interface AppliedFault extends FaultDetails {
  readonly fault: Fault;
}

/** The faults that wait for requests. */
export class Faults {
  private readonly world: World;
  private readonly waiting: { pattern: string; left: number; applied: AppliedFault; hit: () => void }[] = [];

  constructor(world: World) {
    this.world = world;
  }

  /** Orders a fault for the next requests that match. */
  order(pattern: string, fault: Fault, details: FaultDetails = {}): OrderedFault {
    const { waiting } = this.world;
    let hits = 0;
    const order = { pattern, left: details.times ?? 1, applied: { ...details, fault }, hit: () => (hits += 1) };
    this.waiting.push(order);
    return {
      get hits() {
        return hits;
      },
      cancel: () => {
        order.left = 0;
      },
      happened: async (limitMs, times = 1) => {
        const missed = () => `the fault on ${pattern} to meet ${times} requests; it met ${hits}`;
        await waiting.until(() => (hits >= times ? true : undefined), limitMs, missed);
      },
    };
  }

  /** Takes the fault that waits for this request, if any. */
  take(method: string, path: string): AppliedFault | undefined {
    const order = this.waiting.find((each) => each.left > 0 && matchRoute(each.pattern, method, path) !== undefined);
    if (!order) return undefined;
    order.left -= 1;
    order.hit();
    return order.applied;
  }
}
