/**
 * The backup's own format: one gzip stream of frames. A frame is a line `<kind> <bytes>` and so many bytes. Kinds: `head` (JSON, once),
 * `data` (a piece of a table as COPY gives it), `table` (JSON that ends a table: its name, rows and SHA-256), `end` (JSON, once: how
 * many tables). So a file that was cut or changed is noticed, and nothing is ever held in memory as a whole.
 */
export type FrameKind = 'head' | 'data' | 'table' | 'end';

export interface Frame {
  readonly kind: FrameKind;
  readonly bytes: Buffer;
}

export interface Head {
  readonly format: 'bellman backup 1';
  readonly at: string;
  readonly migrations: readonly { readonly name: string; readonly hash: string }[];
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[];
  readonly sequences: Readonly<Record<string, string>>;
}

export interface TableEnd {
  readonly table: string;
  readonly rows: number;
  readonly sha256: string;
}

/** What a backup holds. */
export interface Contents {
  readonly at: string;
  readonly tables: number;
  readonly rows: number;
}

/** The file cannot be taken; its message is one sentence. */
export class BadBackup extends Error {
  override readonly name = 'BadBackup';
}

const LARGEST_FRAME = 64 * 1024 * 1024;
const LONGEST_LINE = 32;

/** One frame; an object goes in as JSON. */
export const frame = (kind: FrameKind, content: Buffer | object): Buffer => {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  return Buffer.concat([Buffer.from(`${kind} ${bytes.length}\n`), bytes]);
};

/** The frames of a stream. Throws `BadBackup` at the first thing that is none. */
export async function* framesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      const line = held.indexOf('\n');
      if (line < 0 && held.length > LONGEST_LINE) throw new BadBackup('It is not a backup of Bellman.');
      if (line < 0) break;
      const [, kind, length] = /^(head|data|table|end) (\d{1,9})$/u.exec(held.subarray(0, line).toString('latin1')) ?? [];
      if (kind === undefined || Number(length) > LARGEST_FRAME) throw new BadBackup('It is not a backup of Bellman.');
      const end = line + 1 + Number(length);
      if (held.length < end) break;
      yield { kind: kind as FrameKind, bytes: held.subarray(line + 1, end) };
      held = held.subarray(end);
    }
  }
  if (held.length > 0) throw new BadBackup('It was cut short.');
}

/** The JSON of a frame, which was written by `frame`; `BadBackup` when it cannot be read. */
export function jsonOf<T>({ bytes }: Frame): T {
  try {
    return JSON.parse(bytes.toString('utf8')) as T;
  } catch {
    throw new BadBackup('It was changed.');
  }
}
