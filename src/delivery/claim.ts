/**
 * Claims: the lease on a delivery, taken together with a permit of its platform's rate and committed before anything is sent.
 * A claim holds only while the worker has the place. Leases and permits are in real time.
 */
import { viewOf } from '../core/apply.ts';
import type { RecordView } from '../core/ask.ts';
import type { Instant, Span } from '../core/instant.ts';
import { type Guarded, mayHear } from '../core/reading.ts';
import { type DataClass, ORG, type Org, type PersonId } from '../core/record.ts';
import { orgOf } from '../core/transact.ts';
import type { Database, Row, Sql } from '../db/database.ts';
import type { Delivery } from './protocol.ts';
import { permit, type Rate } from './rates.ts';

export type Claimed =
  /** `token` proves the claim when the result is recorded; `view` is the record as of the claim, where it was asked for. */
  | {
      readonly is: 'claimed';
      readonly token: string;
      readonly view: RecordView | undefined;
      /** Whether the record may be known where the delivery goes; of a private one not everywhere. */
      readonly hears: boolean;
      readonly now: Instant;
      readonly real: Date;
    }
  /** No permit: there is one in so many real milliseconds. */
  | { readonly is: 'limited'; readonly wait: Span }
  /** Somebody else has it, or it is no longer what it was. */
  | { readonly is: 'gone' }
  | { readonly is: 'stopped'; readonly why: string };

export type Purpose = 'send' | 'look' | 'edit' | 'remove twins';

export interface ClaimParts {
  readonly db: Database;
  readonly holder: string;
  readonly lease: Span;
}

/** What the statement below yields. */
interface ClaimRow {
  readonly token: string | null;
  readonly permitted: boolean;
  readonly wait: number | null;
  readonly view:
    | (Guarded & {
        readonly seq: number;
        readonly states: Record<string, unknown> | null;
        /** Whose direct messages the place is, and the organisation: where the record is private. */
        readonly person: PersonId | null;
        readonly org: object | null;
      })
    | null;
  readonly now: number;
  readonly real: Date;
}

/** Claims a delivery in one statement. */
export async function claim(parts: ClaimParts, delivery: Delivery, purpose: Purpose, rate: Rate): Promise<Claimed> {
  const [row] = await statement(parts, parts.db.sql, delivery, purpose, rate);
  return claimedOf(delivery, row);
}

/**
 * Claims a delivery that carries an update, with its authority checked again: under the locks of the organisation and of the record,
 * so that a role lost or an update withdrawn before the claim stops it. `judge` says why it may not be sent, if so.
 */
export async function claimUpdate(
  parts: ClaimParts,
  delivery: Delivery,
  rate: Rate,
  judge: (view: RecordView, org: Org) => string | undefined,
): Promise<Claimed> {
  const result = await parts.db.transaction(async ({ sql, last }) => {
    const locked = sql`select id from bellman.record where id = any(${[ORG, delivery.record]}) order by id for share`.execute();
    // A statement of its own: it sees what was committed before the locks were had.
    const read = sql<{ id: string; seq: number; class: DataClass; states: Record<string, unknown> | null }[]>`
      select r.id, r.seq, r.class, (select jsonb_object_agg(p.name, p.state) from bellman.part p where p.record_id = r.id) as states
      from bellman.record r where r.id = any(${[ORG, delivery.record]})`.execute();
    const sent = [locked, read];
    await Promise.all(sent).catch(async (error) => {
      await Promise.allSettled(sent);
      throw error;
    });
    const rows = await read;
    const found = (id: string) => rows.find((row) => row.id === id);
    const own = found(delivery.record);
    const org = found(ORG);
    const { seq = 0, class: of, states } = own ?? {};
    const view = viewOf({ id: delivery.record, head: { seq, hash: '' }, states: states ?? {}, ...(of ? { class: of } : {}) });
    const why = judge(view, orgOf(org?.states?.org, org?.seq ?? 0));
    if (why !== undefined) return { why };
    const query = statement(parts, sql, delivery, 'send', rate);
    last(query);
    return { query };
  });
  if (result.query === undefined) return { is: 'stopped', why: result.why };
  const [row] = await result.query;
  return claimedOf(delivery, row);
}

function claimedOf(delivery: Delivery, row: Row | undefined): Claimed {
  if (!row) return { is: 'gone' };
  const { token, permitted, wait, view, now, real } = row as ClaimRow;
  if (token !== null) {
    const record =
      view && viewOf({ id: delivery.record, head: { seq: view.seq, hash: '' }, class: view.class, states: view.states ?? {} });
    const to = view?.person ? { person: view.person } : { place: delivery.place };
    const hears = !view || mayHear(view, to, orgOf(view.org, 0), now);
    return { is: 'claimed', token, view: record ?? undefined, hears, now, real };
  }
  return permitted ? { is: 'gone' } : { is: 'limited', wait: wait ?? 1000 };
}

function statement({ holder, lease }: ClaimParts, sql: Sql, delivery: Delivery, purpose: Purpose, rate: Rate) {
  const { id, place, platform, record, state, attempt } = delivery;
  const until = sql`t.real + ${lease}::float8 * interval '1 ms'`;
  const free = sql`(d.lease_until is null or d.lease_until <= t.real)`;
  const change = {
    send: sql`state = 'sending', attempt = d.attempt + 1, looks = 0, first_sent_at = coalesce(d.first_sent_at, t.real), lease_until = ${until}`,
    look: sql`state = 'unknown', lease_until = ${until}`,
    // A live card is dirty until it is known that the edit showed all; so a cut-off edit is done again, and needs no lease.
    edit: sql`edited_at = t.real`,
    'remove twins': sql`lease_until = ${until}`,
  }[purpose];
  const rendered = purpose === 'edit' || (purpose === 'send' && delivery.live !== null && delivery.dirty);
  const view = rendered
    ? sql`(select jsonb_build_object('seq', r.seq, 'class', r.class, 'people', r.people, 'states',
        (select jsonb_object_agg(p.name, p.state) from bellman.part p where p.record_id = r.id), 'person',
        (select i.person_id from bellman.identity i where r.class not in ('public', 'sensitive')
          and i.platform = ${platform} and ${place} = ${platform} || '/person/' || i.user_id), 'org',
        (select o.state from bellman.part o where r.class not in ('public', 'sensitive') and o.record_id = ${ORG} and o.name = 'org'))
        from bellman.record r where r.id = ${record})`
    : sql`null::jsonb`;
  return sql<Row[]>`
    with t as materialized (select bellman.now() as at, clock_timestamp() as real),
    ${permit(sql, rate)},
    mine as (
      update bellman.place_lease l set until = ${until} from t
      where l.place = ${place} and l.holder = ${holder} and l.until > t.real returning 1 as one),
    claimed as (
      update bellman.delivery d set ${change} from t
      where d.id = ${id} and d.state = ${state} and d.attempt = ${attempt} and ${purpose === 'edit' ? sql`d.dirty` : free}
        and exists (select from permit) and exists (select from mine)
      returning coalesce(${purpose === 'edit' ? sql`d.edited_at` : sql`d.lease_until`}, t.real)::text as token)
    select (select token from claimed) as token, exists (select from permit) as permitted, (select wait from pause) as wait,
      ${view} as view, extract(epoch from t.at)::float8 * 1000 as now, t.real from t`;
}
