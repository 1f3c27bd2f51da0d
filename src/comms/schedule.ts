/** The schedule of a plan: what each line said when, and what is due next, ready to be drawn. Pure. */
import { DAY, HOUR, type Instant, MINUTE, type Span } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import { announcements } from './announcements.ts';
import type { Line } from './line.ts';
import type { Outcome, Plan } from './plan.ts';
import { audienceLabel } from './template.ts';
import { updatesOf } from './update.ts';

/** What stands on a line of the schedule: it left, it left late, it was left out, it is to come. */
export interface Mark {
  readonly is: 'released' | 'late' | 'skipped' | 'due' | 'overdue' | 'planned';
  readonly at: Instant;
  /** When it was due, where it came later. */
  readonly due?: Instant | undefined;
}

export interface Row {
  readonly label: string;
  /** How the line stands, in a few words. */
  readonly says: string;
  readonly marks: readonly Mark[];
  /** Nothing is to come on it: paused, closed, or not needed yet. */
  readonly rests: boolean;
}

export interface Schedule {
  readonly record: RecordId;
  readonly title: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly asOf: Instant;
  readonly rows: readonly Row[];
}

/** What is further back is counted, not drawn. */
const PAST: Span = DAY;
/** How far ahead the schedule looks at least. */
const AHEAD: Span = 2 * HOUR;
/** The picture's own clock, so that a board that says the same is not drawn anew with every event. */
const TICK: Span = 5 * MINUTE;

const count = (number: number, one: string, many = one): string => `${number} ${number === 1 ? one : many}`;

function markOf({ what, at, due, late }: Outcome): readonly Mark[] {
  switch (what) {
    case 'released':
      return [{ is: late === true ? 'late' : 'released', at, due }];
    case 'skipped':
      return [{ is: 'skipped', at }];
    case 'replaced':
      return [];
    default:
      return what satisfies never;
  }
}

/** Of a change, what follows what is due next is known too. */
function plannedOn({ update, before, cadence, paused }: Line, { window, status }: Plan, now: Instant): readonly Mark[] {
  if (!window || !before || cadence !== undefined || paused || status !== 'running' || !update) return [];
  return announcements(window, before)
    .filter(({ due }) => due > Math.max(now, update.due))
    .map(({ due }): Mark => ({ is: 'planned', at: due }));
}

function rowOf(line: Line, plan: Plan, now: Instant): Row {
  const past = Object.values(plan.outcomes)
    .filter((outcome) => outcome.line === line.audience)
    .flatMap(markOf);
  const next = line.paused
    ? []
    : updatesOf(line)
        // One that stands by is due only when nothing else leaves.
        .filter(({ phase }) => phase !== 'holding')
        .map(({ due, status }): Mark => ({ is: now >= due && status !== 'leaving' ? 'overdue' : 'due', at: due }));
  const tally = (is: Mark['is']) => past.filter((mark) => mark.is === is).length;
  const late = tally('late');
  const skipped = tally('skipped');
  const told = tally('released') + late;
  const standing = line.paused ? 'paused' : line.status === 'active' ? undefined : line.status;
  const says = [
    ...(standing === undefined ? [] : [standing]),
    ...(told > 0 ? [`${told} released`] : []),
    ...(late > 0 ? [`${late} late`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(standing === undefined && told + skipped === 0 ? [next.length > 0 ? 'nothing released yet' : 'on demand'] : []),
  ];
  return {
    label: audienceLabel(line.audience, [line]),
    says: says.join(', '),
    marks: [...past, ...next, ...plannedOn(line, plan, now)],
    rests: next.length === 0,
  };
}

/** The schedule as it stands: a day back at most, and to the last time that is due. */
export function scheduleOf(record: RecordId, plan: Plan, now: Instant): Schedule {
  const rows = plan.lines.map((line) => rowOf(line, plan, now));
  const all = rows.flatMap(({ marks }) => marks);
  const happened = all
    .filter(({ is }) => is === 'released' || is === 'late' || is === 'skipped' || is === 'overdue')
    .map(({ at }) => at);
  const asOf = Math.max(now - (now % TICK), plan.declaredAt, ...happened);
  const from = Math.max(plan.declaredAt, asOf - PAST);
  const last = Math.max(asOf + AHEAD, ...all.map(({ at }) => at));
  return { record, title: plan.title, from, to: last + (last - from) * 0.06, asOf, rows };
}

/** More names than this are counted. */
const NAMED = 3;

function some(rows: readonly Row[]): string {
  const named = rows.slice(0, NAMED).map(({ label }) => label);
  return rows.length > NAMED ? `${named.join(', ')} and ${rows.length - NAMED} more` : named.join(', ');
}

/** The time of day with its day, in UTC: a picture cannot know its reader's zone. */
export const inUtc = (at: Instant): string => {
  const { day, clock } = utc(at);
  return `${day}, ${clock} UTC`;
};

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** An instant as its day (`Sun 22 Nov`) and its time of day (`14:30`), both in UTC. */
export function utc(at: Instant): { readonly day: string; readonly clock: string } {
  const date = new Date(at);
  return {
    day: `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`,
    clock: date.toISOString().slice(11, 16),
  };
}

/** All that the picture shows, in words: for people who do not see it. */
export function scheduleWords({ record, rows, asOf }: Schedule): string {
  const marks = rows.flatMap((row) => row.marks);
  const tally = (is: Mark['is']) => marks.filter((mark) => mark.is === is).length;
  const overdue = rows.filter((row) => row.marks.some(({ is }) => is === 'overdue'));
  const due = rows
    .flatMap((row) => row.marks.filter(({ is }) => is === 'due').map(({ at }) => ({ row, at })))
    .sort((a, b) => a.at - b.at);
  const [first] = due;
  const late = tally('late');
  return [
    `Schedule of ${record} as of ${inUtc(asOf)}: ${count(rows.length, 'line', 'lines')},`,
    ` ${count(tally('released') + late, 'update', 'updates')} released${late > 0 ? `, ${late} of them late` : ''}`,
    `${tally('skipped') > 0 ? `, ${tally('skipped')} skipped` : ''}.`,
    ...(overdue.length > 0 ? [` Overdue: ${some(overdue)}.`] : []),
    ...(first ? [` Due next: ${first.row.label}, ${inUtc(first.at)}.`] : []),
  ].join('');
}
