/** Live cards: messages that are rendered anew from their record whenever it changes. */
import type { RecordView } from '../core/ask.ts';
import type { Instant } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import { type Card, card, text } from './card.ts';

/** Renders a card from its record as it stands. `about` is what the live name says after its colon: `PRB-1.3` of `draft:PRB-1.3`. */
export type LiveCard = (view: RecordView, now: Instant, about: string) => Card;

/** A room's live cards by the first word of their live name. */
export type LiveCards = Readonly<Record<string, LiveCard>>;

/** The live name of a card that is about one thing of its record: `draft:PRB-1.3`. */
export const liveName = (card: string, about: string): string => `${card}:${about}`;

/** The card with this live name (`plan`, `draft:PRB-1.3`) as it is now; undefined when no room knows the name. */
export function renderLive(cards: LiveCards, name: string, view: RecordView, now: Instant): Card | undefined {
  const colon = name.indexOf(':');
  const [first, about] = colon < 0 ? [name, ''] : [name.slice(0, colon), name.slice(colon + 1)];
  return cards[first]?.(view, now, about);
}

/** What stands in place of a live card where its record may no longer be known. */
export const hiddenCard = (record: RecordId): Card =>
  card(`${record} is no longer shown here`, [text('Only its own people see it now; they have it in direct messages.')]);
