/** What is known of an update when it goes to somebody by mail: what it belongs to, how it is answered, how nobody gets it any more. */
import type { Place, Post } from './port.ts';

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
