/** The fishbone (Ishikawa) of a problem as a drawing: its branches as ribs, their causes along them, the effect at the head (P7). Pure. */
import { drawing, INK, letters, px, wrapped } from '../chat/drawing.ts';
import type { Branch } from './analysis.ts';

const MARGIN = 24;
/** Room for one branch along the spine, and how far its rib leans. */
const COLUMN = 290;
const LEAN = 90;
const CAUSE = { width: 205, size: 13, line: 16, gap: 12, lines: 3 } as const;
const LABEL = { size: 15, height: 34 } as const;
const HEAD = { width: 250, size: 16, lines: 6, line: 22 } as const;
/** Below that a rib is no rib. */
const SHORTEST = 90;
const COLOURS = [INK.blue, INK.red, INK.green, INK.pink, INK.orange, INK.sky] as const;

interface Rib {
  readonly branch: Branch;
  readonly causes: readonly (readonly string[])[];
  readonly height: number;
  readonly colour: string;
}

function ribOf(branch: Branch, at: number): Rib {
  const causes = branch.causes.map((cause) => wrapped(cause, CAUSE.width, CAUSE.lines, CAUSE.size));
  const height = causes.reduce<number>((sum, lines) => sum + lines.length * CAUSE.line + CAUSE.gap, CAUSE.gap);
  return { branch, causes, height: Math.max(height, SHORTEST), colour: COLOURS[at % COLOURS.length] ?? INK.blue };
}

/** The rib from its label to the spine; `side` -1 above the spine, 1 below it. */
function drawn(
  { branch, causes, height, colour }: Rib,
  x: number,
  spine: number,
  side: -1 | 1,
  reach: number,
): readonly string[] {
  const outer = spine + side * reach;
  const at = (y: number) => x - (LEAN * Math.abs(y - spine)) / reach;
  const box = { x: at(outer) - 100, y: outer + (side < 0 ? -LABEL.height : 0) };
  const [name = ''] = wrapped(labelOf(branch), 186, 1, LABEL.size, true);
  let y = outer + (side < 0 ? CAUSE.gap : -height + CAUSE.gap / 2);
  const words = causes.flatMap((lines) => {
    const right = at(y + lines.length * CAUSE.line) - 6;
    const made = lines.map((line, nth) =>
      letters(line, right - CAUSE.width - 18, y + (nth + 1) * CAUSE.line - 3, { size: CAUSE.size }),
    );
    const end = y + lines.length * CAUSE.line + 2;
    y = end + CAUSE.gap - 2;
    return [
      ...made,
      `<line x1="${px(right - CAUSE.width - 18)}" y1="${px(end)}" x2="${px(at(end))}" y2="${px(end)}" stroke="${INK.line}" stroke-width="1"/>`,
    ];
  });
  return [
    `<line x1="${px(at(outer))}" y1="${px(outer)}" x2="${px(x)}" y2="${px(spine)}" stroke="${colour}" stroke-width="3"/>`,
    `<rect x="${px(box.x)}" y="${px(box.y)}" width="200" height="${LABEL.height}" rx="6" fill="${INK.paper}" stroke="${colour}" stroke-width="2"/>`,
    letters(name, box.x + 100, box.y + 22, { size: LABEL.size, bold: true, anchor: 'middle' }),
    ...words,
  ];
}

/** The branch's name, and who looks into it. */
const labelOf = ({ name, group }: Branch): string => (group === undefined ? name : `${name} (${group})`);

/** The drawing as SVG; branches stand above and below the spine in turn, in the order in which they were named. */
export function fishbone(effect: string, branches: readonly Branch[]): string {
  const ribs = branches.map(ribOf);
  const above = ribs.filter((_, at) => at % 2 === 0);
  const below = ribs.filter((_, at) => at % 2 === 1);
  const reach = (side: readonly Rib[]) => Math.max(SHORTEST, ...side.map(({ height }) => height)) + CAUSE.gap;
  const columns = Math.max(1, above.length);
  const body = columns * COLUMN + LEAN;
  const spine = MARGIN + LABEL.height + reach(above);
  const width = MARGIN + body + HEAD.width + MARGIN;
  const foot = below.length === 0 ? 60 : reach(below) + LABEL.height;
  const head = { x: MARGIN + body, lines: wrapped(effect, HEAD.width - 40, HEAD.lines, HEAD.size, true) };
  const tall = head.lines.length * HEAD.line + 32;
  const height = Math.max(spine + foot + MARGIN, spine + tall / 2 + MARGIN);
  const place = (side: readonly Rib[], up: -1 | 1) =>
    side.flatMap((rib, at) => drawn(rib, MARGIN + (at + 1) * COLUMN + LEAN - 30, spine, up, reach(side)));
  return drawing(`Fishbone of: ${effect}`, width, height, [
    `<line x1="${MARGIN}" y1="${px(spine)}" x2="${px(head.x)}" y2="${px(spine)}" stroke="${INK.text}" stroke-width="4"/>`,
    ...place(above, -1),
    ...place(below, 1),
    `<rect x="${px(head.x)}" y="${px(spine - tall / 2)}" width="${HEAD.width}" height="${px(tall)}" rx="10" fill="${INK.band}" stroke="${INK.text}" stroke-width="2"/>`,
    ...head.lines.map((line, nth) =>
      letters(line, head.x + HEAD.width / 2, spine - tall / 2 + 16 + (nth + 1) * HEAD.line - 6, {
        size: HEAD.size,
        bold: true,
        anchor: 'middle',
      }),
    ),
  ]);
}

/** The same in words, for whoever cannot see the drawing. */
export const fishboneWords = (effect: string, branches: readonly Branch[]): string =>
  branches.length === 0
    ? `Fishbone of “${effect}”: no branches yet.`
    : `Fishbone of “${effect}”. ${branches.map((branch) => `${labelOf(branch)}: ${branch.causes.join('; ')}`).join('. ')}.`;
