/** Slack's Web API with the SDK's own retries off: Bellman's delivery protocol is the one that decides about trying again. */
import { type Logger, LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { type Log, PlatformError } from '../../src/chat/port.ts';
import { platformError } from './errors.ts';

export interface Web {
  /** A call of the Web API. Throws `PlatformError` and nothing else. */
  call<T>(method: string, run: (client: WebClient) => Promise<T>): Promise<T>;
  /** The same for what a person waits for: it gives up early enough to answer inside Slack's three seconds. */
  quick<T>(method: string, run: (client: WebClient) => Promise<T>): Promise<T>;
  /** Posts to a `response_url`. Throws `PlatformError` and nothing else. */
  respond(url: string, body: object): Promise<void>;
}

/** How long a person's click waits for Slack, in milliseconds. */
const QUICK = 1500;

/** The options that all our clients of Slack share. */
export const clientOptions = (apiUrl: string | undefined, timeout: number, log: Log): WebClientOptions => ({
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout,
  logger: sdkLogger(log),
});

/** Makes the way to Slack. `timeout` is in milliseconds. */
export function web(botToken: string, apiUrl: string | undefined, timeout: number, log: Log): Web {
  const patient = new WebClient(botToken, clientOptions(apiUrl, timeout, log));
  const hasty = new WebClient(botToken, clientOptions(apiUrl, Math.min(timeout, QUICK), log));
  const calling =
    (client: WebClient) =>
    async <T>(method: string, run: (client: WebClient) => Promise<T>): Promise<T> => {
      try {
        return await run(client);
      } catch (error) {
        throw platformError(error, method);
      }
    };
  return {
    call: calling(patient),
    quick: calling(hasty),
    respond: async (url, body) => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      }).catch((error: unknown) => {
        throw platformError(error, 'response_url');
      });
      await answer.body?.cancel();
      if (answer.ok) return;
      const after = Number(answer.headers.get('retry-after')) * 1000;
      if (answer.status === 429) throw new PlatformError('limited', 'Slack wants answers slower', after > 0 ? after : undefined);
      const refused = answer.status >= 400 && answer.status < 500;
      throw new PlatformError(refused ? 'refused' : 'unknown', `Slack answered ${answer.status} to an answer`);
    },
  };
}

/**
 * The SDK's messages in our log. They are details for us at best, as every failed call comes back as an error to whoever made it;
 * its debug level prints what people wrote and is never passed on.
 */
export function sdkLogger(log: Log): Logger {
  const told =
    (level: 'debug' | 'warn') =>
    (...parts: unknown[]) =>
      log[level]({ sdk: 'slack' }, parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' '));
  return {
    debug: () => undefined,
    info: told('debug'),
    warn: told('debug'),
    error: told('warn'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
