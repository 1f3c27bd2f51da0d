/** A card as a CloudEvent 1.0, in the structured mode. */
import type { UpdateAbout } from '../../src/chat/about.ts';

import type { Names, Post } from '../../src/chat/port.ts';
import { asText } from '../../src/chat/written.ts';

/** The event as JSON text: an update (`bellman.update`), or a notice about a record (`bellman.notice`). Times in it are in UTC. */
export function eventOf(post: Post, about: UpdateAbout | undefined, names: Names, source: string): string {
  const { card, delivery, record } = post;
  return JSON.stringify({
    specversion: '1.0',
    id: delivery,
    source,
    type: about ? 'bellman.update' : 'bellman.notice',
    subject: record,
    datacontenttype: 'application/json',
    data: {
      record,
      ...(about ? { update: about.number ?? about.id, audience: about.audience, phase: about.phase, about: about.title } : {}),
      title: card.title,
      tone: card.tone,
      text: asText(card, { names, zone: 'UTC' }),
    },
  });
}
