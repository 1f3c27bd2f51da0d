import { afterEach, describe, expect, test } from 'vitest';
import { type EmailOptions, email } from '../../../adapters/email/index.ts';
import { card, picture, text } from '../../../src/chat/card.ts';
import { type Names, PlatformError, type Post } from '../../../src/chat/port.ts';
import { type Answers, brokenServer, type MailServer, mailServer, type Stop, tiredServer } from './mail-server.ts';

const PLACE = 'email/address/kate@bank.example';
const PATIENCE = { connection: 300, greeting: 300, answer: 300 };
const names: Names = (person) => ({ name: person });
const post: Post = {
  delivery: 'd7k2',
  record: 'PRB-2',
  card: card('Connections are refused', [text('We are looking into it.')]),
};

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

const serverThat = async (answers?: Answers): Promise<MailServer> => {
  const server = await mailServer(answers);
  endings.push(server.stop);
  return server;
};
const way = (url: string, more: Partial<EmailOptions> = {}) =>
  email({ url, from: 'Bellman <bellman@bank.example>', patience: PATIENCE, ...more });
const failure = async (doing: Promise<unknown>): Promise<PlatformError> => {
  const error = await doing.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof PlatformError)) throw new Error(`Expected a PlatformError, had ${error}`);
  return error;
};

describe('a mail that is taken', () => {
  test('has one Message-ID per delivery, the sender, and both kinds of text', async () => {
    const { url, taken } = await serverThat();
    const posted = await way(url).post(PLACE, post, names);
    expect(posted).toEqual({ externalId: '<d7k2@bank.example>' });
    expect(taken).toHaveLength(1);
    const [{ to, raw } = { to: [], raw: '' }] = taken;
    expect(to).toEqual(['kate@bank.example']);
    expect(raw).toContain('Message-ID: <d7k2@bank.example>');
    expect(raw).toContain('References: <prb-2@bank.example>');
    expect(raw).toContain('From: Bellman <bellman@bank.example>');
    expect(raw).toContain('Subject: Connections are refused');
    expect(raw).toContain('Auto-Submitted: auto-generated');
    expect(raw).toContain('Content-Type: text/plain');
    expect(raw).toContain('Content-Type: text/html');
  });

  test('carries a drawing inside, shown where it belongs, with its words; without it where it is none', async () => {
    const { url, taken } = await serverThat();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="red"/></svg>';
    await way(url).post(
      PLACE,
      { ...post, card: card('Plan', [picture(svg, 'two lines'), picture('<svg', 'no drawing')]) },
      names,
    );
    const raw = taken[0]?.raw ?? '';
    const [, id] = /Content-Id: <([^>]+)>/iu.exec(raw) ?? [];
    expect(raw).toContain('Content-Type: image/png');
    expect(raw).toContain('Content-Disposition: inline');
    const html = raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    expect(html).toContain(`<img src="cid:${id}" alt="two lines"`);
    expect(html).toContain('<p>no drawing</p>');
    expect(html).toContain('Picture: two lines');
  });

  test('sent again for the same delivery carries the same Message-ID', async () => {
    const { url, taken } = await serverThat();
    await way(url).post(PLACE, post, names);
    await way(url).post(PLACE, post, names);
    expect(taken.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1]?.trim())).toEqual([
      '<d7k2@bank.example>',
      '<d7k2@bank.example>',
    ]);
  });

  test('keeps line breaks in a title out of its headers', async () => {
    const { url, taken } = await serverThat();
    await way(url).post(PLACE, { ...post, card: card('One\r\nBcc: eve@evil.example') }, names);
    expect(taken[0]?.to).toEqual(['kate@bank.example']);
    const [head] = taken[0]?.raw.split('\r\n\r\n') ?? [];
    expect(head).toContain('Subject: One Bcc: eve@evil.example');
    expect(head).not.toMatch(/^Bcc:/im);
  });
});

describe('a mail that is not taken', () => {
  test.each([
    ['recipient', { recipient: () => 550 }],
    ['sender', { sender: () => 550 }],
    ['content', { message: () => 554 }],
  ] as const)('because of its %s is refused', async (_what, answers) => {
    const { url, taken } = await serverThat(answers);
    expect(await failure(way(url).post(PLACE, post, names))).toMatchObject({ outcome: 'refused' });
    expect(taken).toEqual([]);
  });

  test.each([
    ['a greylisted recipient', { recipient: () => 451 }],
    ['a busy server at MAIL', { sender: () => 421 }],
    ['a busy server after the final dot', { message: () => 452 }],
  ] as const)('for now (%s) is tried again later', async (_what, answers) => {
    const { url } = await serverThat(answers);
    expect(await failure(way(url).post(PLACE, post, names))).toMatchObject({ outcome: 'limited', after: 60_000 });
  });

  test('because nobody listens is tried again later', async () => {
    const { url, stop } = await mailServer();
    await stop();
    expect(await failure(way(url).post(PLACE, post, names))).toMatchObject({ outcome: 'limited' });
  });

  test.each([
    'email/address/kate@bank.example,eve@evil.example',
    'email/address/kate@bank.example>\r\nRCPT TO:<eve@evil.example',
    'email/address/Kate <kate@bank.example>',
    'email/address/kate',
    'console/channel/cab',
  ])('because %j is not one address is refused, and no server is asked', async (place) => {
    const { url, taken } = await serverThat();
    expect(await failure(way(url).post(place, post, names))).toMatchObject({ outcome: 'refused' });
    expect(taken).toEqual([]);
  });
});

describe('a connection that breaks', () => {
  test.each([
    ['greeting', 'dies', 'limited'],
    ['greeting', 'hangs', 'limited'],
    ['data', 'dies', 'limited'],
    ['data', 'hangs', 'limited'],
    ['dot', 'dies', 'unknown'],
    ['dot', 'hangs', 'unknown'],
  ] as const)('at the %s (the server %s) leaves it %s', async (where: Stop, how, outcome) => {
    const server = await brokenServer(where, how);
    endings.push(server.stop);
    expect(await failure(way(server.url).post(PLACE, post, names))).toMatchObject({ outcome });
  });

  test('in the middle of a long body was not taken', async () => {
    const server = await brokenServer('body', 'dies');
    endings.push(server.stop);
    const long = { ...post, card: card('Long', [text('All work and no play. '.repeat(400_000))]) };
    expect(await failure(way(server.url).post(PLACE, long, names))).toMatchObject({ outcome: 'limited' });
  });
});

describe('mails that follow each other', () => {
  const many = Array.from({ length: 20 }, (_, at) => ({ ...post, delivery: `d${at}` }));

  test('go by one connection, each with its own answer', async () => {
    const { url, taken, connections } = await serverThat({
      recipient: (address) => (address.startsWith('gone') ? 550 : undefined),
    });
    const mail = way(url);
    for (const one of many) await mail.post(PLACE, one, names);
    expect(taken).toHaveLength(20);
    expect(connections()).toBe(1);
    expect(await failure(mail.post('email/address/gone@bank.example', post, names))).toMatchObject({ outcome: 'refused' });
    expect(await mail.post(PLACE, post, names)).toEqual({ externalId: '<d7k2@bank.example>' });
  });

  test('find another connection where the server ended the one before, and none is said twice', async () => {
    const server = await tiredServer(3, 'between');
    endings.push(server.stop);
    const mail = way(server.url);
    for (const one of many) await mail.post(PLACE, one, names);
    expect(server.taken()).toBe(20);
    expect(server.connections()).toBe(7);
  });

  test('are unknown where the server takes one and drops it, and are not sent by another connection', async () => {
    const server = await tiredServer(3, 'after the dot');
    endings.push(server.stop);
    const mail = way(server.url);
    for (const one of many.slice(0, 3)) await mail.post(PLACE, one, names);
    expect(await failure(mail.post(PLACE, post, names))).toMatchObject({ outcome: 'unknown' });
    expect(server.taken()).toBe(4);
    expect(server.connections()).toBe(1);
  });
});

describe('the mail of an update', () => {
  const letter = {
    audience: 'customers',
    subject: 'Refused connections (PRB-2)',
    zone: 'Europe/Berlin',
    replyTo: 'bellman+d7k2@bank.example',
    unsubscribe: { address: 'https://bellman.example/unsubscribe/d7k2', list: 'Customers' },
  };
  const timed = { ...post, card: card('Update 3', [text('As of ', { time: Date.UTC(2027, 0, 15, 21, 0) }, '.')]) };

  test('belongs to the thread of its record and audience, under one subject, and can be answered and ended', async () => {
    const { url, taken } = await serverThat();
    await way(url, { letters: async () => letter }).post(PLACE, timed, names);
    const raw = (taken[0]?.raw ?? '').replaceAll(/\r\n\s+/gu, ' ');
    expect(raw).toContain('References: <prb-2.customers@bank.example>');
    expect(raw).toContain('In-Reply-To: <prb-2.customers@bank.example>');
    expect(raw).toContain('Subject: Refused connections (PRB-2)');
    expect(raw).toContain('Reply-To: bellman+d7k2@bank.example');
    expect(taken[0]?.from).toBe('bellman+d7k2@bank.example');
    expect(raw).toContain('List-Unsubscribe: <https://bellman.example/unsubscribe/d7k2>');
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(raw).toContain('22:00 (Europe/Berlin)');
  });

  test('comes back to its sender where answers go to another domain', async () => {
    const { url, taken } = await serverThat();
    await way(url, { letters: async () => ({ ...letter, replyTo: 'bellman+d7k2@inbound.example' }) }).post(PLACE, timed, names);
    expect(taken[0]?.from).toBe('bellman@bank.example');
  });

  test('to somebody on duty offers no end', async () => {
    const { url, taken } = await serverThat();
    await way(url, { letters: async () => ({ ...letter, unsubscribe: undefined }) }).post(PLACE, timed, names);
    expect(taken[0]?.raw).not.toContain('List-Unsubscribe');
  });

  test('waits while the records cannot be reached, and no server is asked', async () => {
    const { url, connections } = await serverThat();
    const away = way(url, { letters: () => Promise.reject(new Error('away')) });
    expect(await failure(away.post(PLACE, timed, names))).toMatchObject({ outcome: 'limited' });
    expect(connections()).toBe(0);
  });
});

test('nobody can look whether a mail arrived', () => {
  expect(way('smtp://127.0.0.1:1').canLook).toBe(false);
});

test('a receiver that asks for patience holds up its own domain only', () => {
  const { rate } = way('smtp://127.0.0.1:1');
  expect(rate('post', PLACE).key).toBe('email/bank.example');
  expect(rate('post', 'email/address/a@Other.example').key).toBe('email/other.example');
});
