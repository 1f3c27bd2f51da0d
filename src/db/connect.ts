import postgres from 'postgres';
import { teachArrays } from './connection/arrays.ts';
import { openLink } from './connection/link.ts';
import { createPool } from './connection/pool.ts';
import { type Query, settled, sqlSending } from './connection/query.ts';
import { runTransaction } from './connection/transaction.ts';

export { OutcomeUnknown } from './connection/transaction.ts';

/**
 * Postgres, through a pool of connections. However the server goes away, whatever was asked of it rejects, nothing waits
 * for ever and the process lives; and it works again by itself when the server is back.
 */
export type Database = {
  /** Single statements, each on whichever connection is free. Transactions, cursors, COPY and LISTEN are refused here. */
  sql: postgres.Sql;
  /**
   * Runs `work` between BEGIN and COMMIT on a connection of its own. `work` may send several queries without awaiting each
   * (`.execute()`): they travel together, BEGIN with the first of them and COMMIT behind the last. A query that fails and
   * was never awaited still makes the transaction fail. When `work` throws, it is rolled back, and this rejects with the
   * same error, or with the first query's if the error is only that the transaction was aborted by it.
   * @throws OutcomeUnknown when the connection was lost during COMMIT. After any other error nothing was changed.
   */
  transaction<T>(work: (tx: postgres.ReservedSql) => Promise<T>): Promise<T>;
  /** Takes nothing new, lets what runs end, and closes all connections. */
  close(): Promise<void>;
};

export type ConnectOptions = {
  /** Connections at most; 10 if not said. */
  max?: number;
  /** Milliseconds in which the server must take a new connection; 3000 if not said. */
  connectWithin?: number;
  /** Settings of each session, such as `lock_timeout` or `application_name`. */
  session?: Readonly<Record<string, string | number>>;
  onnotice?: (notice: postgres.Notice) => void;
  /** Sees the text of every statement that is sent. */
  debug?: (query: string, values: readonly unknown[]) => void;
};

/** Opens a pool on the database at `url`. Nothing is connected until the first query. */
export function connect(url: string, options: ConnectOptions = {}): Database {
  const base = postgres(url, {
    connect_timeout: 0,
    idle_timeout: undefined,
    max_lifetime: null,
    fetch_types: false,
    onnotice: options.onnotice ?? (() => undefined),
    ...(options.debug
      ? { debug: (_connection: number, query: string, values: unknown[]) => options.debug?.(query, values) }
      : {}),
    connection: { ...options.session },
  });
  teachArrays(base);
  const pool = createPool(options.max ?? 10, (onBroken) => openLink(base, options.connectWithin ?? 3_000, onBroken));

  const single = async (query: Query): Promise<void> => {
    if (/^\s*(begin|start\s+transaction)\b[^;]*;?\s*$/i.test(query.strings[0] ?? '')) {
      return query.reject(new Error('A transaction cannot be begun on a shared connection: use transaction()'));
    }
    try {
      const link = await pool.take();
      const give = () => pool.give(link);
      link.send(query);
      settled(query, give, give);
    } catch (error) {
      query.reject(error);
    }
  };

  return {
    sql: sqlSending(base, (query) => void single(query)),
    async transaction(work) {
      const link = await pool.take();
      try {
        return await runTransaction(base, link, work);
      } finally {
        pool.give(link);
      }
    },
    close: () => pool.close(),
  };
}
