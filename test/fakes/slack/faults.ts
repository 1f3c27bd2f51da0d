import type { JsonObject } from './json.ts';

/** How a call goes wrong. "After accepting": Slack did what was asked, and the app does not hear of it.
 * A cut body breaks off in the connection; a garbled one arrives whole, but is not JSON. */
export type FaultKind =
  | '429'
  | '500-before'
  | '500-after-accepting'
  | 'hang-before'
  | 'hang-after-accepting'
  | 'reset-before'
  | 'reset-after-accepting'
  | 'cut-body'
  | 'garbled-body'
  | { readonly error: string }
  | { readonly slowMs: number };

/** An order to let calls fail. */
export type FaultOrder = {
  /** A Web API method, `response_url` or `upload`; `*` for all. */
  readonly method: string;
  readonly kind: FaultKind;
  /** How many calls it hits; one when not said, `Infinity` until it is cancelled. */
  readonly times?: number;
  /** Only calls with these arguments. */
  readonly match?: (args: JsonObject) => boolean;
  /** Seconds, for `429`. */
  readonly retryAfter?: number;
};

/** An order that was given: how often it hit, and the way to take it back. */
export type Fault = { readonly hits: number; cancel(): void };

/** The orders that wait for a call to hit. */
export class Faults {
  private orders: { order: FaultOrder; left: number; hits: number }[] = [];

  /** Takes an order. */
  add(order: FaultOrder): Fault {
    const entry = { order, left: order.times ?? 1, hits: 0 };
    this.orders.push(entry);
    return {
      get hits() {
        return entry.hits;
      },
      cancel: () => {
        entry.left = 0;
      },
    };
  }

  /** The order that hits this call, if any; it is used up by that. */
  take(method: string, args: JsonObject): FaultOrder | undefined {
    this.orders = this.orders.filter((entry) => entry.left > 0);
    const hit = this.orders.find(
      ({ order }) => (order.method === '*' || order.method === method) && (order.match === undefined || order.match(args)),
    );
    if (hit === undefined) return undefined;
    hit.left -= 1;
    hit.hits += 1;
    return hit.order;
  }

  /** Takes all orders back. */
  clear(): void {
    this.orders = [];
  }
}
