/** Signatures of webhooks, as the Standard Webhooks specification has them: its libraries check ours, and make what we check. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'whsec_';

/** The key: what follows `whsec_` as base64, any other secret as it is written. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret, 'utf8');

/** `v1,` and the HMAC-SHA256, in base64, over id, timestamp (seconds since 1970) and body with dots between them. */
export const signatureOf = (secret: string, id: string, timestamp: number | string, body: string | Uint8Array): string =>
  `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;

/** How old or young a signed request may be, in seconds: an old one is somebody's who has listened. */
const TOLERANCE_S = 300;

/** What a request says of itself; each is the header of that name. */
export interface Signed {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  /** One or more, with blanks between them. */
  readonly signature: string | undefined;
}

/** Whether a request was made just now by somebody who has the secret; `now` in milliseconds since 1970. */
export function isSigned(secret: string, { id, timestamp, signature }: Signed, body: string | Uint8Array, now: number): boolean {
  if (id === undefined || timestamp === undefined || signature === undefined) return false;
  if (!/^\d{1,12}$/u.test(timestamp) || !isFresh(timestamp, now)) return false;
  const expected = signatureOf(secret, id, timestamp, body);
  return signature.split(' ').some((one) => isSame(one, expected));
}

/**
 * Whether a request was made just now by somebody who has the key: `t=<seconds since 1970>,v1=<hex>`, HMAC-SHA256 over the time, a dot
 * and the body. For those who can compute one sum, but follow no specification. `now` in milliseconds since 1970.
 */
export function isStamped(key: string, header: string, body: string | Uint8Array, now: number): boolean {
  const [, time, given] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/u.exec(header) ?? [];
  if (time === undefined || given === undefined || !isFresh(time, now)) return false;
  return isSame(given, createHmac('sha256', key).update(`${time}.`).update(body).digest('hex'));
}

const isFresh = (timestamp: string, now: number): boolean => Math.abs(now / 1000 - Number(timestamp)) <= TOLERANCE_S;

/** Compares without telling by its time how much was right. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
