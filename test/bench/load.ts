/**
 * Sends requests that were made beforehand over plain sockets, from a process of its own, so that the measured process keeps its core.
 * It knows just enough of HTTP to see where an answer ends.
 */
import { connect, type Socket } from 'node:net';

/** What it is asked to do: each request once, so many at a time. */
export interface Order {
  readonly port: number;
  readonly atOnce: number;
  readonly requests: readonly Uint8Array[];
}

/** How it went. */
export interface Done {
  readonly took: number;
  readonly times: readonly number[];
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
}

const HEAD_END = '\r\n\r\n';
const ANSWER_WITHIN_MS = 20_000;

/** The length of the first answer in these bytes, or undefined while it is not whole. */
function answerLength(bytes: Buffer): number | undefined {
  const head = bytes.indexOf(HEAD_END);
  if (head < 0) return undefined;
  const headers = bytes.toString('latin1', 0, head).toLowerCase();
  const body = head + HEAD_END.length;
  if (headers.includes('transfer-encoding: chunked')) {
    const end = bytes.indexOf(`0${HEAD_END}`, body);
    return end < 0 ? undefined : end + 1 + HEAD_END.length;
  }
  const length = body + Number(/content-length: (\d+)/u.exec(headers)?.[1] ?? 0);
  return bytes.length < length ? undefined : length;
}

function exchange(socket: Socket, request: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0);
    const heard = (chunk: Buffer): void => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      if (answerLength(bytes) === undefined) return;
      socket.off('data', heard);
      resolve(bytes.toString('latin1', 9, 12));
    };
    socket.on('data', heard);
    socket.once('error', reject);
    socket.write(request, () => socket.off('error', reject));
  });
}

async function send({ port, atOnce, requests }: Order): Promise<Done> {
  const statuses: Record<string, number> = {};
  const times: number[] = [];
  let next = 0;
  const sockets = await Promise.all(
    Array.from({ length: Math.min(atOnce, requests.length) }, async () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error('No answer came')));
      return socket;
    }),
  );
  const began = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        const start = performance.now();
        const status = await exchange(socket, request);
        times.push(performance.now() - start);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    }),
  );
  const took = performance.now() - began;
  for (const socket of sockets) socket.destroy();
  return { took, times, statuses };
}

process.on('message', (order: Order) => {
  send(order).then(
    (done) => process.send?.(done),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
