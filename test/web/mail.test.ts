import { describe, expect, test } from 'vitest';
import { mailFromJson, mailOf } from '../../src/web/mail.ts';

const ID = 'd7k2d7k2d7k2d7k2d7k2d7k2x';
const raw = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'), 'utf8');

describe('a mail as it comes in', () => {
  test('is read with its text, its sender and what it answers', () => {
    const mail = mailOf(
      raw(
        'From: "Müller, Eva" <Eva@Customer.example>',
        `To: Bellman <bellman+${ID}@bank.example>,`,
        ' other@bank.example',
        'Subject: =?utf-8?Q?Re:_Zahlungen_f=C3=BCr?= =?utf-8?B?IGFsbGU=?=',
        'Message-ID: <m1@customer.example>',
        `In-Reply-To: <${ID}@bank.example>`,
        'References: <root@bank.example> <earlier@bank.example>',
        'Content-Type: multipart/alternative; boundary="b 1"',
        '',
        'This is a multi-part message.',
        '--b 1',
        'Content-Type: text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'Geht es f=FCr alle =',
        'nicht?',
        '--b 1',
        'Content-Type: text/html',
        '',
        '<p>not this</p>',
        '--b 1--',
      ),
    );
    expect(mail).toMatchObject({
      from: 'eva@customer.example',
      to: [`bellman+${ID}@bank.example`, 'other@bank.example'],
      subject: 'Re: Zahlungen für alle',
      messageId: 'm1@customer.example',
      about: [`${ID}@bank.example`, 'earlier@bank.example', 'root@bank.example'],
    });
    expect(mail.text.trim()).toBe('Geht es für alle nicht?');
    expect(mail.report).toBeUndefined();
  });

  test('of HTML alone is read as words', () => {
    const mail = mailOf(
      raw('From: a@b.example', 'Content-Type: text/html; charset=utf-8', '', '<style>p {}</style><p>Wann?</p><p>1 &lt; 2</p>'),
    );
    expect(mail.text).toBe('Wann?\n1 < 2\n');
  });

  test('in base64 and with an attachment is read without the attachment', () => {
    const mail = mailOf(
      raw(
        'From: a@b.example',
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        'Content-Type: text/plain',
        'Content-Disposition: attachment; filename=log.txt',
        '',
        'log',
        '--x',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('Grüße').toString('base64'),
        '--x--',
      ),
    );
    expect(mail.text).toBe('Grüße');
  });

  test('that could not be delivered says so, and which mail it returns', () => {
    const mail = mailOf(
      raw(
        'From: MAILER-DAEMON@mx.example',
        'To: bellman@bank.example',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
        '',
        '--r',
        'Content-Type: text/plain',
        '',
        'Sorry.',
        '--r',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example',
        '',
        'Final-Recipient: rfc822; eva@customer.example',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 no such user',
        '--r',
        'Content-Type: message/rfc822',
        '',
        `Message-ID: <${ID}@bank.example>`,
        'Subject: Refused connections',
        '',
        'text',
        '--r--',
      ),
    );
    expect(mail.report).toEqual({ action: 'failed', why: '5.1.1 550 no such user' });
    expect(mail.about).toEqual([`${ID}@bank.example`]);
  });

  test('nested without end, or without anything, is read as far as it goes', () => {
    let nested = 'end';
    for (let at = 0; at < 50; at += 1)
      nested = `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n${nested}\r\n--b${at}--`;
    expect(mailOf(Buffer.from(`From: a@b.example\r\n${nested}`)).text).toBe('');
    expect(mailOf(Buffer.alloc(0))).toMatchObject({ from: '', to: [], text: '' });
  });
});

describe('a mail as JSON', () => {
  test('is read alike, whether its headers are pairs or names', () => {
    const headers = { 'Message-ID': '<m1@customer.example>', 'In-Reply-To': `<${ID}@bank.example>` };
    const body = { from: 'Eva <eva@customer.example>', to: 'bellman@bank.example', subject: 'Re', text: 'When?' };
    const read = { from: 'eva@customer.example', text: 'When?', messageId: 'm1@customer.example', about: [`${ID}@bank.example`] };
    expect(mailFromJson({ ...body, headers })).toMatchObject(read);
    expect(mailFromJson({ ...body, headers: Object.entries(headers) })).toMatchObject(read);
  });

  test('that is a report is told from one that is none', () => {
    const report = (text: string) =>
      mailFromJson({
        from: 'mailer-daemon@mx.example',
        to: `bellman+${ID}@bank.example`,
        subject: 'Undelivered',
        text,
        headers: { 'content-type': 'multipart/report; report-type=delivery-status' },
      })?.report;
    expect(report('Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 full')).toEqual({
      action: 'failed',
      why: '5.2.2 552 full',
    });
    expect(report('The mail system says: 5.1.1 no such user')).toMatchObject({ action: 'failed' });
    expect(report('It will be tried again.')).toMatchObject({ action: 'delayed' });
  });

  test('that is no mail is none', () => {
    for (const wrong of [null, 7, {}, { from: 'a' }, { from: 'a', to: 1 }, { from: 'a', to: 'b', headers: [['x']] }])
      expect(mailFromJson(wrong)).toBeUndefined();
  });
});
