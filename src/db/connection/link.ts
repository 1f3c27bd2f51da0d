import { connect as dial, type Socket } from 'node:net';
import postgres from 'postgres';
import { connectionError, type Query, settled } from './query.ts';

/**
 * One connection. When it breaks, everything sent on it rejects, and it stays broken: nothing is ever sent again on
 * behalf of what it was doing. `destroy` breaks it at once, `end` closes it when its queries are answered.
 */
export type Link = {
  send(query: Query): void;
  isBroken(): boolean;
  destroy(reason: unknown): void;
  end(): Promise<void>;
  readonly openedAt: number;
};

type Target = { host: string[]; port: number[]; path?: string | false };

/**
 * Opens one connection by a postgres.js of its own with one place in its pool, which is thrown away with the connection.
 * A postgres.js that outlives a lost connection is not safe: queries sent to a reserved connection afterwards write to a
 * socket that is not there, which kills the process; released, such a connection poisons the pool; bytes and a timer left
 * from before the loss keep the place from ever connecting again; and queries that waited in a transaction would be run
 * on the next connection, outside of it.
 * @param base parses the options and builds queries, but is never connected itself.
 * @param limit milliseconds from now until the server must have greeted us.
 * @throws Error with the code CONNECT_TIMEOUT, the network's, or the server's refusal.
 */
export async function openLink(base: postgres.Sql, limit: number, onBroken: (link: Link) => void): Promise<Link> {
  const unanswered = new Set<Query>();
  let state: 'opening' | 'open' | 'ending' | 'broken' = 'opening';
  let socket: Socket | undefined;
  let dialled = false;
  let brokenBy: unknown;
  let giveUp: (reason: unknown) => void = () => undefined;
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  // Heard below while the connection is opened; later nobody listens.
  givenUp.catch(() => undefined);

  const destroy = (reason: unknown): void => {
    const before = state;
    if (before === 'broken') return;
    state = 'broken';
    brokenBy = reason;
    socket?.destroy();
    giveUp(reason);
    for (const query of unanswered) query.reject(reason);
    if (before === 'open') onBroken(link);
  };
  const lost = (): void => destroy(connectionError('CONNECTION_CLOSED', 'The connection to Postgres was lost'));

  const sql = postgres({
    ...base.options,
    max: 1,
    onclose: lost,
    async socket(target: Target) {
      // Asked a second time, postgres.js wants to go on after a loss.
      if (dialled) throw connectionError('CONNECTION_CLOSED', 'The connection to Postgres was lost');
      dialled = true;
      socket = joinWrites(await dialAny(target, limit));
      socket.once('close', lost);
      if (state === 'broken') socket.destroy();
      return socket;
    },
    // `base.options` is parsed already, and `socket` is not in the published type: postgres.js takes both as they are.
  } as unknown as postgres.Options<Record<string, never>>);
  // See `Query`: what is used of a query beyond its published type.
  const { handler } = sql`` as unknown as Query;

  const link: Link = {
    openedAt: performance.now(),
    isBroken: () => state === 'broken' || state === 'ending',
    destroy,
    send(query) {
      if (state === 'broken') {
        query.reject(brokenBy);
        return;
      }
      unanswered.add(query);
      settled(
        query,
        () => unanswered.delete(query),
        (error) => {
          unanswered.delete(query);
          // Not the server's word: a value that could not be made into bytes, say. postgres.js then counts one answer too
          // many and would give each query the answer of the next; and the server's transaction would go on without it.
          if (!(error instanceof postgres.PostgresError)) destroy(error);
        },
      );
      handler(query);
    },
    async end() {
      if (state === 'broken') return;
      state = 'ending';
      await sql.end({ timeout: 5 });
      destroy(connectionError('CONNECTION_ENDED', 'The connection to Postgres was closed'));
    },
  };

  const deadline = setTimeout(
    () => destroy(connectionError('CONNECT_TIMEOUT', `Postgres did not answer within ${limit} ms`)),
    limit,
  );
  try {
    await Promise.race([sql.unsafe('select 1'), givenUp]);
    state = 'open';
    return link;
  } catch (error) {
    destroy(error);
    throw error;
  } finally {
    clearTimeout(deadline);
  }
}

/** postgres.js writes a message of this length at once, in bytes, and a shorter one at the end of the event loop's turn. */
const WRITTEN_AT_ONCE = 1024;

/**
 * Lets a long message wait for the short one that is sent right behind it, so that a statement and its COMMIT are one write.
 * A write to a socket is the dearest thing that a short transaction does in this process.
 */
function joinWrites(socket: Socket): Socket {
  const write = socket.write.bind(socket) as (chunk: Uint8Array, done?: (error?: Error | null) => void) => boolean;
  let waiting = false;
  const release = (): void => {
    if (waiting) socket.uncork();
    waiting = false;
  };
  const joined: typeof write = (chunk, done) => {
    const long = chunk.length >= WRITTEN_AT_ONCE;
    if (long && !waiting) {
      waiting = true;
      socket.cork();
      // The short message comes at the end of this turn, if one does; so by the end of the next it is there.
      setImmediate(() => setImmediate(release));
    }
    const taken = write(chunk, done);
    if (!long) release();
    return taken;
  };
  return Object.assign(socket, { write: joined });
}

/** A socket to the first of the server's addresses that takes us. */
async function dialAny({ host, port, path }: Target, limit: number): Promise<Socket> {
  if (path) return dialOne({ path }, limit);
  let failure: unknown;
  for (const [index, name] of host.entries()) {
    try {
      const address = { host: name, port: port[index % port.length] ?? 5432 };
      // postgres.js reads the name from the socket, for TLS.
      return Object.assign(await dialOne(address, limit), address);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function dialOne(address: { path: string } | { host: string; port: number }, limit: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // Pipelined queries are many small writes, which Nagle's algorithm would hold back.
    const socket = dial({ ...address, noDelay: true });
    const deadline = setTimeout(() => socket.destroy(connectionError('CONNECT_TIMEOUT', 'Postgres cannot be reached')), limit);
    socket.once('error', reject);
    socket.once('connect', () => {
      clearTimeout(deadline);
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('close', () => clearTimeout(deadline));
  });
}
