/** How late timers fire, and how many due updates a second become what they must: decided, journaled, in the outbox. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { when } from '../../src/core/ask.ts';
import { databaseClock } from '../../src/core/clock.ts';
import type { Doorbell } from '../../src/core/doorbell.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import type { Instant } from '../../src/core/instant.ts';
import { accept, BELLMAN, ORG, type Part } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { timers } from '../../src/core/timers.ts';
import { type Change, transactor } from '../../src/core/transact.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { startJobs } from '../../src/jobs/index.ts';
import { logger } from '../../src/log.ts';
import { startBellman } from '../../src/main.ts';
import { peopleStore } from '../../src/people/index.ts';
import type { ProblemCommand } from '../../src/problems/index.ts';
import type { QueueBackend } from '../support/bellman.ts';
import { freshDatabase, testServers } from '../support/database.ts';
import { alone, type Figure, milliseconds, number, percentile } from './figures.ts';

const TIMERS = 10_000;
const RECORDS = 1000;
const BATCH = 500;
/** Time to set them all, before the first is due. */
const AHEAD_MS = 12_000;
const PATIENCE_MS = 60_000;

/** The smallest part whose timers do what every timer does: a decision, a journal entry, a notice. */
type Clockwork = { readonly rung: number };
type Wind = { readonly type: 'wind'; readonly at: readonly Instant[] } | { readonly type: 'ring'; readonly due: Instant };
type Wound = { readonly type: 'wound'; readonly at: readonly Instant[] } | { readonly type: 'rung'; readonly due: Instant };
const clockwork: Part<Clockwork, Wind, Wound> = {
  name: 'clockwork',
  initial: { rung: 0 },
  heading: ({ rung }) => ({ title: `Rung ${rung} times`, status: 'running' }),
  decide: (_state, command) =>
    command.type === 'wind' ? accept({ ...command, type: 'wound' }) : accept({ type: 'rung', due: command.due }),
  evolve: ({ rung }, event) => ({ rung: event.type === 'rung' ? rung + 1 : rung }),
};
const clockworkReactions = [
  when<Wound, 'wound'>('clockwork', 'wound', ({ at }) =>
    at.map((due, index) => ({
      ask: 'timer',
      key: `ring ${index}`,
      at: due,
      part: 'clockwork',
      command: { type: 'ring', due } as Wind,
    })),
  ),
  when<Wound, 'rung'>('clockwork', 'rung', (_event, { id }) => [
    { ask: 'say', to: { place: 'bench/channel/bells' }, content: { title: `${id} rings` } },
  ]),
];

async function until(done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await done())) {
    if (performance.now() > end) throw new Error('The timers did not all fire within a minute');
    await pause(50);
  }
}

const redisOf = (queue: QueueBackend): string | undefined => (queue === 'redis' ? testServers().redis : undefined);

/** Sets ten timers on each of a thousand records, due within so many seconds, and sees how late each of them is stored. */
async function lateness(
  queue: QueueBackend,
  seconds: number,
): Promise<{ readonly late: readonly number[]; readonly took: number }> {
  const database = await freshDatabase();
  const db = connect(database.url);
  const log = logger('warn');
  let doorbell: Doorbell = { ring: () => {} };
  const rooms = house([clockwork as AnyPart], clockworkReactions);
  const transact = transactor({ db, house: rooms, doorbell: { ring: (bell, at) => doorbell.ring(bell, at) } });
  const clock = await databaseClock(db);
  const onTrouble = (what: string, error: unknown) => log.warn({ error }, what);
  const stored: { readonly due: Instant; readonly at: Instant }[] = [];
  const firing = timers({
    db,
    // Late is what is not committed; the time of the decision, which the journal has, would flatter.
    transact: async (changes) => {
      const outcomes = await transact(changes);
      for (const { timer } of changes) if (timer) stored.push({ due: timer.dueAt, at: clock.now() });
      return outcomes;
    },
    clock,
    holder: 'bench',
    onParked: () => {},
    onTrouble,
  });
  const idle = async () => {};
  const jobs = await startJobs({
    db,
    databaseUrl: database.url,
    redisUrl: redisOf(queue),
    prefix: `bellman-bench-${process.pid}-${seconds}`,
    handlers: { timers: firing.run, deliveries: idle, inbound: idle },
    clock,
    log,
  });
  doorbell = jobs.doorbell;
  try {
    const start = clock.now() + AHEAD_MS;
    const each = TIMERS / RECORDS;
    for (let from = 0; from < RECORDS; from += BATCH) {
      const winding = Array.from({ length: BATCH }, (_, at): Change => {
        const due = Array.from({ length: each }, (_, n) =>
          Math.floor(start + ((n * RECORDS + from + at) / TIMERS) * seconds * 1000),
        );
        return { record: { raise: 'RFC' }, part: 'clockwork', command: { type: 'wind', at: due } as Wind, by: BELLMAN };
      });
      await transact(winding);
    }
    // As autovacuum does within a minute of so many rows.
    await db.sql`analyze`;
    if (clock.now() > start) throw new Error('Setting the timers took until they were due');
    await until(async () => {
      const [row] = await db.sql<{ fired: number }[]>`select count(*)::int as fired from bellman.delivery`;
      return row?.fired === TIMERS;
    });
    return { late: stored.map(({ due, at }) => at - due), took: Math.max(...stored.map(({ at }) => at)) - start };
  } finally {
    firing.close();
    await jobs.close();
    await db.close();
    await database.drop();
  }
}

/** Ten thousand timers within ten seconds, and within one. */
export async function timerLateness(queue: QueueBackend): Promise<readonly Figure[]> {
  const spread = await lateness(queue, 10);
  const once = await lateness(queue, 1);
  const said = (late: readonly number[]): string =>
    `p50 ${milliseconds(percentile(late, 0.5))}, p99 ${milliseconds(percentile(late, 0.99))} late`;
  return [
    alone(`${number(TIMERS)} timers within 10 s (queue on ${queue})`, said(spread.late), 'p99 under 500 ms'),
    alone(
      `${number(TIMERS)} timers of one second (queue on ${queue})`,
      `all after ${milliseconds(once.took)}; ${said(once.late)}`,
      'all under 5 s',
    ),
  ];
}

const PROBLEMS = 250;
const OWNER = { platform: 'slack', user: 'U1' } as const;

/** Major problems with their plans; their lines' first drafts, and then their overdue notices, fall due all at once. */
export async function dueUpdates(queue: QueueBackend): Promise<readonly Figure[]> {
  const database = await freshDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'bellman-bench-'));
  const db: Database = connect(database.url, { pool: 2 });
  await db.sql`insert into bellman.clock (base, started_at, rate) values (clock_timestamp(), clock_timestamp(), 1)`;
  const redis = redisOf(queue);
  const config = readConfig({
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: '0',
    BELLMAN_CONSOLE: 'off',
    // What is measured ends in the outbox; nobody serves the places of the bench.
    BELLMAN_HOLD: 'true',
    ...(redis === undefined ? {} : { REDIS_URL: redis }),
  });
  const bellman = await startBellman(config, logger('error'));
  try {
    const asker = { ...OWNER, handle: 'olga', name: 'Olga', timeZone: 'UTC', bot: false, guest: false };
    const owner = await peopleStore(db).person(asker);
    const must = async (changes: readonly Change[]) => {
      for (const outcome of await bellman.transact(changes)) if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome));
    };
    for (const role of ['problem-manager', 'communications'] as const)
      await must([
        { record: ORG, part: 'org', command: { type: 'grant', person: owner, role } as Change['command'], by: BELLMAN },
      ]);
    const intake = { title: 'Refused connections', details: '', impact: 'high', urgency: 'high', items: 'gateway' } as const;
    const on = (record: Change['record'], command: ProblemCommand): Change => ({ record, part: 'problem', command, by: OWNER });
    for (let at = 1; at <= PROBLEMS; at += 50) {
      const some = Array.from({ length: 50 }, (_, n) => at + n);
      await must(some.map(() => on({ raise: 'PRB' }, { type: 'raise', intake })));
      await must(some.map((n) => on(`PRB-${n}`, { type: 'declare', owner, place: 'bench/channel/ops' })));
    }
    await db.sql`analyze`;

    const journaled = async (): Promise<number> => {
      const [row] = await db.sql<{ n: number }[]>`
        select count(*)::int as n from bellman.journal where type in ('plan.asked', 'plan.nudged', 'plan.overdue')`;
      return row?.n ?? 0;
    };
    const fall = async (minutes: number): Promise<{ due: number; took: number }> => {
      const before = await journaled();
      await db.sql`update bellman.clock set base = bellman.now() + ${minutes} * interval '1 minute', started_at = clock_timestamp()`;
      const [row] = await db.sql<{ due: number }[]>`
        select count(*)::int as due from bellman.timer where part = 'plan' and due_at <= bellman.now()`;
      const due = row?.due ?? 0;
      const began = performance.now();
      await bellman.jobs.sweep();
      await until(async () => (await journaled()) - before >= due);
      return { due, took: performance.now() - began };
    };
    // Each line in its turn is asked for, nudged, and overdue; all were declared in the same moment.
    const asked = await fall(22);
    const overdue = await fall(30);
    const pace = ({ due, took }: { due: number; took: number }): string =>
      `${number((due / took) * 1000)}/s (${number(due)} in ${milliseconds(took)})`;
    return [
      alone(`due updates: drafts asked for (queue on ${queue})`, pace(asked), ''),
      alone(`due updates: overdue, releasers and owner told (queue on ${queue})`, pace(overdue), ''),
    ];
  } finally {
    await bellman.stop();
    await db.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
