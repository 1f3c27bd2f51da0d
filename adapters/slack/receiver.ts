/**
 * How requests come in: signed over HTTP, or as envelopes over Socket Mode. Both hand them to Bolt and answer Slack only when the
 * listeners have come back, because what is acknowledged must be stored. Bolt itself would acknowledge events before that.
 */
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { type Log, PlatformError } from '../../src/chat/port.ts';
import { refusalOf, slackCode } from './errors.ts';
import type { Answer } from './once.ts';
import { isSigned } from './signature.ts';
import { clientOptions, sdkLogger } from './web.ts';

/** What a listener leaves here is what Slack is answered. */
export interface Exchange {
  answer?: Answer;
}

/** How much Slack may send at once, in bytes; its largest payloads are a tenth of it. */
const MOST = 1_000_000;

type Body = ReceiverEvent['body'];

/** Lets Bolt route one request to its listener, and returns what that one answered. Never throws. */
async function routed(app: App | undefined, body: Body, log: Log): Promise<Answer> {
  if (app === undefined) return { status: 503 };
  const exchange: Exchange = {};
  try {
    await app.processEvent({ body, ack: async () => undefined, customProperties: { exchange } });
  } catch (error) {
    log.error({ error }, 'Slack: a request failed');
    return { status: 500 };
  }
  return exchange.answer ?? { status: 200 };
}

/** Requests over HTTP. `handle` is given whatever arrives at `/slack/events`. */
export class HttpReceiver implements Receiver {
  private app: App | undefined;
  private open = false;
  private readonly secret: string;
  private readonly log: Log;

  constructor(secret: string, log: Log) {
    this.secret = secret;
    this.log = log;
  }

  init(app: App): void {
    this.app = app;
  }

  async start(): Promise<void> {
    this.open = true;
  }

  async stop(): Promise<void> {
    this.open = false;
  }

  /** Answers 401 to whatever Slack did not sign within five minutes, 503 before the start and after the stop. */
  async handle(request: Request): Promise<Response> {
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    const raw = await bounded(request);
    if (raw === undefined) return new Response(null, { status: 413 });
    if (!isSigned(this.secret, request.headers, raw, Date.now())) {
      this.log.warn({ age: request.headers.get('x-slack-request-timestamp') }, 'Slack: a request with a wrong or old signature');
      return new Response(null, { status: 401 });
    }
    const body = read(raw, request.headers.get('content-type') ?? '');
    if (body === undefined) return new Response(null, { status: 400 });
    if (body.type === 'url_verification') return Response.json({ challenge: body.challenge });
    if (body.ssl_check !== undefined) return new Response(null, { status: 200 });
    const { status, body: said } = await routed(this.open ? this.app : undefined, body, this.log);
    return said === undefined ? new Response(null, { status }) : Response.json(said, { status });
  }
}

/** The body of a request as it came, to the byte; undefined when it is more than anybody needs to send before we know who it is. */
async function bounded(request: Request): Promise<string | undefined> {
  const told = request.headers.get('content-length');
  // HTTP itself holds a body to the length that it announces, and reading it whole is the quick way.
  if (told !== null) return Number(told) <= MOST ? request.text() : undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.byteLength;
    if (length > MOST) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The body of a request as an object: JSON, a form, or JSON in the `payload` of a form. Undefined when it is none of these. */
function read(raw: string, type: string): Body | undefined {
  try {
    const form = type.startsWith('application/json') ? undefined : new URLSearchParams(raw);
    const payload = form === undefined ? raw : form.get('payload');
    const body: unknown = payload === null ? Object.fromEntries(form ?? []) : JSON.parse(payload);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

/** The wait before a new connection, in milliseconds: it doubles up to the longest. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 30_000;

export interface SocketParts {
  readonly appToken: string;
  readonly apiUrl?: string | undefined;
  readonly timeout: number;
  readonly log: Log;
}

/** Requests over Socket Mode. An envelope is acknowledged when its listener has answered; else Slack sends it again. */
export class SocketReceiver implements Receiver {
  private app: App | undefined;
  private readonly client: SocketModeClient;
  private readonly log: Log;
  private stopped = true;
  private wait = FIRST_WAIT;
  private timer: NodeJS.Timeout | undefined;

  constructor({ appToken, apiUrl, timeout, log }: SocketParts) {
    this.log = log;
    this.client = new SocketModeClient({
      appToken,
      logger: sdkLogger(log),
      // The client's own way back ends in an unhandled rejection when Slack cannot be reached at that moment.
      autoReconnectEnabled: false,
      clientOptions: clientOptions(apiUrl, timeout, log),
    });
    this.client.on('slack_event', (envelope: Envelope) => {
      this.take(envelope).catch((error: unknown) => log.warn({ error }, 'Slack: an envelope was not acknowledged'));
    });
    this.client.on('connected', () => {
      this.wait = FIRST_WAIT;
    });
    this.client.on('disconnected', () => this.comeBack());
  }

  init(app: App): void {
    this.app = app;
  }

  /** Connects. Throws `PlatformError` when Slack does not take the token; goes on trying when it cannot be reached. */
  async start(): Promise<void> {
    this.stopped = false;
    try {
      await this.client.start();
    } catch (error) {
      const refusal = refusalOf(slackCode(error));
      if (refusal !== undefined) {
        this.stopped = true;
        throw new PlatformError('refused', `Socket Mode: ${refusal.replace('SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN')}`);
      }
      this.log.warn({ error }, 'Slack: no connection yet; trying on');
      this.comeBack();
    }
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.client.disconnect();
  }

  private comeBack(): void {
    if (this.stopped || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.stopped) return;
      this.client.start().catch((error: unknown) => {
        this.log.warn({ error, wait: this.wait }, 'Slack: no connection; trying on');
        this.comeBack();
      });
    }, this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  private async take({ body, ack }: Envelope): Promise<void> {
    const answer = await routed(this.stopped ? undefined : this.app, body, this.log);
    if (answer.status === 200) await ack(answer.body);
  }
}

interface Envelope {
  readonly body: Body;
  readonly ack: (response?: object) => Promise<void>;
}
