/** A timeline as a drawing: from top to bottom, a day where it begins, a shape for each kind of entry. Pure. */
import { shortened } from '../chat/card.ts';
import { drawing, INK, letters, px, wrapped } from '../chat/drawing.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import type { Row } from './rows.ts';

/** How people and times are written; the drawing's readers have no names of their own platform there. */
export interface Named {
  readonly person: (person: PersonId) => string;
  /** The words of a row as plain text. */
  readonly plain: (row: Row) => string;
}

const WIDTH = 900;
const MARGIN = 24;
/** Where the line stands, and where the words begin. */
const LINE = 112;
const LEFT = LINE + 26;
const TOP = 92;
const SIZE = 13;
const LEADING = 17;
const MOST_ROWS = 40;
const MOST_LINES = 3;
/** What a screen reader is given at most; Slack holds 2,000 characters. */
const ALTERNATIVE = 1900;

const clockOf = (at: Instant): string => new Date(at).toISOString().slice(11, 16);
const dayOf = (at: Instant): string =>
  new Date(at).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });

/** Shape and colour say the same: a dot was done, a square was written for it, a diamond is a kept message. */
function mark(kind: Row['kind'], y: number): string {
  switch (kind) {
    case 'done':
      return `<circle cx="${LINE}" cy="${px(y)}" r="6" fill="${INK.blue}" stroke="${INK.paper}" stroke-width="2"/>`;
    case 'written':
      return `<rect x="${LINE - 6}" y="${px(y - 6)}" width="12" height="12" fill="${INK.green}" stroke="${INK.paper}" stroke-width="2"/>`;
    case 'kept':
      return `<path d="M${LINE} ${px(y - 8)} L${LINE + 8} ${px(y)} L${LINE} ${px(y + 8)} L${LINE - 8} ${px(y)} Z" fill="${INK.orange}" stroke="${INK.paper}" stroke-width="2"/>`;
    default:
      return kind satisfies never;
  }
}

const LEGEND: readonly (readonly [Row['kind'], string])[] = [
  ['done', 'done'],
  ['written', 'written for the timeline'],
  ['kept', 'message from the channel'],
];

/** The newest rows as SVG, 900 wide, oldest at the top; what they say in words; and how many stand before them. */
export function drawTimeline(
  record: RecordId,
  title: string,
  rows: readonly Row[],
  named: Named,
): { readonly svg: string; readonly alternative: string; readonly before: number } {
  const shown = rows.slice(-MOST_ROWS);
  const parts: string[] = [];
  let y = TOP;
  let day = '';
  for (const row of shown) {
    const today = dayOf(row.at);
    if (today !== day) {
      y += day === '' ? 0 : 8;
      parts.push(letters(today, MARGIN, y + 4, { size: 12, bold: true, fill: INK.quiet, halo: true }));
      y += 26;
      day = today;
    }
    const lines = wrapped(named.plain(row), WIDTH - LEFT - MARGIN, MOST_LINES, SIZE);
    parts.push(
      letters(clockOf(row.at), LINE - 18, y + 4, { size: SIZE, anchor: 'end', fill: INK.quiet }),
      letters(named.person(row.who), LEFT, y + 4, { size: SIZE, bold: true }),
      ...lines.map((line, at) => letters(line, LEFT, y + 4 + (at + 1) * LEADING, { size: SIZE })),
      mark(row.kind, y),
    );
    y += (lines.length + 1) * LEADING + 12;
  }
  const bottom = y;
  const heading = wrapped(`${record}: ${title}`, WIDTH - 2 * MARGIN, 1, 18, true)[0] ?? record;
  const legend = LEGEND.flatMap(([kind, words], at) => [
    `<g transform="translate(${MARGIN + 8 - LINE + at * 230} 0)">${mark(kind, bottom + 18)}</g>`,
    letters(words, MARGIN + 24 + at * 230, bottom + 22, { size: 12, fill: INK.quiet }),
  ]);
  const svg = drawing(`Timeline of ${record}`, WIDTH, bottom + 44, [
    letters(heading, MARGIN, 36, { size: 18, bold: true }),
    letters('What happened, oldest first. Times in UTC.', MARGIN, 58, { fill: INK.quiet }),
    `<line x1="${LINE}" y1="${TOP + 14}" x2="${LINE}" y2="${px(bottom - 12)}" stroke="${INK.grid}" stroke-width="2"/>`,
    ...parts,
    ...legend,
  ]);
  const said = shown.map((row) => `${dayOf(row.at)} ${clockOf(row.at)} ${named.person(row.who)}: ${named.plain(row)}`);
  return {
    svg,
    alternative: shortened(`Timeline of ${record}. ${said.join('. ')}`, ALTERNATIVE),
    before: rows.length - shown.length,
  };
}
