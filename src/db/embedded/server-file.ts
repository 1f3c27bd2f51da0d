import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `<dataDir>/server.json` says of the embedded server. Without `pid` the server is stopped. */
export type ServerFile = { host: string; port: number; user: string; password: string; database: string; pid?: number };

/** The server's file, or `undefined` when there is none that can be read as one. */
export function readServerFile(dataDir: string): ServerFile | undefined {
  try {
    const file = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as Partial<ServerFile>;
    return typeof file.password === 'string' && typeof file.port === 'number' ? (file as ServerFile) : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the server's file in one step, readable by its owner only: it holds the password. */
export function writeServerFile(dataDir: string, server: ServerFile): void {
  const file = join(dataDir, 'server.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(server, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The server's address for a database, by default the one that Bellman uses. */
export function urlOf(server: ServerFile, database: string = server.database): string {
  return `postgres://${server.user}:${encodeURIComponent(server.password)}@${server.host}:${server.port}/${database}`;
}
