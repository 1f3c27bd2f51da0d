/** Bellman in processes of its own, which a test kills or stops; whatever happens, none outlives its test file. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Started, startProcess } from '../../support/process.ts';

const FIXTURE = 'test/crash/fixtures/bellman.ts';
/** Compiled modules are kept between runs: without them most of a start is compiling. */
const COMPILED = join(tmpdir(), 'bellman-test-compiled');

const started = new Set<Started>();

/** Starts one; `killAt` as the fixture reads it. */
export function startChild(environment: Readonly<Record<string, string>>, killAt?: string): Started {
  const child = startProcess(
    {
      NODE_COMPILE_CACHE: COMPILED,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
      ...environment,
      ...(killAt === undefined ? {} : { KILL_AT: killAt }),
    },
    FIXTURE,
  );
  started.add(child);
  void child.exited.then(() => started.delete(child));
  return child;
}

/** Waits for the end of one that kills itself; throws with its words when it ends otherwise. */
export async function killed({ child, exited, output }: Started): Promise<void> {
  const code = await exited;
  if (child.signalCode !== 'SIGKILL') throw new Error(`It was not killed, but ended with ${code}:\n${output()}`);
}

/** Kills one from outside. */
export async function kill({ child, exited }: Started): Promise<void> {
  child.kill('SIGKILL');
  await exited;
}

/** For `afterAll`. */
export const killAll = async (): Promise<void> => void (await Promise.all([...started].map(kill)));
