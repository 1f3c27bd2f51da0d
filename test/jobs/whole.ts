/** Timers on a queue, whole: transact, worker, doorbell and sweeper, as `main.ts` wires them; and how late what fired was. */
import { randomBytes } from 'node:crypto';
import { when } from '../../src/core/ask.ts';
import { databaseClock } from '../../src/core/clock.ts';
import type { Doorbell } from '../../src/core/doorbell.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { accept, type Part } from '../../src/core/record.ts';
import { timers } from '../../src/core/timers.ts';
import { transactor } from '../../src/core/transact.ts';
import { connect } from '../../src/db/database.ts';
import { type Jobs, startJobs } from '../../src/jobs/index.ts';
import type { Backend } from './backends.ts';

type Command = { readonly type: 'ring' };
type Event = { readonly type: 'rang' };
const alarm: Part<{ readonly times: number }, Command, Event> = {
  name: 'alarm',
  initial: { times: 0 },
  heading: ({ times }) => ({ title: `Rang ${times} times`, status: 'open' }),
  decide: () => accept<Event>({ type: 'rang' }),
  evolve: (state) => ({ times: state.times + 1 }),
};
const reactions = [
  when<Event, 'rang'>('alarm', 'rang', (_event, view) => [
    { ask: 'say', to: { place: 'console/channel/general' }, content: { title: `${view.id} rang` } },
  ]),
];

/** Starts everything on one database. */
export async function whole(url: string, backend: Backend) {
  const db = connect(url, { pool: 10 });
  const clock = await databaseClock(db);
  const troubles: string[] = [];
  let jobs: Jobs | undefined;
  const doorbell: Doorbell = { ring: (bell, at) => jobs?.doorbell.ring(bell, at) };
  const worker = timers({
    db,
    clock,
    transact: transactor({ db, house: house([alarm as AnyPart], reactions), doorbell }),
    holder: randomBytes(4).toString('hex'),
    onParked: ({ key }) => void troubles.push(`${key} was parked`),
    onTrouble: (what) => void troubles.push(what),
  });
  jobs = await startJobs({
    db,
    clock,
    redisUrl: backend.redisUrl,
    databaseUrl: url,
    prefix: backend.prefix,
    handlers: { timers: worker.run, deliveries: async () => {}, inbound: async () => {} },
    log: { warn: (detail, message) => void troubles.push(`${message} ${String((detail as { error?: unknown }).error)}`) },
  });
  const started = jobs;
  return {
    db,
    clock,
    troubles,
    jobs: started,
    /** Sets timers of as many records, spread evenly over a span that begins after a wait, and rings for each as `transact` does. */
    async spread(count: number, wait: number, span: number): Promise<void> {
      const [row] = await db.sql<{ base: number }[]>`select extract(epoch from bellman.now())::float8 * 1000 as base`;
      const base = (row?.base ?? 0) + wait;
      await db.sql`with n as (select generate_series(1, ${count}::int) as n),
        r as (insert into bellman.record (id, kind, number, seq, created_at, updated_at)
          select 'RFC-' || n, 'RFC', n, 1, bellman.now(), bellman.now() from n on conflict do nothing)
        insert into bellman.timer (record_id, key, due_at, part, command)
        select 'RFC-' || n, 'alarm', to_timestamp((${base}::float8 + ${span}::float8 * n / ${count}) / 1000), 'alarm', '{"type": "ring"}' from n`;
      for (let n = 1; n <= count; n += 1) started.doorbell.ring('timers', base + (span * n) / count);
      // When each was due is kept beside, because its row goes when it fires.
      await db.sql`create table if not exists due as select record_id, due_at from bellman.timer`;
    },
    async fired(): Promise<number> {
      const [row] = await db.sql<{ n: number }[]>`select count(*)::int as n from bellman.journal where type = 'alarm.rang'`;
      return row?.n ?? 0;
    },
    /** Milliseconds from due to journaled, over all that fired. */
    async lateness(): Promise<{ readonly p50: number; readonly p99: number; readonly most: number; readonly early: number }> {
      const [row] = await db.sql<{ p50: number; p99: number; most: number; early: number }[]>`
        with l as (select extract(epoch from j.at - d.due_at)::float8 * 1000 as ms
          from due d join bellman.journal j on j.record_id = d.record_id and j.type = 'alarm.rang')
        select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.99) within group (order by ms) as p99,
          max(ms) as most, min(ms) as early from l`;
      if (!row) throw new Error('Nothing fired');
      return row;
    },
    async close() {
      worker.close();
      await started.close();
      await db.close();
    },
  };
}

export async function until(isSo: () => boolean | Promise<boolean>, limit = 20_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It was not so within ${limit} ms: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
