/**
 * `/hooks/mail`: mails that came in as answers to updates, and mails that came back. Each is matched to its delivery by the address it
 * was sent to, or by the mail it answers; a mail that comes again changes nothing.
 */
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isSame, isSigned } from '../chat/signature.ts';
import { type MailTaken, takeMail, updateAskedFrom, whatFollows } from '../comms/index.ts';
import type { Doorbell } from '../core/doorbell.ts';
import type { Transact } from '../core/transact.ts';
import { type Database, isAway } from '../db/database.ts';
import { bounced, deliveryById, type KnownDelivery } from '../delivery/index.ts';
import { insteadOf } from '../people/index.ts';
import { type InboundMail, mailFromJson, mailOf } from './mail.ts';

export interface MailHookParts {
  readonly db: Database;
  readonly transact: Transact;
  readonly doorbell: Doorbell;
  /** Whoever hands mails in signs them with it, or shows it. */
  readonly secret: string;
  /** The platforms that are connected, for telling somebody in another way. */
  readonly ways: () => readonly string[];
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** What became of a mail; `unmatched`: it answers no update of ours. */
type Became = MailTaken | 'bounced' | 'delayed' | 'unmatched';

const LARGEST = 2_000_000;
const DELIVERY = /^[0-9a-z]{25}$/u;

/** The delivery that a mail is about, by the addresses it was sent to and the mails it names. */
function deliveryIds({ to, about }: InboundMail): readonly string[] {
  const addressed = to.map((address) => /\+([0-9a-z]{25})@/u.exec(address)?.[1]);
  const named = about.map((id) => id.split('@')[0]);
  return [...new Set([...addressed, ...named])].filter((id): id is string => id !== undefined && DELIVERY.test(id));
}

/** `/hooks/mail`. */
export function mailHook(parts: MailHookParts): Hono {
  const { db, secret, onTrouble } = parts;
  const app = new Hono();
  app.post(
    '/hooks/mail',
    bodyLimit({ maxSize: LARGEST, onError: (c) => c.json({ error: 'The mail is too large' }, 413) }),
    async (c) => {
      const body = Buffer.from(await c.req.arrayBuffer());
      const header = (name: string) => c.req.header(name);
      const signed = { id: header('webhook-id'), timestamp: header('webhook-timestamp'), signature: header('webhook-signature') };
      const shown = header('authorization')?.replace(/^Bearer\s+/iu, '');
      if (!isSigned(secret, signed, body, Date.now()) && !(shown !== undefined && isSame(shown, secret)))
        return c.json({ error: 'This is not signed with MAIL_HOOK_SECRET' }, 401);
      const mail = read(body, header('content-type') ?? '');
      if (!mail)
        return c.json({ error: 'This is no mail: send it raw, or as JSON with from, to, subject, text and headers' }, 400);
      try {
        return c.json({ is: await take(parts, mail, body) });
      } catch (error) {
        // Whoever handed it in keeps it, and hands it in again.
        if (!isAway(error)) onTrouble('A mail could not be taken', error);
        return c.json({ error: 'The records cannot be reached; hand it in again' }, 503);
      }
    },
  );

  async function take(
    { transact }: MailHookParts,
    mail: InboundMail,
    body: Buffer,
  ): Promise<Became | { readonly refused: string }> {
    const delivery = await found(mail);
    if (!delivery) return 'unmatched';
    if (mail.report) return mail.report.action === 'failed' ? bounce(parts, delivery, mail.report.why) : 'delayed';
    const { record, place } = delivery;
    // An answer can be answered: it is about what was asked about.
    const update = delivery.update ?? (await updateAskedFrom(db, record, place));
    if (update === undefined) return 'unmatched';
    const messageId = mail.messageId === '' ? createHash('sha256').update(body).digest('hex') : mail.messageId;
    return takeMail(transact, { ...mail, record, update, messageId });
  }

  async function found(mail: InboundMail): Promise<KnownDelivery | undefined> {
    for (const id of deliveryIds(mail)) {
      const delivery = await deliveryById(db, id);
      if (delivery?.place.startsWith('email/')) return delivery;
    }
    return undefined;
  }

  return app;
}

function read(body: Buffer, type: string): InboundMail | undefined {
  if (!/^application\/json/iu.test(type)) {
    const mail = mailOf(body);
    return mail.from === '' && mail.to.length === 0 ? undefined : mail;
  }
  try {
    return mailFromJson(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

async function bounce({ db, doorbell, ways }: MailHookParts, delivery: KnownDelivery, said: string): Promise<Became> {
  const { record, place, update, contentHash } = delivery;
  const why = `it bounced${said === '' ? '' : `: ${said}`}`;
  const way = update === null ? undefined : await insteadOf(db, { place, update, contentHash }, ways());
  const follows = whatFollows(
    { record, place, update, instead: way && { place: way.place, content: delivery.content, urgency: delivery.urgency } },
    { is: 'failed', why },
  );
  return (await bounced(db, doorbell, delivery, why, follows)) ? 'bounced' : 'known';
}
