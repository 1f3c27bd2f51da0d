/** The schedule of a plan as a drawing: a row a line, time from left to right, a shape for each thing that happened or is to come. Pure. */
import { drawing, INK, lengthOf, letters, px, wrapped } from '../chat/drawing.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../core/instant.ts';
import { inUtc, type Mark, type Row, type Schedule, utc } from './schedule.ts';

const WIDTH = 900;
const MARGIN = 20;
/** Where time begins and ends. */
const LEFT = 232;
const RIGHT = WIDTH - 28;
/** Where the rows begin. */
const TOP = 100;
const ROW = 54;
const LABEL = { size: 13, width: LEFT - MARGIN - 16 } as const;
/** How far apart times on the axis stand at least, in units of the drawing. */
const APART = 62;
const STEPS = [
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
];

/** The picture of a schedule as SVG, 900 wide; as high as it has rows. */
export function drawSchedule(schedule: Schedule): string {
  const { record, title, from, to, asOf, rows } = schedule;
  const bottom = TOP + rows.length * ROW;
  const x = (at: Instant) => LEFT + ((at - from) / (to - from)) * (RIGHT - LEFT);
  const heading = wrapped(`${record}: ${title}`, WIDTH - 2 * MARGIN, 1, 18, true)[0] ?? record;
  return drawing(`Schedule of ${record}`, WIDTH, bottom + 64, [
    letters(heading, MARGIN, 34, { size: 18, bold: true }),
    letters(`What was said to whom, and what is due. As of ${inUtc(asOf)}.`, MARGIN, 56, { fill: INK.quiet }),
    ...rows.map((_row, at) => band(at)),
    ...axis(schedule, x, bottom),
    nowLine(x(asOf), utc(asOf).clock, bottom),
    ...rows.flatMap((row, at) => rowParts(row, TOP + at * ROW, schedule, x)),
    ...legend(bottom + 38, rows),
  ]);
}

const band = (at: number): string =>
  at % 2 === 1 ? '' : `<rect x="0" y="${TOP + at * ROW}" width="${WIDTH}" height="${ROW}" fill="${INK.band}"/>`;

/** Times at round figures, the day where it begins. */
function axis({ from, to }: Schedule, x: (at: Instant) => number, bottom: number): readonly string[] {
  const step = STEPS.find((size) => (size / (to - from)) * (RIGHT - LEFT) >= APART) ?? (to - from) / 6;
  const parts: string[] = [];
  let day = '';
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const place = px(x(at));
    const time = utc(at);
    parts.push(`<line x1="${place}" y1="${TOP - 6}" x2="${place}" y2="${bottom}" stroke="${INK.grid}"/>`);
    const daily = step >= DAY;
    if (!daily) parts.push(letters(time.clock, x(at), TOP - 11, { size: 11, anchor: 'middle', fill: INK.quiet }));
    if (time.day !== day && (daily || x(at) < RIGHT - 30))
      parts.push(letters(time.day, x(at), TOP - (daily ? 11 : 25), { size: 11, anchor: 'middle', bold: true, fill: INK.quiet }));
    day = time.day;
  }
  return parts;
}

function nowLine(x: number, clock: string, bottom: number): string {
  const label = `now ${clock}`;
  const width = lengthOf(label, 11, true) + 8;
  const left = Math.min(Math.max(x - width / 2, LEFT - 30), RIGHT + 20 - width);
  return [
    `<line x1="${px(x)}" y1="${TOP - 4}" x2="${px(x)}" y2="${bottom}" stroke="${INK.text}" stroke-width="1.5"/>`,
    `<rect x="${px(left)}" y="${bottom}" width="${px(width)}" height="17" rx="3" fill="${INK.text}"/>`,
    letters(label, left + width / 2, bottom + 12.5, { size: 11, bold: true, anchor: 'middle', fill: INK.paper }),
  ].join('');
}

function rowParts(
  { label, says, marks, rests }: Row,
  top: number,
  { from, to, asOf }: Schedule,
  x: (at: Instant) => number,
): readonly string[] {
  const middle = top + ROW / 2 + 3;
  const lines = wrapped(label, LABEL.width, 2, LABEL.size, true);
  const first = top + (lines.length > 1 ? 17 : 22);
  const earlier = marks.filter(({ at }) => at < from);
  const shown = marks.filter(({ at }) => at >= from);
  const ends = Math.max(asOf, ...shown.map(({ at }) => at));
  return [
    ...lines.map((line, at) => letters(line, MARGIN, first + at * 15, { size: LABEL.size, bold: true })),
    letters(wrapped(says, LABEL.width, 1, 11)[0] ?? '', MARGIN, first + lines.length * 15, { size: 11, fill: INK.quiet }),
    stroke(x(from), x(Math.min(asOf, to)), middle, rests && marks.length === 0 ? INK.grid : INK.line),
    ...(rests ? [] : [stroke(x(asOf), x(ends), middle, INK.line, true)]),
    ...(earlier.length > 0
      ? [letters(`+${earlier.length}`, x(from) - 10, middle + 4, { size: 11, anchor: 'end', fill: INK.quiet })]
      : []),
    ...shown.flatMap((mark) => markParts(mark, x, middle, asOf)),
    ...labelsOf(shown, x, asOf).map((label) => labelPart(label, middle)),
  ];
}

const stroke = (from: number, to: number, y: number, colour: string, dashed = false): string =>
  `<line x1="${px(from)}" y1="${px(y)}" x2="${px(to)}" y2="${px(y)}" stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="5 4"' : ''}/>`;

/** Where words above a mark stand: their middle, and how wide they are. */
interface Label {
  readonly words: string;
  readonly middle: number;
  readonly width: number;
  readonly overdue: boolean;
}

/** The times above a row's marks, as many as stand free of each other; what is due next goes first. */
function labelsOf(marks: readonly Mark[], x: (at: Instant) => number, asOf: Instant): readonly Label[] {
  const wanted = [...marks.filter(({ is }) => is === 'due' || is === 'overdue'), ...marks.filter(({ is }) => is === 'planned')];
  const placed: Label[] = [];
  for (const { is, at } of wanted) {
    const overdue = is === 'overdue';
    const words = `${overdue ? 'since ' : ''}${timeLabel(at, asOf)}`;
    const width = lengthOf(words, LETTERS, true);
    const middle = Math.min(x(at), WIDTH - 6 - width / 2);
    const free = placed.every((other) => Math.abs(other.middle - middle) >= (other.width + width) / 2 + 6);
    if (free) placed.push({ words, middle, width, overdue });
  }
  return placed;
}

const LETTERS = 11;

const labelPart = ({ words, middle, overdue }: Label, y: number): string =>
  letters(words, middle, y - 12, {
    size: LETTERS,
    bold: true,
    anchor: 'middle',
    halo: true,
    // Vermilion itself is too light for small letters on white.
    fill: overdue ? '#a84300' : INK.text,
  });

/** The shape of a mark, and how late it was or is by now. */
const markParts = ({ is, at, due }: Mark, x: (at: Instant) => number, y: number, asOf: Instant): readonly string[] => [
  ...(is === 'late' && due !== undefined ? [stroke(Math.max(x(due), LEFT), x(at), y, INK.orange)] : []),
  ...(is === 'overdue' ? [stroke(x(at), x(asOf), y, INK.red)] : []),
  SHAPES[is](x(at), y),
];

const timeLabel = (at: Instant, asOf: Instant): string => {
  const { day, clock } = utc(at);
  return day === utc(asOf).day ? clock : `${day} ${clock}`;
};

const polygon = (points: readonly (readonly [number, number])[], x: number, y: number, style: string): string =>
  `<polygon points="${points.map(([dx, dy]) => `${px(x + dx)},${px(y + dy)}`).join(' ')}" ${style}/>`;

const halo = `stroke="${INK.paper}" stroke-width="1.5"`;
const DIAMOND = [
  [0, -8.5],
  [8.5, 0],
  [0, 8.5],
  [-8.5, 0],
] as const;

/** Each thing has a shape of its own besides its colour. */
const SHAPES: Readonly<Record<Mark['is'], (x: number, y: number) => string>> = {
  released: (x, y) => `<circle cx="${px(x)}" cy="${px(y)}" r="7" fill="${INK.blue}" ${halo}/>`,
  late: (x, y) =>
    polygon(
      [
        [0, -9],
        [9, 7],
        [-9, 7],
      ],
      x,
      y,
      `fill="${INK.orange}" stroke="${INK.text}" stroke-width="1"`,
    ),
  skipped: (x, y) =>
    `<path d="M${px(x - 6)} ${px(y - 6)}L${px(x + 6)} ${px(y + 6)}M${px(x + 6)} ${px(y - 6)}L${px(x - 6)} ${px(y + 6)}" stroke="${INK.quiet}" stroke-width="3.5" stroke-linecap="round"/>`,
  due: (x, y) => polygon(DIAMOND, x, y, `fill="${INK.paper}" stroke="${INK.text}" stroke-width="2"`),
  planned: (x, y) => polygon(DIAMOND, x, y, `fill="${INK.paper}" stroke="${INK.line}" stroke-width="1.5"`),
  overdue: (x, y) =>
    [
      `<rect x="${px(x - 8)}" y="${px(y - 8)}" width="16" height="16" rx="2" fill="${INK.red}" ${halo}/>`,
      letters('!', x, y + 5, { size: 14, bold: true, anchor: 'middle', fill: INK.paper }),
    ].join(''),
};

const LEGEND: readonly (readonly [Mark['is'], string])[] = [
  ['released', 'released'],
  ['late', 'released late'],
  ['skipped', 'skipped'],
  ['due', 'due next'],
  ['planned', 'due later'],
  ['overdue', 'overdue'],
];

function legend(y: number, rows: readonly Row[]): readonly string[] {
  let x = MARGIN + 8;
  const planned = rows.some(({ marks }) => marks.some(({ is }) => is === 'planned'));
  return LEGEND.filter(([is]) => is !== 'planned' || planned).flatMap(([is, words]) => {
    const here = x;
    x += lengthOf(words, 12) + 52;
    return [SHAPES[is](here, y), letters(words, here + 16, y + 4, { fill: INK.quiet })];
  });
}
