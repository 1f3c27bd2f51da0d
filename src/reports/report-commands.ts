/** What people can say about trends and reports (P15, P16). Everybody may look, at what they may know of. */
import { card, list, text, type Words } from '../chat/card.ts';
import type { Reply } from '../chat/port.ts';
import {
  aDestination,
  aWord,
  type Button,
  button,
  type Command,
  type Conversation,
  command,
  oneOf,
  perhaps,
  privately,
} from '../chat/registry.ts';
import { DAY } from '../core/instant.ts';
import { ORG } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { tableCard } from './cards.ts';
import { CHART_COLUMNS, chartTable } from './chart.ts';
import { type ExportsAt, exportTable } from './exports.ts';
import { raiseProblem } from './recurrence-doings.ts';
import { ABOUT, EVERY, type Every, REPORTS } from './report.ts';
import { reportCard } from './report-cards.ts';
import { schedulesNow } from './report-store.ts';
import { REPORTERS, schedules } from './schedules.ts';
import { chartsOf, monthsUpTo, toldOf } from './telling.ts';
import { MOST_MONTHS, QUESTIONS, type Question, USUAL_MONTHS } from './trend.ts';
import { trendsCard } from './trend-cards.ts';

/** `12` of what somebody said; undefined when it is none that can be shown. */
function monthsBack(said: string | undefined): number | undefined {
  if (said === undefined) return USUAL_MONTHS;
  const months = /^\d{1,3}$/u.test(said.trim()) ? Number(said) : 0;
  return months >= 1 && months <= MOST_MONTHS ? months : undefined;
}

interface Wanted {
  readonly question: Question | undefined;
  readonly back: number;
}

async function read(c: Conversation, { question, back }: Wanted) {
  const months = monthsUpTo(await c.now(), back);
  return { months, charts: await chartsOf(c.db, question ? [question] : QUESTIONS, months, c.me) };
}

async function trends(c: Conversation, wanted: Wanted): Promise<Reply> {
  const { charts, months } = await read(c, wanted);
  return privately(trendsCard(wanted.question, charts, months));
}

/** What the button of a trend carries: `tier 12`. */
function pressed(value: string): Wanted {
  const [said, back] = value.split(' ');
  return { question: QUESTIONS.find((question) => question === said), back: monthsBack(back) ?? USUAL_MONTHS };
}

const trend = button({ name: 'report.trend', run: (c, { value }) => trends(c, pressed(value)) });

const trendFile = (where: ExportsAt): Button =>
  button({
    name: 'report.trend-file',
    run: async (c, { value }) => {
      const wanted = pressed(value);
      const { charts } = await read(c, wanted);
      const name = `trends-${wanted.question ?? 'all'}`;
      return privately(tableCard('Trends', await exportTable(where, name, CHART_COLUMNS, chartTable(charts))));
    },
  });

const show = command({
  name: 'report show',
  help: 'Show trends as plots, or a report: for management, the service desk and others.',
  args: {
    name: oneOf('which one', 'trends', ...REPORTS),
    question: perhaps(oneOf('of trends: one question', ...QUESTIONS)),
    every: perhaps(oneOf('of a report: the last week or month', ...EVERY)),
    months: perhaps(aWord('how many months back, at first 12')),
  },
  run: async (c, { name, question, every = 'monthly', months }) => {
    const back = monthsBack(months);
    if (back === undefined) return c.refused(refuse('wrong-months', { said: months ?? '', most: MOST_MONTHS }));
    if (name === 'trends') return trends(c, { question, back });
    const period = untilNow(every, await c.now());
    return privately(reportCard(name, await toldOf(c.db, name, period, c.me)));
  },
});

const LENGTH: Readonly<Record<Every, number>> = { weekly: 7, monthly: 30 };

/** On demand a report tells of the newest days, today among them. */
const untilNow = (every: Every, now: number) => ({ from: now - LENGTH[every] * DAY, to: now });

const schedule = command({
  name: 'report schedule',
  help: 'Send a report to a place every Monday, or on the first of each month, at 08:00 of your time zone; off ends it.',
  args: {
    report: oneOf('which one', ...REPORTS),
    every: oneOf('how often', ...EVERY, 'off'),
    place: aDestination('where it goes, for example #service-desk'),
  },
  right: REPORTERS,
  run: (c, { report, every, place }) =>
    every === 'off'
      ? c.change({
          record: ORG,
          part: schedules,
          command: { type: 'stop', report, place },
          reply: () => privately(card(`${ABOUT[report].title}: no longer sent`, [text({ place }, ' gets it no more.')])),
        })
      : c.change({
          record: ORG,
          part: schedules,
          command: { type: 'schedule', report, every, place, zone: c.asker.timeZone },
          reply: ({ view }) => {
            const made = view.state(schedules).all.find((one) => one.report === report && one.place === place);
            return privately(
              card(`${ABOUT[report].title}: ${every}`, [
                text({ place }, ' gets it first at ', { time: made?.next ?? 0 }, '. It tells nothing of private records.'),
              ]),
            );
          },
        }),
});

const scheduled = command({
  name: 'report list',
  help: 'List the reports that are sent regularly, and when each is next due.',
  args: {},
  run: async (c) => {
    const { all } = await schedulesNow(c.db);
    const rows = all.map(
      ({ report, every, place, next }): Words => [
        { bold: ABOUT[report].title },
        `, ${every} to `,
        { place },
        ', next at ',
        { time: next },
      ],
    );
    const none = text('None. ', { code: '/report schedule management monthly #place' }, ' sends one.');
    return privately(card('Reports that are sent regularly', [rows.length === 0 ? none : list(...rows)]));
  },
});

/** Trends and reports. Exports lie in the data folder of the process that makes them. */
export const reportDoings = (where: ExportsAt): readonly (Command | Button)[] => [
  show,
  trend,
  trendFile(where),
  schedule,
  scheduled,
  raiseProblem,
];
