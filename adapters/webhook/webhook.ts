/**
 * Webhooks as a way out (design section 5): one signed POST per delivery, whose id is the `Idempotency-Key`. What was never connected,
 * and what the receiver answered with a failure of its own, is tried again; when the connection breaks after that, nobody can tell.
 */
import { type ClientRequest, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import type { About } from '../../src/chat/about.ts';
import { type Mechanism, type Place, PlatformError, type Post, placeParts } from '../../src/chat/port.ts';
import { signatureOf } from '../../src/chat/signature.ts';
import { isPublic, NotPublic, publicLookup } from './addresses.ts';
import { eventOf } from './event.ts';

export interface WebhookOptions {
  /** Every request is signed with it. */
  readonly secret: string;
  /** What update a post is. */
  readonly about: About;
  /** Who speaks, as the `source` of events: the public address of this Bellman. */
  readonly source?: string | undefined;
  /** Whether addresses that are not of the public internet, and plain http, may be used too. */
  readonly allowPrivate?: boolean;
  /** Milliseconds: to connect, and from then to the first line of the answer. */
  readonly patience?: { readonly connection: number; readonly answer: number };
}

/** Short enough that the answer is known before the delivery worker itself stops waiting. */
const PATIENCE = { connection: 3_000, answer: 6_000 };
/** When a receiver fails without saying when to come back; and the longest that it can make us wait; milliseconds. */
const AGAIN_MS = 60_000;
const LONGEST_MS = 3_600_000;
const A_SECOND = 10;

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** Makes the way out. Each post has a connection of its own, to an address that is judged when it is connected to. */
export function webhook(options: WebhookOptions): Mechanism {
  const { secret, about, source = 'urn:bellman', allowPrivate = false, patience = PATIENCE } = options;
  return {
    platform: 'webhook',
    canLook: false,
    rate: (_method, place) => ({ key: `webhook/${hostOf(place)}`, perSecond: A_SECOND, burst: A_SECOND }),
    async post(place, post, names) {
      const url = urlOf(place, allowPrivate);
      const body = eventOf(post, await told(about, post), names, source);
      const answer = await send(url, headersOf(post, body), body);
      return outcomeOf(answer, post);
    },
  };

  function headersOf({ delivery }: Post, body: string) {
    const timestamp = Math.floor(Date.now() / 1000);
    return {
      'Content-Type': 'application/cloudevents+json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'Bellman',
      'Idempotency-Key': delivery,
      'webhook-id': delivery,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatureOf(secret, delivery, timestamp, body),
    };
  }

  function send(url: URL, headers: Readonly<Record<string, string | number>>, body: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      let connected = false;
      const secure = url.protocol === 'https:';
      const sending: ClientRequest = (secure ? secureRequest : plainRequest)(url, {
        method: 'POST',
        headers,
        // A connection of an earlier request may be dead without anybody knowing: then it would not be known what arrived.
        agent: false,
        ...(allowPrivate ? {} : { lookup: publicLookup }),
      });
      let timer = setTimeout(() => sending.destroy(new Error('no connection in time')), patience.connection);
      sending.once('socket', (socket) => {
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          connected = true;
          clearTimeout(timer);
          timer = setTimeout(() => sending.destroy(new Error('no answer in time')), patience.answer);
        });
      });
      sending.once('response', (response) => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
        // The first line says it; nobody waits for the rest.
        response.destroy();
      });
      sending.on('error', (error) => {
        clearTimeout(timer);
        reject(troubleOf(error, connected));
      });
      sending.end(body);
    });
  }
}

async function told(about: About, { update }: Post) {
  try {
    return update === undefined ? undefined : await about(update);
  } catch {
    // Nothing was connected to yet.
    throw new PlatformError('limited', 'The records cannot be reached', AGAIN_MS);
  }
}

const hostOf = (place: Place): string => {
  const { id } = placeParts(place);
  return URL.canParse(id) ? new URL(id).host : 'nowhere';
};

/** The address of a place. Throws `refused` for what is none, or may not be used. */
function urlOf(place: Place, allowPrivate: boolean): URL {
  const { platform, kind, id } = placeParts(place);
  const url = URL.canParse(id) ? new URL(id) : undefined;
  if (platform !== 'webhook' || kind !== 'address' || !url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new PlatformError('refused', 'This is not the address of a webhook');
  if (allowPrivate) return url;
  if (url.protocol !== 'https:') throw new PlatformError('refused', 'The webhook is not on https: name its https address');
  // A name is judged when it is looked up; an address that is written out never is.
  const literal = url.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(literal) !== 0 && !isPublic(literal)) throw notPublic();
  return url;
}

const notPublic = (): PlatformError =>
  new PlatformError(
    'refused',
    'The webhook is not on an address of the public internet; an operator can allow that with WEBHOOK_PRIVATE=allow',
  );

function troubleOf(error: Error & { code?: string }, connected: boolean): PlatformError {
  if (error instanceof NotPublic) return notPublic();
  const words = `The webhook: ${error.message}`;
  if (connected) return new PlatformError('unknown', words);
  // Waiting mends no certificate, and no name that does not exist.
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_/u.test(error.code ?? '')) return new PlatformError('refused', words);
  return error.code === 'ENOTFOUND' ? new PlatformError('refused', words) : new PlatformError('limited', words, AGAIN_MS);
}

/** What an answer means: 2xx taken, 429 and the receiver's own failures later, everything else a no. */
function outcomeOf({ status, retryAfter }: Answer, { delivery }: Post): { readonly externalId: string } {
  if (status >= 200 && status < 300) return { externalId: delivery };
  const words = `The webhook answered ${status}`;
  if (status === 429 || status === 408 || status === 425 || status >= 500)
    throw new PlatformError('limited', words, waitOf(retryAfter));
  if (status >= 300 && status < 400)
    throw new PlatformError('refused', `${words}: it has moved, and redirects are not followed. Name its new address`);
  if (status === 410) throw new PlatformError('refused', `${words}: it is gone for good. Take it out of the line`);
  throw new PlatformError('refused', words);
}

/** `Retry-After` in milliseconds: seconds, or a date. */
function waitOf(retryAfter: string | undefined): number {
  if (retryAfter === undefined) return AGAIN_MS;
  const said = /^\d+$/u.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(said) ? Math.min(Math.max(said, 1000), LONGEST_MS) : AGAIN_MS;
}
