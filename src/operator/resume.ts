/** `resume`: shows what a held database would send, asks, and lets it speak. */
import type { Database } from '../db/database.ts';
import { resume, whyHeld } from '../db/instance.ts';
import { counted, type Desk, Mistake, timeOf, withBellman } from './desk.ts';
import { dueTimers, waitingByPlace } from './store.ts';

const MOST_SHOWN = 40;

/** The answer is the exit code: 1 also when the operator says no. */
export const resumeHeld = (desk: Desk, yes: boolean): Promise<number> =>
  withBellman(desk, async (db) => {
    const { terminal, config } = desk;
    const keepers = { db, dataDir: config.DATA_DIR, auditFile: config.auditFile };
    const why = await whyHeld(keepers);
    if (why === undefined && config.BELLMAN_HOLD)
      throw new Mistake('Bellman is held only by BELLMAN_HOLD: unset it, and start again.');
    if (why === undefined) {
      terminal.say('Bellman is not held here: there is nothing to resume.');
      return 0;
    }
    terminal.say(`Held: ${why}`);
    for (const line of await wouldGo(db)) terminal.say(line);
    if (!yes && !/^y(es)?$/iu.test((await terminal.ask('Let it speak from this machine? [y/N] ')).trim())) {
      terminal.say('Nothing was changed.');
      return 1;
    }
    await resume(keepers);
    terminal.say('It may speak. A Bellman that runs on it here goes on within seconds.');
    if (config.BELLMAN_HOLD) terminal.say('BELLMAN_HOLD is true here: unset it too.');
    return 0;
  });

/** What is waiting, by place; and which timers are due. */
async function wouldGo(db: Database): Promise<readonly string[]> {
  const places = await waitingByPlace(db);
  const timers = await dueTimers(db);
  const cut = (lines: readonly string[], what: string) =>
    lines.length > MOST_SHOWN ? [...lines.slice(0, MOST_SHOWN), `  and ${lines.length - MOST_SHOWN} more ${what}`] : lines;
  return [
    places.length === 0
      ? 'No delivery is waiting.'
      : 'These deliveries would go, where they are not found to have arrived already:',
    ...cut(
      places.map(({ place, waiting, sending, unknown, oldest }) => {
        const states = Object.entries({ waiting, sending, unknown }).filter(([, count]) => count > 0);
        return `  ${place}: ${states.map(([state, count]) => `${count} ${state}`).join(', ')}; the oldest of ${timeOf(oldest)}`;
      }),
      'places',
    ),
    timers.length === 0
      ? 'No timer is due.'
      : `${counted(timers.length, 'timer is', 'timers are')} due, and what follows from them would go:`,
    ...cut(
      timers.map(({ record, key, due }) => `  ${record} ${key}, due ${timeOf(due)}`),
      'timers',
    ),
  ];
}
