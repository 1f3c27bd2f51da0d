/** Bellman as a process of its own, as an operator starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface Started {
  readonly child: ChildProcess;
  /** Everything that it wrote so far, both streams. */
  readonly output: () => string;
  /** Resolves with its address when it says that it is ready; rejects when it ends first. */
  readonly ready: () => Promise<string>;
  /** Resolves with its exit code. */
  readonly exited: Promise<number | null>;
}

const READY_MS = 30_000;

/** Starts `src/main.ts` (or another file) with only this environment, besides what finds programs. */
export function startProcess(
  environment: Readonly<Record<string, string>>,
  file = 'src/main.ts',
  args: readonly string[] = [],
): Started {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [join(ROOT, file), ...args], {
    cwd: ROOT,
    env: { ...(PATH ? { PATH } : {}), ...(HOME ? { HOME } : {}), ...(TMPDIR ? { TMPDIR } : {}), PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      written += text;
      for (const watch of watchers) watch();
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const ready = () =>
    new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Not ready after ${READY_MS} ms:\n${written}`)), READY_MS);
      const look = () => {
        const [, url] = /Bellman is ready on (\S+),/u.exec(written) ?? [];
        if (url === undefined) return;
        clearTimeout(timer);
        watchers.delete(look);
        resolve(url);
      };
      watchers.add(look);
      look();
      void exited.then((code) => {
        clearTimeout(timer);
        reject(new Error(`It ended with ${code}:\n${written}`));
      });
    });
  return { child, output: () => written, ready, exited };
}
