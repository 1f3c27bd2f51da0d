import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { realNow } from '../world/clock.ts';
import { fieldsOf } from '../world/json.ts';
import type { Call } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { readBody } from './body.ts';
import { ApiError, refuse } from './errors.ts';
import type { AppliedFault, Faults } from './faults.ts';
import type { Bucket, Rates } from './rates.ts';
import { type Answer, matchRoute, type Request, type Route } from './router.ts';

const API = '/api/v10';

/** What the server is made of. */
interface Parts {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly rates: Rates;
}

/** Makes the HTTP server of a fake Discord: REST under `/api/v10`, and the files that were uploaded. */
export function makeServer(parts: Parts): Server {
  const server = createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      // A fault of the fake itself must be seen at once, and not be taken for one of Discord's.
      console.error('The fake Discord failed', request.method, request.url, error);
      if (!response.headersSent) response.writeHead(500, { 'x-fake-discord': 'broken' }).end(String(error));
    });
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world } = parts;
  const url = new URL(request.url ?? '/', world.origin);
  const method = request.method ?? 'GET';
  const file = world.files.get(url.pathname);
  if (file && method === 'GET') {
    response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.bytes.length }).end(file.bytes);
    return;
  }
  const path = url.pathname.startsWith(API) ? url.pathname.slice(API.length) : url.pathname;
  const read = await readBody(request).catch((error: unknown) => {
    if (error instanceof ApiError) return error;
    // The client went away in the middle of its request.
    if (!request.complete) return undefined;
    throw error;
  });
  if (!read) return;
  const call: Call = {
    at: realNow(),
    method,
    path,
    query: url.searchParams,
    body: read instanceof ApiError ? undefined : read.json,
    files: read instanceof ApiError ? [] : read.uploads.map((upload) => upload.filename),
    fault: null,
    status: null,
    code: null,
  };
  world.calls.push(call);
  const found = url.pathname.startsWith(`${API}/`) ? findRoute(parts.routes, method, path) : undefined;
  const bucket = parts.rates.count(method, path, found?.route.pattern ?? `${method} ${path}`);
  const applied = parts.faults.take(method, path);
  const reply = new Reply(world, call, response, bucket);
  if (applied) {
    call.fault = typeof applied.fault === 'string' ? applied.fault : `${applied.fault.status}/${applied.fault.code}`;
    world.waiting.changed();
    if (failsBefore(reply, applied)) return;
  }
  if (bucket.exceeded) return reply.tooMany(bucket.resetAfterMs / 1000, bucket.global);
  const result = await run(world, found, request, read, url.searchParams);
  if (applied) failAfter(reply, applied, result);
  else reply.send(result.status ?? (result.body === undefined ? 204 : 200), result.body);
}

function findRoute(routes: readonly Route[], method: string, path: string) {
  for (const route of routes) {
    const params = matchRoute(route.pattern, method, path);
    if (params) return { route, params };
  }
  return undefined;
}

async function run(
  world: World,
  found: ReturnType<typeof findRoute>,
  request: IncomingMessage,
  read: Awaited<ReturnType<typeof readBody>> | ApiError,
  query: URLSearchParams,
): Promise<Answer> {
  try {
    if (!found?.route.open && request.headers.authorization !== `Bot ${world.options.token}`) throw refuse.unauthorized();
    if (!found) throw refuse.noRoute();
    if (read instanceof ApiError) throw read;
    const { json, uploads } = read;
    const asked: Request = { world, params: found.params, query, body: fieldsOf(json), raw: json, uploads };
    return await found.route.run(asked);
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error };
    throw error;
  }
}

/** True when the fault has settled the request before it did anything. */
function failsBefore(reply: Reply, { fault, retryAfter, global }: AppliedFault): boolean {
  if (typeof fault === 'object') {
    const { status, code, message } = fault;
    reply.send(status, new ApiError(status, code, message ?? 'Ordered by the test'));
  } else if (fault === '429') reply.tooMany(retryAfter ?? 1, global ?? false);
  else if (fault === '500-before') reply.send(500, { message: '500: Internal Server Error', code: 0 });
  else if (fault === 'reset-before') reply.reset();
  else return fault === 'hang-before';
  return true;
}

function failAfter(reply: Reply, { fault }: AppliedFault, result: Answer): void {
  if (fault === '500-after-accepting') reply.send(500, { message: '500: Internal Server Error', code: 0 });
  else if (fault === 'reset-after-accepting') reply.reset();
  else if (fault === 'cut-body') reply.cut(result);
}

/** The answer to one request, right or wrong. */
class Reply {
  private readonly world: World;
  private readonly call: Call;
  private readonly response: ServerResponse;
  private readonly bucket: Bucket;

  constructor(world: World, call: Call, response: ServerResponse, bucket: Bucket) {
    this.world = world;
    this.call = call;
    this.response = response;
    this.bucket = bucket;
  }

  /** Sends a status and a body. */
  send(status: number, body: unknown, headers: Record<string, string> = {}): void {
    this.call.status = status;
    if (body instanceof ApiError) this.call.code = body.code;
    // A client reads JSON wherever this header stands, so an empty answer goes without it.
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    this.response.writeHead(status, { ...this.rateHeaders(), ...headers, ...type });
    this.response.end(body === undefined ? undefined : JSON.stringify(body));
    this.world.waiting.changed();
  }

  /** Sends 429 with the time to wait. */
  tooMany(retryAfter: number, global: boolean): void {
    const rounded = Math.ceil(retryAfter * 1000) / 1000;
    const scope = global ? 'global' : 'user';
    const headers = {
      'retry-after': String(Math.ceil(retryAfter)),
      'x-ratelimit-scope': scope,
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': String(rounded),
      'x-ratelimit-reset': String((realNow() + rounded * 1000) / 1000),
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    };
    this.send(429, { message: 'You are being rate limited.', retry_after: rounded, global }, headers);
  }

  /** Breaks the connection instead of answering. */
  reset(): void {
    this.response.socket?.resetAndDestroy();
    this.world.waiting.changed();
  }

  /** Breaks the connection in the middle of the answer. */
  cut({ status = 200, body = {} }: Answer): void {
    const whole = Buffer.from(JSON.stringify(body));
    this.response.writeHead(status, {
      ...this.rateHeaders(),
      'content-type': 'application/json',
      'content-length': whole.length,
    });
    this.response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => this.reset());
  }

  private rateHeaders(): Record<string, string> {
    const { name, limit, remaining, resetAt, resetAfterMs } = this.bucket;
    return {
      'x-ratelimit-bucket': name,
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(resetAt / 1000),
      'x-ratelimit-reset-after': String(resetAfterMs / 1000),
    };
  }
}
