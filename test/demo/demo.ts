/**
 * `npm run demo`: plays the story of Woodgrove Bank through the console's front door, with a Postgres and a mail server of its own
 * and a quickened clock, and prints what each audience read. Exits 0 only if every step was seen.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open.ts';
import { logger } from '../../src/log.ts';
import { startBellman } from '../../src/main.ts';
import { mailServer } from '../adapters/email/mail-server.ts';
import { consoleStage } from '../story/console-stage.ts';
import { mailText } from '../story/mail.ts';
import { STARTS, tellStory } from '../story/story.ts';
import { screen } from './screen.ts';

/** So many seconds pass in the bank for each of ours: while people act, and while they wait for what is due. */
const ACTING = 10;
const WAITING = 120;
const LOOK_AGAIN_MS = 50;

const show = screen((text) => process.stdout.write(text), process.stdout.isTTY === true && process.env.NO_COLOR === undefined);
const endings: (() => Promise<unknown> | unknown)[] = [];

/** Ends whatever was started, last first. */
async function end(): Promise<void> {
  for (const ending of endings.splice(0).reverse()) {
    try {
      await ending();
    } catch (error) {
      show.bad(`Not ended as it should: ${(error as Error).message}`);
    }
  }
}

/** Lets the bank's time pass: quickly until then, and slower again from there on. */
function pass(db: Database): (ms: number) => Promise<void> {
  const now = async () => {
    const [row] = await db.sql<[{ now: Date }]>`select bellman.now() as now`;
    return row.now.getTime();
  };
  const run = (rate: number) =>
    db.sql`update bellman.clock set base = bellman.now(), started_at = clock_timestamp(), rate = ${rate}`;
  return async (ms) => {
    const until = (await now()) + ms;
    await run(WAITING);
    while ((await now()) < until) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    await run(ACTING);
  };
}

async function play(): Promise<void> {
  const began = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'bellman-demo-'));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  show.line('Bellman tells the story of Woodgrove Bank: its own Postgres, its own mail server, one minute.');
  const opened = await openDatabase({ url: undefined, dataDir: folder, log: () => {} });
  endings.push(() => opened.stop());
  const db = connect(opened.url, { pool: 2, name: 'demo' });
  endings.push(() => db.close());
  await db.sql`insert into bellman.clock (base, started_at, rate) values (${STARTS}, clock_timestamp(), ${ACTING})`;
  const mail = await mailServer();
  endings.push(() => mail.stop());
  const config = readConfig({
    DATABASE_URL: opened.url,
    DATA_DIR: folder,
    PORT: '0',
    SMTP_URL: mail.url,
    MAIL_FROM: 'Bellman <bellman@woodgrovebank.example>',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  });
  const bellman = await startBellman(config, logger(config.LOG_LEVEL));
  endings.push(() => bellman.stop());
  const stage = await consoleStage(bellman.consoleUrl ?? bellman.url);
  endings.push(() => stage.close());

  const mails = () => mail.taken.map(({ raw }) => mailText(raw));
  await tellStory({ stage, db, advance: pass(db), mails, watch: show });

  const [journal] = await db.sql<{ entries: number }[]>`select count(*)::int as entries from bellman.journal`;
  const seconds = Math.round((Date.now() - began) / 1000);
  show.line('\nWhat each audience read');
  for (const [audience, titles] of show.audiences()) show.line(`  ${audience.padEnd(33)}${titles.join('; ')}`);
  show.line('');
  show.good(
    `Every step was seen: ${show.seen()} messages read, nothing told twice, ${journal?.entries} entries in the journal and all of them whole. ${seconds} seconds.`,
  );
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end().then(() => process.exit(130)));

try {
  await play();
  await end();
} catch (error) {
  show.line('');
  show.bad(`The story stopped here: ${error instanceof Error ? error.message : String(error)}`);
  await end();
  process.exitCode = 1;
}
