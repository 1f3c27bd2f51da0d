/** The doorbell: it says that something is due, and may be lost; the truth is in Postgres. */
import type { Instant } from './instant.ts';

export type Bell = 'timers' | 'deliveries' | 'inbound';

export interface Doorbell {
  /** Asks that a worker looks at `bell` at `at`, or at once. Never throws: a lost ring costs only the sweeper's second. */
  ring(bell: Bell, at?: Instant): void;
}

export const silentDoorbell: Doorbell = { ring: () => {} };
