import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Api } from './api.ts';
import { type Answer, type Door, readBody, readMembers } from './door.ts';
import type { Hooks } from './hooks.ts';
import type { Stores } from './methods/call.ts';
import type { Sockets } from './socket.ts';

/** What stands behind the addresses of the fake. */
export type Rooms = {
  readonly api: Api;
  readonly door: Door;
  readonly hooks: Hooks;
  readonly sockets: Sockets;
  readonly stores: Stores;
};

/** The one HTTP server: Web API, response_urls, uploads, and the upgrade to Socket Mode. */
export class Listener {
  private readonly server: Server;
  private port: number | undefined;

  constructor(rooms: () => Rooms) {
    this.server = createServer((request, response) => {
      // A call that the app itself gave up has nobody left to answer.
      this.serve(rooms(), request, response).catch(() => response.destroy());
    });
    this.server.on('upgrade', (request, stream, head) => rooms().sockets.upgrade(request, stream, head));
  }

  /** Where the server is reached. */
  get base(): string {
    if (this.port === undefined) throw new Error('The fake Slack does not listen');
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts to listen on the loopback interface. */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        const address = this.server.address();
        this.port = typeof address === 'object' && address !== null ? address.port : port;
        resolve();
      });
    });
  }

  /** Stops, and cuts the calls that hang. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(rooms: Rooms, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const [, area, name = ''] = pathname.split('/');
    if (area === 'api') return rooms.api.serve(name, searchParams, request, response);
    const body = await readBody(request);
    const now = rooms.stores.world.now();
    if (area === 'hooks') {
      const members = await readMembers(request, body);
      return rooms.door.pass('response_url', members, now, response, () => rooms.hooks.take(name, members));
    }
    if (area === 'upload') {
      const content = await this.content(request, body);
      const args = { file: name, length: content.length };
      return rooms.door.pass('upload', args, now, response, () => this.upload(rooms, name, content));
    }
    response.writeHead(404).end();
  }

  private async content(request: IncomingMessage, body: Buffer): Promise<Buffer> {
    if (!(request.headers['content-type'] ?? '').startsWith('multipart/')) return body;
    const [first = ''] = Object.values(await readMembers(request, body));
    return Buffer.from(String(first), 'base64');
  }

  private upload({ stores: { files } }: Rooms, id: string, content: Buffer): Answer {
    const file = files.get(id);
    if (file === undefined) return { status: 404, body: 'not found', outcome: 'file_not_found' };
    if (file.length !== content.length) return { status: 400, body: 'wrong length', outcome: 'wrong_length' };
    files.put({ ...file, content });
    return { status: 200, body: `OK - ${content.length}`, outcome: 'ok' };
  }
}
