/**
 * Exported files. They lie in `<dataDir>/exports`, for their owner only. Where an address is known a file can also be fetched by a link
 * with a token of 256 bits, which works for an hour; the folder holds only the token's hash, so that reading it gives no links.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import Papa from 'papaparse';
import { HOUR, type Span } from '../core/instant.ts';

export interface Exported {
  readonly path: string;
  /** Undefined when no address is known. */
  readonly link?: string;
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ExportsAt {
  readonly dataDir: string;
  /** The address for links; asked when it is needed, because the port may be known late. */
  readonly url?: () => string | undefined;
}

export const LINK_WORKS: Span = HOUR;
/** Older files are removed when the next one is made: what lies about is soon read by somebody. */
const FILE_STAYS: Span = 24 * HOUR;

/** What an exported file is, as browsers and tools are told. */
const TYPES = {
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const;
const KINDS = ['jsonl', 'csv', 'md', 'html'] as const satisfies readonly (keyof typeof TYPES)[];

const folderOf = (dataDir: string): string => resolve(dataDir, 'exports');
const keyOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 32);

/** Writes a JSON Lines file, one object a line, in constant memory. It appears under its name when it is whole. */
export const exportLines = (at: ExportsAt, name: string, lines: AsyncIterable<object>): Promise<Exported> =>
  exported(at, name, 'jsonl', lines, (line) => `${JSON.stringify(line)}\n`);

/** Writes a CSV file (RFC 4180, UTF-8) whose first line names the columns; `lines` counts those after it. */
export async function exportTable<Column extends string>(
  at: ExportsAt,
  name: string,
  columns: readonly Column[],
  rows: Iterable<Readonly<Record<Column, string | number>>>,
): Promise<Exported> {
  // A cell that a spreadsheet would calculate is written as the text that it is.
  const line = (cells: readonly (string | number)[]) => `${Papa.unparse([[...cells]], { escapeFormulae: true })}\r\n`;
  async function* lines() {
    yield columns;
    for (const row of rows) yield columns.map((column) => row[column]);
  }
  const whole = await exported(at, name, 'csv', lines(), line);
  return { ...whole, lines: whole.lines - 1 };
}

/** Writes a document, at first in Markdown (UTF-8). */
export function exportDocument(at: ExportsAt, name: string, document: string, kind: 'md' | 'html' = 'md'): Promise<Exported> {
  async function* whole() {
    yield document;
  }
  return exported(at, name, kind, whole(), (text) => text);
}

async function exported<Line>(
  { dataDir, url }: ExportsAt,
  name: string,
  kind: keyof typeof TYPES,
  lines: AsyncIterable<Line>,
  written: (line: Line) => string,
): Promise<Exported> {
  const folder = folderOf(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeOld(folder);
  const token = randomBytes(32).toString('base64url');
  const path = join(folder, `${name}-${keyOf(token)}.${kind}`);
  const hash = createHash('sha256');
  let bytes = 0;
  let count = 0;
  const file = await open(`${path}.part`, 'wx', 0o600);
  try {
    for await (const line of lines) {
      const text = Buffer.from(written(line));
      hash.update(text);
      bytes += text.length;
      count += 1;
      await file.write(text);
    }
    await file.sync();
    await rename(`${path}.part`, path);
  } finally {
    await file.close();
    await rm(`${path}.part`, { force: true });
  }
  const base = url?.();
  return {
    path,
    lines: count,
    bytes,
    sha256: hash.digest('hex'),
    ...(base === undefined ? {} : { link: `${base}/exports/${token}` }),
  };
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > FILE_STAYS) await rm(path, { force: true });
  }
}

/** Answers a request for `/exports/<token>`: the file, or 404 when there is none, or its hour is over. */
export async function serveExport(dataDir: string, token: string): Promise<Response> {
  const missing = new Response('There is no such export, or its link is older than an hour.\n', { status: 404 });
  if (!/^[\w-]{43}$/u.test(token)) return missing;
  const folder = folderOf(dataDir);
  const names = await readdir(folder).catch(() => []);
  const key = keyOf(token);
  const kind = KINDS.find((one) => names.some((file) => file.endsWith(`-${key}.${one}`)));
  const name = names.find((one) => one.endsWith(`-${key}.${kind}`));
  const found = name === undefined ? undefined : await stat(join(folder, name)).catch(() => undefined);
  if (name === undefined || kind === undefined || !found || Date.now() - found.mtimeMs > LINK_WORKS) return missing;
  const body = Readable.toWeb(createReadStream(join(folder, name))) as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: {
      'content-type': TYPES[kind],
      'content-length': String(found.size),
      'content-disposition': `attachment; filename="${name.replace(/-[0-9a-f]{32}(?=\.[a-z]+$)/u, '')}"`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      // A document is read, and does nothing.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
}
