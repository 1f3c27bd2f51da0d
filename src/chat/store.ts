/** What the dispatch reads and keeps in Postgres: records as they stand, drafts of forms, intents that wait. */
import type { Loaded } from '../core/apply.ts';
import { type DataClass, ORG, type Org, type PersonId, type RecordId } from '../core/record.ts';
import { readable } from '../core/records.ts';
import { orgOf } from '../core/transact.ts';
import type { Database } from '../db/database.ts';
import type { DispatchStore, Draft } from './dispatch-parts.ts';
import type { RawAnswers } from './form.ts';
import type { InTimeParts } from './in-time.ts';

const DRAFT_HOURS = 1;

/** The store of one database. Reads are without locks: for showing, never for deciding. */
export function dispatchStore(db: Database): DispatchStore & Pick<InTimeParts, 'answered'> {
  const { sql } = db;
  return {
    async now() {
      const [row] = await sql<{ now: number }[]>`select extract(epoch from bellman.now())::float8 * 1000 as now`;
      return Math.floor(row?.now ?? Date.now());
    },
    view: (record, reader) => loadView(db, record, reader),
    org: () => loadOrg(db),
    async saveDraft({ id, asker, doing, input, answers }) {
      await sql`insert into bellman.form_draft (id, asker, doing, input, answers, expires_at)
        values (${id}, ${asker}, ${doing}, ${sql.json(input)}, ${sql.json(answers)}, bellman.now() + ${DRAFT_HOURS} * interval '1 hour')
        on conflict (id) do update set answers = excluded.answers, expires_at = excluded.expires_at`;
    },
    async draft(id): Promise<Draft | undefined> {
      const [row] = await sql<{ id: string; asker: string; doing: string; input: RawAnswers; answers: RawAnswers }[]>`
        select id, asker, doing, input, answers from bellman.form_draft where id = ${id} and expires_at > bellman.now()`;
      return row;
    },
    async dropDraft(id) {
      await sql`delete from bellman.form_draft where id = ${id}`;
    },
    async postpone(intent, lease = 0) {
      await sql`insert into bellman.inbound (key, state, intent, received_at, lease_until)
        values (${intent.key}, 'pending', ${JSON.stringify(intent)}::text::jsonb, bellman.now(),
          clock_timestamp() + ${lease}::float8 * interval '1 ms')
        on conflict (key) do update set lease_until = excluded.lease_until where inbound.state = 'pending'`;
    },
    async answered(intent) {
      await sql`update bellman.inbound set state = 'done', intent = null, lease_until = null
        where key = ${intent.key} and state = 'pending'`;
    },
  };
}

/** A record with all its parts, or undefined; to a reader who may not know of it, it does not exist. */
export async function loadView(
  db: Database,
  record: RecordId,
  reader?: PersonId,
): Promise<(Pick<Loaded, 'id' | 'head' | 'states'> & { readonly class: DataClass }) | undefined> {
  const [row] = await db.sql<{ seq: number; hash: string; class: DataClass; states: Record<string, unknown> | null }[]>`
    select r.seq, r.hash, r.class, (select jsonb_object_agg(p.name, p.state) from bellman.part p where p.record_id = r.id) as states
    from bellman.record r where r.id = ${record} ${reader === undefined ? db.sql`` : db.sql`and ${readable(db, reader)}`}`;
  return row && { id: record, head: { seq: row.seq, hash: row.hash }, class: row.class, states: row.states ?? {} };
}

/** The organisation as it stands. */
export async function loadOrg(db: Database): Promise<Org> {
  const found = await loadView(db, ORG);
  return orgOf(found?.states.org, found?.head.seq ?? 0);
}

/** Requests are known by their key for so long: far longer than any platform sends one again. */
const REMEMBERED_DAYS = 7;

/** Forgets answered requests that nobody can repeat any more, and forms that were never finished. What waits stays. */
export async function tidy(db: Database): Promise<void> {
  await db.sql`delete from bellman.inbound
    where state <> 'pending' and received_at < bellman.now() - ${REMEMBERED_DAYS} * interval '1 day'`;
  await db.sql`delete from bellman.form_draft where expires_at < bellman.now()`;
}
