import { chownSync, existsSync, lchownSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The unprivileged user that the server runs as when Bellman runs as root: Postgres refuses root. */
export type Account = { uid: number; gid: number };

// `nobody` first: as the system's own `postgres` the server could read that other server's data.
const KNOWN = ['bellman', 'nobody', 'postgres', 'daemon'];

/**
 * The account for the server whose data are in `data`: `undefined` unless Bellman is root, else the owner of existing
 * data, else the first known unprivileged user of this system. No user is ever created.
 * @throws Error with one line when the system has none of the known users.
 */
export function accountFor(data: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(join(data, 'PG_VERSION'))) {
    const { uid, gid } = statSync(data);
    if (uid !== 0) return { uid, gid };
  }
  // initdb looks its user up by id, so a bare number that /etc/passwd does not list would not do.
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name, , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  for (const name of KNOWN) {
    const account = users.get(name);
    if (account !== undefined && account.uid > 0) return account;
  }
  throw new Error(
    `Postgres does not run as root, and none of the users ${KNOWN.join(', ')} exists here: run as another user, or set DATABASE_URL.`,
  );
}

/** Gives a folder and all in it to the account, as after a backup was put back by root. */
export function giveTo(account: Account, folder: string): void {
  chownSync(folder, account.uid, account.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveTo(account, path);
    else lchownSync(path, account.uid, account.gid);
  }
}
