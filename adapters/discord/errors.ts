/** What went wrong at Discord, in the three ways that Bellman tells apart. */
import { DefaultRestOptions, DiscordAPIError, HTTPError, RateLimitError, type RESTOptions } from 'discord.js';
import { PlatformError } from '../../src/chat/port.ts';
import { REFUSALS } from './cards.ts';

/** Discord's own codes that this adapter acts on. */
export const CODE = {
  unknownApplication: 10002,
  unknownChannel: 10003,
  unknownGuild: 10004,
  unknownMember: 10007,
  unknownMessage: 10008,
  unknownUser: 10013,
  unknownInteraction: 10062,
  alreadyAnswered: 40060,
  missingAccess: 50001,
  threadArchived: 50083,
  /** Among other things: an id that cannot be one. */
  invalidBody: 50035,
} as const;

/** The code of an error that Discord answered with; undefined for anything else. */
export const codeOf = (error: unknown): number | undefined => (error instanceof DiscordAPIError ? Number(error.code) : undefined);

/**
 * An error as the port knows it: `limited` with the time to wait; `refused` where Discord answered that it did not do it; anything
 * else (time-outs, broken connections, failures on its side) is `unknown`, because it may have been done.
 */
export function platformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof RateLimitError)
    return new PlatformError('limited', 'Discord asks to wait', Math.max(error.retryAfter, error.timeToReset, 1));
  if (error instanceof DiscordAPIError) {
    if (error.status === 408) return new PlatformError('unknown', 'Discord took too long');
    return new PlatformError(
      'refused',
      REFUSALS[Number(error.code)] ?? `Discord refused it: ${firstLine(error.message)} (${error.code})`,
    );
  }
  if (error instanceof HTTPError) return new PlatformError('unknown', `Discord failed on its side (${error.status})`);
  return new PlatformError(
    'unknown',
    `Discord could not be reached: ${error instanceof Error ? firstLine(error.message) : 'no reason given'}`,
  );
}

/** The first line of Discord's messages says what; the others repeat what was sent. */
const firstLine = (message: string): string => message.split('\n')[0] ?? '';

/** Runs something at Discord; what it throws is a `PlatformError`. */
export async function tried<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw platformError(error);
  }
}

/** One request, whose "too many" is an error at once: waiting and trying again is decided where deliveries are kept, for all processes. */
export const impatient: RESTOptions['makeRequest'] = async (url, init) => {
  const response = await DefaultRestOptions.makeRequest(url, init);
  if (response.status !== 429) return response;
  // Discord says it in the body, exactly; what stands before Discord only in the header.
  const told = (await response.json().catch(() => ({}))) as { readonly retry_after?: number };
  const seconds = told.retry_after ?? Number(response.headers.get('retry-after') ?? 1);
  throw new PlatformError('limited', 'Discord asks to wait', Math.ceil(seconds * 1000));
};
