/**
 * Keeps the console to the machine that it runs on (design section 9). It lets anybody be anyone, so it answers only a
 * browser on the same machine that opened this page itself: not the network, not a tunnel, not another site's page.
 */
import type { Context, MiddlewareHandler } from 'hono';

/** The socket under a request, as far as the guard looks at it. */
interface Socket {
  readonly remoteAddress?: string | undefined;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
}

const LOOPBACK = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
/** Headers that only something standing between a browser and us adds. */
const PASSED_ON = /^(forwarded|x-forwarded-.*|x-real-ip|via)$/i;
const HTTP_PORT = 80;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const socketOf = (c: Context): Socket | undefined => {
  // The Node server puts the request's own message here; under anything else the guard finds no socket and refuses.
  const env = c.env as { readonly incoming?: { readonly socket?: Socket } } | undefined;
  return env?.incoming?.socket;
};

/** Why a request is refused, or undefined when it comes from a page of ours on this machine. */
export function foreign(request: Request, socket: Socket | undefined): string | undefined {
  const isLoopback = (address: string | undefined) => address !== undefined && LOOPBACK.test(address);
  if (!isLoopback(socket?.remoteAddress) || !isLoopback(socket?.localAddress))
    return 'The console answers only on the machine that it runs on.';
  const hosts = LOOPBACK_NAMES.flatMap((name) => [
    `${name}:${socket?.localPort}`,
    ...(socket?.localPort === HTTP_PORT ? [name] : []),
  ]);
  const host = request.headers.get('host')?.toLowerCase() ?? '';
  if (!hosts.includes(host)) return 'The console answers only under 127.0.0.1, localhost or [::1], with its port.';
  for (const name of request.headers.keys())
    if (PASSED_ON.test(name)) return 'The console does not answer through a proxy or a tunnel.';
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== `http://${host}`) return 'The console does not answer to pages of other sites.';
  const site = request.headers.get('sec-fetch-site');
  const opensPage = request.headers.get('sec-fetch-mode') === 'navigate' && new URL(request.url).pathname === '/';
  if (site !== null && site !== 'same-origin' && site !== 'none' && !opensPage)
    return 'The console does not answer to pages of other sites.';
  return undefined;
}

/** Refuses with 403 whatever does not come from this machine's own browser; sends the headers that keep text from becoming code. */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const problem = foreign(c.req.raw, socketOf(c));
  if (problem !== undefined) return c.json({ problem }, 403);
  if (c.req.method === 'POST' && !/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    return c.json({ problem: 'Send JSON, with the content type application/json.' }, 415);
  await next();
  c.header('content-security-policy', POLICY);
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
  c.header('cross-origin-opener-policy', 'same-origin');
  c.header('cross-origin-resource-policy', 'same-origin');
  c.header('cache-control', 'no-store');
  return undefined;
};
