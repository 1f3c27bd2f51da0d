/** The reports as their readers see them (P16): what they answer for first, each figure beside that of the time before. Pure. */
import { type Card, card, facts, list, picture, shortened, text, type Words } from '../chat/card.ts';
import { spanWords } from '../chat/time-words.ts';
import { MINUTE } from '../core/instant.ts';
import { chartDrawing, chartsWords } from './chart.ts';
import { PRIORITIES } from './fact.ts';
import { ABOUT, type NamedRecord, type ReportName, type Told } from './report.ts';

type Pair = readonly [label: string, ...value: Words];

const against = (now: number, before: number): string => `${now} (${before} in the time before)`;
const span = (length: number | null): string =>
  length === null ? 'none resolved' : spanWords(Math.max(MINUTE, Math.round(length / MINUTE) * MINUTE));
const share = (part: number, whole: number): string =>
  whole === 0 ? 'none' : `${part} of ${whole} (${Math.floor((100 * part) / whole)}%)`;

const FIGURES = {
  raised: ({ now, before }: Told): Pair => ['Incidents raised', against(now.raised, before.raised)],
  resolved: ({ now, before }: Told): Pair => ['Incidents resolved', against(now.resolved, before.resolved)],
  unresolved: ({ unresolved }: Told): Pair => ['Unresolved now', `${unresolved} ${unresolved === 1 ? 'incident' : 'incidents'}`],
  major: ({ now, before }: Told): Pair => ['Major incidents', against(now.major, before.major)],
  high: ({ now, before }: Told): Pair => ['Reached high priority', against(now.high, before.high)],
  time: ({ now, before }: Told): Pair => [
    'Half were resolved within',
    `${span(now.median)} (${span(before.median)} in the time before)`,
  ],
  most: ({ now, before }: Told): Pair => [
    'Nine of ten within',
    `${span(now.ninetieth)} (${span(before.ninetieth)} in the time before)`,
  ],
  first: ({ now }: Told): Pair => ['Resolved by tier 1', share(now.firstTier, now.tiered)],
  moved: ({ now }: Told): Pair => ['Went between tiers', share(now.moved, now.resolved)],
  alone: ({ now }: Told): Pair => ['Without a problem', share(now.alone, now.raised)],
  problems: ({ now, problems }: Told): Pair => [
    'Problems',
    `${now.problemsRaised} raised, ${now.problemsResolved} resolved, ${problems} unresolved now`,
  ],
  targets: ({ targets }: Told): Pair => ['Problems begun in time', share(targets.met, targets.due)],
  updates: ({ updates }: Told): Pair => ['Updates in time', share(updates.onTime, updates.due)],
} as const;

const FACTS: Readonly<Record<ReportName, readonly (keyof typeof FIGURES)[]>> = {
  management: ['unresolved', 'major', 'raised', 'resolved', 'time', 'problems', 'updates'],
  'incident-manager': ['unresolved', 'raised', 'resolved', 'high', 'major', 'time', 'most', 'moved'],
  'service-desk': ['raised', 'resolved', 'unresolved', 'first', 'moved', 'alone', 'time'],
  'service-level': ['time', 'most', 'resolved', 'unresolved', 'targets', 'updates', 'major'],
  'resolver-groups': ['unresolved', 'resolved', 'first', 'moved', 'problems'],
  business: ['major', 'raised', 'unresolved', 'time', 'updates'],
};

const recordWords = ({ id, title, raised, resolved }: NamedRecord): Words => [
  { bold: id },
  ` ${shortened(title, 80)}, since `,
  { time: raised },
  ...(resolved === null ? [', unresolved'] : [`, resolved after ${span(resolved - raised)}`]),
];

/** What only some reports list: record by record, priority by priority, group by group. */
function lists(
  report: ReportName,
  { oldest, majors, priorities, groups }: Told,
): readonly (readonly [string, readonly Words[]])[] {
  const records = (heading: string, all: readonly NamedRecord[]) => [[heading, all.map(recordWords)] as const];
  switch (report) {
    case 'management':
    case 'business':
      return records('Major incidents', majors);
    case 'incident-manager':
    case 'service-desk':
      return records('Unresolved for longest', oldest);
    case 'service-level':
      return [
        [
          'By priority',
          priorities.map(
            ({ priority, unresolved, resolved, median, ninetieth }): Words => [
              { bold: PRIORITIES[priority] ?? String(priority) },
              `: ${unresolved} unresolved, ${resolved} resolved`,
              ...(resolved === 0 ? [] : [`, half within ${span(median)}, nine of ten within ${span(ninetieth)}`]),
            ],
          ),
        ],
      ];
    case 'resolver-groups':
      return [
        [
          'By group',
          groups.map(
            ({ group, unresolved, resolved, moved }): Words => [
              { bold: group },
              `: ${unresolved} unresolved, ${resolved} resolved, ${moved} of them came from another tier`,
            ],
          ),
        ],
      ];
    default:
      return report satisfies never;
  }
}

/** A report of a period. */
export function reportCard(report: ReportName, told: Told): Card {
  const { title } = ABOUT[report];
  const pairs = FACTS[report].map((figure) => FIGURES[figure](told));
  const { charts, period } = told;
  return card(
    title,
    [
      text(
        'From ',
        { time: period.from },
        ' to ',
        { time: period.to },
        '. Private records are counted only for their own people.',
      ),
      facts(...pairs),
      ...lists(report, told).flatMap(([heading, rows]) => (rows.length === 0 ? [] : [text({ bold: heading }), list(...rows)])),
      picture(chartDrawing(title, charts), chartsWords(charts)),
      text('More: ', { code: '/report show trends' }, '.'),
    ],
    {
      tone: 'info',
      summary: `${title}: ${pairs
        .slice(0, 3)
        .map(([label, value]) => `${label.toLowerCase()} ${String(value)}`)
        .join(', ')}`,
    },
  );
}
