/** Databases with any number of communication plans: one made by the rules, the others copied from it row by row. */

import type { Change, IdentityRef, Transact } from '../../src/core/change.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { house } from '../../src/core/house.ts';
import { BELLMAN, ORG, type PersonId } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { transactor } from '../../src/core/transact.ts';
import { connect, type Database } from '../../src/db/database.ts';
import { peopleStore } from '../../src/people/index.ts';
import type { ProblemCommand } from '../../src/problems/index.ts';
import { parts, projections, reactions } from '../../src/rooms.ts';
import { freshDatabase } from '../support/database.ts';

export const OWNER: IdentityRef = { platform: 'slack', user: 'U1' };
/** Writers take turns, so that each has a part of what is due; `everybody` waits for all of it, as who holds a role does. */
export const WRITERS = 100;

export interface Plans {
  readonly url: string;
  /** Everything that is asked of the database by `db`, the newest last. */
  readonly asked: string[];
  readonly db: Database;
  readonly transact: Transact;
  readonly owner: PersonId;
  readonly stop: () => Promise<void>;
}

/** Decides changes, and throws at the first refusal. */
export const must = async (transact: Transact, changes: readonly Change[]): Promise<readonly string[]> =>
  (await transact(changes)).map((outcome) => {
    if (isRefusal(outcome)) throw new Error(`Refused: ${JSON.stringify(outcome)}`);
    return 'record' in outcome ? outcome.record : '';
  });

const onProblem = (record: Change['record'], command: ProblemCommand): Change => ({
  record,
  part: 'problem',
  command,
  by: OWNER,
});
const intake = { title: 'Refused connections', details: '', impact: 'high', urgency: 'high', items: 'gateway' } as const;

/** Records a problem and declares it major: a plan of six lines. Two transactions, as people do it. */
export async function addPlan(transact: Transact, owner: PersonId, place = 'bench/channel/ops'): Promise<string> {
  const [id = ''] = await must(transact, [onProblem({ raise: 'PRB' }, { type: 'raise', intake })]);
  await must(transact, [onProblem(id, { type: 'declare', owner, place })]);
  return id;
}

/** The owner, who manages problems and releases updates. */
export async function ownerIn(db: Database, transact: Transact): Promise<PersonId> {
  const asker = { ...OWNER, handle: 'olga', name: 'Olga', timeZone: 'UTC', bot: false, guest: false };
  const owner = await peopleStore(db).person(asker);
  for (const role of ['problem-manager', 'communications', 'admin'] as const) {
    const command = { type: 'grant', person: owner, role } as Change['command'];
    await must(transact, [{ record: ORG, part: 'org', command, by: BELLMAN }]);
  }
  return owner;
}

/** A database with so many plans of six lines, all of which have something due. */
export async function manyPlans(howMany: number): Promise<Plans> {
  const database = await freshDatabase();
  const asked: string[] = [];
  const db = connect(database.url, { debug: (query) => void asked.push(query) });
  await db.sql`insert into bellman.clock (base, started_at, rate) values (clock_timestamp(), clock_timestamp(), 1)`;
  const transact = transactor({ db, house: house(parts, reactions, projections), doorbell: silentDoorbell });
  const owner = await ownerIn(db, transact);
  const first = await addPlan(transact, owner);
  for (const line of ['press', 'emergency-services']) {
    const command = { type: 'start', line } as Change['command'];
    await must(transact, [{ record: first, part: 'plan', command, by: OWNER }]);
  }
  await copies(db, first, howMany);
  return { url: database.url, asked, db, transact, owner, stop: () => db.close().then(() => database.drop()) };
}

/** As many rows as the rules would have written, and the same; only the journals of the copies are missing. */
async function copies({ sql }: Database, first: string, howMany: number): Promise<void> {
  const ids = `${first}.`;
  await sql`
    insert into bellman.record (id, kind, number, title, status, owner, class, people, seq, hash, created_at, updated_at)
    select 'PRB-' || n, kind, n, title, status, owner, class, people, seq, hash, created_at, updated_at
    from bellman.record, generate_series(2, ${howMany}::int) n where id = ${first}`;
  await sql`
    insert into bellman.part (record_id, name, state)
    select 'PRB-' || n, name, replace(state::text, ${ids}, 'PRB-' || n || '.')::jsonb
    from bellman.part, generate_series(2, ${howMany}::int) n where record_id = ${first}`;
  await sql`
    insert into bellman.timer (record_id, key, due_at, part, command)
    select 'PRB-' || n, key, due_at, part, replace(command::text, ${ids}, 'PRB-' || n || '.')::jsonb
    from bellman.timer, generate_series(2, ${howMany}::int) n where record_id = ${first}`;
  await sql`
    insert into bellman.comms_update (id, record_id, audience, phase, outcome, opened_at, due_at, late, exercise, waits_for)
    select replace(id, ${ids}, 'PRB-' || n || '.'), 'PRB-' || n, audience, phase, outcome, opened_at, due_at + n * interval '1 ms', late, exercise,
      jsonb_build_array('w' || n % ${WRITERS}::int, 'everybody')
    from bellman.comms_update, generate_series(2, ${howMany}::int) n where record_id = ${first}`;
  await sql`update bellman.record_number set last = greatest(last, ${howMany}::int) where kind = 'PRB'`;
  // As autovacuum does within a minute of so many rows.
  await sql`analyze`;
}
