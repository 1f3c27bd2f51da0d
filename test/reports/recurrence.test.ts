/** Incidents that come again: told once to those who manage problems, with a button that raises a problem of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY } from '../../src/core/instant.ts';
import { bellmanItself, type Context } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { type Alike, RECURS, type Recurrences, type RecurrencesCommand, recurrences } from '../../src/reports/recurrence.ts';
import { anOrg, START } from '../comms/stage.ts';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

const context = (now: number): Context => ({
  record: 'ORG-1',
  org: anOrg({}),
  now,
  actor: bellmanItself,
  other: () => undefined,
  take: () => 0,
});
const alike = (first: number, last: number): readonly Alike[] =>
  Array.from({ length: last - first + 1 }, (_, at) => ({ id: `INC-${first + at}`, title: 'Printer jams' }));
function does(state: Recurrences, command: RecurrencesCommand, now = START): Recurrences {
  const decided = recurrences.decide(state, command, context(now));
  if (isRefusal(decided)) throw new Error(decided.refused);
  return decided.reduce(recurrences.evolve, state);
}
const tell = (incidents: readonly Alike[]): RecurrencesCommand => ({ type: 'tell', incidents, category: 'hardware' });

describe('a cluster', () => {
  test('is told from so many on, and once, however it grows', () => {
    expect(does(recurrences.initial, tell(alike(1, RECURS - 1))).clusters).toHaveLength(0);
    const told = does(recurrences.initial, tell(alike(1, RECURS)));
    expect(told.clusters).toHaveLength(1);
    expect(does(told, tell(alike(3, RECURS + 9)))).toBe(told);
  });

  test('that is another one is told too, and one of a month ago is forgotten', () => {
    const told = does(recurrences.initial, tell(alike(1, 9)));
    expect(does(told, tell(alike(21, 29))).clusters.map(({ number }) => number)).toEqual([1, 2]);
    expect(does(told, tell(alike(21, 29)), START + 40 * DAY).clusters.map(({ number }) => number)).toEqual([2]);
  });

  test('has the problem that one of its incidents is linked with', () => {
    const told = does(recurrences.initial, tell(alike(1, 9)));
    expect(does(told, { type: 'belongs', problem: 'PRB-1', incidents: ['INC-50'] }).clusters[0]?.problem).toBeUndefined();
    expect(does(told, { type: 'belongs', problem: 'PRB-1', incidents: ['INC-2'] }).clusters[0]?.problem).toBe('PRB-1');
  });
});

describe('in chat', () => {
  const read = (said: Said): string => wordsOf(said.message?.content);
  let house: House;
  const user = (name: string): ConsoleUser => consoleUser(house.bellman.consoleUrl ?? house.bellman.url, name);
  beforeAll(async () => {
    house = await startHouse({ queue: 'postgres', startsAt: '2027-03-10T09:00:00Z' });
    await user('admin').say('/bellman role grant @jerry problem-manager');
  });
  afterAll(() => house.stop());

  test('a problem manager hears of them once, and raises a problem with all of them linked', async () => {
    const [ray, jerry] = [user('ray'), user('jerry')];
    const titles = [
      'Printer on floor 1 jams',
      'Printer on floor 2 jams',
      'VPN drops',
      'Printer on floor 3 jams',
      'The printer on floor 4 jams',
      'Printer on floor 5 jams',
    ];
    for (const title of titles) await ray.submit(await ray.say('/incident new'), { title, category: 'hardware' });
    const told = await jerry.reads('5 like this in 14 days: raise a problem?');
    expect(told).not.toContain('VPN');
    const form = await jerry.press('report.raise-problem', 'ORG-1', '1');
    expect(read(await jerry.submit(form, { title: 'Printers jam', details: '' }))).toContain('PRB-1 is raised');
    await jerry.reads('PRB-1 has them');
    await eventually('that the incidents know of the problem', async () => {
      const rows = await house.db.sql`select 1 from bellman.record_fact where problem = 'PRB-1'`;
      return rows.length === 5;
    });
    expect(read(await jerry.press('report.raise-problem', 'ORG-1', '1'))).toContain('PRB-1 has them already');
    expect(read(await jerry.say('/problem show PRB-1'))).toContain('Printer on floor 3 jams');
  }, 30_000);
});
