/** The console behind a real server on loopback, and a browser's way of asking it. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { type ConsolePlatform, consolePlatform } from '../../../adapters/console/platform.ts';
import type { Dispatch } from '../../../src/chat/port.ts';
import { fakeNames, fakeRegistry } from './fake-bellman.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';

export interface Served {
  readonly console: ConsolePlatform;
  readonly store: MemoryStore;
  readonly port: number;
  readonly url: string;
  readonly get: (path: string) => Promise<Response>;
  readonly post: (path: string, body: unknown) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

export async function served(
  dispatch: Dispatch,
  options: { readonly port?: number; readonly store?: MemoryStore } = {},
): Promise<Served> {
  const store = options.store ?? memoryStore();
  const console = consolePlatform({ store, registry: fakeRegistry, names: fakeNames, log: { warn: () => {} } });
  await console.start(dispatch);
  const server = serve({ fetch: console.routes.fetch, hostname: '127.0.0.1', port: options.port ?? 0 });
  await new Promise((done) => server.once('listening', done));
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    console,
    store,
    port,
    url,
    get: (path) => fetch(`${url}${path}`),
    post: (path, body) =>
      fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    stop: async () => {
      await console.stop();
      await new Promise((done) => server.close(done));
    },
  };
}
