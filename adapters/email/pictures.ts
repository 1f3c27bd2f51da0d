/** Drawings of ours in a mail: attached to it, and shown where they belong. */
import type { Card } from '../../src/chat/card.ts';
import { pictureKey, picturesOf, png } from '../../src/chat/picture.ts';
import type { ContentId } from './render.ts';

interface Attachment {
  readonly filename: string;
  readonly content: Buffer;
  readonly contentType: 'image/png';
  readonly contentDisposition: 'inline';
  readonly cid: string;
}

/** The pictures of a card. What cannot be drawn is left out, and its words stand in the mail; a picture never stops one. */
export async function picturesIn(
  card: Card,
  domain: string,
): Promise<{ readonly attachments: Attachment[]; readonly contentId: ContentId }> {
  const attached = new Map<string, Attachment>();
  for (const { svg } of picturesOf(card)) {
    const content = await png(svg).catch(() => undefined);
    if (content === undefined) continue;
    const filename = `${pictureKey(svg)}.png`;
    const cid = `${pictureKey(svg)}@${domain}`;
    attached.set(svg, {
      filename,
      content: Buffer.from(content),
      contentType: 'image/png',
      contentDisposition: 'inline',
      cid,
    });
  }
  return { attachments: [...attached.values()], contentId: (svg) => attached.get(svg)?.cid };
}
