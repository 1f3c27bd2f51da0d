/** How the demo looks in a terminal: who does what, and what each audience reads. Colours only where somebody looks. */
import type { Watcher } from '../story/teller.ts';

const WIDTH = 100;
const MARGIN = '            ';
/** What one person is answered is told short; what an audience reads is told whole, up to here. */
const PRIVATE_LINES = 2;
const PUBLIC_LINES = 12;

const TODAY = '2027-01-11';

/** Times as the bank reads them: the clock today, else the day too. */
const times = (text: string): string =>
  text.replaceAll(/\{(\d{4}-\d\d-\d\d) (\d\d:\d\d)\}/gu, (_all, day: string, clock: string) =>
    day === TODAY ? clock : `${clock} on ${day}`,
  );

/** Lines of at most this width, cut between words. */
function wrapped(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const end = space > 0 ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

export interface Screen extends Watcher {
  readonly line: (text: string) => void;
  /** How many things were read so far. */
  readonly seen: () => number;
  /** Who was sent updates, and what each was called, oldest first. */
  readonly audiences: () => ReadonlyMap<string, readonly string[]>;
  readonly good: (text: string) => void;
  readonly bad: (text: string) => void;
}

/** Writes to a stream; `coloured` for a terminal. */
export function screen(write: (text: string) => void, coloured: boolean): Screen {
  const paint = (code: number) => (text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const [bold, dim, green, red, cyan] = [1, 2, 32, 31, 36].map(paint) as [Paint, Paint, Paint, Paint, Paint];
  let chapters = 0;
  let count = 0;
  const told = new Set<string>();
  const audiences = new Map<string, readonly string[]>();
  let repeated = { who: '', lines: 0 };
  const line = (text: string) => write(`${text}\n`);
  const name = (who: string) => who.padEnd(MARGIN.length - 2).slice(0, Math.max(MARGIN.length - 2, who.length));

  const settle = () => {
    const more = repeated.lines - 2;
    if (more > 0) line(`  ${name('')}${dim(`... and ${more} more of these`)}`);
    repeated = { who: '', lines: 0 };
  };

  return {
    line,
    seen: () => count,
    audiences: () => audiences,
    good: (text) => line(green(text)),
    bad: (text) => line(red(text)),
    chapter: (title) => {
      settle();
      chapters += 1;
      line(`\n${bold(`${chapters}. ${title}`)}`);
    },
    passed: (ms) => {
      settle();
      line(`  ${dim(ms < 60_000 ? `${Math.round(ms / 1000)} seconds later` : `${Math.round(ms / 60_000)} minutes later`)}`);
    },
    did: (who, what) => {
      if (repeated.who !== who) settle();
      repeated = { who, lines: repeated.lines + 1 };
      if (repeated.lines <= 2) line(`  ${cyan(name(who))}${what}`);
    },
    read: (reader, text) => {
      settle();
      count += 1;
      // What is looked at twice is shown once.
      if (told.has(`${reader}\n${text}`)) return;
      told.add(`${reader}\n${text}`);
      const [title = ''] = text.split('\n');
      if (/^Update \d/u.test(title)) audiences.set(reader, [...(audiences.get(reader) ?? []), title.split(':')[0] ?? title]);
      const open = reader.startsWith('#') || reader.includes('@');
      const said = times(text)
        .split('\n')
        .filter((one) => one.trim() !== '');
      const shown = said.slice(0, open ? PUBLIC_LINES : PRIVATE_LINES);
      line(`  ${name('')}${open ? bold(`${reader} reads`) : dim(`${reader} reads`)}`);
      for (const one of shown)
        for (const part of wrapped(one, WIDTH - MARGIN.length - 2)) line(`${MARGIN}${dim('|')} ${open ? part : dim(part)}`);
      if (shown.length < said.length) line(`${MARGIN}${dim('| ...')}`);
    },
  };
}

type Paint = (text: string) => string;
