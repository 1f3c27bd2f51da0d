/** What stands around a card in a mail: who it comes from, what it belongs to, how it is answered, how nobody gets it any more. */
import type { Letter } from '../../src/chat/letter.ts';
import type { Post } from '../../src/chat/port.ts';

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
