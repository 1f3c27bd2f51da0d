import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject, type JsonObject, object, parse, text } from './json.ts';
import type { Raw } from './outgoing.ts';

const PING_EVERY_MS = 10_000;
type Reply = { status: number; body: string; failed?: string };
type Waiting = { socket: WebSocket; settle: (reply: Reply) => void };

/** The app's Socket Mode connections. */
export class Sockets {
  /** Envelopes that the app acknowledged, by id. */
  readonly acknowledged: string[] = [];
  private readonly server = new WebSocketServer({ noServer: true });
  private readonly tickets = new Set<string>();
  private readonly waiting = new Map<string, Waiting>();
  private readonly pings: NodeJS.Timeout;
  private readonly appId: string;
  private readonly changed: () => void;
  private turn = 0;

  constructor(appId: string, changed: () => void) {
    this.appId = appId;
    this.changed = changed;
    this.pings = setInterval(() => {
      for (const socket of this.server.clients) socket.ping('Ping from fake-slack');
    }, PING_EVERY_MS);
    this.pings.unref();
  }

  /** How many connections are open now. */
  get connections(): number {
    return this.open().length;
  }

  /** A ticket for one connection, as `apps.connections.open` hands it out. */
  ticket(): string {
    const ticket = randomUUID();
    this.tickets.add(ticket);
    return ticket;
  }

  /** The parts of the address that a ticket is good for. */
  path(ticket: string): string {
    return `/link/?ticket=${ticket}&app_id=${this.appId}`;
  }

  /** Takes a connection whose ticket is good and says hello. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (!this.tickets.delete(searchParams.get('ticket') ?? '')) {
      stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    this.server.handleUpgrade(request, stream, head, (socket) => this.welcome(socket));
  }

  /** Sends an envelope over one of the connections and waits for its acknowledgement. */
  send(raw: Raw, patienceMs: number): Promise<Reply> {
    const open = this.open();
    const socket = open[this.turn++ % Math.max(1, open.length)];
    if (socket === undefined) return Promise.resolve({ status: 0, body: '', failed: 'no app is connected by socket' });
    const id = randomUUID();
    const retry = raw.headers['x-slack-retry-num'];
    const envelope = {
      envelope_id: id,
      type: raw.kind,
      payload: raw.payload,
      accepts_response_payload: raw.kind !== 'events_api',
      ...(raw.kind === 'events_api'
        ? { retry_attempt: Number(retry ?? 0), retry_reason: raw.headers['x-slack-retry-reason'] ?? '' }
        : {}),
    };
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ status: 0, body: '', failed: 'not acknowledged' }), patienceMs);
      const settle = (reply: Reply) => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(reply);
      };
      this.waiting.set(id, { socket, settle });
      socket.send(JSON.stringify(envelope));
    });
  }

  /** Tells the app that its connections end, as Slack does when it moves them; the app should come back by itself. */
  disconnect(reason: 'refresh_requested' | 'warning' | 'link_disabled' = 'refresh_requested'): void {
    const note = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'fake-slack' } });
    for (const socket of this.server.clients) socket.send(note);
  }

  /** Cuts all connections without a word. */
  drop(): void {
    for (const socket of this.server.clients) socket.terminate();
  }

  /** Ends everything. */
  close(): void {
    clearInterval(this.pings);
    this.drop();
    this.server.close();
  }

  private open(): WebSocket[] {
    return [...this.server.clients].filter((socket) => socket.readyState === socket.OPEN);
  }

  private welcome(socket: WebSocket): void {
    socket.on('message', (data) => this.hear(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      for (const waiting of [...this.waiting.values()])
        if (waiting.socket === socket) waiting.settle({ status: 0, body: '', failed: 'the socket was closed' });
      this.changed();
    });
    const info = { num_connections: this.connections, connection_info: { app_id: this.appId } };
    const debug = { host: 'fake-slack', build_number: 1, approximate_connection_time: 18060 };
    socket.send(JSON.stringify({ type: 'hello', ...info, debug_info: debug }));
    this.changed();
  }

  private hear(data: string): void {
    const message = parse(data);
    if (!isObject(message)) return;
    const id = text(message.envelope_id);
    this.acknowledged.push(id);
    const payload: JsonObject = object(message.payload);
    this.waiting.get(id)?.settle({ status: 200, body: Object.keys(payload).length > 0 ? JSON.stringify(payload) : '' });
    this.changed();
  }
}
