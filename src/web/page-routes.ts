/**
 * Serves the public pages. Each is read and made once in a few seconds however many look at it, and while the records cannot be
 * reached what was read last is shown: a status page is needed most when something fails.
 */
import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Database } from '../db/database.ts';
import { documentOf, POLICY } from './layout.ts';
import { type Entry, onPage, type PageName } from './page-store.ts';
import { pressIndex, pressStatement } from './press-page.ts';
import { atomFeed, jsonFeed, statusPage } from './status-page.ts';

export interface PageParts {
  readonly db: Database;
  /** The public address, without a slash at its end; undefined before anything listens. */
  readonly base: () => string | undefined;
}

/** What was read is shown for so long; milliseconds. */
const FRESH_MS = 3000;
const READERS_KEEP_S = 5;
const MOST: Readonly<Record<PageName, number>> = { status: 300, press: 200 };

interface Read {
  readonly entries: readonly Entry[];
  /** What pages are made of it, by path and address. */
  readonly made: Map<string, Made>;
}

interface Made {
  readonly body: string;
  readonly tag: string;
}

/** Reads a page's entries at most every few seconds, for all who look at the same time. Rejects only when nothing was ever read. */
function reader(db: Database, page: PageName): () => Promise<Read> {
  let last: Read | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<Read> | undefined;
  const read = async (): Promise<Read> => {
    const entries = await onPage(db, page, MOST[page]);
    const same = last !== undefined && JSON.stringify(last.entries) === JSON.stringify(entries);
    last = same && last ? last : { entries, made: new Map() };
    return last;
  };
  return () => {
    if (last && performance.now() - readAt < FRESH_MS) return Promise.resolve(last);
    reading ??= read()
      .catch((error: unknown) => {
        if (last) return last;
        throw error;
      })
      .finally(() => {
        readAt = performance.now();
        reading = undefined;
      });
    // Whoever looks meanwhile does not wait for what is being read anew.
    return last ? Promise.resolve(last) : reading;
  };
}

const AWAY = documentOf({
  title: 'For the moment not available',
  body: '<main><h1>For the moment not available</h1><p>This page cannot be shown now. Load it again in a minute.</p></main>',
});

const GONE = documentOf({
  title: 'No such statement',
  body: '<main><h1>No such statement</h1><p>There is no statement at this address. <a href="/press">All statements</a></p></main>',
});

const secure = { 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };

/** `/status`, its feeds, `/press` and its statements. */
export function pageRoutes({ db, base }: PageParts): Hono {
  const status = reader(db, 'status');
  const press = reader(db, 'press');
  const app = new Hono();

  async function answer(
    c: Context,
    read: () => Promise<Read>,
    type: string,
    make: (entries: readonly Entry[], at: string) => string,
  ) {
    let found: Read;
    try {
      found = await read();
    } catch {
      return c.body(AWAY, 503, { ...secure, 'Content-Type': 'text/html; charset=utf-8', 'Retry-After': '60' });
    }
    const at = base() ?? '';
    const key = `${c.req.path} ${at}`;
    const made = found.made.get(key) ?? madeOf(make(found.entries, at));
    found.made.set(key, made);
    const newest = Math.max(0, ...found.entries.map((one) => one.at));
    const headers = {
      ...secure,
      'Content-Type': type,
      'Cache-Control': `public, max-age=${READERS_KEEP_S}`,
      ETag: made.tag,
      ...(newest > 0 ? { 'Last-Modified': new Date(newest).toUTCString() } : {}),
    };
    const known = c.req.header('If-None-Match');
    if (known?.split(/\s*,\s*/u).some((tag) => tag.replace(/^W\//u, '') === made.tag)) return c.body(null, 304, headers);
    return c.body(made.body, 200, headers);
  }

  const html = 'text/html; charset=utf-8';
  app.get('/status', (c) => answer(c, status, html, (entries) => statusPage(entries)));
  app.get('/status/feed.atom', (c) => answer(c, status, 'application/atom+xml; charset=utf-8', atomFeed));
  app.get('/status/feed.json', (c) => answer(c, status, 'application/feed+json; charset=utf-8', jsonFeed));
  app.get('/press', (c) => answer(c, press, html, (entries) => pressIndex(entries)));
  app.get('/press/:token', async (c) => {
    const token = c.req.param('token');
    const found = await press().then(
      ({ entries }) => entries.find((one) => one.token === token),
      () => undefined,
    );
    if (found) return answer(c, press, html, () => pressStatement(found));
    return c.body(GONE, 404, { ...secure, 'Content-Type': html });
  });
  return app;
}

const madeOf = (body: string): Made => ({ body, tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` });
