/** What the ways out are told of updates and their readers, and those ways that need nobody outside: pages, and calls by hand. */
import { Hono } from 'hono';
import type { About } from './chat/about.ts';
import type { Letters } from './chat/letter.ts';
import type { Mechanism } from './chat/port.ts';
import { loadOrg } from './chat/store.ts';
import * as comms from './comms/index.ts';
import type { Config } from './config.ts';
import type { Doorbell } from './core/doorbell.ts';
import type { Org } from './core/record.ts';
import type { Transact } from './core/transact.ts';
import type { Database } from './db/database.ts';
import { readerAt } from './people/index.ts';
import { alertHook } from './web/alert-hook.ts';
import { mailHook } from './web/mail-hook.ts';
import { pageRoutes } from './web/page-routes.ts';
import { pageWay } from './web/pages.ts';
import { unsubscribeRoutes } from './web/unsubscribe.ts';

/** What many deliveries need is read at most so often, in milliseconds; and kept for so many updates. */
const FRESH_MS = 5000;
const KEPT = 100;

/** The status page, the press page, and calls by hand. */
export const ownWays = (db: Database, transact: Transact): readonly Mechanism[] => [
  pageWay(db, 'status'),
  pageWay(db, 'press'),
  comms.callWay(transact),
];

export interface PublicParts {
  readonly config: Pick<Config, 'MAIL_HOOK_SECRET'>;
  readonly db: Database;
  readonly transact: Transact;
  readonly doorbell: Doorbell;
  readonly base: () => string | undefined;
  readonly mechanisms: ReadonlyMap<string, Mechanism>;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** What everybody may open, and where alerts and mails come in: status, press, unsubscribing, `/hooks/mail` when it has a secret. */
export function publicRoutes({ config, db, base, mechanisms, ...rest }: PublicParts): Hono {
  const app = new Hono()
    .route('/', pageRoutes({ db, base }))
    .route('/', unsubscribeRoutes(db))
    .route('/', alertHook({ db, ...rest }));
  const { MAIL_HOOK_SECRET: secret } = config;
  return secret === undefined ? app : app.route('/', mailHook({ db, secret, ways: () => [...mechanisms.keys()], ...rest }));
}

/** What an update is about: of many deliveries of one update it is read once in a while. */
function aboutIn(db: Database): About {
  const read = new Map<string, { readonly at: number; readonly about: ReturnType<About> }>();
  return (update) => {
    const known = read.get(update);
    if (known && performance.now() - known.at < FRESH_MS) return known.about;
    const about = comms.aboutUpdate(db, update).catch((error: unknown) => {
      read.delete(update);
      throw error;
    });
    read.set(update, { at: performance.now(), about });
    for (const oldest of read.keys()) {
      if (read.size <= KEPT) break;
      read.delete(oldest);
    }
    return about;
  };
}

/** What e-mail needs; undefined where it is not configured. */
export const mailOptions = (db: Database, config: Config) =>
  config.SMTP_URL === undefined || config.MAIL_FROM === undefined
    ? undefined
    : { url: config.SMTP_URL, from: config.MAIL_FROM, letters: lettersIn(db, config) };

/** What webhooks need; undefined where they are not configured. */
export const webhookOptions = (db: Database, config: Config) =>
  config.WEBHOOK_SECRET === undefined
    ? undefined
    : {
        secret: config.WEBHOOK_SECRET,
        allowPrivate: config.WEBHOOK_PRIVATE === 'allow',
        source: config.PUBLIC_URL,
        about: aboutIn(db),
      };

/** `bellman@bank.example` of `Bellman <bellman@bank.example>`. */
const addressIn = (from: string): string => /([^\s@<>]+@[^\s@<>]+?)>?\s*$/u.exec(from)?.[1] ?? from;

/** The address for answers to one delivery: `bellman+<delivery>@bank.example`. */
function replyAddress(config: Pick<Config, 'MAIL_FROM' | 'MAIL_REPLY_TO'>, delivery: string): string {
  const address = config.MAIL_REPLY_TO ?? addressIn(config.MAIL_FROM ?? '');
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${delivery}${address.slice(at)}`;
}

function organisation(db: Database): () => Promise<Org> {
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<Org> | undefined;
  return () => {
    if (reading && performance.now() - readAt < FRESH_MS) return reading;
    readAt = performance.now();
    reading = loadOrg(db).catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

/** What stands around an update in a mail to somebody. Without a public address there is nothing that a reader could click. */
function lettersIn(db: Database, config: Config): Letters {
  const about = aboutIn(db);
  const organised = organisation(db);
  return async (place, { delivery, record, update }) => {
    // An answer stands in the thread of what was asked about.
    const of = update ?? (await comms.updateAskedFrom(db, record, place));
    const told = of === undefined ? undefined : await about(of);
    if (!told) return undefined;
    const [reader, org] = await Promise.all([readerAt(db, place, told.lists ?? []), organised()]);
    const audience = org.audiences[told.audience];
    const [list] = reader.lists;
    return {
      audience: told.audience,
      subject: `${told.title} (${told.record})`,
      zone: reader.zone ?? audience?.zone,
      ...(config.MAIL_HOOK_SECRET ? { replyTo: replyAddress(config, delivery) } : {}),
      ...(list !== undefined && config.PUBLIC_URL !== undefined
        ? {
            unsubscribe: {
              address: `${config.PUBLIC_URL}/unsubscribe/${delivery}`,
              list: org.audiences[list]?.label ?? comms.audienceLabel(list),
            },
          }
        : {}),
    };
  };
}
