/** The log: JSON lines on standard error. Secrets and the texts of messages never reach it. */
import pino, { type Logger } from 'pino';

export type { Logger } from 'pino';

/** Data exceptions quote the value that was wrong, which may be somebody's text. */
const QUOTES_VALUES = /^22/u;

/** What the log keeps of an error: never a query's parameters, never a value that Postgres quotes. */
export function errorDetail(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error : 'not an error' };
  const { code, constraint_name: constraint, cause } = error as Error & { code?: unknown; constraint_name?: unknown };
  const quoting = typeof code === 'string' && QUOTES_VALUES.test(code);
  return {
    type: error.name,
    message: quoting ? 'a value was refused by Postgres' : error.message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    stack: quoting ? undefined : error.stack,
    ...(cause === undefined ? {} : { cause: errorDetail(cause) }),
  };
}

/** A logger of this level. */
export const logger = (level: string): Logger =>
  pino(
    { level, base: { pid: process.pid }, serializers: { err: errorDetail, error: errorDetail } },
    pino.destination({ fd: 2, sync: true }),
  );
