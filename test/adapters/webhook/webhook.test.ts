import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublic } from '../../../adapters/webhook/addresses.ts';
import { type WebhookOptions, webhook } from '../../../adapters/webhook/index.ts';
import { card, controls, text } from '../../../src/chat/card.ts';
import { type Names, PlatformError, type Post } from '../../../src/chat/port.ts';
import { type Received, type Receiver, receiver } from './receiver.ts';

const SECRET = 'whsec_c2VjcmV0IG9mIHRoZSByZWNlaXZlcg==';
const names: Names = (person) => ({ name: person });
const post: Post = {
  delivery: 'd7k2',
  record: 'PRB-2',
  update: 'PRB-2.3',
  card: card('Update 3: Refused connections', [
    text('As of ', { time: Date.UTC(2027, 0, 15, 21, 0) }, '.'),
    text('We are looking into it.'),
    controls({ label: 'Seen', action: 'comms.seen', record: 'PRB-2' }),
  ]),
};

const open: Receiver[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});
const receiverThat = async (answer: (response: ServerResponse, request: Received) => void): Promise<Receiver> => {
  const one = await receiver(answer);
  open.push(one);
  return one;
};
const answering = (status: number, headers: Record<string, string> = {}) =>
  receiverThat((response) => response.writeHead(status, headers).end());

const way = (more: Partial<WebhookOptions> = {}) =>
  webhook({
    secret: SECRET,
    about: async (id) => ({
      id,
      number: 'UPD-7',
      record: 'PRB-2',
      title: 'Refused connections',
      audience: 'customers',
      phase: 'first',
    }),
    source: 'https://bellman.bank.example',
    allowPrivate: true,
    patience: { connection: 400, answer: 400 },
    ...more,
  });
const failure = async (doing: Promise<unknown>): Promise<PlatformError> => {
  const error = await doing.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof PlatformError)) throw new Error(`Expected a PlatformError, had ${error}`);
  return error;
};

describe('a webhook that is taken', () => {
  test('is a CloudEvent with the delivery as its key, and a signature that its receiver can check', async () => {
    const { place, received } = await answering(202);
    expect(await way().post(place, post, names)).toEqual({ externalId: 'd7k2' });
    const [one] = received;
    expect(one).toMatchObject({ method: 'POST', path: '/hook' });
    expect(one?.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'idempotency-key': 'd7k2',
      'webhook-id': 'd7k2',
    });
    expect(JSON.parse(one?.body ?? '')).toEqual({
      specversion: '1.0',
      id: 'd7k2',
      source: 'https://bellman.bank.example',
      type: 'bellman.update',
      subject: 'PRB-2',
      datacontenttype: 'application/json',
      data: {
        record: 'PRB-2',
        update: 'UPD-7',
        audience: 'customers',
        phase: 'first',
        about: 'Refused connections',
        title: 'Update 3: Refused connections',
        tone: 'neutral',
        text: 'Update 3: Refused connections\n\nAs of Fri 15 Jan 2027, 21:00 (UTC).\n\nWe are looking into it.\n',
      },
    });
    const timestamp = String(one?.headers['webhook-timestamp']);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(10);
    const expected = createHmac('sha256', 'secret of the receiver').update(`d7k2.${timestamp}.${one?.body}`).digest('base64');
    expect(one?.headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  test('is not waited for once its answer has begun, however slow the rest is', async () => {
    const { place } = await receiverThat((response) => response.writeHead(200).write('to be continued'));
    expect(await way().post(place, post, names)).toEqual({ externalId: 'd7k2' });
  });
});

describe('a webhook that is not taken', () => {
  test.each([
    [400, 'refused', undefined],
    [404, 'refused', undefined],
    [410, 'refused', undefined],
    [301, 'refused', undefined],
    [429, 'limited', 60_000],
    [500, 'limited', 60_000],
    [503, 'limited', 60_000],
  ] as const)('because of %i is %s', async (status, outcome, after) => {
    const { place } = await answering(status);
    expect(await failure(way().post(place, post, names))).toMatchObject({ outcome, after });
  });

  test('comes again when the receiver says, in seconds or as a date, within an hour', async () => {
    const later = async (value: string) => {
      const { place } = await answering(503, { 'Retry-After': value });
      return (await failure(way().post(place, post, names))).after ?? 0;
    };
    expect(await later('7')).toBe(7000);
    expect(await later('864000')).toBe(3_600_000);
    expect(Math.abs((await later(new Date(Date.now() + 30_000).toUTCString())) - 30_000)).toBeLessThan(2500);
    expect(await later('when it suits you')).toBe(60_000);
  });

  test('says of 410 that it is gone', async () => {
    const { place } = await answering(410);
    expect((await failure(way().post(place, post, names))).message).toContain('gone for good');
  });

  test('because nobody listens, or the records are away, comes again', async () => {
    const { place, stop } = await receiver(() => {});
    await stop();
    expect(await failure(way().post(place, post, names))).toMatchObject({ outcome: 'limited' });
    const away = way({ about: () => Promise.reject(new Error('away')) });
    expect(await failure(away.post(place, post, names))).toMatchObject({ outcome: 'limited' });
  });
});

describe('a connection to a webhook that breaks after it was made', () => {
  test.each([
    ['dies', (response: ServerResponse) => response.destroy()],
    ['hangs', () => {}],
  ] as const)('(the receiver %s) leaves it unknown', async (_how, answer) => {
    const { place, received } = await receiverThat(answer);
    expect(await failure(way().post(place, post, names))).toMatchObject({ outcome: 'unknown' });
    expect(received).toHaveLength(1);
  });
});

describe('an address that is not of the public internet', () => {
  test('is refused before anything is sent, unless that is allowed', async () => {
    const { received, url } = await answering(200);
    const secure = url.replace('http:', 'https:');
    const port = new URL(url).port;
    const closed = way({ allowPrivate: false });
    for (const address of [
      secure,
      `https://[::1]:${port}/`,
      `https://[::ffff:127.0.0.1]:${port}/`,
      `https://2130706433:${port}/`,
    ]) {
      const error = await failure(closed.post(`webhook/address/${address}`, post, names));
      expect(error, address).toMatchObject({ outcome: 'refused' });
      expect(error.message, address).toContain('WEBHOOK_PRIVATE=allow');
    }
    expect(received).toEqual([]);
  });

  test('is refused also where a name leads to it, by the address that is connected to', async () => {
    const { received, url } = await answering(200);
    const named = `webhook/address/${url.replace('http://127.0.0.1', 'https://localhost')}`;
    const error = await failure(way({ allowPrivate: false }).post(named, post, names));
    expect(error).toMatchObject({ outcome: 'refused' });
    expect(error.message).toContain('WEBHOOK_PRIVATE=allow');
    expect(received).toEqual([]);
  });

  test('is not followed to, when somebody redirects to it', async () => {
    const inside = await answering(200);
    const { place } = await receiverThat((response) => response.writeHead(307, { Location: inside.url }).end());
    const error = await failure(way().post(place, post, names));
    expect(error).toMatchObject({ outcome: 'refused' });
    expect(error.message).toContain('redirects are not followed');
    expect(inside.received).toEqual([]);
  });

  test('without encryption is refused', async () => {
    const error = await failure(way({ allowPrivate: false }).post('webhook/address/http://hooks.example.org/', post, names));
    expect(error).toMatchObject({ outcome: 'refused', message: expect.stringContaining('https') });
  });

  test.each([
    ['8.8.8.8', true],
    ['2606:4700:4700::1111', true],
    ['::ffff:8.8.8.8', true],
    ['10.0.0.1', false],
    ['172.31.255.255', false],
    ['192.168.1.1', false],
    ['127.1.2.3', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['fe80::1%eth0', false],
    ['fc00::1', false],
    ['ff02::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:a00:1', false],
    ['64:ff9b::a00:1', false],
    ['2002:a00:1::1', false],
    ['2001:0:a00:1::1', false],
    ['2001:db8::1', false],
    ['localhost', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublic(address)).toBe(expected);
  });
});

test.each(['email/address/kate@bank.example', 'webhook/address/ftp://example.org/', 'webhook/address/nonsense'])(
  '%s is no webhook, and is refused',
  async (place) => {
    expect(await failure(way().post(place, post, names))).toMatchObject({ outcome: 'refused' });
  },
);

test('a receiver that asks for patience holds up itself only', () => {
  const { rate, canLook } = way();
  expect(rate('post', 'webhook/address/https://a.example/x').key).toBe('webhook/a.example');
  expect(rate('post', 'webhook/address/https://b.example/x').key).toBe('webhook/b.example');
  expect(canLook).toBe(false);
});
