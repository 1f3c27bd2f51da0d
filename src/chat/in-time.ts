/** Answers inside the three seconds that platforms wait: what takes longer is stored, acknowledged, and answered later (design section 3). */
import type { Span } from '../core/instant.ts';
import { refuse } from '../core/refusal.ts';
import { card, text } from './card.ts';
import type { Dispatch, Intent, Reply } from './port.ts';
import { refusalCard } from './refusals/index.ts';

/** After so long a request is stored; the rest of the three seconds is for storing it and for the way back. */
const ANSWER_WITHIN: Span = 1800;
const STORE_WITHIN: Span = 600;
/** So long the process that has a request is left alone with it; then a worker finishes it. */
const OWN_TIME: Span = 15_000;

export interface InTimeParts {
  readonly dispatch: Dispatch;
  /** Keeps a request, so that a worker finishes it after `lease` milliseconds if it is not answered until then. */
  readonly keep: (intent: Intent, lease: Span) => Promise<void>;
  /** Notes that a request that was kept has its answer. */
  readonly answered: (intent: Intent) => Promise<void>;
  /** Gives an answer that comes late. */
  readonly tell: (intent: Intent, reply: Reply) => Promise<void>;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** "Received, the answer follows": only for what is stored. */
export const received: Reply = {
  kind: 'card',
  card: card('Received', [text('Received, the answer follows.')]),
  to: 'private',
  later: true,
};

/** Neither answered nor stored in time. `away`: a dialog stays open, and what comes again is answered then. */
const unsure = (): Reply => ({ kind: 'card', card: refusalCard(refuse('no-answer-yet')), to: 'private', away: true });

/** Makes a dispatch that answers in time, whatever keeps it: with the answer, with its receipt, or that there is none yet. */
export function inTime({ dispatch, keep, answered, tell, onTrouble }: InTimeParts): Dispatch {
  /** What was received gets its answer; what its record or Postgres kept from being done is left to a worker. */
  async function follow(intent: Intent, answering: Promise<Reply>): Promise<void> {
    const reply = await answering;
    if (reply.kind === 'card' && (reply.later || reply.away)) return keep(intent, 0);
    await answered(intent);
    await tell(intent, reply);
  }

  /** Whoever was told that there is no answer yet gets it when there is one. */
  async function tellAfterAll(intent: Intent, answering: Promise<Reply>, keeping: Promise<boolean>): Promise<void> {
    const reply = await answering;
    await tell(intent, reply);
    await forget(intent, reply, keeping);
  }

  /** What has its answer is not done again, also where it was kept after that. */
  async function forget(intent: Intent, reply: Reply, keeping: Promise<boolean>): Promise<void> {
    const waits = reply.kind === 'card' && reply.later === true;
    if ((await keeping) && !waits) await answered(intent);
  }

  const seeTo = (work: Promise<void>): void => {
    work.catch((error) => onTrouble('What became of a late request could not be told or noted', error));
  };

  return async (intent, since = Date.now()) => {
    const answering = dispatch(intent, since);
    const first = await within(answering, since + ANSWER_WITHIN - Date.now());
    if (first !== undefined) return first;
    const keeping = keep(intent, OWN_TIME).then(
      () => true,
      () => false,
    );
    const kept = await within(Promise.race([keeping, answering.then(() => false)]), STORE_WITHIN);
    if (kept === true) {
      seeTo(follow(intent, answering));
      return received;
    }
    const last = await within(answering, since + ANSWER_WITHIN + STORE_WITHIN - Date.now());
    seeTo(last === undefined ? tellAfterAll(intent, answering, keeping) : forget(intent, last, keeping));
    return last ?? unsure();
  };
}

/** What a promise comes to within so many milliseconds; undefined when that takes longer. */
async function within<T>(promise: Promise<T>, limit: Span): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, limit));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
