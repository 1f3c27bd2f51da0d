/**
 * What people ask for while other changes are under way joins one transaction: one set of round trips, one commit, for all of it.
 * Under load this is where the time goes; with nothing under way a change starts at once and alone.
 */
import { isAway, OutcomeUnknown } from '../db/database.ts';
import type { Change, Outcome } from './change.ts';
import { ORG } from './record.ts';

/** Transactions under way at the same time; what comes in meanwhile waits for the first that ends. */
const LANES = 4;
/** So many join at most: they wait for each other's locks. */
const MOST = 32;
/** In milliseconds: how long joined changes wait for a lock before each goes on alone, with the usual patience. */
const JOINED_PATIENCE = 600;
/** In milliseconds: nobody waits longer than this for those before them, who may be waiting for a Postgres that does not answer. */
const LONGEST_WAIT = 400;

interface Waiting {
  readonly change: Change;
  /** The request that it answers. */
  readonly key: string;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Decides changes in one transaction; the second argument: how long it waits for a lock, in milliseconds, if not as usual. */
type Decide = (changes: readonly Change[], patience?: number) => Promise<readonly Outcome[]>;

/**
 * Makes single changes of records that answer a request join. Each gets its own outcome, as if it had been alone: they are decided
 * one after the other, each on what the one before it left. When a joined transaction fails, each is tried alone, so that none
 * fails for another's sake; except where it may have been stored, or Postgres is away. Everything else stays by itself: several
 * changes given together, those of ORG-1, new records, and what Bellman does of its own accord.
 */
export function joining(decide: Decide): (changes: readonly Change[]) => Promise<readonly Outcome[]> {
  const waiting: Waiting[] = [];
  let underWay = 0;
  let late: NodeJS.Timeout | undefined;

  async function drain(): Promise<void> {
    underWay += 1;
    while (waiting.length > 0) await together(takeFrom(waiting));
    underWay -= 1;
  }

  /** Whoever waits still goes on beside those under way. */
  function beside(): void {
    late = undefined;
    while (waiting.length > 0) void drain();
  }

  async function together(batch: readonly Waiting[]): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only) return alone(only);
    try {
      const outcomes = await decide(
        batch.map(({ change }) => change),
        JOINED_PATIENCE,
      );
      for (const [at, outcome] of outcomes.entries()) batch[at]?.resolve(outcome);
    } catch (error) {
      if (error instanceof OutcomeUnknown || isAway(error)) for (const { reject } of batch) reject(error);
      else await Promise.all(batch.map(alone));
    }
  }

  async function alone({ change, resolve, reject }: Waiting): Promise<void> {
    try {
      for (const outcome of await decide([change])) resolve(outcome);
    } catch (error) {
      reject(error);
    }
  }

  return (changes) => {
    const [change] = changes;
    const key = change?.inbound?.key;
    if (!change || changes.length > 1 || key === undefined || typeof change.record !== 'string' || change.record === ORG)
      return decide(changes);
    return new Promise<readonly Outcome[]>((resolve, reject) => {
      waiting.push({ change, key, resolve: (outcome) => resolve([outcome]), reject });
      if (underWay < LANES) void drain();
      else if (late === undefined) late = setTimeout(beside, LONGEST_WAIT);
    });
  };
}

/** The next that go together: never two that answer the same request, of which only one may be stored. */
function takeFrom(waiting: Waiting[]): readonly Waiting[] {
  const keys = new Set<string>();
  const end = waiting.findIndex(({ key }) => keys.size === MOST || keys.size === keys.add(key).size);
  return waiting.splice(0, end < 0 ? waiting.length : end);
}
