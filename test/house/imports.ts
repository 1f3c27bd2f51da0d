/** Reads who imports whom, from the sources themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** Path from the root: `src/core/ask.ts`. */
  readonly path: string;
  readonly text: string;
  /** What it imports: paths from the root for our own files, package names for others. */
  readonly imports: readonly string[];
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gu;

const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

/** All TypeScript files below a folder of the root. */
export function sourcesIn(folder: string): readonly SourceFile[] {
  const paths = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return paths.map((path) => {
    const full = join(ROOT, folder, path);
    const text = readFileSync(full, 'utf8');
    const imports = [...text.matchAll(IMPORT)].map(([, a, b, c]) => {
      const name = a ?? b ?? c ?? '';
      return name.startsWith('.') ? relative(ROOT, resolve(dirname(full), name)) : packageOf(name);
    });
    return { path: relative(ROOT, full), text, imports };
  });
}

/** `changes` of `src/changes/change.ts`; the file itself for files directly in `src`. */
export const roomOf = (path: string): string => {
  const [top, room, ...rest] = path.split('/');
  return top === 'adapters' ? `adapters/${room}` : rest.length === 0 ? path : (room ?? '');
};
