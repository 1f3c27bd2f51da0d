/** What stands around a card in a mail: who it comes from, what it belongs to, how it is answered, how nobody gets it any more. */
import type { Place, Post } from '../../src/chat/port.ts';

/** What is known of an update when it is mailed to somebody. */
export interface Letter {
  /** The audience: what it was told about one record is one thread. */
  readonly audience: string;
  /** The same for all mails of a thread. */
  readonly subject: string;
  /** IANA name of the zone in which its reader reads times. */
  readonly zone?: string | undefined;
  /** The address whose mails reach Bellman as answers to this very delivery. */
  readonly replyTo?: string | undefined;
  /** Members of a list: where one click ends it (RFC 8058), and what the list is called. */
  readonly unsubscribe?: { readonly address: string; readonly list: string } | undefined;
}

/** Finds it; undefined for what is no update. Rejects when the records cannot be reached. */
export type Letters = (place: Place, post: Post) => Promise<Letter | undefined>;

/** The id under which mail programs gather what belongs together: an audience of a record, or the record. */
const threadId = (record: string, letter: Letter | undefined, domain: string): string =>
  `<${[record, letter?.audience]
    .filter((part) => part !== undefined)
    .join('.')
    .toLowerCase()}@${domain}>`;

/** The headers of a mail, besides sender and recipient. */
export function headersOf({ delivery, record, card }: Post, letter: Letter | undefined, domain: string) {
  const thread = threadId(record, letter, domain);
  return {
    subject: letter?.subject ?? card.title,
    messageId: `<${delivery}@${domain}>`,
    references: thread,
    ...(letter ? { inReplyTo: thread } : {}),
    ...(letter?.replyTo === undefined ? {} : { replyTo: { name: '', address: letter.replyTo } }),
    headers: {
      // Nobody's absence note or list manager answers a machine.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(letter?.unsubscribe
        ? {
            'List-Unsubscribe': { prepared: true, value: `<${letter.unsubscribe.address}>` },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }
        : {}),
    },
  };
}

/** What stands below the text, a paragraph each. */
export function footOf(letter: Letter | undefined): readonly { readonly words: string; readonly link?: string }[] {
  const { replyTo, unsubscribe } = letter ?? {};
  return [
    ...(replyTo === undefined ? [] : [{ words: 'You have a question? Reply to this mail.' }]),
    ...(unsubscribe === undefined
      ? []
      : [{ words: `You get this because you are on the list ${unsubscribe.list}. Unsubscribe:`, link: unsubscribe.address }]),
  ];
}
