/** The processes that are measured or that measure: the bundle, the bare Bolt, and the one that sends requests. All end with us. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Done, Order } from './load.ts';

const here = (file: string): string => join(import.meta.dirname, file);
export const ROOT = join(import.meta.dirname, '../..');
const READY_WITHIN_MS = 60_000;

export interface Running {
  readonly url: string;
  readonly port: number;
  /** From the start of the process until `/readyz` answered 200, in milliseconds. */
  readonly readyAfter: number;
  /** Resident memory in megabytes. */
  readonly memory: () => number;
  readonly stop: () => Promise<void>;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** What of the environment a measured process may see: nothing that would configure it by accident. */
const plain = (): Record<string, string> => ({ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' });

/** Starts the bundle and waits until it is ready to take work. Throws with its own words when it ends before. */
export async function startBundle(environment: Readonly<Record<string, string>>): Promise<Running> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'dist/main.js')], {
    env: { ...plain(), LOG_LEVEL: 'warn', PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: ROOT,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said = `${said}${part}`.slice(-2000)));
  const url = `http://127.0.0.1:${port}`;
  const limit = began + READY_WITHIN_MS;
  for (;;) {
    if (child.exitCode !== null || performance.now() > limit) {
      await ended(child, 'SIGKILL');
      throw new Error(`The bundle did not become ready:\n${said}`);
    }
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    url,
    port,
    readyAfter: performance.now() - began,
    memory: () => Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    stop: () => ended(child, 'SIGTERM'),
  };
}

/** Starts the bare Bolt. */
export async function startBolt(
  environment: Readonly<Record<string, string>>,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const port = await freePort();
  const child = fork(here('bolt.ts'), { env: { ...plain(), BENCH_PORT: String(port), ...environment } });
  await once(child, 'message');
  return { port, stop: () => ended(child, 'SIGTERM') };
}

export interface Sender {
  readonly send: (order: Order) => Promise<Done>;
  readonly stop: () => Promise<void>;
}

/** Starts the process that sends requests. */
export function startSender(): Sender {
  const child = fork(here('load.ts'), { serialization: 'advanced', env: plain() });
  return {
    async send(order) {
      child.send(order);
      const [done] = (await once(child, 'message')) as [Done | { failed: string }];
      if ('failed' in done) throw new Error(`The requests could not be sent: ${done.failed}`);
      return done;
    },
    stop: () => ended(child, 'SIGTERM'),
  };
}
