/**
 * Connections to the mail server, kept for the mails that follow each other: ten thousand addresses are not ten thousand greetings.
 * Each mail is judged alone: whether all of it was asked for, and the server's own answer to it.
 */
import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

export interface ConnectionOptions {
  readonly url: string;
  /** Milliseconds to wait: for the connection, for the server's greeting, and for each of its answers. */
  readonly patience: { readonly connection: number; readonly greeting: number; readonly answer: number };
}

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

/** A mail that was not taken: what the server or the connection said, and whether the final dot may have been sent. */
export class NotTaken extends Error {
  /** The server's answer to this very mail; undefined when it gave none. */
  readonly answer: number | undefined;
  readonly ended: boolean;
  /** Nothing was sent: the address itself is not one that can be sent to. */
  readonly unsendable: boolean;
  constructor(error: unknown, ended: boolean) {
    const { responseCode, code, message } = error as { responseCode?: unknown; code?: unknown; message?: unknown };
    super(typeof message === 'string' ? message : String(error));
    this.answer = typeof responseCode === 'number' ? responseCode : undefined;
    this.ended = ended;
    this.unsendable = code === 'EENVELOPE' && this.answer === undefined && !ended;
  }
}

/** A connection is given up when no mail has followed for so long; so many mails go by one, as servers count them. */
const IDLE_MS = 500;
const MAILS = 100;
/** The server says that it closes the connection, not that it refuses the mail. */
const CLOSING = 421;

interface Line {
  readonly smtp: SMTPConnection;
  mails: number;
  broken: boolean;
  idle?: NodeJS.Timeout;
}

/** Makes the connections; the first is opened by the first mail. `send` resolves when the server took the mail, else throws `NotTaken`. */
export function connections({ url, patience }: ConnectionOptions) {
  const { auth, ...server } = parseConnectionUrl(url) as SMTPConnection.Options & { auth?: { user: string; pass: string } };
  const options: SMTPConnection.Options = {
    ...server,
    connectionTimeout: patience.connection,
    greetingTimeout: patience.greeting,
    socketTimeout: patience.answer,
    dnsTimeout: patience.connection,
  };
  const idle: Line[] = [];

  async function open(): Promise<Line> {
    const smtp = new SMTPConnection(options);
    const line: Line = { smtp, mails: 0, broken: false };
    const broken = () => {
      line.broken = true;
      clearTimeout(line.idle);
    };
    // An error may be told twice, by this and by a callback; without a listener it would end the process.
    smtp.on('error', broken);
    smtp.on('end', broken);
    await settled(smtp, (done) => smtp.connect(done));
    if (auth) await settled(smtp, (done) => smtp.login({ credentials: auth, ...auth }, done));
    return line;
  }

  /** The connection that was used last, if there is one that still stands. */
  function waiting(): Line | undefined {
    for (let line = idle.pop(); line; line = idle.pop()) {
      clearTimeout(line.idle);
      if (!line.broken) return line;
    }
    return undefined;
  }

  function keep(line: Line): void {
    line.mails += 1;
    if (line.broken) return;
    if (line.mails >= MAILS) {
      line.smtp.quit();
      return;
    }
    line.idle = setTimeout(() => {
      idle.splice(idle.indexOf(line), 1);
      line.smtp.quit();
    }, IDLE_MS);
    line.idle.unref();
    idle.push(line);
  }

  async function sendBy(line: Line, envelope: Envelope, mail: Buffer): Promise<void> {
    const end = endNoted(mail);
    try {
      await settled(line.smtp, (done) => line.smtp.send({ from: envelope.from, to: [envelope.to] }, end.stream, done));
      keep(line);
    } catch (error) {
      line.smtp.close();
      throw new NotTaken(error, end.reached());
    }
  }

  return {
    async send(envelope: Envelope, mail: Buffer): Promise<void> {
      const used = waiting();
      if (used) {
        try {
          return await sendBy(used, envelope, mail);
        } catch (error) {
          // The server had closed it meanwhile; of this mail nothing was taken.
          if (!(error instanceof NotTaken) || error.ended || (error.answer ?? CLOSING) !== CLOSING) throw error;
        }
      }
      const fresh = await open().catch((error: unknown) => {
        throw new NotTaken(error, false);
      });
      await sendBy(fresh, envelope, mail);
    },
  };
}

/** Runs one step; what breaks the connection meanwhile breaks the step. */
function settled(smtp: SMTPConnection, step: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error?: Error | null) => {
      smtp.off('error', end);
      smtp.off('end', ended);
      if (error) reject(error);
      else resolve();
    };
    const ended = () => end(new Error('the connection was closed'));
    smtp.on('error', end);
    smtp.on('end', ended);
    step(end);
  });
}

/**
 * Hands a mail out and notes when all of it was asked for: directly behind that, the final dot is sent. It reads nothing ahead, so a
 * server that never said "go on" has asked for nothing.
 */
function endNoted(mail: Buffer): { readonly stream: Readable; readonly reached: () => boolean } {
  let reached = false;
  async function* noting() {
    for (let at = 0; at < mail.length; at += PIECE) yield mail.subarray(at, at + PIECE);
    reached = true;
  }
  return { stream: Readable.from(noting(), { objectMode: false }), reached: () => reached };
}

const PIECE = 16_384;
