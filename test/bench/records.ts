/** A million incidents and fifty thousand problems: what people look up among them while fifty commands a second come in. */
import { setTimeout as pause } from 'node:timers/promises';
import { loadView } from '../../src/chat/store.ts';
import { viewOf } from '../../src/core/apply.ts';
import { DAY } from '../../src/core/instant.ts';
import type { RecordId, RecordKind } from '../../src/core/record.ts';
import { titlesOf } from '../../src/core/records.ts';
import type { IncidentCommand } from '../../src/incidents/index.ts';
import { recordList } from '../../src/incidents/store.ts';
import { alike } from '../../src/knowledge/store.ts';
import type { ReportName } from '../../src/reports/report.ts';
import { chartsOf, monthsUpTo, toldOf } from '../../src/reports/telling.ts';
import { QUESTIONS, type Question } from '../../src/reports/trend.ts';
import { alone, type Figure, milliseconds, number, percentile } from './figures.ts';
import { must, OWNER } from './many-plans.ts';
import { manyRecords, type Records } from './many-records.ts';
import { SERVICES, SIGNS, TROUBLES } from './words.ts';

const INCIDENTS = 1_000_000;
const PROBLEMS = 50_000;
const A_SECOND = 50;
const SECONDS = 120;
const TARGET = 'p99 under 200 ms, limit 3 s';

/** Something that somebody looks up, the `n`th time with something else; how often among a hundred commands. */
interface Look {
  readonly what: string;
  readonly often: number;
  readonly run: (many: Records, n: number) => Promise<unknown>;
}

const of = <T>(all: readonly T[], n: number): T => {
  const one = all[n % all.length];
  if (one === undefined) throw new Error('There is none');
  return one;
};

const words = (n: number) => `${of(SERVICES, n)} ${of(TROUBLES, n * 7)}`;
const long = (n: number) => [0, 5, 11, 17].map((step) => of(SIGNS, n + step)).join(' ');

const listOf = (kind: RecordKind, which: Parameters<typeof recordList>[2], often: number): Look => ({
  what: `list: ${kind} ${which}`,
  often,
  run: ({ db, reader }) => recordList(db, kind, which, reader),
});

const cardOf = (kind: RecordKind, among: number): Look => ({
  what: `card of one ${kind}`,
  often: 15,
  run: async ({ db, reader }, n) => {
    const id: RecordId = `${kind}-${1 + ((n * 7919) % among)}`;
    const found = await loadView(db, id, reader);
    if (found) viewOf(found);
    return titlesOf(db, [id], reader);
  },
});

const trendOf = (questions: readonly Question[], what: string, often: number): Look => ({
  what: `trend: ${what}`,
  often,
  run: ({ db, reader }) => chartsOf(db, questions, monthsUpTo(Date.now(), 12), reader),
});

const reportOf = (report: ReportName): Look => ({
  what: `report: ${report}, of 30 days`,
  often: 1,
  run: ({ db, reader }) => toldOf(db, report, { from: Date.now() - 30 * DAY, to: Date.now() }, reader),
});

/** What the rules, the journal, the search and the tallies cost one more. */
const raising: Look = {
  what: 'an incident raised',
  often: 5,
  run: ({ transact }, n) => {
    const intake = { title: words(n), details: long(n), impact: 'medium', urgency: 'medium', items: of(SERVICES, n) } as const;
    const command: IncidentCommand = { type: 'raise', intake };
    return must(transact, [{ record: { raise: 'INC' }, part: 'incident', command, by: OWNER }]);
  },
};

const LOOKS: readonly Look[] = [
  { what: 'search: by a title', often: 10, run: ({ db, reader }, n) => alike(db, { title: words(n) }, reader) },
  {
    what: 'search: title, item and 40 common words',
    often: 10,
    run: ({ db, reader }, n) => alike(db, { title: words(n), details: long(n), items: of(SERVICES, n) }, reader),
  },
  {
    what: 'search: with names that are rare, and one misspelt',
    often: 5,
    run: ({ db, reader }, n) => alike(db, { title: `${of(SERVICES, n)}-${n % 100} E${n % 9000} timse out` }, reader),
  },
  listOf('INC', 'open', 10),
  listOf('INC', 'major', 4),
  listOf('INC', 'resolved', 3),
  listOf('INC', 'closed', 3),
  listOf('INC', 'all', 5),
  listOf('PRB', 'open', 6),
  listOf('PRB', 'resolved', 2),
  cardOf('INC', INCIDENTS),
  cardOf('PRB', PROBLEMS),
  ...QUESTIONS.map((question) => trendOf([question], question, 1)),
  trendOf(QUESTIONS, 'all questions at once', 1),
  reportOf('management'),
  reportOf('service-desk'),
  raising,
];

/** Prints how Postgres answers what a look asks. */
async function explain(many: Records, { what, run }: Look): Promise<void> {
  const { db, asked } = many;
  asked.length = 0;
  await run(many, 1);
  for (const { query, values } of [...asked]) {
    // The values are what was sent a moment ago.
    const rows = await db.sql.unsafe<{ 'QUERY PLAN': string }[]>(`explain (analyze, costs off) ${query}`, [
      ...values,
    ] as string[]);
    console.log(`\n${what}\n${rows.map((row) => `  ${row['QUERY PLAN']}`).join('\n')}`);
  }
}

/** All looks as often as they are said, well mixed: steps of a prime number through all of them. */
function mixed(): readonly Look[] {
  const all = LOOKS.flatMap((look) => Array.from({ length: look.often }, () => look));
  return all.map((_, turn) => of(all, turn * 37));
}

/** Commands come at their times, whether those before them are answered or not; each is timed from the moment it came. */
async function load(many: Records, seconds: number): Promise<ReadonlyMap<Look, readonly number[]>> {
  const times = new Map<Look, number[]>(LOOKS.map((look) => [look, []]));
  const mix = mixed();
  const began = performance.now();
  const running: Promise<void>[] = [];
  for (let n = 0; n < seconds * A_SECOND; n += 1) {
    const due = began + (n * 1000) / A_SECOND;
    await pause(Math.max(0, due - performance.now()));
    const look = of(mix, n);
    many.asked.length = 0;
    running.push(look.run(many, n).then(() => void times.get(look)?.push(performance.now() - due)));
  }
  await Promise.all(running);
  return times;
}

const percentiles = (times: readonly number[]): string =>
  `p50 ${milliseconds(percentile(times, 0.5))}, p99 ${milliseconds(percentile(times, 0.99))} (${number(times.length)})`;

/** Looks things up in such a database. */
async function measured(many: Records): Promise<readonly Figure[]> {
  // What is raised has no single query whose plan says something.
  for (const look of LOOKS) if (look !== raising) await explain(many, look);
  await load(many, 5);
  const times = await load(many, SECONDS);
  const all = [...times.values()].flat();
  return [
    ...[...times].map(([{ what }, took]) => alone(what, percentiles(took), TARGET)),
    alone(`all of them, ${A_SECOND} a second`, percentiles(all), TARGET),
  ];
}

/** Makes the database, looks things up in it, and drops it. */
export async function records(): Promise<readonly Figure[]> {
  const began = performance.now();
  const many = await manyRecords(INCIDENTS, PROBLEMS);
  try {
    console.log(
      `Made ${number(INCIDENTS)} incidents and ${number(PROBLEMS)} problems in ${number((performance.now() - began) / 1000)} s.`,
    );
    return await measured(many);
  } finally {
    await many.stop();
  }
}
