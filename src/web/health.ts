/** Whether Bellman lives, whether it can take work, and the figures that an operator watches. */
import { Hono } from 'hono';
import type { Database } from '../db/database.ts';
import { answers, figures } from './store.ts';

export interface HealthParts {
  readonly db: Database;
  /** Why nothing is sent at the moment, if so. */
  readonly held: () => string | undefined;
  readonly stopping: () => boolean;
  /** When the sweeper last looked through everything that is due, in milliseconds of this process's clock; 0 before the first time. */
  readonly lastSweep: () => number;
  readonly sweeps: boolean;
}

export interface Readiness {
  readonly ready: boolean;
  readonly why?: string;
}

const PATIENCE_MS = 1000;
const SWEEP_LATE_MS = 15_000;

const within = <T>(work: Promise<T>, ms: number): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('too slow')), ms);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
};

/** Whether work can be taken now; if not, why. */
export async function readiness({ db, held, stopping }: HealthParts): Promise<Readiness> {
  if (stopping()) return { ready: false, why: 'stopping' };
  try {
    await within(answers(db), PATIENCE_MS);
  } catch {
    return { ready: false, why: 'the records cannot be reached' };
  }
  const why = held();
  return why === undefined ? { ready: true } : { ready: false, why: `held: ${why}` };
}

/** Whether the clock runs: the sweeper has looked lately, and nothing that is due stands unclaimed. */
export async function clockRuns(parts: HealthParts): Promise<boolean> {
  if (!(await readiness(parts)).ready) return false;
  if (parts.sweeps && Date.now() - parts.lastSweep() > SWEEP_LATE_MS) return false;
  return (await figures(parts.db)).due === 0;
}

const gauge = (name: string, help: string, value: number): string =>
  `# HELP bellman_${name} ${help}\n# TYPE bellman_${name} gauge\nbellman_${name} ${value}\n`;

/** `/healthz`, `/readyz` and `/metrics`. */
export function healthRoutes(parts: HealthParts): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ alive: true }));
  app.get('/readyz', async (c) => {
    const state = await readiness(parts);
    return c.json(state, state.ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const { ready } = await readiness(parts);
    if (!ready && parts.held() === undefined) return c.text(gauge('ready', 'Whether work can be taken.', 0));
    const now = await figures(parts.db);
    return c.text(
      [
        gauge('ready', 'Whether work can be taken.', ready ? 1 : 0),
        gauge(
          'oldest_overdue_update_seconds',
          'Age of the oldest overdue step of a communication plan.',
          now.overdue_update_seconds,
        ),
        gauge('oldest_unsent_delivery_seconds', 'Age of the oldest delivery that should have left.', now.unsent_seconds),
        gauge('timers_due_unclaimed', 'Timers that are due for over ten seconds and nobody works on.', now.due),
        gauge('timers_parked', 'Timers that failed five times.', now.parked),
        gauge('deliveries_open', 'Deliveries that are waiting, on their way or unsure.', now.waiting),
      ].join(''),
    );
  });
  return app;
}
