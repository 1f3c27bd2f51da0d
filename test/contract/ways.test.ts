/** The ways out that are no chat, each by the same contract. */
import { afterAll } from 'vitest';
import { email } from '../../adapters/email/index.ts';
import { webhook } from '../../adapters/webhook/index.ts';
import { callWay, parts, projections, reactions } from '../../src/comms/index.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { house } from '../../src/core/house.ts';
import { BELLMAN } from '../../src/core/record.ts';
import { transactor } from '../../src/core/transact.ts';
import { connect } from '../../src/db/database.ts';
import { problem } from '../../src/problems/index.ts';
import { pageWay } from '../../src/web/pages.ts';
import { mailServer } from '../adapters/email/mail-server.ts';
import { receiver } from '../adapters/webhook/receiver.ts';
import { freshDatabase } from '../support/database.ts';
import { mechanismContract, type WaySetup } from './mechanism-contract.ts';

const RECORD = 'PRB-1';
const UPDATE = 'PRB-1.1';

mechanismContract('E-mail', async (): Promise<WaySetup> => {
  let answer: number | undefined;
  const once = () => {
    const now = answer;
    answer = undefined;
    return now;
  };
  const server = await mailServer({ message: once });
  const patience = { connection: 500, greeting: 500, answer: 500 };
  return {
    mechanism: email({ url: server.url, from: 'bellman@bank.example', patience }),
    place: 'email/address/kate@bank.example',
    record: RECORD,
    update: UPDATE,
    arrived: async () => server.taken.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1] ?? ''),
    trouble: {
      limit: () => {
        answer = 452;
      },
      refuse: () => {
        answer = 554;
      },
    },
    stop: server.stop,
  };
});

mechanismContract('Webhook', async (): Promise<WaySetup> => {
  let answer: number | 'none' = 204;
  const hook = await receiver((response) => {
    if (answer === 'none') response.destroy();
    else response.writeHead(answer).end();
    answer = 204;
  });
  const say = (next: typeof answer) => () => {
    answer = next;
  };
  return {
    mechanism: webhook({ secret: 'a secret of the receiver', about: async () => undefined, allowPrivate: true }),
    place: hook.place,
    record: RECORD,
    update: UPDATE,
    arrived: async () => hook.received.map(({ headers }) => String(headers['idempotency-key'])),
    trouble: { loseAnswer: say('none'), limit: say(503), refuse: say(410) },
    stop: hook.stop,
  };
});

/** One database for all that are in it; each test has a record of its own. */
async function open() {
  const database = await freshDatabase();
  const db = connect(database.url, { pool: 2, name: 'test' });
  const transact = transactor({ db, house: house([problem, ...parts], reactions, projections), doorbell: silentDoorbell });
  const intake = { title: 'Refused connections', details: '', impact: 'low', urgency: 'low' };
  return {
    db,
    transact,
    async raised(): Promise<string> {
      const command = { type: 'raise', intake } as { type: string };
      const [outcome] = await transact([{ record: { raise: 'PRB' }, part: problem.name, command, by: BELLMAN }]);
      if (!outcome || !('record' in outcome)) throw new Error('No problem was raised');
      return outcome.record;
    },
    async close() {
      await db.close();
      await database.drop();
    },
  };
}
let opened: Promise<Awaited<ReturnType<typeof open>>> | undefined;
afterAll(async () => (await opened)?.close());

for (const page of ['status', 'press'] as const)
  mechanismContract(`The ${page} page`, async (): Promise<WaySetup> => {
    opened ??= open();
    const { db, raised } = await opened;
    const record = await raised();
    return {
      mechanism: pageWay(db, page),
      place: `${page}/channel/main`,
      record,
      update: `${record}.1`,
      arrived: async () =>
        (await db.sql<{ delivery: string }[]>`select delivery from bellman.page_post`).map(({ delivery }) => delivery),
      trouble: {},
      stop: async () => void (await db.sql`delete from bellman.page_post`),
    };
  });

mechanismContract('A call by hand', async (): Promise<WaySetup> => {
  opened ??= open();
  const { db, raised, transact } = await opened;
  const record = await raised();
  return {
    mechanism: callWay(transact),
    place: 'call/address/+49301234;p7',
    record,
    update: `${record}.1`,
    arrived: async () =>
      (
        await db.sql<
          { body: string }[]
        >`select body from bellman.journal where type = 'calls.call-asked' and record_id = ${record}`
      ).map(({ body }) => JSON.parse(body).data.call),
    trouble: {},
    stop: async () => undefined,
  };
});
