/** One update by every way out that is no chat, and what comes back: on Slack, a real mail server and a real receiver of webhooks. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MailServer, mailServer } from '../adapters/email/mail-server.ts';
import { type Receiver, receiver } from '../adapters/webhook/receiver.ts';
import { mailText } from '../story/mail.ts';
import { eventually } from '../support/bellman.ts';
import { BANK, type Office, openOffice } from './stage.ts';

const MINUTE = 60_000;
const HOOK = 'a secret of the mail server';
const EVA = 'eva@customer.example';

let office: Office;
let mail: MailServer;
let hook: Receiver;

beforeAll(async () => {
  mail = await mailServer({ recipient: (address) => (address.startsWith('gone@') ? 550 : undefined) });
  hook = await receiver((response) => response.writeHead(202).end());
  office = await openOffice(BANK, undefined, {
    SMTP_URL: mail.url,
    MAIL_FROM: 'Bellman <bellman@bank.example>',
    MAIL_HOOK_SECRET: HOOK,
    WEBHOOK_SECRET: 'a secret of the receiver',
    WEBHOOK_PRIVATE: 'allow',
    PUBLIC_URL: 'https://bellman.bank.example',
  });
  const { fill } = office;
  await fill('kate', '/problem new', { Title: 'Refused connections', Details: 'Since the change.', Impact: 'High' });
  await fill('jerry', '/problem major PRB-1', { Owner: 'linda' });
});
afterAll(async () => {
  await office.stop();
  await mail.stop();
  await hook.stop();
});

const page = async (path: string, init?: RequestInit) => fetch(`${office.house.bellman.url}${path}`, init);
const shows = (path: string, reading: string | RegExp) =>
  eventually(`${path} shows ${reading}`, async () => {
    const words = await (await page(path)).text();
    return (typeof reading === 'string' ? words.includes(reading) : reading.test(words)) && words;
  });
const mailTo = (address: string, at = 0) =>
  eventually(`mail ${at} to ${address}`, () => mail.taken.filter(({ to }) => to.includes(address))[at]);

/** Sets where a line goes, writes its update and has it released. */
async function tell(line: string, places: string, text: string): Promise<void> {
  const { fill, press, house } = office;
  expect(await fill('linda', `/comms line PRB-1 ${line}`, { Destination: places })).toEqual({});
  expect(await fill('linda', `/comms draft PRB-1 ${line}`, { Text: text })).toEqual({});
  await press('jamie', 'direct', text, 'Release');
  await house.advance(11_000);
}

test('the setup tells what is connected', async () => {
  await office.say('admin', '/bellman setup');
  await office.reads(
    'admin',
    'answer',
    'Updates can leave by Slack, e-mail, webhooks, the status page, press statements and calls by hand.',
  );
});

describe('an update to customers', () => {
  test('reaches status page, feeds, mail and webhook, and is the same everywhere', async () => {
    await tell('customers', `status, ${EVA}, ${hook.url}/hook`, 'Payments fail for some customers.');
    const status = await shows('/status', 'Payments fail for some customers.');
    expect(status).toContain('One matter is open.');
    expect(status).not.toMatch(/linda|jamie|PRB-1/iu);
    expect(await shows('/status/feed.atom', '<entry>')).toContain('https://bellman.bank.example/status#u-');
    expect(JSON.parse(await shows('/status/feed.json', 'Payments')).items).toHaveLength(1);

    const { raw } = await mailTo(EVA);
    expect(mailText(raw)).toContain('Payments fail for some customers.');
    expect(mailText(raw)).not.toContain('In the chat');
    expect(raw).toContain('References: <prb-1.customers@bank.example>');
    expect(raw).toMatch(/Reply-To: bellman\+[0-9a-z]{25}@bank\.example/u);
    // She is on no list, so there is none to leave.
    expect(raw).not.toContain('List-Unsubscribe');

    const sent = await eventually('the webhook', () => hook.received[0]);
    expect(JSON.parse(sent.body)).toMatchObject({ type: 'bellman.update', subject: 'PRB-1', data: { audience: 'customers' } });
    const signed = `${sent.headers['webhook-id']}.${sent.headers['webhook-timestamp']}.${sent.body}`;
    const expected = createHmac('sha256', 'a secret of the receiver').update(signed).digest('base64');
    expect(sent.headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  test('that was wrong is marked on the page and in the feeds, below what is right', async () => {
    const { fill, press, house } = office;
    expect(await fill('linda', '/comms correct UPD-1', { Text: 'Payments fail for all customers.' })).toEqual({});
    await press('jamie', 'direct', 'Payments fail for all customers.', 'Release');
    await house.advance(11_000);
    const status = await shows('/status', 'Payments fail for all customers.');
    expect(status.indexOf('Corrected: a later update says what is right.')).toBeGreaterThan(
      status.indexOf('Payments fail for all customers.'),
    );
    expect(await shows('/status/feed.atom', 'Corrected: ')).toContain('Payments fail for all customers.');
  });

  test('is served from memory while nothing changed, and says so to readers who have it', async () => {
    const first = await page('/status');
    const tag = first.headers.get('etag') ?? '';
    expect(first.headers.get('last-modified')).not.toBeNull();
    expect(first.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await page('/status', { headers: { 'If-None-Match': tag } })).status).toBe(304);
  });

  test('that is answered by mail becomes a question; the same mail again does not', async () => {
    const { raw } = await mailTo(EVA);
    const [, reply] = /Reply-To: (\S+)/u.exec(raw) ?? [];
    const hand = (authorization: string) =>
      page('/hooks/mail', {
        method: 'POST',
        headers: { Authorization: authorization, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          from: `Eva <${EVA}>`,
          to: reply,
          subject: 'Re: Refused connections',
          text: 'Is my money safe?\n\n> Payments fail',
          headers: { 'Message-ID': '<m1@customer.example>' },
        }),
      });
    expect((await hand('Bearer wrong')).status).toBe(401);
    expect(await (await hand(`Bearer ${HOOK}`)).json()).toEqual({ is: 'asked' });
    expect(await (await hand(`Bearer ${HOOK}`)).json()).toEqual({ is: 'known' });
    await office.reads('linda', 'direct', 'Is my money safe?');
  });

  test('that bounces is told to the owner, once', async () => {
    const { raw } = await mailTo(EVA);
    const [, id] = /Message-ID: <([0-9a-z]{25})@/u.exec(raw) ?? [];
    const report = [
      'From: MAILER-DAEMON@mx.example',
      'To: bellman@bank.example',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
      '',
      '--r',
      'Content-Type: message/delivery-status',
      '',
      'Action: failed',
      'Status: 5.1.1',
      '--r',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <${id}@bank.example>`,
      '--r--',
    ].join('\r\n');
    const hand = async () => {
      const init = {
        method: 'POST',
        headers: { Authorization: `Bearer ${HOOK}`, 'Content-Type': 'message/rfc822' },
        body: report,
      };
      return (await page('/hooks/mail', init)).json();
    };
    expect(await hand()).toEqual({ is: 'bounced' });
    expect(await hand()).toEqual({ is: 'known' });
    const told = await office.reads('linda', 'direct', 'it bounced: 5.1.1');
    // It was corrected before the bounce came.
    expect(told.text).toContain('A correction of it was released since, so do not pass on what it said.');
    expect(told.text).not.toContain('Payments fail for some customers.');
  });
});

describe('an update to a list', () => {
  test('can be ended by its readers: opening the link changes nothing, one click does, and the next update passes them by', async () => {
    const { say, reads } = office;
    await say('admin', '/bellman audience list all-staff fixed zoe@customer.example, yan@customer.example');
    await say('admin', '/bellman audience list all-staff');
    await reads('admin', 'answer', 'yan@customer.example');
    expect(await office.fill('admin', '/bellman audience settings all-staff', { 'Time zone': 'Europe/Berlin' })).toEqual({});
    await tell('all-staff', 'list:all-staff', 'Use the other terminal.');
    const { raw } = await mailTo('zoe@customer.example');
    expect(mailText(raw)).toContain('(Europe/Berlin)');
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const [, path = ''] = /List-Unsubscribe: <https:\/\/bellman\.bank\.example(\/unsubscribe\/[0-9a-z]+)>/u.exec(raw) ?? [];
    expect(await (await page(path)).text()).toContain('<button type="submit">Unsubscribe</button>');
    expect(await (await page(path)).text()).toContain('Unsubscribe');
    const click = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
    expect(await (await page(path, click)).text()).toContain('You are unsubscribed');
    expect(await (await page(path)).text()).toContain('You are on no list');
    expect((await page('/unsubscribe/unknown')).status).toBe(404);
    await tell('all-staff', 'list:all-staff', 'It works again for most.');
    expect(mailText((await mailTo('yan@customer.example', 1)).raw)).toContain('It works again for most.');
    expect(mail.taken.filter(({ to }) => to.includes('zoe@customer.example'))).toHaveLength(1);
  });
});

describe('a statement to the press', () => {
  test('is a page of its own, listed with the others', async () => {
    await office.say('linda', '/comms start PRB-1 press');
    await tell('press', 'press', 'We regret the trouble. Questions: press office, +49 30 1234.');
    const list = await shows('/press', /\/press\/[0-9a-z]{25}/u);
    const [path = ''] = /\/press\/[0-9a-z]{25}/u.exec(list) ?? [];
    const statement = await shows(path, 'Questions: press office, +49 30 1234.');
    expect(statement).toContain('<h1>Refused connections</h1>');
    expect((await page('/press/unknown')).status).toBe(404);
  });
});

describe('an update to a telephone number', () => {
  test('is called by whoever is named: no answer, again after ten minutes, then called, and the owner knows', async () => {
    const { press, reads, house, say } = office;
    await say('linda', '/comms start PRB-1 emergency-services');
    await tell('emergency-services', 'call:+49301234:@kate', 'No danger to people.');
    const card = await reads('kate', 'direct', 'Call +49301234 about PRB-1');
    expect(card.text).toContain('No danger to people.');
    expect(card.buttons).toEqual(['Called', 'No answer']);
    await press('kate', 'direct', 'Call +49301234', 'No answer', { Note: 'engaged' });
    await reads('kate', 'direct', 'Nobody answered. I ask you again in ten minutes');
    await house.advance(10 * MINUTE);
    await press('kate', 'direct', 'Call +49301234 now', 'Called');
    await reads('linda', 'direct', 'Call made by @kate');
    await say('linda', '/problem history PRB-1');
    await reads('linda', 'answer', 'call made');
  });
});

describe('an update that does not reach somebody', () => {
  test('goes to their deputy under the same authority, and the owner knows', async () => {
    const { say, reads } = office;
    await say('charles', '/rfc delegate @ray until tomorrow');
    const { db } = office.house;
    await db.sql`update bellman.person set email = 'gone@bank.example' where name = 'Charles'`;
    await tell('senior-management', 'gone@bank.example', 'The bank can pay, slowly.');
    await reads('ray', 'direct', 'The bank can pay, slowly.');
    const told = await reads('linda', 'direct', 'gone@bank.example: ');
    expect(told.text).toContain('It went to @ray instead.');
  });

  test('in a channel that was archived is told to the owner with the text to pass on', async () => {
    const { fake, fill, press, reads, house } = office;
    await fill('linda', '/comms line PRB-1 all-staff', { Destination: '#staff' });
    const archived = await fetch(new URL('conversations.archive', `${fake.apiUrl.replace(/\/$/u, '')}/`), {
      method: 'POST',
      headers: { authorization: `Bearer ${fake.botToken}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ channel: 'C0STAFF' }),
    });
    expect(await archived.json()).toMatchObject({ ok: true });
    await fill('linda', '/comms draft PRB-1 all-staff', { Text: 'Use the other terminal.' });
    await press('jamie', 'direct', 'Use the other terminal.', 'Release');
    await house.advance(11_000);
    const told = await reads('linda', 'direct', 'To pass on: Use the other terminal.');
    expect(told.text).toContain('archived');
  });
});
