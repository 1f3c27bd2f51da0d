/** What comes in at Slack's front door of the bundle: commands and votes, signed, over HTTP, against a bare Bolt. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { connect } from '../../src/db/database.ts';
import { startFakeSlack } from '../fakes/slack/fake-slack.ts';
import type { QueueBackend } from '../support/bellman.ts';
import { freshDatabase, testServers } from '../support/database.ts';
import { bareTables } from './bare-vote.ts';
import { type Figure, race, raced, type Turn } from './figures.ts';
import { MEMBERS, openHall, VOTERS, votingTransact } from './hall.ts';
import { type Sender, startBolt, startBundle, startSender } from './processes.ts';
import { commandRequest, pressRequest, SECRET } from './requests.ts';

const RFCS = 200;
const ROUNDS = 7;
const COMMANDS_A_TURN = 1500;
const VOTES_A_TURN = 600;

/** Takes what is said to response addresses, as Slack would. */
async function startAnswers(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => response.end('ok'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/answers`, close: () => server.close() };
}

async function sent(sender: Sender, port: number, atOnce: number, requests: readonly Buffer[]): Promise<Turn> {
  const { took, times, statuses } = await sender.send({ port, atOnce, requests });
  const failed = Object.entries(statuses).filter(([status]) => status !== '200');
  if (failed.length > 0) throw new Error(`Not all requests were taken: ${JSON.stringify(statuses)}`);
  return { took, times };
}

const bodyOf = async (port: number, request: Buffer): Promise<string> => {
  const [head = '', body = ''] = request.toString().split('\r\n\r\n');
  const headers = head
    .split('\r\n')
    .slice(1)
    .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
  const kept = headers.filter(([name]) => name !== 'host' && name !== 'content-length');
  const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers: kept, body });
  if (!answer.ok) throw new Error(`The first command was answered ${answer.status}`);
  return answer.text();
};

/** Measures on a database of its own, with the queue where it is said. */
export async function frontDoor(queue: QueueBackend): Promise<readonly Figure[]> {
  const database = await freshDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'bellman-bench-'));
  const db = connect(database.url, { pool: 4 });
  const bare = postgres(database.url, { max: 1, onnotice: () => {}, fetch_types: false });
  const slack = await startFakeSlack({ signingSecret: SECRET });
  const answers = await startAnswers();
  const sender = startSender();
  const stops: (() => Promise<void>)[] = [];
  try {
    for (let user = 1; user <= MEMBERS; user += 1) slack.addUser({ id: `U${user}`, name: `u${user}` });
    slack.addChannel({ id: 'C1', name: 'cab' });
    const records = await openHall(db, votingTransact(db), RFCS);
    await bareTables(bare, records, MEMBERS);
    await bare`analyze`;
    const { redis } = testServers();
    const bundle = await startBundle({
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: slack.apiUrl,
      ...(queue === 'redis' && redis !== undefined ? { REDIS_URL: redis } : {}),
    });
    stops.push(bundle.stop);
    // The baseline answers with the very same bytes.
    const answer = await bodyOf(bundle.port, commandRequest(bundle.port, 'U1', '/rfc', 'help', answers.url));
    const bolt = await startBolt({ BENCH_SECRET: SECRET, BENCH_ANSWER: answer, DATABASE_URL: database.url });
    stops.push(bolt.stop);

    let votes = 0;
    const help = (port: number) =>
      Array.from({ length: COMMANDS_A_TURN }, (_, at) =>
        commandRequest(port, `U${(at % VOTERS) + 1}`, '/rfc', 'help', answers.url),
      );
    const press = (port: number) =>
      Array.from({ length: VOTES_A_TURN }, () => {
        votes += 1;
        const action = Math.floor(votes / (RFCS * VOTERS)) % 2 === 0 ? 'ballot.approve' : 'ballot.abstain';
        const voter = `U${(Math.floor(votes / RFCS) % VOTERS) + 1}`;
        return pressRequest(port, voter, action, records[votes % RFCS] ?? '', answers.url);
      });
    const turn = (make: (port: number) => Buffer[], port: number, atOnce: number) => () => sent(sender, port, atOnce, make(port));

    const figures: Figure[] = [];
    const against = async (what: string, make: (port: number) => Buffer[], atOnce: number, target: string) => {
      const result = await race(ROUNDS, turn(make, bundle.port, atOnce), turn(make, bolt.port, atOnce));
      figures.push(raced(`${what}, ${atOnce} at once (queue on ${queue})`, result, target));
    };
    await against('/rfc help acknowledged', help, 32, '0.9 or better');
    await against('/rfc help acknowledged', help, 128, 'p99 under 500 ms');
    await against('vote by button acknowledged', press, 32, '');
    await against('vote by button acknowledged', press, 128, 'p99 under 500 ms');
    return figures;
  } finally {
    for (const stop of stops.reverse()) await stop();
    await sender.stop();
    answers.close();
    await slack.close();
    await bare.end({ timeout: 5 });
    await db.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
