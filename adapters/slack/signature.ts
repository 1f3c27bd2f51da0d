/** Whether a request comes from Slack and is new: the v0 scheme of signed requests. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How old or how early a request may be, in seconds. */
const TOLERANCE = 5 * 60;

/** Whether the signature over this body is Slack's and at most five minutes old. `now` is in milliseconds. */
export function isSigned(secret: string, headers: Headers, body: string, now: number): boolean {
  const stamp = headers.get('x-slack-request-timestamp') ?? '';
  const given = Buffer.from(headers.get('x-slack-signature') ?? '');
  if (!/^\d{1,12}$/u.test(stamp) || Math.abs(now / 1000 - Number(stamp)) > TOLERANCE) return false;
  const wanted = Buffer.from(`v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
