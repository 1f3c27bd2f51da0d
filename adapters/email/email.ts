/**
 * E-mail as a way out (design section 5): one Message-ID per delivery. What fails before the final dot has not been taken and is
 * tried again; once the dot may have been sent and no answer came, nobody can tell, and the delivery is unsure.
 */
import nodemailer from 'nodemailer';
import type { Letters } from '../../src/chat/letter.ts';
import { type Mechanism, type Names, type Place, PlatformError, type Post, placeParts } from '../../src/chat/port.ts';
import { type ConnectionOptions, connections, NotTaken } from './connections.ts';
import { headersOf } from './letter.ts';
import { picturesIn } from './pictures.ts';
import { htmlOf, textOf } from './render.ts';

export interface EmailOptions {
  /** `smtp://user:password@host:587`, or `smtps://`. */
  readonly url: string;
  /** The sender: `bellman@bank.example` or `Bellman <bellman@bank.example>`. */
  readonly from: string;
  /** What update a mail carries, and to whom. */
  readonly letters?: Letters;
  /** IANA name of the zone in which times are written where the letter says none; UTC unless said. */
  readonly zone?: string;
  /** Milliseconds to wait: for the connection, for the server's greeting, and for each of its answers. */
  readonly patience?: ConnectionOptions['patience'];
}

/** Short enough that the answer is known before the delivery worker itself stops waiting. */
const PATIENCE = { connection: 3_000, greeting: 3_000, answer: 7_000 };
/** When the server does not take mail now, it is tried again after this; milliseconds. */
const AGAIN_MS = 60_000;
/** Mails a second to one domain. */
const A_SECOND = 50;
const ADDRESS = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+$/u;

/** Makes the way out. Nothing is connected until the first mail. */
export function email({ url, from, letters, zone = 'UTC', patience = PATIENCE }: EmailOptions): Mechanism {
  const sender = senderOf(from);
  const domain = domainOf(sender);
  const server = connections({ url, patience });
  // Writes a mail and sends nothing. What stands in a card never makes it read a file or fetch an address.
  const writer = nodemailer.createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    platform: 'email',
    canLook: false,
    // A receiver that asks for patience holds up its own domain only.
    rate: (_method, place) => ({ key: `email/${domainOf(placeParts(place).id)}`, perSecond: A_SECOND, burst: A_SECOND }),
    post: async (place, post, names) => {
      const address = addressOf(place);
      const { raw, id, returns } = await written(place, address, post, names);
      try {
        await server.send({ from: returns, to: address }, raw);
        return { externalId: id };
      } catch (error) {
        throw inOutcomes(error);
      }
    },
  };

  async function written(place: Place, address: string, post: Post, names: Names) {
    try {
      const [letter, inline] = await Promise.all([letters?.(place, post), picturesIn(post.card, domain)]);
      const read = letter?.zone ?? zone;
      const { message, messageId } = await writer.sendMail({
        ...headersOf(post, letter, domain),
        from,
        to: { name: '', address },
        text: textOf(post.card, names, read, letter),
        html: htmlOf(post.card, names, read, inline.contentId, letter),
        attachments: inline.attachments,
      });
      // What cannot be delivered comes back to an address that says what it was, within the sender's own domain.
      const own = letter?.replyTo !== undefined && domainOf(letter.replyTo) === domainOf(sender) ? letter.replyTo : sender;
      return { raw: message as Buffer, id: messageId, returns: own };
    } catch (error) {
      // Nothing was connected to yet.
      throw new PlatformError('limited', `The mail could not be written: ${wordsOf(error)}`, AGAIN_MS);
    }
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
/** The address in a sender that may have a name too. */
const senderOf = (from: string): string => /([^\s@<>]+@[^\s@<>]+?)>?\s*$/u.exec(from)?.[1] ?? 'bellman@bellman.invalid';
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The address of a place. One place is one address: anything that a mail server could read as several is refused. */
function addressOf(place: Place): string {
  const { platform, kind, id } = placeParts(place);
  if (platform !== 'email' || kind !== 'address' || !ADDRESS.test(id))
    throw new PlatformError('refused', `${place} is no e-mail address`);
  return id;
}

/**
 * What a failure means. A definite answer of the server counts as it is: 5xx is a no, 4xx means later. Without one, what broke
 * before the end was reached was not taken; what broke after it may have been.
 */
function inOutcomes(error: unknown): PlatformError {
  if (!(error instanceof NotTaken)) return new PlatformError('unknown', `The mail server: ${wordsOf(error)}`);
  const words = `The mail server: ${error.message}`;
  if (error.answer !== undefined && error.answer >= 500) return new PlatformError('refused', words);
  if (error.answer !== undefined && error.answer >= 400) return new PlatformError('limited', words, AGAIN_MS);
  if (error.unsendable) return new PlatformError('refused', words);
  return error.ended ? new PlatformError('unknown', words) : new PlatformError('limited', words, AGAIN_MS);
}
