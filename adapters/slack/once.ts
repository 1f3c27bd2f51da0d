/**
 * Requests that this process has answered a moment ago or is answering now. A repeat gets the same answer, without anything being
 * said again. What is *done* only once is the transaction's business, in which the request's key is stored; this is about words.
 */
const KEPT = 2000;
/** Slack tries an event again after a minute and after five. */
const KEPT_FOR = 10 * 60_000;

export interface Answer {
  readonly status: number;
  /** JSON, or nothing. */
  readonly body?: object;
  /** Whether a repeat is to be done anew: nothing was done, or the same key may come with other content. */
  readonly again?: boolean;
}

/** Makes a memory of answers by request key. */
export function answeredOnce(now: () => number = Date.now) {
  const known = new Map<string, { readonly at: number; readonly answer: Promise<Answer> }>();

  function forget(): void {
    for (const [key, { at }] of known) {
      if (known.size <= KEPT && now() - at < KEPT_FOR) break;
      known.delete(key);
    }
  }

  return async (key: string, make: () => Promise<Answer>): Promise<Answer> => {
    const earlier = known.get(key);
    if (earlier) return earlier.answer;
    const answer = make();
    known.set(key, { at: now(), answer });
    forget();
    try {
      const given = await answer;
      if (given.again === true) known.delete(key);
      return given;
    } catch (error) {
      known.delete(key);
      throw error;
    }
  };
}
