/** The console behind a real server on loopback, and a browser's way of asking it. */
import type { AddressInfo } from 'node:net';
import { serve as listenOn } from '@hono/node-server';
import { type ConsoleParts, type ConsolePlatform, consolePlatform } from '../../../adapters/console/platform.ts';
import type { Dispatch } from '../../../src/chat/port.ts';
import { fakeNames, fakeRegistry } from './fake-bellman.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';

/** The console behind its server. */
export interface Page {
  readonly console: ConsolePlatform;
  readonly port: number;
  readonly url: string;
  readonly get: (path: string) => Promise<Response>;
  readonly post: (path: string, body: unknown) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

export interface Served extends Page {
  readonly store: MemoryStore;
}

/** The console as `parts` say, listening and not started yet. */
export async function serve(parts: Omit<ConsoleParts, 'log' | 'audiences'>, port = 0): Promise<Page> {
  const console = consolePlatform({ ...parts, audiences: async () => ['customers'], log: { warn: () => {} } });
  const server = listenOn({ fetch: console.routes.fetch, hostname: '127.0.0.1', port });
  await new Promise((done) => server.once('listening', done));
  // A server that listens on TCP has an address of this shape.
  const { port: given } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${given}`;
  return {
    console,
    port: given,
    url,
    get: (path) => fetch(`${url}${path}`),
    post: (path, body) =>
      fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    stop: async () => {
      await console.stop();
      const closed = new Promise((done) => server.close(done));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}

/** The console on a memory, started with this dispatch. */
export async function served(
  dispatch: Dispatch,
  options: { readonly port?: number; readonly store?: MemoryStore } = {},
): Promise<Served> {
  const store = options.store ?? memoryStore();
  const page = await serve({ store, registry: fakeRegistry, names: fakeNames }, options.port);
  await page.console.start(dispatch);
  return { ...page, store };
}
