/** Which incident an alert belongs to, and what the requests of a source are checked with. */
import { createHash, randomBytes } from 'node:crypto';
import { ORG, type RecordId } from '../core/record.ts';
import type { Projection } from '../core/statement.ts';
import type { Database } from '../db/database.ts';
import { type Format, sources } from './sources.ts';

export const alertRecords: Projection = {
  name: 'alert',
  key: 'id',
  columns: { id: 'text', record: 'text' },
  sql: (d) => `
    insert into bellman.alert (id, record_id) select d.id, d.record from ${d}
    on conflict (id) do update set record_id = excluded.record_id`,
};

/** The incident that an alert raised or was counted in last. */
export async function recordOf({ sql }: Pick<Database, 'sql'>, id: string): Promise<RecordId | undefined> {
  const [row] = await sql<{ record: RecordId }[]>`select record_id as record from bellman.alert where id = ${id}`;
  return row?.record;
}

/** A source as a request meets it; `hash` is SHA-256 of its secret, in hex. */
export interface KnownSource {
  readonly format: Format;
  readonly hash: string;
}

/** Undefined where there is no such source. */
export async function sourceNamed({ sql }: Pick<Database, 'sql'>, name: string): Promise<KnownSource | undefined> {
  const [row] = await sql<KnownSource[]>`
    select p.state -> ${name}::text ->> 'format' as format, k.hash from bellman.part p
    join bellman.alert_key k on k.id = p.state -> ${name}::text ->> 'key'
    where p.record_id = ${ORG} and p.name = ${sources.name}`;
  return row;
}

/** SHA-256 of a secret, in hex: what a shown secret is compared by, and the key that requests are signed with. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes a secret that nobody can guess and keeps its hash; the caller shows it once. */
export async function newKey({ sql }: Pick<Database, 'sql'>): Promise<{ readonly id: string; readonly secret: string }> {
  const [id, secret] = [randomBytes(8).toString('hex'), randomBytes(32).toString('base64url')];
  await sql`insert into bellman.alert_key (id, hash, made_at) values (${id}, ${hashOf(secret)}, bellman.now())`;
  return { id, secret };
}

/** Forgets a key; requests that are checked with it are refused from now on. */
export async function dropKey({ sql }: Pick<Database, 'sql'>, id: string): Promise<void> {
  await sql`delete from bellman.alert_key where id = ${id}`;
}

const requestKey = (signature: string): string => `alerts ${createHash('sha256').update(signature).digest('hex')}`;

/** Whether a signed request was taken before. */
export async function wasTaken({ sql }: Pick<Database, 'sql'>, signature: string): Promise<boolean> {
  const rows = await sql`select from bellman.inbound where key = ${requestKey(signature)}`;
  return rows.length > 0;
}

/** Remembers that a signed request was taken, for longer than its time stamp counts. */
export async function keepTaken({ sql }: Pick<Database, 'sql'>, signature: string): Promise<void> {
  await sql`insert into bellman.inbound (key, state, reply, received_at)
    values (${requestKey(signature)}, 'done', '{}'::jsonb, bellman.now()) on conflict (key) do nothing`;
}
