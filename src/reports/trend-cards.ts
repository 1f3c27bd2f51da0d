/** What people see of trends: the charts as one picture, in words, and how to get more of it. */
import { type Card, type Control, card, list, picture, rowOf, shortened, text, type Words } from '../chat/card.ts';
import { ORG } from '../core/record.ts';
import { type Chart, chartDrawing, chartsWords, chartWords } from './chart.ts';
import { ASKED, type Months, monthLabel, QUESTIONS, type Question } from './trend.ts';

const BUTTONS_A_ROW = 5;
/** The words of one chart among the others. */
const ROW = 150;

/** A question's chart, or those of all questions, over these months. */
export function trendsCard(asked: Question | undefined, charts: readonly Chart[], months: Months): Card {
  const back = months.last - months.first + 1;
  const title = `Trends, ${monthLabel(months.first)} to ${monthLabel(months.last)}${asked ? `: ${ASKED[asked].toLowerCase()}` : ''}`;
  const words = charts.map(chartWords);
  const toOthers = QUESTIONS.filter((question) => question !== asked).map(
    (question): Control => ({ label: ASKED[question], action: 'report.trend', record: ORG, value: `${question} ${back}` }),
  );
  const file: Control = {
    label: 'As CSV',
    action: 'report.trend-file',
    record: ORG,
    value: `${asked ?? 'all'} ${back}`,
    style: 'primary',
  };
  const rows = [file, ...toOthers];
  return card(
    title,
    [
      picture(chartDrawing(title, charts), chartsWords(charts)),
      ...(asked ? [text(...words)] : [list(...words.map((one): Words => [shortened(one, ROW)]))]),
      text('Months are those of UTC. Private records count only for those who may know of them.'),
      ...Array.from({ length: Math.ceil(rows.length / BUTTONS_A_ROW) }, (_, at) =>
        rowOf(rows.slice(at * BUTTONS_A_ROW, (at + 1) * BUTTONS_A_ROW)),
      ).flat(),
    ],
    { summary: asked ? (words[0] ?? title) : title },
  );
}
