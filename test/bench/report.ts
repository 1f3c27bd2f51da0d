/** The figures as a table, and the last one kept in the README beside this. */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figures.ts';

const README = join(import.meta.dirname, 'README.md');
const BEGIN = '<!-- the last table: written by npm run bench -- --save -->';
const END = '<!-- end of the last table -->';

const cells = (figure: Figure): readonly string[] => [figure.what, figure.ours, figure.baseline, figure.ratio, figure.target];

/** The figures as a Markdown table whose columns are aligned for reading as they are. */
export function table(figures: readonly Figure[]): string {
  const rows = [['what', 'Bellman', 'baseline', 'ratio (least to most)', 'target'], ...figures.map(cells)];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...rest] = rows;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rest.map(line)].join('\n');
}

/** On what it was measured, and how much else that machine had to do. */
export function machine(servers: readonly string[]): string {
  const [load = 0] = loadavg();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const cores = availableParallelism();
  const busy = load > cores ? ' The machine was busy with other things as well, so the absolute figures are too low.' : '';
  return (
    `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${cores} cores ` +
    `(${cpus()[0]?.model.trim() ?? 'unknown'}), ${gigabytes} GB, ${servers.join(', ')}; load average ${load.toFixed(1)}.${busy}`
  );
}

/** Puts text in the place of the last table. */
export async function keep(text: string): Promise<void> {
  const readme = await readFile(README, 'utf8');
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${README} has no place for the table`);
  await writeFile(README, `${readme.slice(0, begin + BEGIN.length)}\n${text}\n${readme.slice(end)}`);
}
