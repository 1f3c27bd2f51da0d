/** Trends and reports, said in chat and read back: each question as a picture, in words and as a table; reports at once and regularly. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { png } from '../../src/chat/picture.ts';
import { type Chart, chartDrawing, chartsWords, chartTable, chartWords } from '../../src/reports/chart.ts';
import { monthNumber } from '../../src/reports/fact.ts';
import { nextDue, periodBefore } from '../../src/reports/report.ts';
import { type Count, QUESTIONS, trendChart } from '../../src/reports/trend.ts';
import { type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

const read = (said: Said): string => wordsOf(said.message?.content);

describe('charts', () => {
  const months = { first: monthNumber(Date.UTC(2027, 0, 1)), last: monthNumber(Date.UTC(2027, 2, 1)) };
  const counts = (...rows: readonly (readonly [month: number, group: string, count: number])[]): readonly Count[] =>
    rows.map(([month, group, count]) => ({ month: months.first + month, group, count }));

  test('stack the greatest groups by month, and count the rest together', () => {
    const many = 'abcdefghi'.split('').map((group, at) => [at % 3, group, 9 - at] as const);
    const { labels, series } = trendChart('closure', counts(...many), months);
    expect(labels).toEqual(['2027-01', '2027-02', '2027-03']);
    expect(series.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'all others']);
    expect(series.at(-1)?.values).toEqual([3, 2, 1]);
  });

  test('count each of the parts that an incident names, whatever its capitals', () => {
    const named = [
      { month: 0, group: 'VPN, Mail', count: 3 },
      { month: 0, group: 'mail', count: 1 },
      { month: 0, group: '', count: 2 },
    ];
    const { labels, series } = trendChart('part', named, months);
    expect(labels).toEqual(['Mail', 'VPN', 'no part named']);
    expect(series[0]?.values).toEqual([4, 3, 2]);
  });

  test('run from what stood before the first month', () => {
    const { series } = trendChart('overall', counts([-20, '', 5], [0, '', 3], [2, '', -4]), months);
    expect(series[0]?.values).toEqual([8, 8, 4]);
  });

  test('are the same picture for the same counts, hold no mark-up that people wrote, and become a PNG', async () => {
    const chart: Chart = {
      title: 'By <site>',
      kind: 'bars',
      labels: ['<b>Leeds</b> & "York"', 'x'.repeat(200)],
      series: [{ name: 'n', values: [2, 1] }],
    };
    const svg = chartDrawing('t', [chart, chart]);
    expect(chartDrawing('t', [chart, chart])).toBe(svg);
    expect(svg).not.toContain('<b>');
    expect((await png(svg)).subarray(1, 4)).toEqual(new Uint8Array([80, 78, 71]));
    expect(chartWords(chart)).toContain('Leeds</b> & "York" 2');
    expect(chartTable([chart])).toHaveLength(2);
    // What Discord takes as the words of a picture.
    expect(chartsWords(Array.from({ length: 11 }, () => chart)).length).toBeLessThanOrEqual(1024);
  });
});

describe('regular reports', () => {
  test('are due on Mondays and firsts at 08:00 of their zone, summer time or not', () => {
    const at = (said: string) => Date.parse(said);
    expect(nextDue('weekly', at('2027-03-24T09:00:00Z'), 'Europe/Berlin')).toBe(at('2027-03-29T06:00:00Z'));
    expect(nextDue('weekly', at('2027-03-22T06:59:00Z'), 'Europe/Berlin')).toBe(at('2027-03-22T07:00:00Z'));
    expect(nextDue('monthly', at('2027-01-31T23:30:00Z'), 'UTC')).toBe(at('2027-02-01T08:00:00Z'));
    expect(nextDue('monthly', at('2027-02-01T08:00:00Z'), 'UTC')).toBe(at('2027-03-01T08:00:00Z'));
    expect(periodBefore('monthly', at('2027-04-01T06:00:00Z'), 'Europe/Berlin')).toEqual({
      from: at('2027-02-28T23:00:00Z'),
      to: at('2027-03-31T22:00:00Z'),
    });
  });
});

describe('in chat', () => {
  let house: House;
  let admin: ConsoleUser;
  const user = (name: string) => consoleUser(house.bellman.consoleUrl ?? house.bellman.url, name);
  const raise = async (fields: Record<string, string>) => admin.submit(await admin.say('/incident new'), fields);

  beforeAll(async () => {
    house = await startHouse({ queue: 'postgres', startsAt: '2027-03-10T09:00:00Z' });
    admin = user('admin');
    await admin.say('/bellman role grant @admin incident-manager');
    await raise({ title: 'VPN drops', category: 'network', impact: 'high', urgency: 'high', items: 'VPN, Mail', site: 'Leeds' });
    await raise({ title: 'Printer jams', category: 'hardware', impact: 'low', urgency: 'low', items: 'Printer' });
    await raise({ title: 'Payroll leaked', category: 'process-failure', items: 'Payroll' });
    await admin.say('/incident class INC-3 private');
    await admin.submit(await admin.say('/incident resolve INC-2'), { resolution: 'Paper removed' });
    await admin.submit(await admin.say('/incident major INC-1'), { owner: '@admin' });
  });
  afterAll(() => house.stop());

  test('every question of trends is answered, and private records count only for their own people', async () => {
    const ray = user('ray');
    const answers = new Map<string, string>();
    for (const question of QUESTIONS) answers.set(question, read(await ray.say(`/report show trends ${question} 3`)));
    expect(answers.get('type')).toMatch(/network 1, hardware 1|hardware 1, network 1/u);
    expect(answers.get('type')).not.toContain('process failure');
    expect(answers.get('part')).toContain('Mail 1, Printer 1, VPN 1');
    expect(answers.get('part')).not.toContain('Payroll');
    expect(answers.get('unresolved')).toContain('network 1');
    expect(answers.get('overall')).toContain('each month: 2027-03 1.');
    expect(answers.get('priority')).toMatch(/critical 1, planned 1/u);
    expect(answers.get('major')).toContain('2027-03 1');
    expect(answers.get('high')).toContain('2027-03 1');
    expect(answers.get('closure')).toContain('there were none');
    expect(answers.get('shifting')).toContain('2027-03 1');
    expect(answers.get('tier')).toContain('Without a tier 1');
    expect(read(await admin.say('/report show trends part'))).toContain('Payroll 1');
    const all = await ray.say('/report show trends');
    expect(JSON.stringify(all).includes('"kind":"image"')).toBe(true);
    expect(read(all)).toContain('Trends, 2026-04 to 2027-03');
    expect(read(await ray.say('/report show trends type 99'))).toContain('no number of months');
    const file = read(await ray.press('report.trend-file', 'ORG-1', 'part 12'));
    expect(file).toContain('3 rows as CSV');
    const path = /link (\S+\/exports\/\S+)/u.exec(file)?.[1] ?? /(http\S+\/exports\/[\w-]+)/u.exec(file)?.[1] ?? '';
    expect(await (await fetch(path)).text()).toContain('VPN,incidents,1');
  });

  test('each report is shown on demand', async () => {
    for (const [name, words] of [
      ['management', 'Major incidents'],
      ['incident-manager', 'Unresolved for longest'],
      ['service-desk', 'Without a problem'],
      ['service-level', 'By priority'],
      ['resolver-groups', 'Went between tiers'],
      ['business', 'Major incidents'],
    ] as const) {
      const said = read(await user('ray').say(`/report show ${name} weekly`));
      expect(said).toContain(words);
      expect(said).not.toContain('Payroll');
    }
    const jerry = user('jerry');
    await admin.say('/bellman role grant @jerry problem-manager');
    await jerry.say('/bellman service-level set any planned 1h');
    await jerry.submit(await jerry.say('/problem new'), { title: 'Wear of rollers', impact: 'low', urgency: 'low' });
    expect(read(await user('ray').say('/report show service-level'))).toMatch(/Problems begun in time\s+0 of 1/u);
    expect(read(await user('ray').say('/report show gossip'))).toContain('/report show');
  });

  test('a scheduled report reaches its place, once, and a restart loses none', async () => {
    expect(read(await user('ray').say('/report schedule management weekly #cab'))).toContain('needs the role');
    expect(read(await admin.say('/report schedule management weekly #cab'))).toContain('gets it first at');
    expect(read(await admin.say('/report list'))).toContain('weekly to');
    await house.advance(6 * 86_400_000);
    await house.restart();
    await consoleUser(house.bellman.consoleUrl ?? house.bellman.url, 'neil', 'cab').reads('Management report');
    const sent = await house.db.sql`select 1 from bellman.journal where type = 'report-schedules.sent'`;
    expect(sent).toHaveLength(1);
    expect(read(await user('admin').say('/report schedule management off #cab'))).toContain('no longer sent');
    expect(read(await user('admin').say('/report schedule management off #cab'))).toContain('is not sent there');
  }, 30_000);
});
