/** How long the bundle takes until it is ready, and how much memory it has then. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startFakeSlack } from '../fakes/slack/fake-slack.ts';
import { freshDatabase } from '../support/database.ts';
import { alone, type Figure, median, milliseconds, number } from './figures.ts';
import { startBundle } from './processes.ts';
import { SECRET } from './requests.ts';

const STARTS = 5;
/** After so long everything that is loaded later has been loaded. */
const SETTLED_MS = 2000;

interface Started {
  readonly readyAfter: number;
  readonly memory: number;
}

async function started(environment: Readonly<Record<string, string>>, settle = 0): Promise<Started> {
  const bundle = await startBundle(environment);
  try {
    await pause(settle);
    return { readyAfter: bundle.readyAfter, memory: bundle.memory() };
  } finally {
    await bundle.stop();
  }
}

const times = (all: readonly Started[]): string => {
  const ready = all.map(({ readyAfter }) => readyAfter);
  return `${milliseconds(median(ready))} (${milliseconds(Math.min(...ready))} to ${milliseconds(Math.max(...ready))})`;
};

/** Slack alone on a Postgres that is there, several times; then everything from nothing on the embedded one. */
export async function starting(): Promise<readonly Figure[]> {
  const database = await freshDatabase();
  const slack = await startFakeSlack({ signingSecret: SECRET });
  const dataDir = await mkdtemp(join(tmpdir(), 'bellman-bench-'));
  const nothing: string[] = [];
  try {
    const environment = {
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: slack.apiUrl,
    };
    const first = await started(environment);
    const again: Started[] = [];
    for (let at = 0; at < STARTS; at += 1) again.push(await started(environment, at === 0 ? SETTLED_MS : 0));
    const embedded: Started[] = [];
    for (let at = 0; at < 3; at += 1) {
      const folder = await mkdtemp(join(tmpdir(), 'bellman-bench-'));
      nothing.push(folder);
      embedded.push(await started({ DATA_DIR: folder, NODE_COMPILE_CACHE: join(dataDir, 'compiled') }));
    }
    return [
      alone('bundle, Slack alone, ready on a ready Postgres', times(again), '1.5 s'),
      alone('the same at its very first start (nothing compiled, queue tables made)', milliseconds(first.readyAfter), ''),
      alone('bundle from nothing on the embedded Postgres', times(embedded), '4 s'),
      alone('memory of the bundle, Slack alone', `${number(again[0]?.memory ?? Number.NaN)} MB`, 'under 200 MB'),
    ];
  } finally {
    await slack.close();
    await database.drop();
    for (const folder of [dataDir, ...nothing]) await rm(folder, { recursive: true, force: true });
  }
}
