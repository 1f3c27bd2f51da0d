/** The signature of a webhook, as the Standard Webhooks specification has it, so that its libraries can check ours. */
import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** The key: what follows `whsec_` as base64, any other secret as it is written. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret, 'utf8');

/** `v1,` and the HMAC-SHA256, in base64, over id, timestamp (seconds since 1970) and body with dots between them. */
export const signatureOf = (secret: string, id: string, timestamp: number, body: string): string =>
  `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
