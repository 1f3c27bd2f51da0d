import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FaultOrder, Faults } from './faults.ts';
import { isObject, type Json, type JsonObject, parse } from './json.ts';

/** One call that the app made, in the order of arrival. */
export type Call = {
  /** A Web API method, `response_url` or `upload`. */
  readonly method: string;
  readonly args: JsonObject;
  readonly time: number;
  /** `ok`, Slack's error, or the fault that hit it; `pending` while it runs. */
  readonly outcome: string;
};

/** What is to be answered. */
export type Answer = {
  readonly status: number;
  readonly body: Json;
  readonly outcome: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Reads the whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** The members of a body: a form, JSON, or both names and files of a multipart form. */
export async function readMembers(request: IncomingMessage, body: Buffer): Promise<JsonObject> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    const parsed = parse(body.toString());
    return isObject(parsed) ? parsed : {};
  }
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const members: JsonObject = {};
    for (const [name, value] of form)
      members[name] = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()).toString('base64');
    return members;
  }
  return Object.fromEntries(new URLSearchParams(body.toString()));
}

function send(response: ServerResponse, answer: Answer): void {
  const plain = typeof answer.body === 'string';
  const body = plain ? String(answer.body) : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'content-type': plain ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...answer.headers,
  });
  response.end(body);
}

function reset(response: ServerResponse): void {
  // A reset as the network gives it, so that the app sees ECONNRESET and not an orderly end.
  response.socket?.resetAndDestroy();
}

function cut(response: ServerResponse, answer: Answer): void {
  const body = JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.socket?.destroy());
}

const BROKEN: Answer = { status: 500, body: '<html><body><h1>Internal Server Error</h1></body></html>', outcome: '500' };

/** Where all calls of the app come in: writes them down and lets the ordered ones fail. */
export class Door {
  readonly calls: Call[] = [];
  readonly faults = new Faults();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** Runs a call, unless a fault comes before, and answers it, unless a fault comes after. */
  pass(method: string, args: JsonObject, time: number, response: ServerResponse, run: () => Answer): void {
    const call = { method, args, time, outcome: 'pending' };
    this.calls.push(call);
    const fault = this.faults.take(method, args);
    const safely = () => this.safely(run);
    const answer = fault === undefined ? safely() : this.faulty(fault, response, safely);
    call.outcome = answer.outcome;
    if (fault === undefined) send(response, answer);
    this.changed();
  }

  /** Forgets the answers that are still being held back. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** A mistake in the fake itself must not look like a fault of the network. */
  private safely(run: () => Answer): Answer {
    try {
      return run();
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { status: 500, body: `The fake Slack itself failed: ${why}`, outcome: `fake failed: ${why}` };
    }
  }

  private faulty(fault: FaultOrder, response: ServerResponse, run: () => Answer): Answer {
    const { kind } = fault;
    if (typeof kind === 'object') {
      if ('slowMs' in kind) return this.slow(kind.slowMs, response, run());
      const refusal: Answer = { status: 200, body: { ok: false, error: kind.error }, outcome: kind.error };
      send(response, refusal);
      return refusal;
    }
    if (kind === '429') {
      const headers = { 'retry-after': String(fault.retryAfter ?? 1) };
      send(response, { status: 429, body: { ok: false, error: 'ratelimited' }, headers, outcome: kind });
    } else if (kind.endsWith('-before')) {
      if (kind === '500-before') send(response, BROKEN);
      if (kind === 'reset-before') reset(response);
    } else {
      const answer = run();
      if (kind === '500-after-accepting') send(response, BROKEN);
      if (kind === 'reset-after-accepting') reset(response);
      if (kind === 'cut-body') cut(response, answer);
      if (kind === 'garbled-body') send(response, { ...answer, body: JSON.stringify(answer.body).slice(0, 16) });
    }
    return { status: 0, body: null, outcome: kind };
  }

  private slow(ms: number, response: ServerResponse, answer: Answer): Answer {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      send(response, answer);
    }, ms);
    this.timers.add(timer);
    return answer;
  }
}
