/** Reading everything that a report tells, and sending those that are due. */
import type { Instant } from '../core/instant.ts';
import { BELLMAN, ORG, type PersonId } from '../core/record.ts';
import type { Transact } from '../core/transact.ts';
import type { Database } from '../db/database.ts';
import type { Chart } from './chart.ts';
import { monthNumber } from './fact.ts';
import { punctualityOf } from './punctuality-store.ts';
import { ABOUT, type Period, periodBefore, type ReportName, type Told } from './report.ts';
import {
  figuresOf,
  groupsOf,
  majorsOf,
  nowOf,
  oldestOf,
  prioritiesOf,
  schedulesNow,
  targetsOf,
  unresolvedNow,
} from './report-store.ts';
import { type SchedulesCommand, schedules } from './schedules.ts';
import { type Months, type Question, trendChart, USUAL_MONTHS } from './trend.ts';
import { countsOf } from './trends-store.ts';

/** The charts that answer these questions. */
export const chartsOf = (
  db: Database,
  questions: readonly Question[],
  months: Months,
  reader: PersonId,
): Promise<readonly Chart[]> =>
  Promise.all(questions.map(async (question) => trendChart(question, await countsOf(db, question, months, reader), months)));

/** So many months up to the one of that moment. */
export const monthsUpTo = (at: Instant, back: number): Months => ({ first: monthNumber(at) - back + 1, last: monthNumber(at) });

/** What a report tells somebody of a period, as it is now. */
export async function toldOf(db: Database, report: ReportName, period: Period, reader: PersonId): Promise<Told> {
  const length = period.to - period.from;
  const [now, before, standing, priorities, groups, oldest, majors, targets, punctuality, charts] = await Promise.all([
    figuresOf(db, period, reader),
    figuresOf(db, { from: period.from - length, to: period.from }, reader),
    unresolvedNow(db, reader),
    prioritiesOf(db, period, reader),
    groupsOf(db, period, reader),
    oldestOf(db, reader),
    majorsOf(db, period, reader),
    targetsOf(db, period, reader),
    punctualityOf(db, period.from, period.to, reader),
    chartsOf(db, ABOUT[report].questions, monthsUpTo(period.to - 1, USUAL_MONTHS), reader),
  ]);
  const updates = punctuality.reduce((sum, { due, onTime }) => ({ due: sum.due + due, onTime: sum.onTime + onTime }), {
    due: 0,
    onTime: 0,
  });
  return { period, now, before, ...standing, priorities, groups, oldest, majors, targets, updates, charts };
}

/** A place is nobody: what is private is in no report that goes to one. */
const NOBODY: PersonId = '';

/** Sends each report that is due. One that was not sent, because a process ended, is sent by the next look. */
export async function sendReports(db: Database, transact: Transact): Promise<void> {
  const { all } = await schedulesNow(db);
  if (all.length === 0) return;
  const now = await nowOf(db);
  for (const { report, every, place, zone, next } of all) {
    if (next > now) continue;
    const told = await toldOf(db, report, periodBefore(every, now, zone), NOBODY);
    const command: SchedulesCommand = { type: 'send', report, place, due: next, told };
    await transact([{ record: ORG, part: schedules.name, command, by: BELLMAN }]);
  }
}
