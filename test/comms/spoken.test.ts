/** The rooms by their users' door: what people say and press, on a real database, with the clock in the test's hand. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import { dispatcher } from '../../src/chat/dispatch.ts';
import { renderLive } from '../../src/chat/live.ts';
import type { Asker, Dispatch, Intent, Reply } from '../../src/chat/port.ts';
import { registry } from '../../src/chat/registry.ts';
import { dispatchStore, loadView } from '../../src/chat/store.ts';
import * as comms from '../../src/comms/index.ts';
import { viewOf } from '../../src/core/apply.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { house } from '../../src/core/house.ts';
import { MINUTE } from '../../src/core/instant.ts';
import { BELLMAN, type Role } from '../../src/core/record.ts';
import { claimDue } from '../../src/core/timers.ts';
import { type Transact, transactor } from '../../src/core/transact.ts';
import { connect, type Database } from '../../src/db/database.ts';
import * as incidents from '../../src/incidents/index.ts';
import * as people from '../../src/people/index.ts';
import * as problems from '../../src/problems/index.ts';
import { parts, projections, reactions } from '../../src/rooms.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { controlsOf, textOf } from './stage.ts';

const PLATFORM = 'console';
let database: TestDatabase;
let db: Database;
let dispatch: Dispatch;
let transact: Transact;
let keys = 0;

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url, { pool: 4 });
  await db.sql`insert into bellman.clock (base, started_at, rate) values ('2027-01-15T09:00Z', clock_timestamp(), 0)`;
  transact = transactor({
    db,
    house: house(parts, reactions, projections),
    doorbell: silentDoorbell,
  });
  const store = people.peopleStore(db);
  dispatch = dispatcher({
    db,
    registry: registry([...comms.doings, ...incidents.doings, ...problems.doings]),
    transact,
    resolve: { ...people.resolver(store, new Map(), new Map()), checkPlace: async () => undefined },
    store: dispatchStore(db),
    matters: async () => false,
    sectionsAtOnce: () => 3,
    onError: (_ref, error) => {
      throw error;
    },
  });
  for (const person of ['pat', 'cora', 'olga', 'rita', 'sid']) await say(person, 'problem list');
  await grant('pat', 'problem-manager');
  await grant('cora', 'communications');
  await grant('sid', 'service-desk');
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const idOf = async (name: string): Promise<string> => {
  const [row] = await db.sql<{ person: string }[]>`select person_id as person from bellman.identity where user_id = ${name}`;
  return row?.person ?? '';
};

async function grant(name: string, role: Role): Promise<void> {
  const command = { type: 'grant', person: await idOf(name), role } as people.OrgCommand;
  await transact([{ record: 'ORG-1', part: 'org', command, by: BELLMAN }]);
}

const from = (name: string): Asker => ({
  platform: PLATFORM,
  user: name,
  handle: name,
  name,
  timeZone: 'UTC',
  bot: false,
  guest: false,
});

const ask = (name: string, intent: object, at = 'console/channel/ops'): Promise<Reply> => {
  keys += 1;
  return dispatch({ key: `k${keys}`, from: from(name), at, address: {}, ...intent } as Intent);
};
const say = (name: string, words: string) => ask(name, { kind: 'words', words });
const press = (name: string, action: string, record: string, value = '') => ask(name, { kind: 'press', action, record, value });

/** Opens the dialog by words or a press, fills it in and sends it. */
async function fill(name: string, opening: Reply, answers: Readonly<Record<string, string>>): Promise<Reply> {
  if (opening.kind !== 'form') throw new Error(`No form: ${JSON.stringify(opening)}`);
  const { form } = opening;
  const initial = Object.fromEntries(
    form.sections.flatMap(({ fields }) => fields.map((field) => [field.name, field.initial ?? ''])),
  );
  return ask(name, { kind: 'submit', doing: form.doing, input: form.input, answers: { ...initial, ...answers } });
}

const cardOf = (reply: Reply): Card | undefined => (reply.kind === 'card' ? reply.card : undefined);
const read = (reply: Reply): string => (reply.kind === 'card' ? textOf(reply.card) : JSON.stringify(reply));

const advance = async (minutes: number): Promise<void> => {
  await db.sql`update bellman.clock set base = bellman.now() + ${minutes} * interval '1 minute', started_at = clock_timestamp()`;
  for (;;) {
    const { timers } = await claimDue(db, 'test');
    if (timers.length === 0) return;
    for (const { record, key, dueAt, part, command } of timers) {
      await transact([{ record, part, command, by: BELLMAN, timer: { key, dueAt } }]);
    }
  }
};

/** The cards that wait for a place, oldest first, as they would be shown now. */
async function waiting(place: string): Promise<readonly Card[]> {
  const rows = await db.sql<{ record: string; content: Card; live: string | null; now: Date }[]>`
    select record_id as record, content, live, bellman.now() as now from bellman.delivery where place = ${place} and state = 'waiting' order by seq`;
  const cards = { ...comms.liveCards, ...incidents.liveCards, ...problems.liveCards };
  return Promise.all(
    rows.map(async ({ record, content, live, now }) => {
      const loaded = live === null ? undefined : await loadView(db, record);
      return (loaded && live !== null && renderLive(cards, live, viewOf(loaded), now.getTime())) || content;
    }),
  );
}
const direct = (name: string) => waiting(`console/person/${name}`);

/** Raises a problem; those of other tests are none of it. */
const newProblem = async (title = 'Refused connections') => {
  const reply = await fill('rita', await say('rita', 'problem new'), { title, impact: 'high', urgency: 'High' });
  const none = reply.kind === 'card' ? controlsOf(reply.card).find(({ action }) => action === 'problem.none-of-them') : undefined;
  const raised = none ? await press('rita', none.action, none.record, none.value) : reply;
  return /PRB-\d+/u.exec(read(raised))?.[0] ?? '';
};
const major = async (title?: string) => {
  const id = await newProblem(title);
  await fill('pat', await say('pat', `problem major ${id}`), { owner: await idOf('olga') });
  return id;
};

beforeEach(async () => {
  await db.sql`delete from bellman.delivery`;
});

describe('the way of an update, as people see it', () => {
  test('from the declaration to its audience, and to the last one', async () => {
    const id = await major();
    expect((await waiting('console/channel/ops')).map(({ title }) => title)).toEqual([`Communication plan of ${id}`]);

    const opening = await say('olga', `comms line ${id} senior-management`);
    expect(opening.kind === 'form' && opening.form.sections.flatMap(({ fields }) => fields.map(({ label }) => label))).toEqual([
      'Cadence',
      'Ask for draft',
      'First due',
      'Releasers',
      'Destination',
      'Author',
      'Template',
      'Class',
      'Mechanism',
      'Approvals',
    ]);
    expect(read(await fill('olga', opening, { cadence: '2h', places: '#board console/person/md' }))).toContain(
      'I do not find the channel',
    );
    const saved = read(
      await fill('olga', await say('olga', `comms line ${id} senior-management`), {
        cadence: '2h',
        places: 'console/channel/board',
      }),
    );
    expect(saved).toContain('Every 2h');

    await advance(15);
    const wanted = (await direct('olga')).find(({ title }) => title.startsWith('Text wanted: Senior'));
    expect(controlsOf(wanted).map(({ label }) => label)).toEqual(['Write', 'I’ll take it', 'Skip']);
    const writing = await press('olga', 'comms.write', id, 'senior-management');
    expect(writing.kind === 'form' && writing.form.sections[0]?.fields[0]?.initial).toContain('Impact: ‹');
    expect(read(await fill('olga', writing, {}))).toContain('still stands in the text');
    await fill('olga', writing, { text: 'Half of the tellers cannot log on.' });

    const draft = (await direct('cora')).at(-1);
    expect(controlsOf(draft).map(({ label }) => label)).toEqual(['Release', 'Edit', 'Send back', 'Skip']);
    const value = controlsOf(draft)[0]?.value ?? '';
    expect(read(await press('olga', 'comms.release', id, value))).toContain('Only the releasers');

    await fill('cora', await press('cora', 'comms.send-back', id, value), { what: 'Say since when.' });
    expect(textOf((await direct('olga')).at(-1))).toContain('Say since when.');
    const again = await say('olga', `comms draft ${id} senior-management`);
    expect(again.kind === 'form' && again.form.sections[0]?.fields[0]?.initial).toBe('Half of the tellers cannot log on.');
    await fill('olga', again, { text: 'Since 9:00 half of the tellers cannot log on.' });

    const old = controlsOf((await direct('cora')).at(-1))[0]?.value ?? '';
    await fill('cora', await press('cora', 'comms.edit', id, old), { text: 'Since 9:00 every second teller cannot log on.' });
    expect(read(await press('cora', 'comms.release', id, old))).toContain('is not the one that you looked at');
    const fresh = controlsOf((await direct('cora')).at(-1))[0]?.value ?? '';
    const released = read(await press('cora', 'comms.release', id, fresh));
    expect(released).toMatch(
      /Leaves in 10s\nUpdate 1 to Senior management leaves at .* Until then Undo takes it back\.\n\[Undo\]/u,
    );
    const number = fresh.split('-')[0] ?? '';
    expect(read(await press('cora', 'comms.edit', id, fresh))).toContain('To change it, press Undo first.');
    expect(read(await press('cora', 'comms.undo', id, number))).toContain('It awaits release again');
    await press('cora', 'comms.release', id, fresh);
    await advance(10 / 60);
    expect(read(await press('cora', 'comms.undo', id, number))).toMatch(
      /so it cannot be taken back\. .*\/comms correct UPD-\d+/u,
    );
    expect(read(await press('cora', 'comms.release', id, fresh))).toContain('was released');

    const [update] = await waiting('console/channel/board');
    expect(update?.title).toBe('Update 1: Refused connections');
    expect(textOf(update)).toContain('Next update by 2027-01-15 11:30 UTC.');
    const [row] = await db.sql<{ update: string; urgency: number }[]>`
      select update_id as update, urgency from bellman.delivery where place = 'console/channel/board'`;
    expect(row).toMatchObject({ urgency: 3 });
    expect(row?.update).toMatch(new RegExp(`^${id}\\.\\d+$`, 'u'));

    const upd = /UPD-\d+/u.exec(textOf(update))?.[0] ?? '';
    const [kept] = await db.sql<{ id: string; outcome: string; upd: string }[]>`
      select id, outcome, 'UPD-' || number as upd from bellman.comms_update where record_id = ${id} and number is not null`;
    expect(kept).toEqual({ id: row?.update, outcome: 'released', upd });
    expect(read(await say('sid', `comms correct ${upd}`))).toContain('Only its releasers, communications and the owner correct');
    expect(read(await say('olga', 'comms retract UPD-99999'))).toContain('There is no update UPD-99999.');
    await fill('olga', await say('olga', `comms correct ${upd}`), { text: 'It is every third teller.' });
    const mending = (await direct('cora')).at(-1);
    expect(textOf(mending)).toContain(`Goes to: everybody who got ${upd}`);
    await press('cora', 'comms.release', id, controlsOf(mending)[0]?.value ?? '');
    await advance(10 / 60);
    const [, correction] = await waiting('console/channel/board');
    expect(correction?.title).toBe(`Correction of ${upd}: Refused connections`);
    expect(textOf(correction)).toContain(`Correction of ${upd} of 2027-01-15`);
    expect((await db.sql`select outcome from bellman.comms_update where id = ${row?.update ?? ''}`)[0]).toEqual({
      outcome: 'corrected',
    });

    expect(read(await fill('olga', await say('olga', `problem resolve ${id}`), { resolution: 'Disk replaced.' }))).toContain(
      'last update',
    );
    expect((await direct('olga')).filter(({ title }) => title.startsWith('Text wanted'))).not.toHaveLength(0);
    expect(read(await say('olga', `comms plan ${id}`))).toContain('Closing: 4 last updates');
  });

  test('that is late is said to releasers and owner by the timers', async () => {
    const id = await major('Slow mail');
    await advance(31);
    const overdue = `Overdue: Working staff, ${id}`;
    expect((await direct('cora')).map(({ title }) => title)).toContain(overdue);
    expect((await direct('olga')).map(({ title }) => title)).toContain(overdue);
  });

  test('can be skipped with a reason, and looked at again by command', async () => {
    const id = await major();
    await fill('olga', await say('olga', `comms draft ${id} customers`), { text: 'We are looking into it.' });
    const looked = cardOf(await say('cora', `comms release ${id} customers`));
    expect(controlsOf(looked)).toHaveLength(4);
    expect(read(await say('sid', `comms release ${id} customers`))).toContain('Only the releasers of the line customers');
    const value = controlsOf(looked)[3]?.value ?? '';
    expect(read(await fill('cora', await press('cora', 'comms.skip', id, value), { reason: 'Nobody is affected.' }))).toContain(
      'Customers',
    );
    expect(read(await say('cora', `comms release ${id} customers`))).toContain('Nothing awaits release');
    expect(read(await fill('olga', await say('olga', `comms skip ${id} all-staff`), { reason: 'x' }))).toContain('All staff');
  });

  test('takes a reason that is said with the command into the dialog', async () => {
    const id = await major();
    const paused = await fill('olga', await say('olga', `comms pause ${id} customers the lawyers look at it`), {});
    expect(read(paused)).toContain('(the lawyers look at it)');
    const resumed = await fill('olga', await say('olga', `comms resume ${id} customers "they agreed"`), {});
    expect(read(resumed)).not.toContain('paused by');
    await fill('cora', await say('cora', `comms skip ${id} customers told by phone`), {});
    expect((await direct('olga')).map(({ summary }) => summary).join('\n')).toContain('told by phone');
  });

  test('on demand begins with a button', async () => {
    const id = await major();
    expect(read(await press('olga', 'comms.start', id, 'press'))).toContain('Press and media: due');
    expect(read(await say('olga', `comms start ${id} emergency-services`))).toContain('Emergency services and authorities: due');
  });
});

describe('problems and incidents', () => {
  test('are raised, shown, listed, edited and have a history', async () => {
    const id = await newProblem('Worn disks');
    expect(read(await say('rita', `problem show ${id}`))).toContain('Priority: critical');
    expect(read(await say('rita', 'problem list'))).toContain(`${id} Worn disks, recorded`);
    await fill('rita', await say('rita', `problem edit ${id}`), { title: 'Worn disks in two sites', details: 'Since Monday.' });
    expect(read(await say('rita', `problem show ${id}`))).toContain('Since Monday.');
    const past = read(await say('rita', `problem history ${id}`));
    expect(past).toContain(': raised');
    expect(past).toContain(': edited');
  });

  test('are linked; both ends show it', async () => {
    const id = await newProblem();
    const raised = await fill('rita', await say('rita', 'incident new'), { title: 'Teller 4 cannot log on' });
    const incident = /INC-\d+/u.exec(read(raised))?.[0] ?? '';
    expect((await direct('sid')).map(({ title }) => title)).toEqual([`New incident: ${incident} Teller 4 cannot log on`]);
    expect(read(await say('rita', `problem link ${id} ${incident}`))).toContain('Incidents: 1');
    await advance(0);
    expect(read(await say('rita', `incident show ${incident}`))).toContain(`${id} Refused connections`);
    expect(read(await say('rita', `problem link ${id} INC-999`))).toContain('There is no INC-999');
  });

  test('get another owner who accepts by a button', async () => {
    const id = await major();
    await say('olga', `problem owner ${id} @rita`);
    const asked = (await direct('rita')).at(-1);
    expect(controlsOf(asked).map(({ label }) => label)).toEqual(['Accept', 'Decline']);
    expect(read(await press('sid', 'problem.accept-owner', id))).toContain('You are not asked');
    expect(read(await press('rita', 'problem.accept-owner', id))).toContain('It is yours');
    expect(controlsOf((await direct('rita')).find(({ title }) => title === `Owner of ${id}`))).toEqual([]);
    expect(textOf(cardOf(await say('rita', `problem show ${id}`)))).toContain(`Owner: @${await idOf('rita')}`);
  });

  test('go the ways back by words with a reason', async () => {
    const id = await major();
    expect(read(await say('pat', `problem normal ${id} few are affected`))).toContain('is normal');
    await fill('olga', await say('olga', `problem resolve ${id}`), { resolution: 'Replaced.' });
    expect(read(await say('olga', `problem reopen ${id} it failed again`))).toContain('is open again');
    expect(read(await say('olga', `problem list resolved`))).not.toContain(`${id} `);
  });

  test('an incident becomes major and resolved like a problem', async () => {
    const raised = await fill('rita', await say('rita', 'incident new'), { title: 'No mail' });
    const id = /INC-\d+/u.exec(read(raised))?.[0] ?? '';
    await fill('pat', await say('pat', `incident major ${id}`), { owner: await idOf('olga') });
    expect(read(await say('olga', `comms plan ${id}`))).toContain('Senior management');
    expect(read(await say('olga', 'incident list major'))).toContain(`${id} No mail, major`);
    await fill('olga', await say('olga', `incident resolve ${id}`), { resolution: 'Restarted.' });
    expect(read(await say('olga', `incident history ${id}`))).toContain('resolved: Restarted.');
  });
});

describe('what is refused', () => {
  test.each([
    ['declaring without the role', (id: string) => say('rita', `problem major ${id}`), 'problem-manager'],
    ['a plan of a normal problem', (id: string) => say('rita', `comms plan ${id}`), 'was not declared major'],
    ['a line of no plan', (id: string) => say('rita', `comms line ${id} regulator`), 'has no communication plan'],
    ['a record that is none', () => say('rita', 'comms plan PRB-999'), 'There is no PRB-999'],
    ['a kind that has no plan', () => say('rita', 'comms plan KER-1'), 'does not work as'],
    ['an unknown problem', () => say('rita', 'problem show PRB-999'), 'There is no PRB-999'],
    ['reopening what is open', (id: string) => say('rita', `problem reopen ${id} x`), 'is not resolved'],
  ])('%s', async (_what, act, words) => {
    const id = await newProblem();
    const reply = await act(id);
    const after = reply.kind === 'form' ? await fill('rita', reply, { owner: await idOf('rita') }) : reply;
    expect(read(after)).toContain(words);
  });

  test('a title that is too long, and says how long it may be', async () => {
    const opening = await say('rita', 'problem new');
    const reply = await ask('rita', { kind: 'submit', doing: 'problem new', input: {}, answers: { title: 'x'.repeat(5000) } });
    expect(opening.kind).toBe('form');
    expect(JSON.stringify(reply)).toContain('150 fit');
  });

  test('nothing of it reaches a plan: a title full of mark-up stays text', async () => {
    const id = await newProblem('<!channel> @everyone *bold* ‮abc');
    expect(cardOf(await say('rita', `problem show ${id}`))?.title).toBe(`${id} <!channel> @everyone *bold* ‮abc`);
  });
});

test('an hour of the clock is an hour of the plan', async () => {
  const id = await major();
  const loaded = await loadView(db, id);
  const plan = loaded && viewOf(loaded).state(comms.plan);
  const due = plan?.lines.map(({ update }) => (update ? (update.due - plan.declaredAt) / MINUTE : undefined));
  expect(due).toEqual([30, 30, 30, 30, undefined, undefined]);
});
