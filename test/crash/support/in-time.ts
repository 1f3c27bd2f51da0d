/** Whether people were answered inside Slack's three seconds, on a machine that has the time for it. */
import { availableParallelism, loadavg } from 'node:os';
import { expect } from 'vitest';

/** Slack waits so long, in milliseconds. */
const PATIENCE = 3000;
/** So many processes a core want to run, ours among them: what is late then is not late because of Bellman. */
const BUSY = 2;

/**
 * Prints how long answers took, and fails when one came too late. Only printed where it proves nothing: on a machine that is busy
 * with other things, and of processes that have just begun (`cold`).
 */
export function expectInTime(answeredAfter: readonly number[], cold = false): void {
  const times = answeredAfter.map(Math.round).sort((a, b) => a - b);
  const late = times.filter((ms) => ms > PATIENCE).length;
  const half = times[Math.floor(times.length / 2)];
  const [load = 0] = loadavg();
  console.log(`${times.length} requests: half answered after ${half} ms, all after ${times.at(-1)} ms, ${late} too late`);
  if (cold) return;
  if (load <= BUSY * availableParallelism()) expect(late).toBe(0);
  else console.log(`Lateness proves nothing here: the machine is busy with other things (load ${load.toFixed(1)})`);
}
