/**
 * Records as they were before a test begins, made by the rooms' own rules: an organisation, changes that are voted on, a major
 * problem. What is under test comes in by the door that people use.
 */
import * as changes from '../../../src/changes/index.ts';
import * as comms from '../../../src/comms/index.ts';
import { draftHash, HASH_ON_BUTTON } from '../../../src/comms/line.ts';
import { silentDoorbell } from '../../../src/core/doorbell.ts';
import { house } from '../../../src/core/house.ts';
import { DAY, HOUR } from '../../../src/core/instant.ts';
import { BELLMAN, ORG, type PersonId, type RecordKind, type Role, type Typed } from '../../../src/core/record.ts';
import { isRefusal } from '../../../src/core/refusal.ts';
import { transactor } from '../../../src/core/transact.ts';
import type { Database } from '../../../src/db/database.ts';
import * as incidents from '../../../src/incidents/index.ts';
import * as people from '../../../src/people/index.ts';
import * as problems from '../../../src/problems/index.ts';
import { parts, projections, reactions } from '../../../src/rooms.ts';
import { placeOf, userOf } from './workspace.ts';

export interface Organisation {
  readonly roles: Readonly<Partial<Record<Role, readonly string[]>>>;
  /** Members of the CAB, which meets in #cab. */
  readonly cab: readonly string[];
  readonly threshold?: string;
  /** Where the customers' line goes. */
  readonly customers?: readonly string[];
}

/** A record maker on a database. Everything rings no bell: what is due is found by whoever looks. */
export function records(db: Database) {
  const transact = transactor({ db, house: house(parts, reactions, projections), doorbell: silentDoorbell });
  const known = new Map<string, PersonId>();
  const person = (handle: string): PersonId => {
    const id = known.get(handle);
    if (id === undefined) throw new Error(`${handle} is not in the organisation`);
    return id;
  };

  /** Commands of one person, or of Bellman, in one transaction; throws on the first refusal. Gives the first record. */
  async function act<C extends Typed>(
    by: string,
    record: string | { readonly raise: RecordKind },
    part: string,
    ...commands: readonly C[]
  ): Promise<string> {
    const actor = by === BELLMAN ? BELLMAN : ({ platform: 'slack', user: userOf(by) } as const);
    const outcomes = await transact(commands.map((command) => ({ record, part, command, by: actor })));
    const refused = outcomes.find(isRefusal);
    if (refused) throw new Error(`${by}: ${refused.refused}`);
    const [first] = outcomes;
    if (!first || !('record' in first)) throw new Error('Nothing was done');
    return first.record;
  }

  async function found(handles: readonly string[], { roles, cab, threshold, customers }: Organisation): Promise<void> {
    const store = people.peopleStore(db);
    for (const handle of handles) {
      const about = { platform: 'slack', user: userOf(handle), handle, name: handle, timeZone: 'UTC', bot: false, guest: false };
      known.set(handle, await store.person(about));
    }
    const grants = Object.entries(roles).flatMap(([role, holders]) =>
      holders.map((one): people.OrgCommand => ({ type: 'grant', person: person(one), role: role as Role })),
    );
    await act<people.OrgCommand>(
      BELLMAN,
      ORG,
      people.org.name,
      ...grants,
      { type: 'create-board', board: 'CAB', place: placeOf('cab'), emergency: false },
      ...cab.map((one): people.OrgCommand => ({ type: 'add-member', board: 'CAB', person: person(one) })),
      ...(threshold === undefined ? [] : [{ type: 'set-board', board: 'CAB', setting: 'threshold', threshold } as const]),
      ...(customers === undefined
        ? []
        : [{ type: 'set-places', audience: 'customers', places: customers.map(placeOf) } as const]),
    );
  }

  /** An RFC of `by`, agreed by `manager`, that its board votes on. */
  async function openBallot(title: string, by: string, manager: string): Promise<string> {
    const now = Date.now();
    const texts = { category: '', items: '', risk: 'Low.', impact: '', benefit: '', plan: '', backout: 'As before.' };
    const own = { owner: person(by), implementer: person(by), links: [] };
    const when = { type: 'minor', priority: 'low', start: now + 10 * DAY, end: now + 10 * DAY + HOUR } as const;
    const fields: changes.Fields = { title, description: 'As said.', ...texts, ...own, ...when };
    const id = await act<changes.ChangeCommand>(by, { raise: 'RFC' }, changes.change.name, {
      type: 'raise',
      way: 'form',
      fields,
    });
    await act<changes.ChangeCommand>(by, id, changes.change.name, { type: 'submit' });
    await act<changes.ChangeCommand>(manager, id, changes.change.name, { type: 'agree', revision: 1 });
    return id;
  }

  const intake = (title: string) => ({
    ...incidents.noIntake,
    title,
    details: 'As said.',
  });

  /** An incident or a problem of `by`. */
  const raise = (kind: 'INC' | 'PRB', title: string, by: string): Promise<string> =>
    kind === 'INC'
      ? act<incidents.IncidentCommand>(by, { raise: kind }, incidents.incident.name, { type: 'raise', intake: intake(title) })
      : act<problems.ProblemCommand>(by, { raise: kind }, problems.problem.name, { type: 'raise', intake: intake(title) });

  /** A problem made major by `manager`, with its plan. */
  async function majorProblem(title: string, owner: string, manager: string, place: string): Promise<string> {
    const id = await raise('PRB', title, owner);
    const command: problems.ProblemCommand = { type: 'declare', owner: person(owner), place: placeOf(place) };
    await act(manager, id, problems.problem.name, command);
    return id;
  }

  /**
   * A text on one line of a plan, handed in by one and released by another, as they saw it. Unless `stays`, the time in which it can
   * be taken back passes, and it leaves.
   */
  async function release(problem: string, line: string, writer: string, releaser: string, stays = false): Promise<void> {
    const draft: comms.PlanCommand = { type: 'draft', line, text: 'It takes longer than usual.' };
    await act(writer, problem, comms.plan.name, draft);
    const [row] = await db.sql<{ state: comms.Plan }[]>`
      select state from bellman.part where record_id = ${problem} and name = ${comms.plan.name}`;
    const written = row?.state.lines.find(({ audience }) => audience === line);
    if (!written?.update) throw new Error(`Nothing is due on ${line}`);
    const seen = draftHash(written, written.update).slice(0, HASH_ON_BUTTON);
    await act<comms.PlanCommand>(releaser, problem, comms.plan.name, { type: 'release', update: written.update.id, seen });
    if (stays) return;
    // A database without a clock of its own gets one.
    await db.sql`
      with moved as (update bellman.clock set base = bellman.now() + interval '10 seconds', started_at = clock_timestamp() returning 1)
      insert into bellman.clock (base, started_at, rate)
      select clock_timestamp() + interval '10 seconds', clock_timestamp(), 1 where not exists (select from moved)`;
    const [timer] = await db.sql<{ key: string; dueAt: Date }[]>`
      select key, due_at as "dueAt" from bellman.timer where record_id = ${problem} and key like 'plan.leave.%'`;
    // Where a Bellman runs, it may have been quicker.
    if (!timer) return;
    const command: comms.PlanCommand = { type: 'leave', update: written.update.id };
    const fires = { key: timer.key, dueAt: timer.dueAt.getTime() };
    await transact([{ record: problem, part: comms.plan.name, command, by: BELLMAN, timer: fires }]);
  }

  return { transact, act, person, found, openBallot, raise, majorProblem, release };
}
