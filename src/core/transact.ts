/**
 * The one way in which anything changes: lock the records, decide, evolve, and save state, journal, timers and deliveries in one
 * Postgres transaction of two round trips; ring the doorbell after the commit.
 */
import type { Database, Transaction } from '../db/database.ts';
import { OutcomeUnknown, sqlState } from '../db/database.ts';
import { type Accepted, apply, type Loaded } from './apply.ts';
import type { Change, Outcome, Transact } from './change.ts';
import type { Doorbell } from './doorbell.ts';
import type { House } from './house.ts';
import type { Instant } from './instant.ts';
import { joining } from './join.ts';
import { guardedOf, isPrivate, mayRead, maySayAt } from './reading.ts';
import {
  type Actor,
  BELLMAN,
  bellmanItself,
  type Counter,
  type DataClass,
  ORG,
  type Org,
  type PersonId,
  type RecordId,
  type RecordKind,
  type Role,
  requireRole,
} from './record.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { type Answered, saving } from './save.ts';

export type { Change, Outcome, Transact } from './change.ts';

export interface TransactParts {
  readonly db: Database;
  readonly house: House;
  readonly doorbell: Doorbell;
  /** For tests that end the process at a step. */
  readonly onStep?: ((step: ChangeStep, changes: readonly Change[]) => Promise<void> | void) | undefined;
}

/** What has just been done: the locks are had; everything but COMMIT is sent; it is committed; the doorbell has rung. */
export type ChangeStep = 'locked' | 'saved' | 'committed' | 'rung';

const RETRIED = new Set(['40001', '40P01', '23505']);
const RETRIES = 3;
const LOCK_NOT_HAD = '55P03';
/** After a connection was lost in COMMIT; a third of the time that a platform waits for its answer, for all retries together. */
const RECONNECT_MS = 300;

interface Snapshot {
  readonly now: number;
  readonly org: number;
  readonly numbers: readonly number[];
  readonly heads: readonly { readonly id: RecordId; readonly seq: number; readonly hash: string }[];
  readonly parts: readonly { readonly id: RecordId; readonly states: Record<string, unknown> | null }[];
  readonly actors: readonly {
    readonly platform: string;
    readonly user: string;
    readonly person: PersonId;
    readonly active: boolean;
    readonly bot: boolean;
    readonly guest: boolean;
  }[];
  readonly timers: readonly { readonly r: RecordId; readonly k: string; readonly at: number }[];
  readonly inbound: readonly { readonly key: string; readonly state: string; readonly reply: object | null }[];
}

const emptyOrg: Org = { version: 0, roles: {}, boards: {}, audiences: {}, delegations: {} };

/** The organisation from the stored state of ORG-1's part and its version; empty before the first grant. */
export const orgOf = (state: unknown, version: number): Org => ({ ...emptyOrg, ...(state as Partial<Org> | undefined), version });

/**
 * Makes `transact`. It promises: either all of a change and what follows from it is stored, or nothing; the rights and the time
 * are those read after the record's lock was held. Serialisation failures and deadlocks are retried three times; a lock that is
 * not had in 1.5 s throws SQLSTATE 55P03. `OutcomeUnknown`: it may have been stored, and could not be tried again. Several changes join one transaction, their records locked in id order.
 */
export function transactor({ db, house, doorbell, onStep }: TransactParts): Transact {
  let org: Org = { ...emptyOrg, version: -1 };

  async function loadOrg(transaction: Transaction, version: number): Promise<Org> {
    if (org.version === version) return org;
    const rows = await transaction.sql<{ name: string; state: object }[]>`
      select name, state from bellman.part where record_id = ${ORG}`;
    const states = Object.fromEntries(rows.map(({ name, state }) => [name, state]));
    org = orgOf(states.org, version);
    return org;
  }

  async function once(changes: readonly Change[], patience?: number): Promise<readonly Outcome[]> {
    const result = await db.transaction(async (transaction) => {
      const { sql } = transaction;
      const ids = [...new Set(changes.flatMap(({ record }) => (typeof record === 'string' ? [record] : [])))].sort();
      // In one order everywhere, so that two transactions never wait for each other's counters.
      const raised = changes.flatMap((change): Numbered[] => [...(raisedKind(change) ?? []), ...needsOf(change)]).sort();
      const people = changes.flatMap(({ by }) => (by === BELLMAN ? [] : [by]));
      const keys = changes.flatMap(({ inbound }) => (inbound ? [inbound.key] : []));
      const timed = changes.flatMap((change) => (change.timer ? [change.record as string] : []));

      const [opened] = await sql<[{ snapshot: Snapshot }]>`
        select bellman.open(${ids.includes(ORG)}, ${raised}::text[], ${ids}::text[], ${people.map(({ platform }) => platform)}::text[],
          ${people.map(({ user }) => user)}::text[], ${timed}::text[], ${keys}::text[], ${patience ?? null}::int) as snapshot`;
      if (onStep) await onStep('locked', changes);
      const { snapshot } = opened;
      const now = Math.floor(snapshot.now);
      const known = await loadOrg(transaction, snapshot.org);
      const loaded = new Map<RecordId, Loaded>();
      for (const { id, seq, hash } of snapshot.heads) loaded.set(id, blank(id, { seq, hash }));
      if (ids.includes(ORG) && !loaded.has(ORG)) loaded.set(ORG, blank(ORG));
      for (const { id, states } of snapshot.parts) Object.assign(loaded.get(id)?.states ?? {}, states);
      const numbers = raised.map((kind, at) => ({ kind, number: snapshot.numbers[at] ?? 0 }));

      const answered: Answered[] = [];
      const fired: { record: RecordId; key: string }[] = [];
      const outcomes = changes.map((change): Outcome => {
        const stored = snapshot.inbound.find(({ key }) => key === change.inbound?.key);
        if (stored?.state === 'done') return { repeated: stored.reply ?? {} };
        if (change.timer && typeof change.record === 'string') {
          const { key, dueAt } = change.timer;
          const still = snapshot.timers.find((timer) => timer.r === change.record && timer.k === key);
          // A clock that went back since it was claimed: its row stays, and it fires when it is due again.
          if (!still || Math.floor(still.at) > Math.min(Math.floor(dueAt), now)) return { superseded: true };
          fired.push({ record: change.record, key });
        }
        const outcome = decideOne(change, loaded, numbers, { snapshot, known, now });
        if (change.inbound)
          answered.push({ key: change.inbound.key, reply: change.inbound.reply(outcome), pending: stored !== undefined });
        return outcome;
      });

      const records = [...loaded.values()];
      const places = await whereTheyListen(transaction, records);
      const placeOf = (person: PersonId, of: DataClass = 'public') => {
        const place = places.get(person);
        return place !== undefined && (!isPrivate(of) || maySayAt(of, place, known)) ? place : `none/person/${person}`;
      };
      const statement = saving(records, now, { placeOf, projection: house.projection }, answered, fired, numbers);
      if (statement) transaction.last(sql.unsafe(statement.text, [...statement.values], { prepare: true }));
      if (onStep) await onStep('saved', changes);
      return { outcomes, rings: statement?.rings ?? [] };
    });
    if (onStep) await onStep('committed', changes);
    for (const { bell, at } of result.rings) doorbell.ring(bell, at);
    if (onStep) await onStep('rung', changes);
    return result.outcomes;
  }

  function decideOne(
    change: Change,
    loaded: Map<RecordId, Loaded>,
    numbers: { kind: Numbered; number: number }[],
    { snapshot, known, now }: { snapshot: Snapshot; known: Org; now: Instant },
  ): Accepted | Refusal {
    // A number is used only by what is really raised; those that stay unused are the highest, and are given back.
    const [raised] = raisedKind(change) ?? [];
    const next = raised && numbers.find(({ kind }) => kind === raised);
    const id = next ? `${next.kind}-${next.number}` : String(change.record);
    const record = next ? blank(id) : loaded.get(id);
    if (!record) return refuse('unknown-record', { record: id });
    const actor = actorOf(change, snapshot, known);
    if (!actor) return refuse('unknown-person');
    // To whoever may not know of a record it does not exist, whatever they may do otherwise.
    if (!next && !change.told && !mayRead(guardedOf(house.part, record.states), actor.person, known, now))
      return refuse('unknown-record', { record: id });
    if (!actor.active || actor.bot) return refuse('cannot-act');
    const lacking = change.right?.length ? requireRole({ actor, org: known }, ...change.right) : undefined;
    const taken: { kind: Numbered; number: number }[] = [];
    const take = (counter: Counter): number => {
      const [free] = numbers.filter((one) => one.kind === counter && !taken.includes(one));
      if (!free || !needsOf(change).includes(counter)) throw new Error(`${change.part} took a number of ${counter} unasked`);
      taken.push(free);
      return free.number;
    };
    const outcome = lacking ?? apply(house, record, change, { actor, org: known, now, take });
    if (isRefusal(outcome)) return outcome;
    if (next) {
      loaded.set(id, record);
      taken.push(next);
    }
    for (const used of taken) numbers.splice(numbers.indexOf(used), 1);
    return outcome;
  }

  const needsOf = ({ part, command }: Change): readonly Counter[] => house.part(part).needs?.(command) ?? [];

  return joining(async (changes, patience) => {
    let unknown: OutcomeUnknown | undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(changes, patience);
      } catch (error) {
        if (error instanceof OutcomeUnknown) unknown = error;
        if (attempt > RETRIES || !mayRetry(error, changes)) {
          // What could not be tried again may have been done the first time; a busy record is waited for, and then it shows.
          throw sqlState(error) === LOCK_NOT_HAD ? error : (unknown ?? error);
        }
        if (error instanceof OutcomeUnknown) await new Promise((wait) => setTimeout(wait, RECONNECT_MS));
      }
    }
  });
}

/** Whether doing it again cannot do it twice: nothing was changed, or the inbound key or the timer would show that it was. */
const mayRetry = (error: unknown, changes: readonly Change[]): boolean =>
  RETRIED.has(sqlState(error) ?? '') ||
  (error instanceof OutcomeUnknown && changes.every(({ inbound, timer }) => inbound !== undefined || timer !== undefined));

type Numbered = RecordKind | Counter;

/** The kind of the new record, if one is raised. */
const raisedKind = ({ record }: Change): readonly [RecordKind] | undefined =>
  typeof record === 'string' ? undefined : [record.raise];

/** The roles that a person holds now. */
export const rolesOf = (org: Org, person: PersonId): ReadonlySet<Role> =>
  new Set((Object.keys(org.roles) as Role[]).filter((role) => org.roles[role]?.includes(person)));

function actorOf(change: Change, snapshot: Snapshot, org: Org): Actor | undefined {
  if (change.by === BELLMAN) return bellmanItself;
  const { platform, user } = change.by;
  const found = snapshot.actors.find((actor) => actor.platform === platform && actor.user === user);
  return (
    found && { person: found.person, active: found.active, bot: found.bot, guest: found.guest, roles: rolesOf(org, found.person) }
  );
}

const blank = (id: RecordId, head = { seq: 0, hash: '' }): Loaded => ({
  id,
  head,
  states: {},
  changed: new Set(),
  entries: [],
  asks: [],
});

/** Where each person who is to be told listens: the platform that they used last, else their e-mail. Costs a round trip only when somebody is told. */
async function whereTheyListen(transaction: Transaction, records: readonly Loaded[]): Promise<ReadonlyMap<PersonId, string>> {
  const people = records.flatMap(({ asks }) =>
    asks.flatMap((ask) => (ask.ask === 'say' && 'person' in ask.to ? [ask.to.person] : [])),
  );
  if (people.length === 0) return new Map();
  const rows = await transaction.sql<{ person: string; place: string | null }[]>`
    select p.id as person, coalesce(
      (select i.platform || '/person/' || i.user_id from bellman.identity i
        where i.person_id = p.id and not i.bot order by i.last_used_at desc limit 1),
      'email/address/' || p.email) as place
    from bellman.person p where p.id = any(${[...new Set(people)]})`;
  return new Map(rows.flatMap(({ person, place }) => (place ? [[person, place] as const] : [])));
}
