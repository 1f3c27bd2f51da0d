/** A mail server on loopback that takes, refuses, delays, dies or hangs as told. */

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  /** The envelope's sender, to whom it comes back. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

export interface MailServer {
  readonly url: string;
  readonly taken: readonly Mail[];
  /** How many connections there were. */
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
}

/** What the server says to something: an answer with this code, or undefined for yes. */
export interface Answers {
  readonly sender?: () => number | undefined;
  readonly recipient?: (address: string) => number | undefined;
  /** After the final dot. */
  readonly message?: () => number | undefined;
}

const refusal = (code: number) => Object.assign(new Error(`Answer ${code}`), { responseCode: code });
const answered = (code: number | undefined, done: (error?: Error) => void) => (code === undefined ? done() : done(refusal(code)));

export async function mailServer(answers: Answers = {}): Promise<MailServer> {
  const taken: Mail[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onMailFrom: (_address, _session, done) => answered(answers.sender?.(), done),
    onRcptTo: ({ address }, _session, done) => answered(answers.recipient?.(address), done),
    onData: (stream, { envelope }, done) => {
      let raw = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        raw += chunk;
      });
      stream.on('end', () => {
        const code = answers.message?.();
        if (code === undefined) {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          taken.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw });
        }
        answered(code, done);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    // A server that listens on TCP has an address of this shape.
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken,
    connections: () => connections,
    stop: () => new Promise((done) => server.close(done)),
  };
}

/** Where a server that plays by hand stops: before its greeting, at DATA, in the middle of the body, or after the final dot. */
export type Stop = 'greeting' | 'data' | 'body' | 'dot';

/** A server that goes on until `stop` and then hangs, or ends the connection. */
export async function brokenServer(
  stop: Stop,
  how: 'hangs' | 'dies',
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    const broken = () => {
      if (how === 'dies') socket.destroy();
    };
    if (stop === 'greeting') return broken();
    socket.write('220 here\r\n');
    let text = '';
    let inBody = false;
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (inBody) {
        if (stop === 'body' || text.includes('\r\n.\r\n')) broken();
        return;
      }
      const lines = text.split('\r\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.toUpperCase().startsWith('DATA')) socket.write('250 yes\r\n');
        else if (stop === 'data') broken();
        else {
          inBody = true;
          socket.write('354 go on\r\n');
        }
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
}

/** A server that takes this many mails on each connection and then ends it: before the next mail, or after its final dot. */
export async function tiredServer(
  mails: number,
  ends: 'between' | 'after the dot',
): Promise<{
  readonly url: string;
  readonly taken: () => number;
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
}> {
  const open = new Set<Socket>();
  let taken = 0;
  let connections = 0;
  const server: Server = createServer((socket) => {
    open.add(socket);
    connections += 1;
    socket.on('error', () => {});
    socket.write('220 here\r\n');
    let text = '';
    let inBody = false;
    let here = 0;
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      for (;;) {
        const end = inBody ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (inBody ? 5 : 2));
        if (inBody) {
          inBody = false;
          here += 1;
          taken += 1;
          if (here > mails) return void socket.destroy();
          socket.write('250 taken\r\n');
          if (here === mails && ends === 'between') return void socket.end();
        } else if (line.toUpperCase().startsWith('DATA')) {
          inBody = true;
          socket.write('354 go on\r\n');
        } else socket.write('250 yes\r\n');
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => taken,
    connections: () => connections,
    stop: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
}
