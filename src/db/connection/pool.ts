import type { Link } from './link.ts';
import { connectionError } from './query.ts';

/** Connections for one user at a time each. Whoever takes one gives it back, whatever became of it. */
export type Pool = { take(): Promise<Link>; give(link: Link): void; close(): Promise<void> };

type Waiting = { resolve(link: Link): void; reject(error: unknown): void };

// Connections are renewed now and then, because the server keeps every statement that one ever prepared.
const LIFETIME = 1_800_000;

/**
 * A pool of at most `max` connections made by `open`. A taker waits while all are in use; it is refused only when a new
 * connection is, at once and with the reason, so that the pool works again with the first taker after the server is back.
 */
export function createPool(max: number, open: (onBroken: (link: Link) => void) => Promise<Link>): Pool {
  const all = new Set<Link>();
  const idle: Link[] = [];
  const waiting: Waiting[] = [];
  let opening = 0;
  let closed: Promise<void> | undefined;
  let drained: () => void = () => undefined;

  const forget = (link: Link): void => {
    all.delete(link);
    const place = idle.indexOf(link);
    if (place >= 0) idle.splice(place, 1);
    serve();
  };

  const isSpent = (link: Link): boolean => link.isBroken() || performance.now() - link.openedAt > LIFETIME;

  /** Gives each waiting taker a connection, as far as there are some or may be more. */
  function serve(): void {
    while (waiting.length > 0) {
      const link = idle.pop();
      if (link !== undefined) waiting.shift()?.resolve(link);
      else if (all.size + opening < max) openFor(waiting.shift());
      else return;
    }
    if (closed !== undefined && all.size + opening === 0) drained();
  }

  function openFor(taker: Waiting | undefined): void {
    opening += 1;
    open(forget).then(
      (link) => {
        opening -= 1;
        all.add(link);
        taker?.resolve(link);
      },
      (error) => {
        opening -= 1;
        taker?.reject(error);
        serve();
      },
    );
  }

  const retire = (link: Link): void => {
    void link.end().finally(() => forget(link));
  };

  return {
    take() {
      if (closed !== undefined) return Promise.reject(connectionError('CONNECTION_ENDED', 'The database was closed'));
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        serve();
      });
    },
    give(link) {
      if (isSpent(link) || (closed !== undefined && waiting.length === 0)) {
        retire(link);
        return;
      }
      idle.push(link);
      serve();
    },
    close() {
      closed ??= new Promise((resolve) => {
        drained = resolve;
      });
      for (const link of idle.splice(0)) retire(link);
      serve();
      return closed;
    },
  };
}
