import type { IncomingMessage } from 'node:http';
import type { Upload } from '../world/messages.ts';
import { refuse } from './errors.ts';

/** A request's body, read. */
export interface Body {
  readonly json: unknown;
  readonly uploads: readonly Upload[];
}

/** Reads a whole body, as JSON or as a form with `payload_json` and files. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (raw.length === 0) return { json: undefined, uploads: [] };
  if (!type.startsWith('multipart/form-data')) return { json: parse(raw.toString('utf8')), uploads: [] };
  const form = await new Response(raw, { headers: { 'content-type': type } }).formData();
  const uploads: Upload[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') continue;
    const bytes = Buffer.from(await value.arrayBuffer());
    uploads.push({ field, filename: value.name, contentType: value.type || 'application/octet-stream', bytes });
  }
  const payload = form.get('payload_json');
  return { json: typeof payload === 'string' ? parse(payload) : {}, uploads };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse.badJson();
  }
}
