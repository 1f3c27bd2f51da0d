/** What is done every so often: checkpoints of the journal, the sign of life, and forgetting what nobody needs any more. */
import { card, text } from './chat/card.ts';
import { loadOrg, tidy } from './chat/store.ts';
import { countSeen } from './comms/index.ts';
import type { Config } from './config.ts';
import { auditKey } from './core/audit-key.ts';
import { makeCheckpoint } from './core/checkpoint.ts';
import type { Transact } from './core/transact.ts';
import type { Database } from './db/database.ts';
import { type ChannelParts, openChannels } from './incidents/index.ts';
import type { Logger } from './log.ts';
import { lookAgain } from './people/index.ts';
import { foldTallies, recurrenceLook, sendReports } from './reports/index.ts';
import { circulateTimelines } from './reviews/index.ts';
import { clockRuns, type HealthParts } from './web/health.ts';

/** A checkpoint is made when one is due, which is looked at this often. */
const CHECKPOINT_LOOK_MS = 60_000;
const HEARTBEAT_MS = 60_000;
const TIDY_MS = 3_600_000;
/** What trends count is made short this often. */
const FOLD_MS = 60_000;
/** What readers pressed as seen enters the records this often: a board is not worth more edits than that. */
const SEEN_MS = 5000;
/** Whoever declares an incident major waits for its channel. */
const CHANNELS_MS = 1000;
/** Whether a report or a review's timeline is due is looked at this often. */
const REPORTS_MS = 5000;
/** Who is in the groups that lists come from is looked at once a day, and soon after a start. */
const GROUPS_MS = 24 * 3_600_000;
const FIRST_LOOK_MS = 60_000;

/** Calls the address, but only while the clock runs: a dead process, or one that lets work lie, is noticed by its silence. False: no call. */
export async function beat(url: string | undefined, health: HealthParts): Promise<boolean> {
  if (url === undefined || !(await clockRuns(health))) return false;
  await fetch(url, { signal: AbortSignal.timeout(10_000) });
  return true;
}

/** Begins, and answers with what ends it; the end makes a last checkpoint. */
export function regularly(
  config: Config,
  db: Database,
  transact: Transact,
  log: Logger,
  health: HealthParts,
  { platforms, names }: Pick<ChannelParts, 'platforms' | 'names'>,
): readonly (() => Promise<void> | void)[] {
  const lookingAgain = () => lookAgain({ db, transact, platforms, org: () => loadOrg(db) });
  const key = auditKey(config.auditKeyFile, (line) => log.info(line));
  const checkpoint = async () => {
    // A copy that is held must not fork the numbers of the installation that it was copied from.
    if (health.held() !== undefined) return;
    try {
      const { auditPlace } = await loadOrg(db);
      const announce = (text: string) => (auditPlace === undefined ? [] : [{ place: auditPlace, content: checkpointCard(text) }]);
      await makeCheckpoint({ db, key, auditFile: config.auditFile, announce });
    } catch (error) {
      log.error({ error }, 'A checkpoint could not be made');
    }
  };
  const heartbeat = () =>
    beat(config.HEARTBEAT_URL, health).catch((error) => log.warn({ error }, 'The heartbeat could not be sent'));
  const tidying = () => tidy(db).catch((error) => log.warn({ error }, 'Old requests could not be forgotten'));
  const folding = () => foldTallies(db).catch((error) => log.warn({ error }, 'What trends count could not be made shorter'));
  let counting: Promise<void> | undefined;
  const seen = () => {
    // A slow count is not joined by the next.
    if (counting || health.held() !== undefined) return;
    counting = countSeen(db, transact)
      .catch((error) => log.warn({ error }, 'What was seen could not be counted'))
      .finally(() => {
        counting = undefined;
      });
  };
  let looked: Promise<void> | undefined;
  const looking = () => {
    if (looked || health.held() !== undefined) return;
    looked = lookingAgain()
      .catch((error) => log.warn({ error }, 'Who is in the groups of lists could not be looked at again'))
      .finally(() => {
        looked = undefined;
      });
  };
  let opening: Promise<void> | undefined;
  const channels = () => {
    if (opening || health.held() !== undefined) return;
    opening = openChannels({ db, transact, platforms, names })
      .catch((error) => log.warn({ error }, 'Channels of incidents could not be made'))
      .finally(() => {
        opening = undefined;
      });
  };
  const lookForRecurrences = recurrenceLook(db, transact);
  let sending: Promise<void> | undefined;
  const reporting = () => {
    if (sending || health.held() !== undefined) return;
    sending = Promise.all([sendReports(db, transact), circulateTimelines(db, transact), lookForRecurrences()])
      .then(() => undefined)
      .catch((error) =>
        log.warn({ error }, 'Reports and timelines that are due could not be sent, or incidents that recur not be told'),
      )
      .finally(() => {
        sending = undefined;
      });
  };
  const every = [
    setInterval(reporting, REPORTS_MS),
    setInterval(channels, CHANNELS_MS),
    setInterval(checkpoint, CHECKPOINT_LOOK_MS),
    setInterval(heartbeat, HEARTBEAT_MS),
    setInterval(tidying, TIDY_MS),
    setInterval(folding, FOLD_MS),
    setInterval(seen, SEEN_MS),
    setInterval(looking, GROUPS_MS),
  ];
  const soon = setTimeout(looking, FIRST_LOOK_MS);
  void checkpoint();
  void heartbeat();
  return [
    () => every.forEach(clearInterval),
    () => clearTimeout(soon),
    () => looked,
    () => counting,
    () => sending,
    () => opening,
    async () => void (await checkpoint()),
  ];
}

const checkpointCard = (signed: string) =>
  card('Checkpoint of the journal', [
    text({ code: signed }),
    text(
      'Keep this message: ',
      { code: 'npm run bellman -- audit verify --checkpoint FILE' },
      ' checks it against the database.',
    ),
  ]);
