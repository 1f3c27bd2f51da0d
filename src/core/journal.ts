/**
 * The journal: what happened to records, each entry chained to the one before by SHA-256 (S5).
 * Bodies name people by id only. Free text (`words` of an event) is kept beside the chain and enters it by a salted hash,
 * so that erasing the text leaves the chain whole.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from './instant.ts';
import type { PersonId, RecordId, Typed } from './record.ts';

export interface Entry {
  readonly recordId: RecordId;
  readonly seq: number;
  readonly at: Instant;
  readonly actor: PersonId;
  readonly type: string;
  /** The exact text that enters the chain. */
  readonly body: string;
  readonly hash: string;
  readonly words?: { readonly salt: string; readonly words: object };
}

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The hash of an entry: over the hash before it, its number and its body. */
export const entryHash = (previous: string, seq: number, body: string): string => sha256(`${previous}\n${seq}\n${body}`);

/** The hash under which erasable words enter the chain. */
export const wordsHash = (salt: string, words: object): string => sha256(`${salt}\n${canonical(words)}`);

/** The SHA-256 of a value, whatever the order of its keys. */
export const contentHash = (value: unknown): string => sha256(canonical(value));

/** JSON with sorted keys: the same value always gives the same text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    fields.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** The entry that follows `head` when `event` of `part` happened. */
export function nextEntry(recordId: RecordId, head: Head, part: string, event: Typed, actor: PersonId, at: Instant): Entry {
  const { type, words, ...rest } = event as Typed & { words?: object };
  const kept = words && Object.keys(words).length > 0 ? { salt: randomBytes(16).toString('hex'), words } : undefined;
  const seq = head.seq + 1;
  const name = `${part}.${type}`;
  const body = JSON.stringify({
    at: new Date(at).toISOString(),
    by: actor,
    what: name,
    ...(Object.keys(rest).length > 0 ? { data: rest } : {}),
    ...(kept ? { words: wordsHash(kept.salt, kept.words) } : {}),
  });
  const hash = entryHash(head.hash, seq, body);
  return { recordId, seq, at, actor, type: name, body, hash, ...(kept ? { words: kept } : {}) };
}
