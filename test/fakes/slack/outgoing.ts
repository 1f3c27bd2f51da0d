import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { type JsonObject, object, parse } from './json.ts';
import { LIMITS } from './limits.ts';
import type { Sockets } from './socket.ts';

/** What kind of thing Slack tells the app. */
export type Kind = 'slash_commands' | 'interactive' | 'events_api';

/** A request as it went out, kept so that it can be sent again. */
export type Raw = {
  readonly transport: 'http' | 'socket';
  readonly kind: Kind;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly payload: JsonObject;
};

/** How the app answered. */
export type Sent = {
  /** The HTTP status (200 for an acknowledged envelope); 0 when no answer came. */
  readonly status: number;
  readonly body: string;
  /** The body when it is a JSON object, else empty. */
  readonly json: JsonObject;
  readonly ms: number;
  /** It took longer than the three seconds that Slack waits: Slack would not have heard it. */
  readonly late: boolean;
  /** Why no answer came. */
  readonly failed?: string;
  readonly raw: Raw;
};

/** What to change when a request is sent again. With nothing changed it is the same to the last byte. */
export type Tampering = {
  /** Seconds; signed anew with it, so that only the age is wrong. */
  readonly timestamp?: number;
  /** In the place of the right signature. */
  readonly signature?: string;
  /** In the place of the body, under the old signature. */
  readonly body?: string;
  /** Signed anew with the present time, as Slack does when it tries again itself. */
  readonly resign?: boolean;
  readonly retryNum?: number;
  readonly retryReason?: string;
};

/** Headers of a request signed with Slack's v0 scheme. */
function signed(secret: string, body: string, seconds: number): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${digest}` };
}

type Reply = { status: number; body: string; failed?: string };

function post(url: string, headers: Readonly<Record<string, string>>, body: string, patienceMs: number): Promise<Reply> {
  return new Promise((resolve) => {
    const fail = (failed: string) => resolve({ status: 0, body: '', failed });
    const outgoing = request(
      url,
      { method: 'POST', headers, agent: false, signal: AbortSignal.timeout(patienceMs) },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (part: string) => {
          text += part;
        });
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: text }));
        incoming.on('error', (error) => fail(error.message));
      },
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.name === 'TimeoutError' || error.name === 'AbortError'
          ? `no answer within ${patienceMs} ms`
          : (error.code ?? error.message),
      ),
    );
    outgoing.end(body);
  });
}

/** Brings requests to the app: signed over HTTP, or as envelopes over its socket. */
export class Outgoing {
  readonly log: Sent[] = [];
  url = '';
  useSocket = false;
  private readonly secret: string;
  private readonly sockets: Sockets;
  private readonly patienceMs: number;

  constructor(secret: string, sockets: Sockets, patienceMs: number) {
    this.secret = secret;
    this.sockets = sockets;
    this.patienceMs = patienceMs;
  }

  /** Sends a payload in the form that its kind has. */
  send(kind: Kind, payload: JsonObject, retry: { retryNum?: number; retryReason?: string } = {}): Promise<Sent> {
    const body =
      kind === 'events_api'
        ? JSON.stringify(payload)
        : kind === 'interactive'
          ? new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
          : new URLSearchParams(Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)])).toString();
    const headers = {
      'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      accept: '*/*',
      ...this.retryHeaders(retry),
      ...signed(this.secret, body, Math.floor(Date.now() / 1000)),
    };
    const transport = this.useSocket ? 'socket' : 'http';
    return this.deliver({ transport, kind, url: this.url, headers, body, payload });
  }

  /** Sends a request again: the same, or changed in the way that a test wants to see refused. */
  again(raw: Raw, change: Tampering = {}): Promise<Sent> {
    const body = change.body ?? raw.body;
    const now = Math.floor(Date.now() / 1000);
    const anew = change.resign === true || change.timestamp !== undefined;
    const headers = {
      ...raw.headers,
      ...this.retryHeaders(change),
      ...(anew ? signed(this.secret, body, change.timestamp ?? now) : {}),
      ...(change.signature === undefined ? {} : { 'x-slack-signature': change.signature }),
    };
    return this.deliver({ ...raw, url: this.url || raw.url, headers, body });
  }

  private retryHeaders(retry: { retryNum?: number; retryReason?: string }): Record<string, string> {
    if (retry.retryNum === undefined) return {};
    return { 'x-slack-retry-num': String(retry.retryNum), 'x-slack-retry-reason': retry.retryReason ?? 'http_timeout' };
  }

  private async deliver(raw: Raw): Promise<Sent> {
    if (raw.transport === 'http' && raw.url === '')
      throw new Error('The fake Slack does not know the app: call sendTo(url) first');
    const started = performance.now();
    const reply =
      raw.transport === 'socket'
        ? await this.sockets.send(raw, this.patienceMs)
        : await post(raw.url, raw.headers, raw.body, this.patienceMs);
    const ms = performance.now() - started;
    const sent: Sent = { ...reply, json: object(parse(reply.body)), ms, late: ms > LIMITS.answerMs, raw };
    this.log.push(sent);
    return sent;
  }
}
