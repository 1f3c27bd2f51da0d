import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What tells a live process from a later one that got the same id: on Linux the boot and the tick at which it was
 * started, elsewhere only that it is there. `undefined`: there is no such process, or only its zombie.
 */
export function bornAt(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  if (process.platform !== 'linux') return 'alive';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, which may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch (error) {
    const gone = (error as NodeJS.ErrnoException).code;
    return gone === 'ENOENT' || gone === 'ESRCH' ? undefined : 'alive';
  }
}

/**
 * Asks `check` every 15 ms until it answers something other than `undefined`, and returns that; returns `undefined`
 * when `limit` milliseconds have passed.
 */
export async function until<T>(check: () => T | undefined | Promise<T | undefined>, limit: number): Promise<T | undefined> {
  const end = performance.now() + limit;
  for (;;) {
    const answer = await check();
    if (answer !== undefined) return answer;
    if (performance.now() > end) return undefined;
    await pause(15);
  }
}
