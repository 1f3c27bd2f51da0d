/** A reader outside answers an update by mail: through the real route and a real mail server, until the answer is in the same thread. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MailServer, mailServer } from '../adapters/email/mail-server.ts';
import { mailText } from '../story/mail.ts';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { consoleUser, type Said, wordsOf } from '../support/console.ts';

const SECRET = 'a secret of the mail service';
const KIM = 'kim@customer.example';

let house: House;
let mails: MailServer;
const as = (who: string) => consoleUser(house.bellman.url, who);

async function says(who: string, line: string, answers: Record<string, string> = {}): Promise<Said> {
  const said = await as(who).say(line);
  return said.kind === 'form' ? as(who).submit(said, answers) : said;
}

const header = (raw: string, name: string): string =>
  (new RegExp(`^${name}:\\s*([^\\r\\n]+(?:\\r?\\n[ \\t][^\\r\\n]+)*)`, 'imu').exec(raw)?.[1] ?? '').replaceAll(/\s+/gu, ' ');

/** The mail to Kim that reads so. */
const mailed = (reading: string): Promise<string> =>
  eventually(
    `a mail with ${reading}`,
    () => mails.taken.find(({ to, raw }) => to.includes(KIM) && mailText(raw).includes(reading))?.raw,
  );

/** What a mail service hands in: Kim's answer to a mail of ours. */
async function replies(to: string, text: string, more: { headers?: Record<string, string>; id?: string } = {}): Promise<unknown> {
  const id = more.id ?? `<${crypto.randomUUID()}@customer.example>`;
  const answer = await fetch(`${house.bellman.url}/hooks/mail`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${SECRET}` },
    body: JSON.stringify({
      from: `Kim <${KIM}>`,
      to: header(to, 'Reply-To'),
      subject: `Re: ${header(to, 'Subject')}`,
      text: `${text}\r\n\r\nOn Mon, 11 Jan 2027 at 09:00, Bellman wrote:\r\n> Payments are slow.`,
      headers: { 'Message-ID': id, 'In-Reply-To': header(to, 'Message-ID'), ...more.headers },
    }),
  });
  return (await answer.json()) as unknown;
}

beforeAll(async () => {
  mails = await mailServer();
  house = await startHouse({
    queue: 'postgres',
    startsAt: '2027-01-11T09:00:00Z',
    environment: { SMTP_URL: mails.url, MAIL_FROM: 'Bellman <bell@bank.example>', MAIL_HOOK_SECRET: SECRET },
  });
  for (const line of [
    '/bellman role grant @jerry problem-manager',
    '/bellman role grant @jamie communications',
    `/bellman audience set customers ${KIM}`,
  ])
    await as('admin').say(line);
  await says('linda', '/problem new', { title: 'Refused connections', impact: 'high' });
  await says('jerry', '/problem major PRB-1', { owner: '@linda' });
  await says('linda', '/comms draft PRB-1 customers', { text: 'Payments are slow.' });
  const value = /"(\d+-[0-9a-f]{16})"/u.exec(JSON.stringify(await as('jamie').say('/comms release PRB-1 customers')))?.[1] ?? '';
  await as('jamie').press('comms.release', 'PRB-1', value);
  await house.advance(11_000);
}, 60_000);
afterAll(async () => {
  await house.stop();
  await mails.stop();
});

test('a reply by mail becomes a question, once, and its answer comes back in the same thread', async () => {
  const update = await mailed('Payments are slow.');
  expect(mailText(update)).not.toMatch(/Seen|\bAsk\b/u);
  expect(await replies(update, 'I am away.', { headers: { 'Auto-Submitted': 'auto-replied' } })).toEqual({ is: 'automatic' });
  const id = '<one@customer.example>';
  expect(await replies(update, 'Is my money safe?', { id })).toEqual({ is: 'asked' });
  expect(await replies(update, 'Is my money safe?', { id })).toEqual({ is: 'known' });
  const question = await as('jamie').reads('Question: Customers and partners, PRB-1');
  expect(question).toContain(`${KIM}, by mail, asks about update 1`);
  expect(question).not.toContain('Payments are slow');
  const answer = await as('linda').press('comms.answer', 'PRB-1', '1');
  expect(wordsOf(answer)).toContain('only a releaser of the line customers answers directly');
  const form = await as('jamie').press('comms.answer', 'PRB-1', '1');
  await as('jamie').submit(form, { answer: 'Yes, it is.' });
  const answered = await mailed('Yes, it is.');
  expect(mailText(answered)).toContain('Answered by communications.');
  expect(header(answered, 'References')).toBe(header(update, 'References'));
  expect(header(answered, 'Subject')).toBe(header(update, 'Subject'));
  expect(await replies(answered, 'Since when?')).toEqual({ is: 'asked' });
  await as('jamie').reads(/Question: Customers and partners, PRB-1.*Since when\?/u);
});
