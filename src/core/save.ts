/** Writing what was decided: one statement for everything that one transaction changes. */
import { randomBytes } from 'node:crypto';
import type { Loaded } from './apply.ts';
import type { Bell } from './doorbell.ts';
import type { Instant } from './instant.ts';
import { contentHash } from './journal.ts';
import type { PersonId, RecordId } from './record.ts';

/** The answer of an inbound request, stored under its key. */
export interface Answered {
  readonly key: string;
  readonly reply: object;
  /** Whether the request waits in the table already, because it could not be answered in time. */
  readonly pending: boolean;
}

export interface Statement {
  readonly text: string;
  readonly values: readonly string[];
  readonly rings: readonly { readonly bell: Bell; readonly at: Instant }[];
}

const DELIVERY_ID_LENGTH = 25;

/** A new delivery id: 25 characters of 0-9a-z, so that it fits Discord's nonce. */
export function deliveryId(): string {
  const big = BigInt(`0x${randomBytes(17).toString('hex')}`);
  return big.toString(36).padStart(DELIVERY_ID_LENGTH, '0').slice(-DELIVERY_ID_LENGTH);
}

const platformOf = (place: string): string => place.slice(0, place.indexOf('/'));

/**
 * The one statement that saves these records, their journal entries and what their reactions asked for.
 * `placeOf` says where a person listens; `unused` numbers are given back. Undefined when there is nothing to write.
 */
export function saving(
  records: readonly Loaded[],
  now: Instant,
  placeOf: (person: PersonId) => string,
  answered: readonly Answered[],
  fired: readonly { readonly record: RecordId; readonly key: string }[],
  unused: readonly { readonly kind: string }[] = [],
): Statement | undefined {
  const at = new Date(now).toISOString();
  const pieces: { readonly sql: (parameter: string) => string; readonly rows: readonly object[] }[] = [];
  const rings = new Map<string, { bell: Bell; at: Instant }>();
  const ring = (bell: Bell, when: Instant) => rings.set(`${bell}${Math.floor(when / 1000)}`, { bell, at: when });
  const put = (rows: readonly object[], sql: (parameter: string) => string) => {
    if (rows.length > 0) pieces.push({ sql, rows });
  };

  const changed = records.filter((record) => record.entries.length > 0);
  put(
    changed.map(({ id, head, heading }) => {
      const [kind, number] = id.split('-');
      return { id, kind, number: Number(number), seq: head.seq, hash: head.hash, ...heading, at };
    }),
    (p) => `insert into bellman.record as r (id, kind, number, seq, hash, title, status, owner, created_at, updated_at)
      select id, kind, number, seq, hash, coalesce(title, ''), coalesce(status, ''), owner, at, at
      from jsonb_to_recordset(${p}) d(id text, kind text, number int, seq int, hash text, title text, status text, owner text, at timestamptz)
      on conflict (id) do update set seq = excluded.seq, hash = excluded.hash, updated_at = excluded.updated_at,
        title = coalesce(nullif(excluded.title, ''), r.title), status = coalesce(nullif(excluded.status, ''), r.status),
        owner = coalesce(excluded.owner, r.owner)`,
  );
  put(
    changed.flatMap(({ id, states, changed: names }) => [...names].map((name) => ({ id, name, state: states[name] }))),
    (p) => `insert into bellman.part (record_id, name, state)
      select id, name, state from jsonb_to_recordset(${p}) d(id text, name text, state jsonb)
      on conflict (record_id, name) do update set state = excluded.state`,
  );
  const entries = changed.flatMap((record) => record.entries);
  put(
    entries.map(({ recordId, seq, actor, type, body, hash }) => ({ recordId, seq, actor, type, body, hash, at })),
    (p) => `insert into bellman.journal (record_id, seq, at, actor, type, body, hash)
      select "recordId", seq, at, actor, type, body, hash
      from jsonb_to_recordset(${p}) d("recordId" text, seq int, at timestamptz, actor text, type text, body text, hash text)`,
  );
  put(
    entries.flatMap(({ recordId, seq, words }) => (words ? [{ recordId, seq, ...words }] : [])),
    (p) => `insert into bellman.journal_words (record_id, seq, salt, words)
      select "recordId", seq, salt, words from jsonb_to_recordset(${p}) d("recordId" text, seq int, salt text, words jsonb)`,
  );

  const timers = new Map<string, object>();
  const gone = new Map<string, object>();
  for (const { record, key } of fired) gone.set(`${record} ${key}`, { record, key });
  const says: object[] = [];
  const refreshed = new Map<string, object>();
  const unsaid: object[] = [];
  const joined: object[] = [];
  const linked: object[] = [];
  const unlinked: object[] = [];
  for (const record of changed) {
    for (const ask of record.asks) {
      switch (ask.ask) {
        case 'timer':
          gone.delete(`${record.id} ${ask.key}`);
          timers.set(`${record.id} ${ask.key}`, {
            record: record.id,
            key: ask.key,
            at: new Date(ask.at).toISOString(),
            part: ask.part,
            command: ask.command,
          });
          ring('timers', ask.at);
          break;
        case 'elsewhere': {
          const key = `from ${record.id} ${record.head.seq} ${timers.size}`;
          timers.set(`${ask.record} ${key}`, { record: ask.record, key, at, part: ask.part, command: ask.command });
          ring('timers', now);
          break;
        }
        case 'no-timer':
          timers.delete(`${record.id} ${ask.key}`);
          gone.set(`${record.id} ${ask.key}`, { record: record.id, key: ask.key });
          break;
        case 'say': {
          const place = 'place' in ask.to ? ask.to.place : placeOf(ask.to.person);
          says.push({
            id: deliveryId(),
            record: record.id,
            place,
            platform: platformOf(place),
            urgency: ask.urgency ?? 5,
            content: ask.content,
            hash: contentHash(ask.content),
            live: ask.live,
            update: ask.update,
            at,
          });
          ring('deliveries', now);
          break;
        }
        case 'refresh':
          refreshed.set(`${record.id} ${ask.live ?? ''}`, { record: record.id, live: ask.live ?? null });
          ring('deliveries', now);
          break;
        case 'unsay':
          unsaid.push({ update: ask.update });
          break;
        case 'join':
          joined.push({ platform: ask.platform, user: ask.user, person: ask.person });
          break;
        case 'link':
        case 'unlink': {
          const pairs = [
            { from: record.id, to: ask.to, at },
            { from: ask.to, to: record.id, at },
          ];
          (ask.ask === 'link' ? linked : unlinked).push(...pairs);
          break;
        }
        default:
          ask satisfies never;
      }
    }
  }
  put(
    [...gone.values()],
    (p) => `delete from bellman.timer t using jsonb_to_recordset(${p}) d(record text, key text)
      where t.record_id = d.record and t.key = d.key`,
  );
  put(
    [...timers.values()],
    (p) => `insert into bellman.timer (record_id, key, due_at, part, command)
      select record, key, at, part, command from jsonb_to_recordset(${p}) d(record text, key text, at timestamptz, part text, command jsonb)
      on conflict (record_id, key) do update set due_at = excluded.due_at, part = excluded.part, command = excluded.command,
        lease_holder = null, lease_until = null, failures = 0, parked_at = null`,
  );
  put(
    says,
    (
      p,
    ) => `insert into bellman.delivery (id, record_id, place, platform, urgency, content, content_hash, live, update_id, not_before, created_at)
      select id, record, place, platform, urgency, content, hash, live, update, at, at from jsonb_to_recordset(${p})
      d(id text, record text, place text, platform text, urgency int, content jsonb, hash text, live text, update text, at timestamptz)`,
  );
  put(
    [...refreshed.values()],
    (p) => `update bellman.delivery v set dirty = true from jsonb_to_recordset(${p}) d(record text, live text)
      where v.record_id = d.record and v.live is not null and (d.live is null or v.live = d.live) and not v.dirty`,
  );
  put(
    unsaid,
    (p) => `update bellman.delivery v set state = 'cancelled' from jsonb_to_recordset(${p}) d(update text)
      where v.update_id = d.update and v.state = 'waiting'`,
  );
  put(
    joined,
    (
      p,
    ) => `update bellman.identity i set person_id = d.person from jsonb_to_recordset(${p}) d(platform text, "user" text, person text)
      where i.platform = d.platform and i.user_id = d."user"`,
  );
  put(
    linked,
    (p) => `insert into bellman.record_link (from_id, to_id, at)
      select "from", "to", at from jsonb_to_recordset(${p}) d("from" text, "to" text, at timestamptz) on conflict do nothing`,
  );
  put(
    unlinked,
    (p) => `delete from bellman.record_link l using jsonb_to_recordset(${p}) d("from" text, "to" text)
      where l.from_id = d."from" and l.to_id = d."to"`,
  );
  put(
    unused.map(({ kind }) => ({ kind })),
    (p) => `update bellman.record_number n set last = n.last - d.count
      from (select kind, count(*)::int as count from jsonb_to_recordset(${p}) x(kind text) group by kind) d where n.kind = d.kind`,
  );
  const answer = (pending: boolean) =>
    answered.filter((one) => one.pending === pending).map(({ key, reply }) => ({ key, reply, at }));
  // A key that was answered meanwhile breaks the insert, and with it the whole transaction: nothing is done twice.
  put(
    answer(false),
    (p) => `insert into bellman.inbound (key, state, reply, received_at)
      select key, 'done', reply, at from jsonb_to_recordset(${p}) d(key text, reply jsonb, at timestamptz)`,
  );
  put(
    answer(true),
    (p) => `update bellman.inbound i set state = 'done', reply = d.reply, intent = null
      from jsonb_to_recordset(${p}) d(key text, reply jsonb) where i.key = d.key`,
  );
  if (pieces.length === 0) return undefined;
  const text = `with ${pieces.map(({ sql }, at) => `w${at} as (${sql(`$${at + 1}::text::jsonb`)})`).join(',\n')} select 1`;
  return { text, values: pieces.map(({ rows }) => JSON.stringify(rows)), rings: [...rings.values()] };
}
