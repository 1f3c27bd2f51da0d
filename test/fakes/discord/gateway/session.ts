import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Fields } from '../world/json.ts';
import { type GatewayEvent, intent } from '../world/world.ts';

const KEPT_EVENTS = 5000;

/** The operations of the gateway's protocol. */
export const op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  members: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

/** The codes with which Discord closes a gateway connection. */
export const closeCode = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

/** A logged-in client. It outlives its connection, so that it can be resumed. */
export class Session {
  readonly id = randomBytes(16).toString('hex');
  readonly intents: number;
  /** How often it was resumed. */
  resumes = 0;
  private socket: WebSocket | undefined;
  private seq = 0;
  private readonly sent: { readonly seq: number; readonly frame: string }[] = [];

  constructor(intents: number, socket: WebSocket) {
    this.intents = intents;
    this.socket = socket;
  }

  /** Whether a client is connected to it now. */
  get connected(): boolean {
    return this.socket !== undefined;
  }

  /** Whether this is the session's connection. */
  isOn(socket: WebSocket): boolean {
    return this.socket === socket;
  }

  /** Sends an event and keeps it for a resume; without the intent it is not for this session. A withheld one is only kept. */
  dispatch(event: GatewayEvent, withheld = false): void {
    if ((this.intents & event.intent) !== event.intent) return;
    const mayRead = (this.intents & intent.content) !== 0;
    const data = mayRead ? event.data : (event.withoutContent ?? event.data);
    this.seq += 1;
    const frame = JSON.stringify({ op: op.dispatch, t: event.name, s: this.seq, d: data });
    this.sent.push({ seq: this.seq, frame });
    if (this.sent.length > KEPT_EVENTS) this.sent.shift();
    if (!withheld) this.socket?.send(frame);
  }

  /** Takes a new connection and sends what was missed. False when the client claims more than it was sent. */
  resume(socket: WebSocket, from: number): boolean {
    if (from > this.seq) return false;
    this.socket?.terminate();
    this.socket = socket;
    this.resumes += 1;
    for (const event of this.sent) if (event.seq > from) socket.send(event.frame);
    this.dispatch({ name: 'RESUMED', data: { _trace: [] }, intent: 0 });
    return true;
  }

  /** Sends a frame outside the numbered events. */
  send(frame: Fields): void {
    this.socket?.send(JSON.stringify(frame));
  }

  /** Forgets the connection. */
  detach(): void {
    this.socket = undefined;
  }

  /** Cuts the connection without a close frame, as a broken network does. */
  drop(): void {
    this.socket?.terminate();
    this.detach();
  }

  /** Closes the connection with a code. */
  close(code: number, reason: string): void {
    this.socket?.close(code, reason);
    this.detach();
  }
}
