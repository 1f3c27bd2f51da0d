/** The connection to Postgres. */
import postgres from 'postgres';
import { connect as connectPool } from './connect.ts';

export { OutcomeUnknown } from './connect.ts';

export type Sql = postgres.Sql;
export type Row = postgres.Row;

/** A transaction in which queries may be sent without awaiting each. */
export interface Transaction {
  readonly sql: postgres.ReservedSql;
  /** Sends a query whose result is needed only to know that it worked; the COMMIT is sent right behind it. */
  readonly last: (query: { execute(): unknown }) => void;
}

export interface Database {
  /** Single statements, each on whichever connection is free. */
  readonly sql: Sql;
  /**
   * Runs `work` between BEGIN and COMMIT on one connection; rolls back when it throws, and rethrows.
   * BEGIN travels with the first query of `work`, COMMIT with the last: a short transaction costs two round trips.
   */
  readonly transaction: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>;
  /** One connection of its own, for cursors, COPY and LISTEN. Whoever opens it ends it. */
  readonly alone: () => Sql;
  readonly close: () => Promise<void>;
}

/** Waiting longer than this for a lock makes the intent wait its turn instead (design section 3). */
const LOCK_TIMEOUT_MS = 1500;

/**
 * Opens a pool. Nothing is connected until the first query; a query rejects after 3 s without a connection. However Postgres goes
 * away, what was asked of it rejects, and the pool works again by itself when it is back.
 */
export function connect(
  url: string,
  options: {
    readonly pool?: number;
    readonly name?: string;
    readonly debug?: (query: string, values: readonly unknown[]) => void;
  } = {},
): Database {
  // Just-in-time compilation is for long queries: for ours it costs more than it saves, once per connection in memory, too.
  const session = {
    application_name: options.name ?? 'bellman',
    lock_timeout: LOCK_TIMEOUT_MS,
    TimeZone: 'UTC',
    jit: 'off',
    random_page_cost: '1.1',
  };
  const pool = connectPool(url, { max: options.pool ?? 10, session, ...(options.debug ? { debug: options.debug } : {}) });
  return {
    sql: pool.sql,
    transaction: (work) => pool.transaction((sql) => work({ sql, last: (query) => void query.execute() })),
    alone: () => postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 3, connection: session }),
    close: pool.close,
  };
}

/** The SQLSTATE of a database error, if it is one. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** A lock that was not had in time, a serialisation failure, a deadlock. */
const CONTENDED = ['55P03', '40001', '40P01'];

/** Whether an error is only that somebody else was at the same rows: what was asked for was not done, and may be asked for again. */
export const isContended = (error: unknown): boolean => CONTENDED.includes(sqlState(error) ?? '');

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
