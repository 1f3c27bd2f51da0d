import postgres from 'postgres';
import type { Link } from './link.ts';
import { control, type Query, settled, sqlSending } from './query.ts';

/**
 * The connection was lost after COMMIT was sent and before it was answered: the transaction is either wholly stored or
 * not at all, and only a look can tell. Whoever says "nothing was changed" after this may be wrong.
 */
export class OutcomeUnknown extends Error {
  readonly code = 'OUTCOME_UNKNOWN';
  constructor(cause: unknown) {
    super('The connection to Postgres was lost while it committed; whether it did is not known', { cause });
    this.name = 'OutcomeUnknown';
  }
}

/**
 * Runs `work` between BEGIN and COMMIT on a connection that nobody else uses meanwhile. See `Database.transaction`.
 */
export async function runTransaction<T>(
  base: postgres.Sql,
  link: Link,
  work: (tx: postgres.ReservedSql) => Promise<T>,
): Promise<T> {
  const sent: Query[] = [];
  let isOver = false;
  let first: { error: unknown } | undefined;

  const send = (query: Query): void => {
    if (isOver) {
      query.reject(new Error('The transaction is over: this query was not sent'));
      return;
    }
    sent.push(query);
    settled(
      query,
      () => undefined,
      (error) => {
        first ??= { error };
      },
    );
    link.send(query);
  };

  // Not awaited, so that it travels with the first query; if it fails, so does that.
  control(base, 'begin', link.send).catch(() => undefined);
  let result: T;
  try {
    result = await work(sqlSending(base, send));
  } catch (error) {
    isOver = true;
    await rollBack(base, link);
    // What was sent behind a failed query fails too, but only because of it.
    throw isAborted(error) && first !== undefined ? first.error : error;
  }
  isOver = true;
  // COMMIT may follow a query only once that query is bytes: one that then cannot be made into bytes, because of a value in
  // it, fails here and not in the server, which would commit without it.
  for (const query of sent) if (query.state === null || query.describeFirst) await outcome(query);
  const ended = await commit(base, link);
  if (ended === 'COMMIT') return result;
  throw first?.error ?? new Error('Postgres rolled the transaction back');
}

async function commit(base: postgres.Sql, link: Link): Promise<string | undefined> {
  const query = control(base, 'commit', link.send);
  try {
    return (await query).command;
  } catch (error) {
    if (error instanceof postgres.PostgresError || query.state === null) throw error;
    throw new OutcomeUnknown(error);
  }
}

async function rollBack(base: postgres.Sql, link: Link): Promise<void> {
  try {
    await control(base, 'rollback', link.send);
  } catch (error) {
    // The server rolls back what its client left behind.
    link.destroy(error);
  }
}

function outcome(query: Query): Promise<void> {
  return new Promise((resolve) => settled(query, resolve, () => resolve()));
}

function isAborted(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === '25P02';
}
