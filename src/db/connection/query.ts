import type postgres from 'postgres';

/**
 * What is used of a postgres.js query beyond its published type. The version is pinned, and `connect.test.ts` fails
 * when one of these means something else.
 */
export type Query = Promise<{ command?: string }> & {
  /** Called once, when somebody first waits for the query or executes it. */
  handler: (query: Query) => void;
  reject(error: unknown): void;
  readonly strings: readonly string[];
  /** The connection's, as soon as the query was made into bytes; `null` while it only waits. */
  readonly state: object | null;
  /** The statement is new to its connection, which has to answer before the parameters are made into bytes. */
  readonly describeFirst?: unknown;
  canceller: unknown;
  readonly cursorFn?: unknown;
  readonly streaming?: boolean;
};

/** Sees the outcome of a query, without a promise of its own that could reject unheard. */
export function settled(query: Query, done: () => void, failed: (error: unknown) => void): void {
  Promise.prototype.then.call(query, done, failed);
}

/** An error in the shape of postgres.js's own, so that one look at `code` tells all of them. */
export function connectionError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** A query of one word, such as `commit`, that goes straight to where `handler` sends it. */
export function control(base: postgres.Sql, word: string, handler: (query: Query) => void): Query {
  const query = base.unsafe(word) as unknown as Query;
  query.handler = handler;
  return query;
}

/**
 * A `Sql` that builds queries as `base` does and gives each, when it is executed, to `send`. What would reach around
 * `send` is refused.
 */
export function sqlSending(base: postgres.Sql, send: (query: Query) => void): postgres.ReservedSql {
  const guarded = (query: Query): void => {
    // Both write to the socket whenever the caller is ready, which kills the process when the connection is gone by then.
    if (query.cursorFn || query.streaming) query.reject(new Error('Cursors and COPY streams are not supported'));
    else send(query);
  };
  const route = <Q>(made: Q): Q => {
    if (made instanceof Promise) {
      const query = made as unknown as Query;
      query.handler = guarded;
      // Cancelling a query that still waits leaves postgres.js's connection stuck; time-outs are Postgres's.
      query.canceller = null;
    }
    return made;
  };
  const unsupported = (): never => {
    throw new Error('Not supported here: use transaction() of the database');
  };
  const tag = (...all: unknown[]): unknown => route(Reflect.apply(base, undefined, all));
  // Put together from postgres.js's own functions, so that it is what its type says but for what is refused here.
  return Object.assign(tag, base, {
    unsafe: (...all: Parameters<postgres.Sql['unsafe']>) => route(base.unsafe(...all)),
    file: (...all: unknown[]) => route(Reflect.apply(base.file, undefined, all)),
    notify: (channel: string, payload: string) => route(base`select pg_notify(${channel}, ${payload})`),
    begin: unsupported,
    reserve: unsupported,
    listen: unsupported,
    subscribe: unsupported,
    largeObject: unsupported,
    end: unsupported,
    release: () => undefined,
  }) as unknown as postgres.ReservedSql;
}
