/** Answers inside the three seconds that platforms wait: what takes longer is stored, acknowledged, and answered later (design section 3). */
import type { Span } from '../core/instant.ts';
import { card, text } from './card.ts';
import type { Dispatch, Intent, Reply } from './port.ts';

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

/** Makes a dispatch that answers in time. It takes longer only when not even storing the request works in time. */
export function inTime({ dispatch, keep, answered, tell, onTrouble }: InTimeParts): Dispatch {
  async function follow(intent: Intent, answering: Promise<Reply>): Promise<void> {
    const reply = await answering;
    // Its record is busy, or Postgres away: a worker may try it again from now on.
    if (reply.kind === 'card' && (reply.later || reply.away)) return keep(intent, 0);
    await answered(intent);
    await tell(intent, reply);
  }

  /** It was answered after all before it was known to be kept: nobody does it again. */
  async function forget(intent: Intent, answering: Promise<Reply>, keeping: Promise<boolean>): Promise<void> {
    const [reply, kept] = await Promise.all([answering, keeping]);
    const waits = reply.kind === 'card' && reply.later === true;
    if (kept && !waits) await answered(intent);
  }

  return async (intent, since = Date.now()) => {
    const answering = dispatch(intent, since);
    const first = await within(answering, since + ANSWER_WITHIN - Date.now());
    if (first !== undefined) return first;
    const keeping = keep(intent, OWN_TIME).then(
      () => true,
      () => false,
    );
    const kept = await within(Promise.race([keeping, answering.then(() => false)]), STORE_WITHIN);
    const going = kept === true ? follow(intent, answering) : forget(intent, answering, keeping);
    going.catch((error) => onTrouble('What was kept of a late request could not be seen to', error));
    return kept === true ? received : answering;
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
