/**
 * E-mail as a way out (design section 5): one Message-ID per delivery. What fails before the final dot has not been taken and is
 * tried again; once the dot may have been sent and no answer came, nobody can tell, and the delivery is unsure.
 */
import { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import { type Mechanism, type Names, type Place, PlatformError, type Post, placeParts } from '../../src/chat/port.ts';
import { picturesIn } from './pictures.ts';
import { htmlOf, textOf } from './render.ts';

export interface EmailOptions {
  /** `smtp://user:password@host:587`, or `smtps://`. */
  readonly url: string;
  /** The sender: `bellman@bank.example` or `Bellman <bellman@bank.example>`. */
  readonly from: string;
  /** IANA name of the zone in which times are written; UTC unless said. */
  readonly zone?: string;
  /** Milliseconds to wait: for the connection, for the server's greeting, and for each of its answers. */
  readonly patience?: { readonly connection: number; readonly greeting: number; readonly answer: number };
}

/** Short enough that the answer is known before the delivery worker itself stops waiting. */
const PATIENCE = { connection: 3_000, greeting: 3_000, answer: 7_000 };
/** When the server does not take mail now, it is tried again after this; milliseconds. */
const AGAIN_MS = 60_000;
const A_SECOND = 10;
const ADDRESS = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+$/u;

/** Makes the way out. Nothing is connected until the first mail; each mail has a connection of its own. */
export function email({ url, from, zone = 'UTC', patience = PATIENCE }: EmailOptions): Mechanism {
  const domain = /@([^\s@<>]+?)>?\s*$/u.exec(from)?.[1] ?? 'bellman.invalid';
  const options = {
    url,
    connectionTimeout: patience.connection,
    greetingTimeout: patience.greeting,
    socketTimeout: patience.answer,
    dnsTimeout: patience.connection,
    // What stands in a card never makes us read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };

  return {
    platform: 'email',
    canLook: false,
    // A receiver that asks for patience holds up its own domain only.
    rate: (_method, place) => ({ key: `email/${domainOf(placeParts(place).id)}`, perSecond: A_SECOND, burst: A_SECOND }),
    post: async (place, post, names) => {
      const address = addressOf(place);
      const end = endNoted();
      try {
        const transport = nodemailer.createTransport(options);
        transport.use('stream', ({ message }, done) => {
          message.processFunc(end.through);
          done();
        });
        const { messageId } = await transport.sendMail({ ...(await mail(post, names)), from, to: { name: '', address } });
        return { externalId: messageId };
      } catch (error) {
        throw inOutcomes(error, end.reached());
      }
    },
  };

  async function mail({ delivery, record, card }: Post, names: Names) {
    const inline = await picturesIn(card, domain);
    return {
      subject: card.title,
      text: textOf(card, names, zone),
      html: htmlOf(card, names, zone, inline.contentId),
      attachments: inline.attachments,
      messageId: `<${delivery}@${domain}>`,
      // Mail programs show what belongs to one record together.
      references: `<${record.toLowerCase()}@${domain}>`,
      // Nobody's absence note or list manager answers a machine.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    };
  }
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The address of a place. One place is one address: anything that a mail server could read as several is refused. */
function addressOf(place: Place): string {
  const { platform, kind, id } = placeParts(place);
  if (platform !== 'email' || kind !== 'address' || !ADDRESS.test(id))
    throw new PlatformError('refused', `${place} is no e-mail address`);
  return id;
}

/**
 * Lets a mail through and notes when all of it was asked for: directly behind that, the final dot is sent. It reads nothing
 * ahead, so a server that never said "go on" has asked for nothing.
 */
function endNoted(): { readonly through: (mail: Readable) => Readable; readonly reached: () => boolean } {
  let reached = false;
  async function* noting(mail: Readable) {
    yield* mail;
    reached = true;
  }
  return { through: (mail) => Readable.from(noting(mail)), reached: () => reached };
}

/**
 * What a failure means. A definite answer of the server counts as it is: 5xx is a no, 4xx means later. Without one, what broke
 * before the end was reached was not taken; what broke after it may have been.
 */
function inOutcomes(error: unknown, ended: boolean): PlatformError {
  if (error instanceof PlatformError) return error;
  const { responseCode, code, message } = error as { responseCode?: unknown; code?: unknown; message?: unknown };
  const words = `The mail server: ${typeof message === 'string' ? message : String(error)}`;
  if (typeof responseCode === 'number' && responseCode >= 500) return new PlatformError('refused', words);
  if (typeof responseCode === 'number' && responseCode >= 400) return new PlatformError('limited', words, AGAIN_MS);
  // Nothing was sent to the server: the address itself is not one that can be sent to.
  if (code === 'EENVELOPE' && !ended) return new PlatformError('refused', words);
  return ended ? new PlatformError('unknown', words) : new PlatformError('limited', words, AGAIN_MS);
}
