import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Fields, fieldsOf, isFields, listOf, textOrEmpty } from '../world/json.ts';
import { guildCreateJson, memberJson, membersOf, userJson } from '../world/wire.ts';
import { type GatewayEvent, intent, privilegedIntents, type World } from '../world/world.ts';
import { closeCode, op, Session } from './session.ts';

const KNOWN_INTENTS = (1 << 26) - 1;

/** The gateway of a fake Discord, and the troubles that can be ordered for it. */
export class Gateway {
  private readonly world: World;
  private readonly server: WebSocketServer;
  private readonly sockets = new Set<WebSocket>();
  private readonly all = new Set<Session>();
  private readonly heartbeatMs: number;
  private deaf = false;
  private refusing = false;
  /** What a person did last: an interaction, or a message. */
  private asked: GatewayEvent | undefined;

  constructor(world: World, http: Server, heartbeatMs: number) {
    this.world = world;
    this.heartbeatMs = heartbeatMs;
    this.server = new WebSocketServer({ noServer: true });
    http.on('upgrade', (request: IncomingMessage, socket, head) => {
      if (this.refusing || !request.url?.startsWith('/gateway')) {
        socket.destroy();
        return;
      }
      this.server.handleUpgrade(request, socket, head, (accepted) => this.greet(accepted));
    });
    world.emit = (event) => this.emit(event);
  }

  /** The sessions that are logged in, those that lost their connection too. */
  get sessions(): readonly Session[] {
    return [...this.all];
  }

  /** Waits until so many sessions are connected (one, unless said otherwise). */
  async connected(limitMs: number, count = 1): Promise<void> {
    const connected = () => this.sessions.filter((session) => session.connected).length;
    const missed = () => `${count} connected sessions; there are ${connected()}`;
    await this.world.waiting.until(() => (connected() >= count ? true : undefined), limitMs, missed);
  }

  /** Waits until sessions were resumed so many times in all. */
  async resumed(limitMs: number, times = 1): Promise<void> {
    const resumes = () => this.sessions.reduce((sum, session) => sum + session.resumes, 0);
    const missed = () => `${times} resumes; there were ${resumes()}`;
    await this.world.waiting.until(() => (resumes() >= times ? true : undefined), limitMs, missed);
  }

  /** Cuts all connections without a word; clients can resume. */
  drop(): void {
    for (const session of this.all) session.drop();
    this.world.waiting.changed();
  }

  /** Closes all connections with a code. */
  closeWith(code: number, reason = ''): void {
    for (const session of this.all) session.close(code, reason);
    this.world.waiting.changed();
  }

  /** Asks all clients to reconnect (op 7). */
  reconnect(): void {
    for (const session of this.all) session.send({ op: op.reconnect, d: null });
  }

  /** Tells all clients that their session is invalid (op 9); unless it can be resumed, the sessions are forgotten. */
  invalidate(resumable = false): void {
    for (const session of this.all) {
      session.send({ op: op.invalidSession, d: resumable });
      if (!resumable) this.all.delete(session);
    }
    this.world.waiting.changed();
  }

  /** Forgets the sessions, so that the next resume is refused, and cuts the connections. */
  forgetSessions(): void {
    for (const session of this.all) session.drop();
    this.all.clear();
    this.world.waiting.changed();
  }

  /** Stops answering heartbeats and sending events, with the connection open; or goes back to normal. */
  zombie(on = true): void {
    this.deaf = on;
  }

  /** Sends what a person did last (a command, a press, a form, a message) again, the same to the byte, as after a resume that went wrong. */
  repeat(): void {
    if (!this.asked) throw new Error('Nobody did anything yet');
    this.emit(this.asked);
  }

  /** Refuses new connections, or accepts them again. */
  refuseConnections(on = true): void {
    this.refusing = on;
  }

  /** Ends all connections. */
  close(): void {
    for (const socket of this.sockets) socket.terminate();
    this.server.close();
  }

  private emit(event: GatewayEvent): void {
    const said = event.name === 'MESSAGE_CREATE' && fieldsOf(event.data.author).bot !== true;
    if (event.name === 'INTERACTION_CREATE' || said) this.asked = event;
    for (const session of this.all) session.dispatch(event, this.deaf);
  }

  private greet(socket: WebSocket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      this.sockets.delete(socket);
      for (const session of this.all) {
        if (!session.isOn(socket)) continue;
        session.detach();
        // A client that says goodbye with one of these gives its session up.
        if (code === 1000 || code === 1001) this.all.delete(session);
      }
      this.world.waiting.changed();
    });
    socket.on('message', (data) => this.receive(socket, String(data)));
    socket.send(JSON.stringify({ op: op.hello, s: null, t: null, d: { heartbeat_interval: this.heartbeatMs, _trace: [] } }));
  }

  private receive(socket: WebSocket, frame: string): void {
    let payload: Fields;
    try {
      const parsed: unknown = JSON.parse(frame);
      if (!isFields(parsed)) throw new Error('not an object');
      payload = parsed;
    } catch {
      socket.close(closeCode.decodeError, 'Error while decoding payload.');
      return;
    }
    const data = fieldsOf(payload.d);
    const session = this.sessions.find((each) => each.isOn(socket));
    switch (payload.op) {
      case op.heartbeat:
        if (!this.deaf) socket.send(JSON.stringify({ op: op.heartbeatAck, d: null }));
        return;
      case op.identify:
        if (session) socket.close(closeCode.alreadyAuthenticated, 'Already authenticated.');
        else this.identify(socket, data);
        return;
      case op.resume:
        this.resume(socket, data);
        return;
      case op.members:
        if (session) this.sendMembers(session, data);
        else socket.close(closeCode.notAuthenticated, 'Not authenticated.');
        return;
      case op.presence:
      case op.voice:
        if (!session) socket.close(closeCode.notAuthenticated, 'Not authenticated.');
        return;
      default:
        socket.close(closeCode.unknownOpcode, 'Unknown opcode.');
    }
  }

  private identify(socket: WebSocket, data: Fields): void {
    const intents = data.intents;
    if (data.token !== this.world.options.token) {
      socket.close(closeCode.authenticationFailed, 'Authentication failed.');
    } else if (typeof intents !== 'number' || intents < 0 || intents > KNOWN_INTENTS) {
      socket.close(closeCode.invalidIntents, 'Invalid intent(s).');
    } else if ((intents & privilegedIntents & ~this.world.allowedIntents) !== 0) {
      socket.close(closeCode.disallowedIntents, 'Disallowed intent(s).');
    } else {
      this.begin(new Session(intents, socket), data.shard);
    }
  }

  private begin(session: Session, shard: unknown): void {
    const { applicationId, guildId } = this.world.options;
    this.all.add(session);
    session.dispatch({
      name: 'READY',
      intent: 0,
      data: {
        v: 10,
        user: { ...userJson(this.world.bot), verified: true, mfa_enabled: true, email: null, flags: 0 },
        user_settings: {},
        guilds: [{ id: guildId, unavailable: true }],
        session_id: session.id,
        session_type: 'normal',
        resume_gateway_url: `${this.world.origin.replace('http', 'ws')}/gateway`,
        shard: shard ?? [0, 1],
        application: { id: applicationId, flags: 0 },
        _trace: [],
      },
    });
    const withMembers = (session.intents & intent.members) !== 0;
    session.dispatch({ name: 'GUILD_CREATE', intent: intent.guilds, data: guildCreateJson(this.world, withMembers) });
    this.world.waiting.changed();
  }

  private resume(socket: WebSocket, data: Fields): void {
    const session = this.sessions.find((each) => each.id === data.session_id);
    if (data.token !== this.world.options.token) {
      socket.close(closeCode.authenticationFailed, 'Authentication failed.');
    } else if (!session) {
      socket.send(JSON.stringify({ op: op.invalidSession, d: false }));
    } else if (!session.resume(socket, typeof data.seq === 'number' ? data.seq : 0)) {
      socket.close(closeCode.invalidSeq, 'Invalid seq.');
    }
    this.world.waiting.changed();
  }

  private sendMembers(session: Session, data: Fields): void {
    const wanted = listOf(typeof data.user_ids === 'string' ? [data.user_ids] : data.user_ids);
    const query = textOrEmpty(data.query).toLowerCase();
    const limit = typeof data.limit === 'number' && data.limit > 0 ? data.limit : Number.POSITIVE_INFINITY;
    const everyone = wanted.length === 0 && query === '';
    if (everyone && (session.intents & intent.members) === 0) {
      session.close(closeCode.disallowedIntents, 'Disallowed intent(s).');
      return;
    }
    const members = membersOf(this.world).filter((user) =>
      wanted.length > 0 ? wanted.includes(user.id) : user.name.toLowerCase().startsWith(query),
    );
    const found = members.slice(0, limit);
    const missing = wanted.filter((id) => !found.some((user) => user.id === id));
    session.dispatch({
      name: 'GUILD_MEMBERS_CHUNK',
      intent: 0,
      data: {
        guild_id: this.world.options.guildId,
        members: found.map(memberJson),
        chunk_index: 0,
        chunk_count: 1,
        not_found: missing,
        nonce: data.nonce ?? null,
      },
    });
  }
}
