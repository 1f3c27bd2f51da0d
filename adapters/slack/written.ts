/** Reading one message of somebody. */
import type { Written } from '../../src/chat/marked.ts';
import type { Place } from '../../src/chat/port.ts';
import { slackCode } from './errors.ts';
import { asWritten } from './mrkdwn.ts';
import type { Places } from './places.ts';
import type { Web } from './web.ts';

const GONE = new Set(['thread_not_found', 'message_not_found']);

/** The message of that timestamp as it is now, in a thread too; undefined when it is gone. Throws `PlatformError`. */
export async function written(web: Web, places: Places, place: Place, ts: string): Promise<Written | undefined> {
  const channel = await places.conversation(place);
  const found = await web.call('conversations.replies', (client) =>
    client.conversations.replies({ channel, ts, oldest: ts, latest: ts, inclusive: true, limit: 2 }).catch((error: unknown) => {
      if (GONE.has(slackCode(error) ?? '')) return undefined;
      throw error;
    }),
  );
  const message = found?.messages?.find((one) => one.ts === ts);
  // What was deleted under answers leaves a stone.
  if (message?.user === undefined || ('subtype' in message && message.subtype === 'tombstone')) return undefined;
  const link = await web
    .call('chat.getPermalink', (client) => client.chat.getPermalink({ channel, message_ts: ts }))
    .then(({ permalink }) => permalink)
    .catch(() => undefined);
  return { text: asWritten(message.text ?? ''), user: message.user, at: Math.round(Number(ts) * 1000), link };
}
