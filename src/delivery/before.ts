/**
 * In chat each update links the one before it at the same place. The link is added when it is sent, for which place it is decides;
 * what was released is not touched by it, and nothing that goes wrong with it keeps an update back.
 */
import { type Card, type Inline, text } from '../chat/card.ts';
import type { Instant, Span } from '../core/instant.ts';
import { type AnyWay, call, isChat } from './call.ts';
import type { Delivery } from './protocol.ts';

/** A message of an earlier update at the same place. */
export interface Before {
  readonly externalId: string;
  /** `UPD-6`. */
  readonly name: string;
  readonly at: Instant;
}

/** How long a platform may take to say where a message is. */
const PATIENCE: Span = 2000;

/** What was said at a delivery's place by the update before its own. */
export type FindBefore = (delivery: Delivery) => Promise<Before | undefined>;

interface LinkParts {
  readonly before?: FindBefore | undefined;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** The card of an update with the link to the one before, above its buttons; with words only, where there is no address for it. */
export async function linked({ before, onTrouble }: LinkParts, delivery: Delivery, mechanism: AnyWay, card: Card): Promise<Card> {
  if (!before || delivery.update === null || !isChat(mechanism)) return card;
  try {
    const said = await before(delivery);
    if (!said) return card;
    const found = await call(PATIENCE, () => mechanism.permalink(delivery.place, said.externalId));
    const link = found.is === 'done' ? found.value : undefined;
    const name: Inline = link === undefined ? said.name : { link, label: said.name };
    const line = text('The update before: ', name, ', ', { time: said.at }, '.');
    const buttons = card.blocks.findIndex(({ kind }) => kind === 'controls');
    return { ...card, blocks: card.blocks.toSpliced(buttons < 0 ? card.blocks.length : buttons, 0, line) };
  } catch (error) {
    onTrouble(`The update before ${delivery.update} could not be linked`, error);
    return card;
  }
}
