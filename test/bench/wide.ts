/** One update to 10,000 e-mail addresses and 500 channels: how long it takes to be queued, and whether another plan's urgent update waits for it. */
import { setTimeout as pause } from 'node:timers/promises';
import { loadView } from '../../src/chat/store.ts';
import { plan } from '../../src/comms/index.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import { viewOf } from '../../src/core/apply.ts';
import type { Change } from '../../src/core/change.ts';
import { BELLMAN, ORG } from '../../src/core/record.ts';
import { storeList } from '../../src/people/list-store.ts';
import { mailServer } from '../adapters/email/mail-server.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/fake-slack.ts';
import { type House, type QueueBackend, startHouse } from '../support/bellman.ts';
import { alone, type Figure, median, milliseconds, number } from './figures.ts';
import { addPlan, must, OWNER, ownerIn } from './many-plans.ts';

const ADDRESSES = 10_000;
const DOMAINS = 50;
const CHANNELS = 500;
const URGENT = 7;
const PATIENCE_MS = 60_000;

/** Looks often, because what is waited for is measured. */
async function until(what: string, done: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await done())) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`);
    await pause(5);
  }
}

interface Hall {
  readonly house: House;
  readonly fake: FakeSlack;
}

const onPlan = (record: string, command: object): Change => ({
  record,
  part: 'plan',
  command: command as Change['command'],
  by: OWNER,
});

/** Writes and releases the next update of a line; says which one it was. */
async function release({ house }: Hall, record: string, line: string, text: string): Promise<string> {
  const { transact } = house.bellman;
  await must(transact, [onPlan(record, { type: 'start', line })]);
  await must(transact, [onPlan(record, { type: 'draft', line, text })]);
  const loaded = await loadView(house.db, record);
  const written =
    loaded &&
    viewOf(loaded)
      .state(plan)
      .lines.find(({ audience }) => audience === line);
  if (!written?.update) throw new Error(`Nothing was written for ${line}`);
  const seen = draftHash(written, written.update).slice(0, HASH_ON_BUTTON);
  await must(transact, [onPlan(record, { type: 'release', update: written.update.id, seen })]);
  return written.update.id;
}

/** How long urgent updates of another plan take from the release until they are read, in milliseconds. */
async function urgent(hall: Hall, record: string, from: number): Promise<readonly number[]> {
  const took: number[] = [];
  for (let n = from; n < from + URGENT; n += 1) {
    const began = performance.now();
    await release(hall, record, 'emergency-services', `Urgent statement ${n}.`);
    await until('an urgent update', () =>
      hall.fake.visible('war').some((message) => JSON.stringify(message.blocks).includes(`Urgent statement ${n}.`)),
    );
    took.push(performance.now() - began);
    // A message a second and channel is what Slack allows.
    await pause(1000);
  }
  return took;
}

export async function wide(queue: QueueBackend): Promise<readonly Figure[]> {
  const mails = await mailServer();
  const fake = await startFakeSlack();
  fake.addChannel({ id: 'C0WAR', name: 'war' });
  for (let n = 0; n < CHANNELS; n += 1) fake.addChannel({ id: `C1${String(n).padStart(6, '0')}`, name: `branch-${n}` });
  const house = await startHouse({
    queue,
    environment: {
      SLACK_BOT_TOKEN: fake.botToken,
      SLACK_SIGNING_SECRET: fake.signingSecret,
      SLACK_API_URL: fake.apiUrl,
      SMTP_URL: mails.url,
      MAIL_FROM: 'bellman@bank.example',
    },
  });
  const hall: Hall = { house, fake };
  const { transact } = house.bellman;
  try {
    const owner = await ownerIn(house.db, transact);
    const members = Array.from({ length: ADDRESSES }, (_, n) => ({ place: `email/address/u${n}@bank${n % DOMAINS}.example` }));
    const stored = await storeList(house.db, { list: 'customers', kind: 'fixed', of: '', members });
    const onOrg = (command: object): Change => ({ record: ORG, part: 'org', command: command as Change['command'], by: BELLMAN });
    const list = { kind: 'fixed', of: '', version: stored.version, count: stored.active };
    await must(transact, [
      onOrg({ type: 'set-list', audience: 'customers', list, after: 0 }),
      onOrg({
        type: 'set-places',
        audience: 'customers',
        places: Array.from({ length: CHANNELS }, (_, n) => `slack/channel/C1${String(n).padStart(6, '0')}`),
      }),
      onOrg({ type: 'set-places', audience: 'emergency-services', places: ['slack/channel/C0WAR'] }),
    ]);
    const broad = await addPlan(transact, owner, 'slack/channel/C0WAR');
    const other = await addPlan(transact, owner, 'slack/channel/C0WAR');
    const alonePace = await urgent(hall, other, 0);

    const update = await release(hall, broad, 'customers', 'We are looking into it. The next update comes within the hour.');
    await house.db.sql`update bellman.clock set base = bellman.now() + interval '11 seconds', started_at = clock_timestamp()`;
    const began = performance.now();
    const leaves: Change = { ...onPlan(broad, { type: 'leave', update }), by: BELLMAN };
    await transact([leaves]);
    const queued = performance.now() - began;
    const [row] = await house.db.sql<{ rows: number }[]>`
      select count(*)::int as rows from bellman.delivery where update_id = ${update}`;
    const rows = row?.rows ?? 0;
    if (rows !== ADDRESSES + CHANNELS) throw new Error(`${rows} deliveries were queued`);
    const besidePace = await urgent(hall, other, URGENT);
    const [left] = await house.db.sql<{ left: number }[]>`
      select count(*)::int as left from bellman.delivery where update_id = ${update} and state = 'waiting'`;
    return [
      alone(
        `one update to ${number(ADDRESSES)} addresses and ${CHANNELS} channels queued (queue on ${queue})`,
        `${milliseconds(queued)}`,
        'under 1.5 s',
      ),
      {
        what: `another plan's urgent update read while ${number(left?.left ?? 0)} of these still wait (baseline: while nothing waits)`,
        ours: `p50 ${milliseconds(median(besidePace))}, at most ${milliseconds(Math.max(...besidePace))}`,
        baseline: `p50 ${milliseconds(median(alonePace))}, at most ${milliseconds(Math.max(...alonePace))}`,
        ratio: (median(alonePace) / median(besidePace)).toFixed(2),
        target: 'at most 2 s later',
      },
    ];
  } finally {
    await house.stop();
    await fake.close();
    await mails.stop();
  }
}
