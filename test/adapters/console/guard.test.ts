import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foreign } from '../../../adapters/console/guard.ts';
import { fakeBellman } from './fake-bellman.ts';
import { type Served, served } from './served.ts';

const bellman = fakeBellman();
let page: Served;

beforeAll(async () => {
  page = await served(bellman.dispatch);
});
afterAll(() => page.stop());

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A request with exactly these headers: fetch would set some of its own. */
function ask(path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  return new Promise((done, failed) => {
    const sent = request(
      { port: page.port, host: '127.0.0.1', path, method: body === undefined ? 'GET' : 'POST', headers },
      (got) => {
        let text = '';
        got.setEncoding('utf8');
        got.on('data', (chunk: string) => {
          text += chunk;
        });
        got.on('end', () => done({ status: got.statusCode ?? 0, headers: got.headers, body: text }));
      },
    );
    sent.on('error', failed);
    sent.end(body);
  });
}

const said = JSON.stringify({ as: 'kevin', channel: 'cab', text: '/rfc list', key: 'guard' });
const json = { 'content-type': 'application/json' };
const host = () => ({ host: `127.0.0.1:${page.port}` });

describe('the console answers its own page', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('under %s', async (name) => {
    expect((await ask('/', { host: `${name}:${page.port}` })).status).toBe(200);
  });

  test('when the browser says that the request comes from the page itself', async () => {
    const headers = { ...host(), ...json, origin: `http://127.0.0.1:${page.port}`, 'sec-fetch-site': 'same-origin' };
    expect((await ask('/console/say', headers, said)).status).toBe(200);
  });

  test('when somebody follows a link to it from elsewhere', async () => {
    const headers = { ...host(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await ask('/', headers)).status).toBe(200);
  });
});

describe('the console refuses, and does nothing', () => {
  const abuses: readonly (readonly [string, () => Record<string, string>])[] = [
    ['a name that leads here from outside', () => ({ host: `evil.example:${page.port}` })],
    ['a name that only begins like loopback', () => ({ host: `127.0.0.1.evil.example:${page.port}` })],
    ['another port', () => ({ host: `127.0.0.1:${page.port + 1}` })],
    ['no port', () => ({ host: '127.0.0.1' })],
    ['an address of the network', () => ({ host: `10.0.0.7:${page.port}` })],
    ['Forwarded', () => ({ ...host(), forwarded: 'for=10.0.0.1' })],
    ['X-Forwarded-For', () => ({ ...host(), 'x-forwarded-for': '127.0.0.1' })],
    ['X-Forwarded-Host', () => ({ ...host(), 'x-forwarded-host': 'localhost' })],
    ['X-Forwarded-Proto', () => ({ ...host(), 'x-forwarded-proto': 'https' })],
    ['an empty X-Forwarded header of any name', () => ({ ...host(), 'x-forwarded-anything': '' })],
    ['Via', () => ({ ...host(), via: '1.1 tunnel' })],
    ['a foreign origin', () => ({ ...host(), origin: 'https://evil.example' })],
    ['an origin on another port', () => ({ ...host(), origin: `http://127.0.0.1:${page.port + 1}` })],
    ['an origin under the other loopback name', () => ({ ...host(), origin: `http://localhost:${page.port}` })],
    ['a page without an origin (a sandboxed frame)', () => ({ ...host(), origin: 'null' })],
    ['a request that the browser calls cross-site', () => ({ ...host(), 'sec-fetch-site': 'cross-site' })],
  ];

  test.each(abuses)('%s', async (_what, headers) => {
    const before = bellman.asked.length;
    for (const path of ['/console/say', '/console/press', '/console/submit', '/console/people', '/console/channels']) {
      const answer = await ask(path, { ...headers(), ...json }, said);
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toEqual({ problem: expect.stringContaining('The console') });
    }
    for (const path of ['/', '/console/state?as=kevin', '/console/events?as=kevin', '/console/page/console.js']) {
      expect((await ask(path, headers())).status).toBe(403);
    }
    expect(bellman.asked.length).toBe(before);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'])(
    'a body of the type %s, which any page could send',
    async (type) => {
      const before = bellman.asked.length;
      expect((await ask('/console/say', { ...host(), 'content-type': type }, said)).status).toBe(415);
      expect(bellman.asked.length).toBe(before);
    },
  );

  test('a body without a type', async () => {
    expect((await ask('/console/say', host(), said)).status).toBe(415);
  });

  test('whoever does not come over loopback, whatever they say in their headers', () => {
    const asked = new Request('http://127.0.0.1:3000/', { headers: { host: '127.0.0.1:3000' } });
    const loopback = { remoteAddress: '127.0.0.1', localAddress: '127.0.0.1', localPort: 3000 };
    expect(foreign(asked, loopback)).toBeUndefined();
    expect(foreign(asked, { ...loopback, remoteAddress: '::ffff:127.0.0.1' })).toBeUndefined();
    expect(foreign(asked, { ...loopback, remoteAddress: '10.0.0.7' })).toMatch('only on the machine');
    expect(foreign(asked, { ...loopback, localAddress: '10.0.0.7' })).toMatch('only on the machine');
    expect(foreign(asked, { ...loopback, remoteAddress: '::ffff:10.0.0.7' })).toMatch('only on the machine');
    expect(foreign(asked, undefined)).toMatch('only on the machine');
  });
});

describe('what the page may do', () => {
  test('only its own files run, no text can become code, nothing frames it', async () => {
    const { headers } = await ask('/', host());
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('the page holds no script or style of its own', async () => {
    const { body } = await ask('/', host());
    expect(body).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(body).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  });

  test.each(['../platform.ts', '..%2fplatform.ts', '%2e%2e%2fguard.ts', 'console.js%00', '.env'])('not read %s', async (name) => {
    expect((await ask(`/console/page/${name}`, host())).status).toBe(404);
  });
});
