/** A lease by name: what only one process may do at a time, for example hold the Discord gateway. */
import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';

export interface ProcessLease {
  /** Takes or keeps the lease for 15 s; false while another process has it. Rejects when Postgres is away. */
  readonly acquire: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

const SECONDS = 15;

/** The lease of this name for this process. Leases are in real time. */
export function processLease(db: Database, name: string): ProcessLease {
  const holder = randomUUID();
  return {
    async acquire() {
      const rows = await db.sql`
        insert into bellman.process_lease as l (name, holder, until) values (${name}, ${holder}, clock_timestamp() + ${SECONDS} * interval '1 second')
        on conflict (name) do update set holder = excluded.holder, until = excluded.until
        where l.holder = excluded.holder or l.until < clock_timestamp() returning 1`;
      return rows.length > 0;
    },
    async release() {
      await db.sql`delete from bellman.process_lease where name = ${name} and holder = ${holder}`;
    },
  };
}
