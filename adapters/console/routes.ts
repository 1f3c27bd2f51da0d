/** The console over HTTP: the page, what it reads, what it sends, and its stream of events. */
import { readFile } from 'node:fs/promises';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Log } from '../../src/chat/port.ts';
import type { Registry } from '../../src/chat/registry.ts';
import { complete } from './complete.ts';
import { messageView } from './content.ts';
import { loopbackOnly } from './guard.ts';
import type { Hub, LiveEvent } from './hub.ts';
import { channelOf, directOf, exists, mayRead } from './places.ts';
import type { ConsoleStore } from './store.ts';
import { type Doer, NotReady, type Talk } from './talk.ts';

export interface RouteParts {
  readonly store: ConsoleStore;
  readonly hub: Hub;
  readonly talk: Talk;
  readonly registry: Registry;
  readonly audiences: () => Promise<readonly string[]>;
  readonly log: Pick<Log, 'warn'>;
  readonly pageFolder?: URL;
}

const BODY_LIMIT = 256 * 1024;
/** How many messages of a place the page gets at first, and with each look further back. */
const MESSAGES = 60;
/** A silent stream is taken for dead by some browsers and every proxy; milliseconds. */
const HEARTBEAT_MS = 15_000;

const name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,29}$/, 'Use a to z, 0 to 9, dots and dashes, 30 at most.');
const texts = z.record(z.string(), z.string().max(20_000));
const doer = {
  as: z.string(),
  key: z.string().min(1).max(100),
  channel: z.string().optional(),
  /** In the direct messages with Bellman. */
  direct: z.boolean().optional(),
  zone: z.string().max(60).optional(),
};
const saying = z.object({ ...doer, text: z.string().min(1).max(20_000) });
const pressing = z.object({
  ...doer,
  message: z.string().optional(),
  action: z.string().max(100),
  record: z.string().max(100),
  value: z.string().max(3000).optional(),
});
const submitting = z.object({
  ...doer,
  doing: z.string().max(100),
  input: texts.default({}),
  answers: texts,
  draft: z.string().max(100).optional(),
  step: z.number().int().min(1).max(100).optional(),
});
const newPerson = z.object({
  handle: name.refine((handle) => handle !== 'bellman', 'This is Bellman itself; choose another.'),
  name: z.string().trim().min(1).max(60),
  title: z.string().trim().max(60).default(''),
});
const newChannel = z.object({ name });

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** A request that names nobody, no place, or says nothing that we understand: told with 400. */
class Wrong extends Error {}

/** Makes the console's routes: `/` and `/console/...`, all behind the guard. */
export function consoleRoutes({ store, hub, talk, registry, audiences, log, pageFolder }: RouteParts): Hono {
  const folder = pageFolder ?? new URL('./page/', import.meta.url);
  const app = new Hono();
  app.use('/', loopbackOnly);
  app.use('/console/*', loopbackOnly);
  app.use(
    '/console/*',
    bodyLimit({ maxSize: BODY_LIMIT, onError: (c) => c.json({ problem: 'This is too much at once.' }, 413) }),
  );
  app.onError((error, c) => {
    if (error instanceof Wrong) return c.json({ problem: error.message }, 400);
    if (error instanceof NotReady) return c.json({ problem: error.message }, 503);
    log.warn({ err: error, path: c.req.path }, 'the console could not answer');
    return c.json({ problem: 'The records cannot be reached; nothing was changed.' }, 503);
  });

  app.get('/', (c) => file(c, 'index.html'));
  app.get('/console/page/:file', (c) => file(c, c.req.param('file')));

  app.get('/console/state', async (c) => {
    const me = person(c.req.query('as'));
    const places = [...hub.channels().map(channelOf), directOf(me.handle)];
    const messages = await store.latest(places, me.handle, MESSAGES);
    return c.json({
      me,
      people: hub.people(),
      channels: hub.channels(),
      direct: directOf(me.handle),
      messages: messages.map(messageView),
      more: MESSAGES,
    });
  });

  app.get('/console/messages', async (c) => {
    const me = person(c.req.query('as'));
    const place = placeNamed(me.handle, { channel: c.req.query('channel'), direct: c.req.query('channel') === undefined });
    const before = c.req.query('before') ?? '';
    if (!/^\d{1,18}$/.test(before)) throw new Wrong('Say before which message.');
    return c.json({ messages: (await store.before(place, me.handle, before, MESSAGES)).map(messageView) });
  });

  app.get('/console/people', (c) => c.json({ people: hub.people() }));

  app.get('/console/complete', async (c) =>
    c.json(
      complete((c.req.query('text') ?? '').slice(0, 500), registry, {
        people: hub.people(),
        channels: hub.channels(),
        audiences: await audiences().catch(() => []),
        records: hub.records(c.req.query('as') ?? ''),
      }),
    ),
  );

  app.get('/console/events', (c) => {
    const me = person(c.req.query('as'));
    return streamSSE(c, async (stream) => {
      const ended = Promise.withResolvers<void>();
      const send = ({ event, data }: LiveEvent) => {
        // A page that went away is noticed by `onAbort`; what was written to it meanwhile is lost with it.
        stream.writeSSE({ event, data: JSON.stringify(data) }).catch(() => ended.resolve());
      };
      const close = hub.open(me.handle, send, ended.resolve);
      const heartbeat = setInterval(() => void stream.write(': here\n\n').catch(() => ended.resolve()), HEARTBEAT_MS);
      stream.onAbort(ended.resolve);
      // Once this has come, nothing that happens is missed: the page reads the state after it.
      await stream.writeSSE({ event: 'ready', data: '{}', retry: 1000 });
      await ended.promise;
      clearInterval(heartbeat);
      close();
    });
  });

  app.post('/console/say', async (c) => {
    const body = await read(c, saying);
    return c.json(await talk.say(doerOf(body), body.text));
  });

  app.post('/console/press', async (c) => {
    const body = await read(c, pressing);
    const pressed = body.message === undefined ? undefined : await store.message(body.message).catch(() => undefined);
    const at = doerOf(body);
    const readable = pressed && mayRead(at.person.handle, pressed.place, pressed.only);
    return c.json(await talk.press(readable ? { ...at, place: pressed.place } : at, body));
  });

  app.post('/console/submit', async (c) => {
    const body = await read(c, submitting);
    return c.json(await talk.submit(doerOf(body), body));
  });

  app.post('/console/people', async (c) => {
    const added = await read(c, newPerson);
    await store.addPerson(added);
    await hub.refresh();
    return c.json({ person: person(added.handle) });
  });

  app.post('/console/channels', async (c) => {
    const added = await read(c, newChannel);
    await store.addChannel(added.name);
    await hub.refresh();
    return c.json({ channel: added.name });
  });

  return app;

  function person(handle: string | undefined) {
    if (hub.people().length === 0) throw new NotReady();
    const found = hub.person((handle ?? '').toLowerCase());
    if (!found) throw new Wrong(`Nobody on the console is called "${handle ?? ''}".`);
    return found;
  }

  function placeNamed(handle: string, where: { readonly channel?: string | undefined; readonly direct?: boolean | undefined }) {
    if (where.channel === undefined || where.direct) return directOf(handle);
    const place = channelOf(where.channel.replace(/^#/, '').toLowerCase());
    if (!exists(place, hub)) throw new Wrong(`The console has no channel #${where.channel}.`);
    return place;
  }

  function doerOf(body: z.infer<z.ZodObject<typeof doer>>): Doer {
    const me = person(body.as);
    return { person: me, place: placeNamed(me.handle, body), key: body.key, zone: zoneOf(body.zone) };
  }

  async function file(c: Context, wanted: string): Promise<Response> {
    const type = /^[a-z-]+\.(html|css|js|svg)$/.exec(wanted)?.[1];
    if (type === undefined) return c.json({ problem: 'There is no such file.' }, 404);
    try {
      return c.body(await readFile(new URL(wanted, folder), 'utf8'), 200, { 'content-type': TYPES[type] ?? 'text/plain' });
    } catch {
      return c.json({ problem: 'There is no such file.' }, 404);
    }
  }
}

async function read<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await c.req.json().catch(() => undefined);
  const checked = schema.safeParse(body);
  if (checked.success) return checked.data;
  const { path = [], message = 'This is not what the console understands.' } = checked.error.issues[0] ?? {};
  throw new Wrong(`${path.join('.')}: ${message}`);
}

/** The zone if it is one that is known; a page cannot make times unreadable. */
function zoneOf(zone: string | undefined): string | undefined {
  if (zone === undefined) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
