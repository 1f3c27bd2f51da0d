/** What every operator command works with: the terminal, the configuration, the database. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import { connect, type Database } from '../db/database.ts';
import { isOurs } from './store.ts';

export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  readonly ask: (question: string) => Promise<string>;
}

/** Something that the operator can mend; its message is one line. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}

export interface Desk {
  readonly config: Config;
  readonly terminal: Terminal;
  /** A path as the operator meant it: npm changes the folder before it runs a script. */
  readonly path: (given: string) => string;
}

/** The desk for this terminal. Throws `ConfigError`. */
export function deskOf(terminal: Terminal): Desk {
  const { environment } = terminal;
  const config = readConfig(environment);
  return {
    config,
    terminal,
    path: (given) => resolve(environment.INIT_CWD ?? process.cwd(), given),
  };
}

/**
 * Works with the database: the one of DATABASE_URL, else the embedded one, which is started for as long as the work takes unless a
 * Bellman runs it already. `make`: there need not be one yet.
 */
export async function withDatabase<T>({ config }: Desk, make: boolean, work: (url: string) => Promise<T>): Promise<T> {
  if (config.DATABASE_URL !== undefined) return work(config.DATABASE_URL);
  // Only who needs it pays for loading it.
  const { readServer, startEmbedded } = await import('../db/embedded.ts');
  const running = readServer(config.DATA_DIR);
  if (running !== undefined) return work(running);
  if (!make && !existsSync(join(config.DATA_DIR, 'postgres')))
    throw new Mistake(`There is no database: DATABASE_URL is not set, and ${config.DATA_DIR} (DATA_DIR) holds none.`);
  const embedded = await startEmbedded({ dataDir: config.DATA_DIR, log: () => {} });
  try {
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}

/** Works with a database in which Bellman has been before. */
export const withBellman = <T>(desk: Desk, work: (db: Database) => Promise<T>): Promise<T> =>
  withDatabase(desk, false, async (url) => {
    const db = connect(url, { pool: 2, name: 'bellman operator' });
    try {
      if (!(await isOurs(db))) throw new Mistake('Bellman has never been started on this database.');
      return await work(db);
    } finally {
      await db.close();
    }
  });

/** `2027-01-31 22:00:05 UTC`. */
export const timeOf = (at: Date | number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** `1 record`, `2 records`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
