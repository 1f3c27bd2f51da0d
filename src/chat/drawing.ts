/** What drawings are made of: escaped words that fit, in the one font that every rasteriser of ours has. Pure. */
import { FONT } from './picture.ts';

/** Colours that people with any colour vision tell apart (Okabe and Ito), and the greys around them. A colour never stands alone: shapes and words say the same. */
export const INK = {
  text: '#1b1f24',
  quiet: '#57606a',
  line: '#8c959f',
  grid: '#d8dee4',
  band: '#f3f5f8',
  paper: '#ffffff',
  blue: '#0072b2',
  orange: '#e69f00',
  red: '#d55e00',
  green: '#009e73',
  sky: '#56b4e9',
  pink: '#cc79a7',
} as const;

/** Words as they stand in an SVG: nothing in them is mark-up, and what XML cannot hold is left out. */
export const escaped = (words: string): string =>
  words
    // A lone half of a pair, or a control character, would make the whole drawing unreadable.
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** How wide a character is, in parts of the font's size. Rather too wide than too narrow. */
function widthOf(character: string, bold: boolean): number {
  const wide = bold ? 1.1 : 1;
  if (/[iljI.,:;'|!()[\]ft\s]/u.test(character)) return 0.4 * wide;
  if (/[mwMW@%—…]/u.test(character)) return wide;
  if (/[A-Z0-9]/u.test(character)) return 0.68 * wide;
  return (character.codePointAt(0) ?? 0) < 0x2000 ? 0.63 * wide : 1.05;
}

/** How wide words are about, in units of the drawing; never less than they are. */
export const lengthOf = (words: string, size: number, bold = false): number =>
  [...words].reduce((sum, character) => sum + widthOf(character, bold), 0) * size;

/** The words in at most so many lines of this width, cut between words; what is left out is shown by an ellipsis. */
export function wrapped(words: string, width: number, lines: number, size: number, bold = false): readonly string[] {
  const made: string[] = [];
  let rest = words.trim().replaceAll(/\s+/gu, ' ');
  while (rest !== '' && made.length < lines) {
    const last = made.length === lines - 1;
    const fits = fitting(rest, width, size, bold);
    if (fits === rest) {
      made.push(rest);
      return made;
    }
    if (last) {
      made.push(`${fitting(rest, width - widthOf('…', bold) * size, size, bold).trimEnd()}…`);
      return made;
    }
    const space = fits.lastIndexOf(' ');
    const line = space > 0 ? fits.slice(0, space) : fits;
    made.push(line);
    rest = rest.slice(line.length).trimStart();
  }
  return made;
}

function fitting(words: string, width: number, size: number, bold: boolean): string {
  let used = 0;
  let kept = '';
  for (const character of words) {
    used += widthOf(character, bold) * size;
    if (used > width) return kept;
    kept += character;
  }
  return kept;
}

interface Lettering {
  readonly size?: number;
  readonly bold?: boolean;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Stands out from what lies behind it. */
  readonly halo?: boolean;
}

/** A figure as SVG has it: no more digits than anybody sees. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

/** Words at a point, on one line. */
export const letters = (words: string, x: number, y: number, how: Lettering = {}): string => {
  const { size = 12, bold = false, fill = INK.text, anchor = 'start', halo = false } = how;
  const more = [
    ...(bold ? [' font-weight="bold"'] : []),
    ...(anchor === 'start' ? [] : [` text-anchor="${anchor}"`]),
    ...(halo ? [` paint-order="stroke" stroke="${INK.paper}" stroke-width="4" stroke-linejoin="round"`] : []),
  ].join('');
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" fill="${fill}"${more}>${escaped(words)}</text>`;
};

/** A whole drawing on white paper. The title is what a screen reader says where it shows the drawing itself. */
export const drawing = (title: string, width: number, height: number, parts: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="${FONT}, Verdana, sans-serif" role="img"><title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${INK.paper}"/>`,
    ...parts,
    '</svg>',
  ].join('');
