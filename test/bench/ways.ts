/** Ways out by themselves: mails over kept connections, and the status page while many look at it. */
import { Agent, get } from 'node:http';
import nodemailer from 'nodemailer';
import { email } from '../../adapters/email/index.ts';
import { card, text } from '../../src/chat/card.ts';
import { connect } from '../../src/db/database.ts';
import { pageRoutes } from '../../src/web/page-routes.ts';
import { putOnPage } from '../../src/web/page-store.ts';
import { listen } from '../../src/web/server.ts';
import { mailServer } from '../adapters/email/mail-server.ts';
import { freshDatabase } from '../support/database.ts';
import { alone, type Figure, keepBusy, milliseconds, number, percentile, race, raced } from './figures.ts';

const TURN_MS = 500;
const ROUNDS = 6;
const MAILS_AT_ONCE = 16;
const VISITORS = 10_000;
const VISITORS_AT_ONCE = 100;
const UPDATES = 60;
const FROM = 'bellman@bank.example';

/** Mails over kept connections, against one connection for each; both to a real SMTP server. */
async function mails(): Promise<Figure> {
  const server = await mailServer();
  const way = email({ url: server.url, from: FROM });
  const said = card('Update 1: Refused connections', [text('We are looking into it.')]);
  const post = (n: number) => ({ delivery: `d${n}`, record: 'PRB-1', card: said });
  const ours = (n: number) => way.post(`email/address/p${n}@bank.example`, post(n), (person) => ({ name: person }));
  const each = (n: number) => {
    const mail = {
      from: FROM,
      to: `p${n}@bank.example`,
      subject: said.title,
      text: 'We are looking into it.',
      html: '<p>We are looking into it.</p>',
    };
    return nodemailer.createTransport({ url: server.url }).sendMail(mail);
  };
  let next = 0;
  const turn = (work: (n: number) => Promise<unknown>) => () => {
    next += 1_000_000;
    return keepBusy(MAILS_AT_ONCE, TURN_MS, work, next);
  };
  const run = await race(ROUNDS, turn(ours), turn(each));
  await server.stop();
  return raced(`mails to an SMTP server, ${MAILS_AT_ONCE} at once (baseline: a connection for each)`, run, '');
}

/** Everybody looks at the status page at the same time. */
async function visitors(): Promise<Figure> {
  const database = await freshDatabase();
  const db = connect(database.url, { pool: 4, name: 'bench' });
  await db.sql`insert into bellman.record (id, kind, number, seq, hash, title, status, created_at, updated_at)
    values ('PRB-1', 'PRB', 1, 1, '', 'Refused connections', 'major', now(), now())`;
  const said = card('Update: Refused connections', [text('Payments fail for some customers; nothing is lost. '.repeat(8))]);
  for (let n = 0; n < UPDATES; n += 1)
    await putOnPage(db, { page: 'status', delivery: `d${n}`, record: 'PRB-1', update: `PRB-1.${n}`, card: said });
  const server = await listen(pageRoutes({ db, base: () => 'https://status.bank.example' }), '127.0.0.1', 0);
  const agent = new Agent({ keepAlive: true, maxSockets: VISITORS_AT_ONCE });
  const look = () =>
    new Promise<void>((resolve, reject) => {
      get({ port: server.port, path: '/status', agent }, (answer) => answer.resume().on('end', resolve)).on('error', reject);
    });
  const times: number[] = [];
  const began = performance.now();
  let left = VISITORS;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      const start = performance.now();
      await look();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: VISITORS_AT_ONCE }, one));
  const took = performance.now() - began;
  agent.destroy();
  await server.close();
  await db.close();
  await database.drop();
  const ours = `${number(VISITORS)} in ${milliseconds(took)}; p50 ${milliseconds(percentile(times, 0.5))}, p99 ${milliseconds(percentile(times, 0.99))}`;
  return alone(
    `the status page with ${UPDATES} updates, ${number(VISITORS)} visitors, ${VISITORS_AT_ONCE} at once`,
    ours,
    'p99 under 500 ms',
  );
}

export const ways = async (): Promise<readonly Figure[]> => [await mails(), await visitors()];
