/**
 * `/unsubscribe/<delivery>`: a reader of a list wants no more. Opening the page changes nothing, because mail programs open links by
 * themselves; the button, and the mail program's own one click (RFC 8058), do.
 */
import { type Context, Hono } from 'hono';
import { escaped } from '../chat/written.ts';
import { aboutUpdate, audienceLabel } from '../comms/index.ts';
import type { Database } from '../db/database.ts';
import { deliveryById } from '../delivery/index.ts';
import { readerAt, unsubscribe } from '../people/index.ts';
import { documentOf, POLICY } from './layout.ts';

const page = (title: string, ...body: readonly string[]): string =>
  documentOf({ title, body: `<main>\n<h1>${escaped(title)}</h1>\n${body.join('\n')}\n</main>` });

const GONE = page('This link is not known', '<p>Nothing was changed. Use the link of a newer mail.</p>');
const AWAY = page('For the moment not possible', '<p>Nothing was changed. Try again in a minute.</p>');

/** The page and what its button does. */
export function unsubscribeRoutes(db: Database): Hono {
  const app = new Hono();
  const html = (c: Context, body: string, status: 200 | 404 | 503) =>
    c.body(body, status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    });

  /** The place that got the delivery, and the lists on which it still is. */
  async function reader(token: string) {
    const delivery = await deliveryById(db, token);
    if (!delivery?.update || !delivery.place.startsWith('email/')) return undefined;
    const lists = (await aboutUpdate(db, delivery.update))?.lists ?? [];
    return { place: delivery.place, lists: (await readerAt(db, delivery.place, lists)).lists };
  }

  app.get('/unsubscribe/:token', async (c) => {
    try {
      const found = await reader(c.req.param('token'));
      if (!found) return html(c, GONE, 404);
      return html(
        c,
        found.lists.length === 0 ? page('You are on no list', '<p>You get no more updates.</p>') : question(found.lists),
        200,
      );
    } catch {
      return html(c, AWAY, 503);
    }
  });

  app.post('/unsubscribe/:token', async (c) => {
    try {
      const found = await reader(c.req.param('token'));
      if (!found) return html(c, GONE, 404);
      for (const list of found.lists) await unsubscribe(db, list, found.place);
      return html(
        c,
        page('You are unsubscribed', '<p>You get no more updates by mail. What is on its way already may still arrive.</p>'),
        200,
      );
    } catch {
      return html(c, AWAY, 503);
    }
  });
  return app;
}

const question = (lists: readonly string[]): string =>
  page(
    'Unsubscribe',
    `<p>You get updates by mail because you are on the list ${lists.map((list) => `<strong>${escaped(audienceLabel(list))}</strong>`).join(', ')}.</p>`,
    '<form method="post"><button type="submit">Unsubscribe</button></form>',
  );
