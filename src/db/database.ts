/** The connection to Postgres. */
import postgres from 'postgres';

export type Sql = postgres.Sql;
export type Row = postgres.Row;

/** A transaction in which queries may be sent without awaiting each. */
export interface Transaction {
  readonly sql: postgres.ReservedSql;
  /** Sends a query whose result is needed only to know that it worked; the COMMIT is sent right behind it. */
  readonly last: (query: postgres.PendingQuery<Row[]>) => void;
}

export interface Database {
  readonly sql: Sql;
  /**
   * Runs `work` between BEGIN and COMMIT on one connection; rolls back when it throws, and rethrows.
   * BEGIN travels with the first query of `work`, COMMIT with the last: a short transaction costs two round trips.
   */
  readonly transaction: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** Waiting longer than this for a lock makes the intent wait its turn instead (design section 3). */
export const LOCK_TIMEOUT_MS = 1500;

/** Opens a pool. Nothing is connected until the first query; a query rejects after 3 s without a connection. */
export function connect(
  url: string,
  options: { readonly pool?: number; readonly name?: string; readonly debug?: (query: string) => void } = {},
): Database {
  const sql = postgres(url, {
    max: options.pool ?? 10,
    connect_timeout: 3,
    idle_timeout: 0,
    max_lifetime: null,
    backoff: () => 0.2,
    onnotice: () => {},
    ...(options.debug ? { debug: (_connection: number, query: string) => options.debug?.(query) } : {}),
    connection: { application_name: options.name ?? 'bellman', lock_timeout: LOCK_TIMEOUT_MS, TimeZone: 'UTC' },
  });
  return {
    sql,
    transaction: (work) => inTransaction(sql, work),
    close: () => sql.end({ timeout: 5 }),
  };
}

async function inTransaction<T>(sql: Sql, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const reserved = await sql.reserve();
  const pending: Promise<unknown>[] = [];
  const send = (query: postgres.PendingQuery<Row[]>) => {
    const sent = query.execute();
    // Whoever awaits it later still sees the failure; this only keeps it from being called unhandled meanwhile.
    sent.catch(() => {});
    pending.push(sent);
  };
  try {
    send(reserved`begin`);
    const result = await work({ sql: reserved, last: send });
    send(reserved`commit`);
    const done = (await Promise.all(pending)) as { command?: string }[];
    if (done.at(-1)?.command === 'ROLLBACK') throw new Error('The transaction was rolled back by Postgres');
    return result;
  } catch (error) {
    await Promise.allSettled(pending);
    await reserved`rollback`.catch(() => {});
    throw error;
  } finally {
    reserved.release();
  }
}

/** The SQLSTATE of a database error, if it is one. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Whether an error says that Postgres cannot be reached at all, as opposed to refusing something. */
export function isAway(error: unknown): boolean {
  const code = sqlState(error);
  return (
    code !== undefined &&
    (/^(57P0[123]|08\w\w\w|53300)$/.test(code) ||
      [
        'ECONNREFUSED',
        'ECONNRESET',
        'EPIPE',
        'ENOENT',
        'ETIMEDOUT',
        'CONNECT_TIMEOUT',
        'CONNECTION_CLOSED',
        'CONNECTION_ENDED',
        'CONNECTION_DESTROYED',
      ].includes(code))
  );
}
