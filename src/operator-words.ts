/** What an operator reads at the start: where Bellman is, or what to mend. */
import { ConfigError } from './config.ts';
import { isAway, sqlState } from './db/database.ts';
import { DataInUse } from './db/embedded.ts';

interface Running {
  readonly url: string;
  readonly consoleUrl: string | undefined;
  readonly what: string;
  readonly held: () => string | undefined;
}

/** One clear line for what an operator can mend; undefined for what is our fault. */
export function operatorLine(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof DataInUse) return error.message;
  const code = (error as { code?: string }).code;
  if (code === 'EADDRINUSE') return `PORT: another program listens there already. Set PORT to a free one.`;
  if (isAway(error) || /^(28|3D)/u.test(sqlState(error) ?? ''))
    return `DATABASE_URL: Postgres cannot be used (${(error as Error).message}).`;
  return undefined;
}

/** That it is ready, where, and what to try first. */
export function greeting({ url, consoleUrl, what, held }: Running): string {
  const why = held();
  return [
    `Bellman is ready on ${url}, with ${what}.`,
    ...(consoleUrl
      ? [
          `The console for trying: ${consoleUrl}`,
          'Try: /bellman setup as admin, then /rfc new as anybody. /bellman help shows all. Ctrl-C stops it.',
        ]
      : []),
    ...(why ? [`It is held and sends nothing: ${why}`, 'When it may speak: npm run bellman -- resume'] : []),
  ].join('\n');
}
