/**
 * Delivery: what must be said, where, in what order (design section 5). A worker drains one place at a time under a lease on it;
 * `sendAgain` and `leave` are for the person who decides on what may have arrived.
 */
export { bounced } from './bounce.ts';
export type { DeliveryStep } from './ending.ts';
export type { Ending, Follow } from './follow.ts';
export { deliveryById, type KnownDelivery } from './known.ts';
export type { Delivery } from './protocol.ts';
export { leave, sendAgain, unsureOf } from './store.ts';
export type { DeliveryParts, DeliveryWorker } from './worker.ts';
export { deliveryWorker } from './worker.ts';
