/**
 * Counts as a chart: drawn by echarts without a browser, in colours that people with any colour vision tell apart and with patterns
 * that say the same without colour; and in words, for whoever cannot see it. Pure.
 */
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components';
import { type EChartsCoreOption, init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { shortened } from '../chat/card.ts';
import { drawing, INK, lengthOf, letters, wrapped } from '../chat/drawing.ts';
import { FONT } from '../chat/picture.ts';

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, SVGRenderer]);
// There is no canvas to measure letters with.
setPlatformAPI({
  measureText: (words: string, font?: string) => ({
    width: lengthOf(words, Number(/(\d+)px/u.exec(font ?? '')?.[1] ?? 12), /bold/u.test(font ?? '')),
  }),
});

export interface Series {
  readonly name: string;
  /** One count for each label. */
  readonly values: readonly number[];
}

/** The name of a series that needs none: it counts all of them. */
export const ALL = 'incidents';

export interface Chart {
  readonly title: string;
  /** `columns`: over time, stacked where there are several series; `bars`: one row a label, greatest first; `line`: over time. */
  readonly kind: 'columns' | 'bars' | 'line';
  readonly labels: readonly string[];
  readonly series: readonly Series[];
}

export const CHART = { width: 760, height: 400 } as const;
const TITLE = 44;
const COLOURS = [INK.blue, INK.orange, INK.green, INK.red, INK.sky, INK.pink, INK.line] as const;
/** One pattern for each colour: lines of all ways, dots, none. */
const PATTERNS = [
  { symbol: 'none' },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  {
    symbol: 'circle',
    dashArrayX: [
      [6, 6],
      [0, 6, 6, 0],
    ],
    dashArrayY: [6, 0],
    symbolSize: 0.7,
  },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: 0 },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 2 },
  {
    symbol: 'triangle',
    dashArrayX: [
      [9, 9],
      [0, 9, 9, 0],
    ],
    dashArrayY: [7, 2],
    symbolSize: 0.75,
  },
].map((pattern) => ({ color: 'rgba(255,255,255,0.55)', ...pattern }));

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const isEmpty = ({ series }: Chart): boolean => series.every(({ values }) => sum(values) === 0);

const lettering = { fontFamily: FONT, color: INK.text, fontSize: 13 } as const;

function optionOf({ kind, labels, series }: Chart): EChartsCoreOption {
  const flat = kind === 'bars';
  const several = series.length > 1 || series[0]?.name !== ALL;
  const longest = Math.min(260, Math.max(0, ...labels.map((label) => lengthOf(label, 13))));
  const categories = {
    type: 'category',
    data: [...labels],
    inverse: flat,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: INK.line } },
    axisLabel: { ...lettering, ...(flat ? { width: 250, overflow: 'truncate', interval: 0 } : { hideOverlap: true }) },
  };
  const counts = {
    type: 'value',
    minInterval: 1,
    splitLine: { lineStyle: { color: INK.grid } },
    axisLabel: { ...lettering, color: INK.quiet, hideOverlap: true },
  };
  return {
    animation: false,
    color: [...COLOURS],
    textStyle: { fontFamily: FONT },
    aria: { enabled: true, label: { enabled: false }, decal: { show: several && kind !== 'line', decals: PATTERNS } },
    grid: { left: flat ? longest + 24 : 64, right: flat ? 70 : 24, top: several ? 72 : 30, bottom: 36 },
    ...(several
      ? { legend: { top: 0, left: 16, right: 16, itemGap: 14, itemWidth: 26, itemHeight: 16, textStyle: lettering } }
      : {}),
    xAxis: flat ? counts : categories,
    yAxis: flat ? categories : counts,
    series: series.map(({ name, values }) => ({
      name,
      type: kind === 'line' ? 'line' : 'bar',
      data: [...values],
      ...(kind === 'line'
        ? { symbolSize: 8, lineStyle: { width: 3 } }
        : { barMaxWidth: 46, ...(several ? { stack: 'all', itemStyle: { borderColor: INK.paper, borderWidth: 1 } } : {}) }),
      ...(several
        ? {}
        : {
            label: {
              show: labels.length <= 14,
              position: flat ? 'right' : 'top',
              ...lettering,
              fontWeight: 'bold',
              textBorderColor: INK.paper,
              textBorderWidth: 3,
            },
          }),
    })),
  };
}

/** What echarts drew, without what differs from one drawing to the next: the same counts are the same picture. */
function drawn(chart: Chart, name: string, width: number, height: number): string {
  const made = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    made.setOption(optionOf(chart));
    return made
      .renderToSVGString({ useViewBox: false })
      .replaceAll(/<style[\s\S]*?<\/style>| class="[^"]*"/gu, '')
      .replaceAll(/zr\d+-/gu, `${name}-`);
  } finally {
    made.dispose();
  }
}

/** One chart below its title, at a height of the drawing. */
function panel(chart: Chart, at: number, x: number, y: number): readonly string[] {
  const [title = ''] = wrapped(chart.title, CHART.width - 40, 1, 17, true);
  const words = letters(title, x + 20, y + 29, { size: 17, bold: true });
  if (isEmpty(chart)) return [words, letters('There were none.', x + 20, y + TITLE + 24, { size: 15, fill: INK.quiet })];
  const inner = drawn(chart, `c${at}`, CHART.width, CHART.height - TITLE);
  return [words, inner.replace('<svg ', `<svg x="${x}" y="${y + TITLE}" `)];
}

/** One chart as SVG, or several in two columns. */
export function chartDrawing(title: string, charts: readonly Chart[]): string {
  const columns = Math.min(2, charts.length);
  const rows = Math.ceil(charts.length / Math.max(1, columns));
  const parts = charts.flatMap((chart, at) =>
    panel(chart, at, (at % columns) * CHART.width, Math.floor(at / columns) * CHART.height),
  );
  return drawing(title, columns * CHART.width, rows * CHART.height, parts);
}

const listed = (pairs: readonly (readonly [string, number])[]): string =>
  pairs.map(([name, count]) => `${name} ${count}`).join(', ');

/** How many of a chart's labels are named in words one by one. */
const NAMED = 12;

/** The same in words: what there was in all, then label by label; labels that have none are left out. */
export function chartWords(chart: Chart): string {
  const { title, kind, labels, series } = chart;
  if (isEmpty(chart)) return `${title}: there were none.`;
  const parts = labels
    .map((label, at) => [label, sum(series.map(({ values }) => values[at] ?? 0))] as const)
    .filter(([, count]) => count > 0);
  // Of months the newest are named, of bars the longest.
  const named = listed(kind === 'bars' ? parts.slice(0, NAMED) : parts.slice(-NAMED));
  const [only] = series;
  if (series.length === 1 && only) return `${title}: ${only.name === ALL ? '' : `${only.name}: `}${named}.`;
  return `${title}: ${listed(series.map(({ name, values }) => [name, sum(values)] as const))} in all; ${named}.`;
}

/** The most that every platform takes as the words of a picture. */
const ALTERNATIVE = 1000;

/** One picture of several charts in words; each has its share of the room. */
export const chartsWords = (charts: readonly Chart[]): string => {
  const share = Math.floor(ALTERNATIVE / Math.max(1, charts.length)) - 1;
  return charts.map((chart) => shortened(chartWords(chart), share)).join(' ');
};

export const CHART_COLUMNS = ['chart', 'label', 'group', 'count'] as const;

/** The same as rows of a table. */
export const chartTable = (
  charts: readonly Chart[],
): readonly Readonly<Record<(typeof CHART_COLUMNS)[number], string | number>>[] =>
  charts.flatMap(({ title, labels, series }) =>
    series.flatMap(({ name, values }) =>
      labels.map((label, at) => ({ chart: title, label, group: name, count: values[at] ?? 0 })),
    ),
  );
