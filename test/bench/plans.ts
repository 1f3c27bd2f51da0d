/** Many plans in one database: what is due is found, all of it is worked, and one more plan is made as fast as among few. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitingForThem } from '../../src/comms/worklist-store.ts';
import { readConfig } from '../../src/config.ts';
import { claimDue } from '../../src/core/timers.ts';
import type { Database } from '../../src/db/database.ts';
import { logger } from '../../src/log.ts';
import { startBellman } from '../../src/main.ts';
import { punctualityOf } from '../../src/reports/punctuality-store.ts';
import type { QueueBackend } from '../support/bellman.ts';
import { testServers } from '../support/database.ts';
import { alone, type Figure, keepBusy, milliseconds, number, percentile, race, raced } from './figures.ts';
import { addPlan, manyPlans, type Plans } from './many-plans.ts';

const FEW = 10;
const MANY = 10_000;
const LOOKS = 100;
const ROUNDS = 7;
const TURN_MS = 1000;
const SHOWN = 17;
const PATIENCE_MS = 120_000;
const DAY = 86_400_000;

/** How long one look takes, in the middle and at worst; the first few are not counted. */
async function looks(look: () => Promise<unknown>): Promise<string> {
  const took: number[] = [];
  for (let n = 0; n < LOOKS + 5; n += 1) {
    const began = performance.now();
    await look();
    if (n >= 5) took.push(performance.now() - began);
  }
  return `p50 ${milliseconds(percentile(took, 0.5))}, p99 ${milliseconds(percentile(took, 0.99))}`;
}

/** By which index Postgres finds the rows of a table for the last query that was asked; `a scan` when it reads the whole table. */
async function foundBy(
  { db, asked }: Plans,
  table: string,
  values: readonly (string | number)[],
  look: () => Promise<unknown>,
): Promise<string> {
  asked.length = 0;
  await look();
  const query = asked.find((words) => words.includes(`bellman.${table}`)) ?? '';
  const [row] = await db.sql.unsafe<{ 'QUERY PLAN': readonly { Plan: Step }[] }[]>(`explain (format json) ${query}`, [...values]);
  const steps = stepsIn(row?.['QUERY PLAN'][0]?.Plan);
  const scan = steps.some((step) => step['Node Type'] === 'Seq Scan' && step['Relation Name'] === table);
  return scan ? 'a scan' : (steps.map((step) => step['Index Name']).find((name) => name?.startsWith(table)) ?? 'nothing');
}

interface Step {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Step[];
}
const stepsIn = (step: Step | undefined): readonly Step[] => (step ? [step, ...(step.Plans ?? []).flatMap(stepsIn)] : []);

/** Finding what is due among 60,000 lines: for one of a hundred writers, for somebody for whom all of them wait, for the clock. */
async function dueLists(many: Plans, few: Plans): Promise<readonly Figure[]> {
  const side = async (what: string, look: (plans: Plans) => Promise<unknown>, target: string): Promise<Figure> => ({
    ...alone(what, await looks(() => look(many)), target),
    baseline: `${await looks(() => look(few))} with ${FEW} plans`,
  });
  const clock = async (db: Database, by: string) => db.sql`update bellman.clock set base = base + ${by}::interval`;
  // Everything is overdue, so that everybody is waited for.
  for (const { db } of [many, few]) await clock(db, '3 hours');
  const dueFor =
    (person: string) =>
    ({ db }: Plans) =>
      waitingForThem(db, { person, as: [person] }, SHOWN);
  const mine = dueFor('w7');
  const index = await foundBy(many, 'comms_update', ['{w7}', SHOWN * 20, 'w7', SHOWN], () => mine(many));
  const month = ({ db }: Plans) => punctualityOf(db, Date.now() - DAY, Date.now() + DAY, 'w7');
  const figures = [
    await side(`/comms due of one of 100 writers, ${number(MANY)} plans of 6 lines (found by ${index})`, mine, 'under 200 ms'),
    await side('the same for somebody for whom all 60,000 wait', dueFor('everybody'), 'under 200 ms'),
    await side('punctuality of a month with 60,000 updates', month, ''),
  ];
  for (const { db } of [many, few]) await clock(db, '-3 hours');
  const idle = ({ db }: Plans) => claimDue(db, 'bench');
  return [...figures, await side(`a look for due timers when none is due, ${number(MANY)} plans`, idle, 'under 5 ms')];
}

/** Making a plan: recording a problem and declaring it major, among ten plans and among ten thousand. */
async function adding(many: Plans, few: Plans): Promise<Figure> {
  const turn = ({ transact, owner }: Plans) => keepBusy(4, TURN_MS, () => addPlan(transact, owner), 0);
  const result = await race(
    ROUNDS,
    () => turn(many),
    () => turn(few),
  );
  return raced(`plans made, 4 at once, among ${number(MANY)} (baseline: among ${FEW})`, result, '0.9 or better');
}

/** Ten thousand lines whose texts are wanted in the same moment: until the last one is asked for, and none is left. */
async function minute(many: Plans, queue: QueueBackend): Promise<Figure> {
  const { db, url } = many;
  const lines = 10_000;
  // One line of each plan falls due; the others later.
  await db.sql`update bellman.timer set due_at = due_at + interval '1 day' where key <> 'plan.customers' and part = 'plan'`;
  const dataDir = await mkdtemp(join(tmpdir(), 'bellman-bench-'));
  const redis = queue === 'redis' ? testServers().redis : undefined;
  const config = readConfig({
    DATABASE_URL: url,
    DATA_DIR: dataDir,
    PORT: '0',
    BELLMAN_CONSOLE: 'off',
    BELLMAN_HOLD: 'true',
    ...(redis === undefined ? {} : { REDIS_URL: redis }),
  });
  const bellman = await startBellman(config, logger('error'));
  const left = async (): Promise<number> => {
    const [row] = await db.sql<{ left: number }[]>`
      select count(*)::int as left from bellman.timer where key = 'plan.customers' and due_at <= bellman.now()`;
    return row?.left ?? 0;
  };
  try {
    await db.sql`update bellman.clock set base = bellman.now() + interval '16 minutes', started_at = clock_timestamp()`;
    const due = await left();
    if (due < lines) throw new Error(`Only ${due} lines fell due`);
    const began = performance.now();
    await bellman.jobs.sweep();
    while ((await left()) > 0) {
      if (performance.now() - began > PATIENCE_MS) throw new Error(`${await left()} lines are left`);
      await pause(100);
    }
    const took = performance.now() - began;
    const [done] = await db.sql<{ asked: number; rows: number; wanted: number }[]>`
      select (select count(*)::int from bellman.journal where type = 'plan.asked') as asked,
        (select count(*)::int from bellman.comms_update where audience = 'customers' and outcome = 'drafting') as rows,
        (select count(distinct record_id)::int from bellman.delivery where live like 'write:%') as wanted`;
    if (!done || done.asked < due || done.rows < due || done.wanted < due)
      throw new Error(`Some were lost: ${JSON.stringify(done)}`);
    return alone(
      `${number(due)} lines due at once, each asked for, none lost (queue on ${queue})`,
      `${milliseconds(took)}, ${number((due / took) * 1000)}/s`,
      'under a minute',
    );
  } finally {
    await bellman.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Ten thousand plans of six lines. */
export async function plans(queue: QueueBackend): Promise<readonly Figure[]> {
  const [few, many] = [await manyPlans(FEW), await manyPlans(MANY)];
  try {
    // What does not depend on the queue is measured once.
    const lists = queue === 'postgres' ? [...(await dueLists(many, few)), await adding(many, few)] : [];
    return [...lists, await minute(many, queue)];
  } finally {
    await few.stop();
    await many.stop();
  }
}
