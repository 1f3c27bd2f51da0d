/** Writing what was decided: one statement for everything that one transaction changes. */
import { randomBytes } from 'node:crypto';
import type { Loaded } from './apply.ts';
import type { Bell } from './doorbell.ts';
import type { Instant } from './instant.ts';
import { contentHash } from './journal.ts';
import { heardOnce } from './once.ts';
import type { DataClass, PersonId, RecordId } from './record.ts';
import { type Projected, type Projection, type Statement, writing } from './statement.ts';

/** The answer of an inbound request, stored under its key. */
export interface Answered {
  readonly key: string;
  readonly reply: object;
  /** Whether the request waits in the table already, because it could not be answered in time. */
  readonly pending: boolean;
}

export interface Saving extends Statement {
  readonly rings: readonly { readonly bell: Bell; readonly at: Instant }[];
}

/** What saving has to be told of the world. */
interface Known {
  /** Where a person listens; nowhere, where what is said is guarded more than that place. */
  readonly placeOf: (person: PersonId, of?: DataClass) => string;
  readonly projection: (name: string) => Projection;
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
 * `unused` numbers are given back. Undefined when there is nothing to write.
 */
export function saving(
  records: readonly Loaded[],
  now: Instant,
  known: Known,
  answered: readonly Answered[],
  fired: readonly { readonly record: RecordId; readonly key: string }[],
  unused: readonly { readonly kind: string }[] = [],
): Saving | undefined {
  const at = new Date(now).toISOString();
  const changed = records.filter((record) => record.entries.length > 0);
  const asked = asksOf(changed, now, at, known, fired);
  const entries = changed.flatMap((record) => record.entries);
  const answer = (pending: boolean) =>
    answered.filter((one) => one.pending === pending).map(({ key, reply }) => ({ key, reply, at }));
  const rows = {
    raised: changed.filter(isNew).map(({ id, head, heading, people }) => {
      const [kind, number] = id.split('-');
      return { id, kind, number: Number(number), ...head, ...heading, people, at };
    }),
    moved: changed
      .filter((record) => !isNew(record))
      .map(({ id, head, heading, people }) => ({ id, ...head, ...heading, people, at })),
    states: changed.flatMap(({ id, states, changed: names }) => [...names].map((name) => ({ id, name, state: states[name] }))),
    entries: entries.map(({ recordId, seq, actor, type, body, hash }) => ({ recordId, seq, actor, type, body, hash, at })),
    words: entries.flatMap(({ recordId, seq, words }) => (words ? [{ recordId, seq, ...words }] : [])),
    unused: [...Map.groupBy(unused, ({ kind }) => kind)].map(([kind, numbers]) => ({ kind, count: numbers.length })),
    answered: answer(false),
    waited: answer(true),
    ...asked.rows,
    hushed: changed.flatMap(({ id, hushed, people }) => (hushed ? [{ record: id, people }] : [])),
  };
  const statement = writing(rows, asked.projected);
  return statement && { ...statement, rings: asked.rings };
}

/** Whether nothing of it is stored yet: its journal begins here. */
const isNew = ({ entries }: Loaded): boolean => entries[0]?.seq === 1;

/** What is said to many: `turn` keeps the order in which it was asked for. */
interface ToMany {
  readonly turn: number;
  readonly update: string | undefined;
  readonly except: readonly string[];
}
type ToList = ToMany & { readonly list: string; readonly version: number };
type ToTold = ToMany & { readonly told: readonly string[] | undefined };

/** The rows that the reactions asked for, and whom to wake for them. */
function asksOf(
  changed: readonly Loaded[],
  now: Instant,
  at: string,
  { placeOf, projection }: Known,
  fired: readonly { readonly record: RecordId; readonly key: string }[],
) {
  const rings = new Map<string, { bell: Bell; at: Instant }>();
  const ring = (bell: Bell, when: Instant) => rings.set(`${bell}${Math.floor(when / 1000)}`, { bell, at: when });
  const timers = new Map<string, object>();
  const gone = new Map<string, object>();
  for (const { record, key } of fired) gone.set(`${record} ${key}`, { record, key });
  const each: object[] = [];
  const says: object[] = [];
  const heard = heardOnce();
  const toLists: ToList[] = [];
  const toTold: ToTold[] = [];
  const projected = new Map<string, Map<string, Readonly<Record<string, unknown>>>>();
  /** By record: the live names, or undefined for all of its live cards. */
  const refreshed = new Map<RecordId, Set<string> | undefined>();
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
        case 'each':
          each.push({
            kind: ask.of,
            status: ask.status,
            key: `from ${record.id} ${record.head.seq} each ${each.length}`,
            at,
            part: ask.part,
            command: ask.command,
          });
          ring('timers', now);
          break;
        case 'no-timer':
          timers.delete(`${record.id} ${ask.key}`);
          gone.set(`${record.id} ${ask.key}`, { record: record.id, key: ask.key });
          break;
        case 'say': {
          const { to } = ask;
          const said = {
            record: record.id,
            urgency: ask.urgency ?? 5,
            content: ask.content,
            hash: contentHash(ask.content),
            live: ask.live,
            update: ask.update,
            at,
          };
          if ('list' in to)
            toLists.push({ ...said, turn: toLists.length, list: to.list, version: to.version, except: to.except ?? [] });
          else if ('told' in to)
            toTold.push({
              ...said,
              turn: toTold.length,
              told: to.told === 'all' ? undefined : to.told,
              except: to.except ?? [],
            });
          else {
            const of = ask.update === undefined && !ask.bare ? record.class : undefined;
            const place = 'place' in to ? to.place : placeOf(to.person, of);
            if (heard.isFirst(ask.update, place, to))
              says.push({ ...said, id: deliveryId(), place, platform: platformOf(place) });
          }
          ring('deliveries', now);
          break;
        }
        case 'project': {
          const { key } = projection(ask.into);
          const rows = projected.get(ask.into) ?? new Map<string, Readonly<Record<string, unknown>>>();
          const id = String(ask.row[key]);
          // One row for each key: a statement cannot write the same one twice.
          rows.set(id, { ...rows.get(id), ...ask.row });
          projected.set(ask.into, rows);
          break;
        }
        case 'refresh':
          refreshed.set(record.id, livesWith(ask.live, refreshed.has(record.id) ? refreshed.get(record.id) : new Set()));
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
  return {
    rows: {
      gone: [...gone.values()],
      timers: [...timers.values()],
      each,
      says,
      toLists: heard.toLists(toLists),
      toTold: heard.toTold(toTold, toLists),
      refreshed: [...refreshed].map(([record, lives]) => ({ record, lives: lives && [...lives] })),
      unsaid,
      joined,
      linked,
      unlinked,
    },
    projected: [...projected].map(([name, rows]): Projected => ({ projection: projection(name), rows: [...rows.values()] })),
    rings: [...rings.values()],
  };
}

const livesWith = (live: string | undefined, lives: Set<string> | undefined): Set<string> | undefined =>
  live === undefined ? undefined : lives?.add(live);
