/** Which Postgres is used: the one that the environment names, else our own in the data folder. */
import { migrate } from './migrate.ts';

export interface Opened {
  readonly url: string;
  /** How people are told which one it is. */
  readonly what: string;
  readonly stop: () => Promise<void>;
}

const ATTEMPTS = 10;
const WAIT_MS = 500;

/**
 * Opens the database and brings it to the newest state. Throws `DataInUse` when another Bellman has the data folder, and whatever
 * Postgres says when it cannot be reached after five seconds.
 */
export async function openDatabase(options: {
  readonly url: string | undefined;
  readonly dataDir: string;
  readonly log: (line: string) => void;
}): Promise<Opened> {
  if (options.url !== undefined) {
    await reachable(() => migrate(options.url ?? ''));
    return { url: options.url, what: 'Postgres from DATABASE_URL', stop: async () => {} };
  }
  // Only who needs it pays for loading it.
  const { startEmbedded } = await import('./embedded.ts');
  const embedded = await startEmbedded({ dataDir: options.dataDir, log: options.log });
  try {
    await migrate(embedded.url);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  return { url: embedded.url, what: `its own Postgres in ${options.dataDir}`, stop: () => embedded.stop() };
}

async function reachable(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || (error as { code?: string }).code !== 'ECONNREFUSED') throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}
