/** The questions that trends answer (P15): from counts as the table gives them to charts. Pure. */
import { capital } from '../chat/card.ts';
import { ALL, type Chart, type Series } from './chart.ts';
import { PRIORITIES } from './fact.ts';

export const QUESTIONS = [
  'type',
  'closure',
  'site',
  'part',
  'unresolved',
  'overall',
  'tier',
  'shifting',
  'priority',
  'major',
  'high',
] as const;
export type Question = (typeof QUESTIONS)[number];

/** As people read the questions. */
export const ASKED: Readonly<Record<Question, string>> = {
  type: 'Incidents by type',
  closure: 'Closed by closure category',
  site: 'Incidents by site',
  part: 'Incidents by affected part',
  unresolved: 'Unresolved by category and sub-category',
  overall: 'Unresolved overall',
  tier: 'Unresolved by support tier',
  shifting: 'Resolved by tier: does it shift?',
  priority: 'Incidents by priority',
  major: 'Major incidents',
  high: 'Reached high priority at some time',
};

/** One count: of a month (or of now, month 0), of a group. */
export interface Count {
  readonly month: number;
  readonly group: string;
  readonly count: number;
}

/** The months from the first to the last, as numbers. */
export interface Months {
  readonly first: number;
  readonly last: number;
}

/** So many months at first, and at most. */
export const USUAL_MONTHS = 12;
export const MOST_MONTHS = 60;
/** So many groups have a colour and a pattern; the rest are counted together. */
const MOST_SERIES = 7;
const MOST_BARS = 12;

const monthsOf = ({ first, last }: Months): readonly number[] => Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** `2026-11`. */
export const monthLabel = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

const plain = (said: string): string => said.replaceAll('-', ' ');
const tierName = (group: string): string => (group === '' ? 'without a tier' : `tier ${group}`);
const priorityName = (group: string): string => PRIORITIES[Number(group)] ?? group;

const totals = (counts: readonly Count[]): readonly (readonly [group: string, count: number])[] => {
  const sums = new Map<string, number>();
  for (const { group, count } of counts) sums.set(group, (sums.get(group) ?? 0) + count);
  return [...sums].sort(([a, one], [b, other]) => other - one || a.localeCompare(b));
};

/** One column a month, stacked by group: the greatest groups first, or in the order that is given. */
function overTime(
  title: string,
  counts: readonly Count[],
  months: Months,
  nameOf: (group: string) => string,
  order?: readonly string[],
): Chart {
  const all = monthsOf(months);
  const found = totals(counts).map(([group]) => group);
  const groups = order ? found.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)) : found;
  const shown = groups.length > MOST_SERIES ? groups.slice(0, MOST_SERIES - 1) : groups;
  const series = (name: string, is: (group: string) => boolean): Series => ({
    name,
    values: all.map((month) => counts.reduce((sum, one) => sum + (one.month === month && is(one.group) ? one.count : 0), 0)),
  });
  const rest = shown.length < groups.length ? [series('all others', (group) => !shown.includes(group))] : [];
  return {
    title,
    kind: 'columns',
    labels: all.map(monthLabel),
    series: [...shown.map((group) => series(nameOf(group), (one) => one === group)), ...rest],
  };
}

/** One bar a group, the greatest first. */
function bars(title: string, pairs: readonly (readonly [string, number])[], nameOf: (group: string) => string): Chart {
  const shown = pairs.slice(0, pairs.length > MOST_BARS ? MOST_BARS - 1 : MOST_BARS);
  const rest = pairs.slice(shown.length).reduce((sum, [, count]) => sum + count, 0);
  const rows = [
    ...shown.map(([group, count]) => [nameOf(group), count] as const),
    ...(rest > 0 ? [['all others', rest] as const] : []),
  ];
  return {
    title,
    kind: 'bars',
    labels: rows.map(([name]) => name),
    series: [{ name: ALL, values: rows.map(([, count]) => count) }],
  };
}

/** Items stand as they were named, several in one text: each counts. */
const apart = (counts: readonly Count[]): readonly Count[] =>
  counts.flatMap((one) => {
    const named = [...new Set(one.group.split(/[,;\n]/u).map((item) => item.trim()))].filter((item) => item !== '');
    return named.length === 0 ? [one] : named.map((group) => ({ ...one, group }));
  });

/** What differs only in capitals is the same; it is called as it is most often. */
function sameName(counts: readonly Count[]): readonly (readonly [string, number])[] {
  const merged = new Map<string, readonly [string, number]>();
  for (const [group, count] of totals(counts)) {
    const key = group.toLocaleLowerCase();
    const [name, before] = merged.get(key) ?? [group, 0];
    merged.set(key, [name, before + count]);
  }
  return [...merged.values()].sort(([, one], [, other]) => other - one);
}

/** What is unresolved at the end of each month: what stood before, and what each month added. */
function running(title: string, counts: readonly Count[], months: Months): Chart {
  const all = monthsOf(months);
  const upTo = (month: number) => counts.reduce((sum, one) => sum + (one.month <= month ? one.count : 0), 0);
  return { title, kind: 'line', labels: all.map(monthLabel), series: [{ name: ALL, values: all.map(upTo) }] };
}

/** The answer to a question as a chart. */
export function trendChart(question: Question, counts: readonly Count[], months: Months): Chart {
  const span = `${monthLabel(months.first)} to ${monthLabel(months.last)}`;
  switch (question) {
    case 'type':
      return overTime('Incidents by category, month by month', counts, months, (group) =>
        group === '' ? 'without a category' : plain(group),
      );
    case 'closure':
      return overTime('Incidents closed, by closure category', counts, months, (group) =>
        group === '' ? 'without a category' : plain(group),
      );
    case 'site':
      return bars(`Incidents by site, ${span}`, sameName(counts), (group) => (group === '' ? 'no site named' : group));
    case 'part':
      return bars(`Incidents by affected part, ${span}`, sameName(apart(counts)), (group) =>
        group === '' ? 'no part named' : group,
      );
    case 'unresolved':
      return bars('Unresolved incidents by category and sub-category, now', totals(counts), (group) => {
        const [category = '', sub = ''] = group.split('\n');
        return `${category === '' ? 'without a category' : plain(category)}${sub === '' ? '' : `: ${sub}`}`;
      });
    case 'overall':
      return running('Unresolved incidents at the end of each month', counts, months);
    case 'tier':
      return bars(
        'Unresolved incidents by support tier, now',
        totals(counts).toSorted(([a], [b]) => a.localeCompare(b)),
        (group) => capital(tierName(group)),
      );
    case 'shifting':
      return overTime('Incidents resolved, by the tier that resolved them', counts, months, shiftName, SHIFTS);
    case 'priority':
      return overTime('Incidents by priority, month by month', counts, months, priorityName, ['0', '1', '2', '3', '4']);
    case 'major':
      return overTime('Major incidents, month by month', counts, months, () => ALL);
    case 'high':
      return overTime(
        'Incidents that reached high priority at some time',
        counts,
        months,
        (group) => HIGH[group] ?? group,
        Object.keys(HIGH),
      );
    default:
      return question satisfies never;
  }
}

/** `1` resolved where it came in; `2+` by tier 2 after it went there from another. */
const SHIFTS = ['1', '1+', '2', '2+', '3', '3+', ''];
const shiftName = (group: string): string => {
  if (group === '') return 'without a tier';
  return group.endsWith('+') ? `tier ${group.slice(0, -1)}, moved there` : `tier ${group} from the start`;
};
const HIGH: Readonly<Record<string, string>> = { now: 'still high or critical', before: 'was so, and was lowered since' };
