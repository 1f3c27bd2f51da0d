/** What stands in a stored message of the console, and how the page gets it. */
import type { Form } from '../../src/chat/form.ts';
import type { Place } from '../../src/chat/port.ts';
import type { StoredMessage } from './store.ts';
import type { CardView } from './view.ts';

export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'card'; readonly card: CardView; readonly record?: string }
  | { readonly kind: 'form'; readonly form: Form }
  /** Says that the answer stands at another place. */
  | { readonly kind: 'pointer'; readonly place: Place };

/** A message as the page gets it. */
export interface MessageView {
  readonly id: string;
  readonly place: Place;
  /** The handle of who said it; Bellman, if absent. */
  readonly author?: string;
  /** Only the reader sees it. */
  readonly private: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly version: number;
  readonly content: Content;
}

/** A stored message as the page gets it. */
export const messageView = (message: StoredMessage): MessageView => ({
  id: message.id,
  place: message.place,
  ...(message.author === undefined ? {} : { author: message.author }),
  private: message.only !== undefined,
  at: message.at,
  version: message.version,
  // Only this adapter writes contents, and it writes nothing else.
  content: message.content as Content,
});
