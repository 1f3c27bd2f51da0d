/** Where Bellman listens: what others send and ask on one port, the console there too or on a port of its own. */
import { Hono } from 'hono';
import type { Config } from './config.ts';
import { serveExport } from './reports/index.ts';
import { type HealthParts, healthRoutes } from './web/health.ts';
import { listen } from './web/server.ts';

export interface Served {
  readonly url: string;
  readonly consoleUrl: string | undefined;
  readonly close: () => Promise<void>;
}

export interface ServedParts {
  /** Adds what platforms send to us. */
  readonly mount: (app: Hono) => void;
  readonly consolePage: Hono | undefined;
  readonly health: HealthParts;
}

/** Listens. Rejects when a port is taken, with an error whose `code` is `EADDRINUSE`. */
export async function serve(config: Config, { mount, consolePage, health }: ServedParts): Promise<Served> {
  const web = new Hono();
  mount(web);
  web.route('/', healthRoutes(health));
  web.get('/exports/:token', (c) => serveExport(config.DATA_DIR, c.req.param('token')));
  if (consolePage && config.consoleAt === 'here') web.route('/', consolePage);
  const server = await listen(web, config.HOST, config.PORT);
  const url = `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${server.port}`;
  if (!consolePage || config.consoleAt !== 'own port') return { url, consoleUrl: consolePage && url, close: server.close };
  try {
    const own = await listen(new Hono().route('/', consolePage), '127.0.0.1', config.CONSOLE_PORT);
    const close = async () => void (await Promise.all([server.close(), own.close()]));
    return { url, consoleUrl: `http://127.0.0.1:${own.port}`, close };
  } catch (error) {
    await server.close();
    throw error;
  }
}
