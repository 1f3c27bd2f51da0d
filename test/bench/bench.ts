/**
 * `npm run bench`: measures what people wait for, most of it side by side with the least that it could be. With `--save` the table is
 * kept in README.md beside this; other words name parts: `npm run bench -- votes start`.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { migrate } from '../../src/db/migrate.ts';
import { type QueueBackend, queueMissing } from '../support/bellman.ts';
import { ENVIRONMENT, prepareTemplate } from '../support/database.ts';
import { findPostgres, findRedis } from '../support/servers.ts';
import type { Figure } from './figures.ts';
import { frontDoor } from './front-door.ts';
import { plans } from './plans.ts';
import { ROOT } from './processes.ts';
import { records } from './records.ts';
import { keep, machine, table } from './report.ts';
import { starting } from './start.ts';
import { dueUpdates, timerLateness } from './timers.ts';
import { votes } from './votes.ts';
import { ways } from './ways.ts';
import { wide } from './wide.ts';

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const saves = process.argv.includes('--save');

const [postgres, redis] = await Promise.all([findPostgres(), findRedis()]);
for (const { what } of [postgres, redis]) console.log(`The bench uses ${what}.`);
const template = await prepareTemplate(postgres.url, migrate);
process.env[ENVIRONMENT.postgres] = postgres.url;
process.env[ENVIRONMENT.run] = template.run;
if (redis.url !== undefined) process.env[ENVIRONMENT.redis] = redis.url;

const queues = (['redis', 'postgres'] as const).filter((queue) => queueMissing(queue) === undefined);
const onBoth = (measure: (queue: QueueBackend) => Promise<readonly Figure[]>) => async (): Promise<readonly Figure[]> => {
  const all: Figure[] = [];
  for (const queue of queues) all.push(...(await measure(queue)));
  return all;
};
const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  start: starting,
  commands: onBoth(frontDoor),
  votes,
  updates: onBoth(dueUpdates),
  timers: onBoth(timerLateness),
  plans: onBoth(plans),
  wide: onBoth(wide),
  ways,
  records,
};

try {
  await promisify(execFile)(process.execPath, ['build.ts'], { cwd: ROOT });
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`Measuring: ${name}`);
    figures.push(...(await measure()));
  }
  const text = `${machine([postgres.what, redis.what])}\n\n${table(figures)}`;
  console.log(`\n${text}`);
  if (saves) await keep(text);
} finally {
  await template.drop();
  await Promise.all([postgres.stop(), redis.stop()]);
}
