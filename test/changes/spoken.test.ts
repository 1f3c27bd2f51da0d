/** RFCs by their users' door: what people say, fill in and press, on a real database, with the clock in the test's hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as changes from '../../src/changes/index.ts';
import type { Card, Control } from '../../src/chat/card.ts';
import { dispatcher } from '../../src/chat/dispatch.ts';
import { renderLive } from '../../src/chat/live.ts';
import type { Asker, Dispatch, Intent, Reply } from '../../src/chat/port.ts';
import { plainWords } from '../../src/chat/refusals/index.ts';
import { registry } from '../../src/chat/registry.ts';
import { dispatchStore, loadView } from '../../src/chat/store.ts';
import { viewOf } from '../../src/core/apply.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { BELLMAN, type Role } from '../../src/core/record.ts';
import { type Transact, transactor } from '../../src/core/transact.ts';
import { connect, type Database } from '../../src/db/database.ts';
import * as incidents from '../../src/incidents/index.ts';
import * as people from '../../src/people/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
let dispatch: Dispatch;
let transact: Transact;
let keys = 0;

const CAB = 'console/channel/cab';
const PEOPLE = ['ray', 'max', 'ann', 'bob', 'cid', 'dan', 'eve', 'zoe', 'adm'];

beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url, { pool: 4 });
  await db.sql`insert into bellman.clock (base, started_at, rate) values ('2027-01-04T09:00Z', clock_timestamp(), 0)`;
  const rooms = [people, incidents, changes];
  transact = transactor({
    db,
    house: house(
      [people.org, ...incidents.parts, ...changes.parts] as readonly AnyPart[],
      rooms.flatMap(({ reactions }) => [...reactions]),
    ),
    doorbell: silentDoorbell,
  });
  const store = people.peopleStore(db);
  dispatch = dispatcher({
    db,
    registry: registry([...incidents.doings, ...changes.doings]),
    transact,
    resolve: { ...people.resolver(store, new Map(), new Map()), checkPlace: async () => undefined },
    store: dispatchStore(db),
    matters: async () => false,
    sectionsAtOnce: () => 4,
    onError: (_ref, error) => {
      throw error;
    },
  });
  for (const person of PEOPLE) await say(person, 'rfc list');
  await grant('adm', 'admin');
  await grant('max', 'change-manager');
  await onOrg({ type: 'create-board', board: 'CAB', place: CAB, emergency: false });
  await onOrg({ type: 'create-board', board: 'ECAB', place: 'console/channel/ecab', emergency: true });
  for (const person of ['ann', 'bob', 'cid', 'dan', 'ray'])
    await onOrg({ type: 'add-member', board: 'CAB', person: await idOf(person) });
  for (const person of ['ann', 'bob', 'cid']) await onOrg({ type: 'add-member', board: 'ECAB', person: await idOf(person) });
  await fill('ray', await say('ray', 'incident new'), { title: 'Disk full', impact: 'high', urgency: 'High' });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const idOf = async (name: string): Promise<string> => {
  const [row] = await db.sql<{ person: string }[]>`select person_id as person from bellman.identity where user_id = ${name}`;
  return row?.person ?? '';
};
const onOrg = (command: people.OrgCommand) => transact([{ record: 'ORG-1', part: 'org', command, by: BELLMAN }]);
const grant = async (name: string, role: Role) => onOrg({ type: 'grant', person: await idOf(name), role });

const from = (name: string): Asker => ({
  platform: 'console',
  user: name,
  handle: name,
  name,
  timeZone: 'UTC',
  bot: false,
  guest: false,
});

const ask = (name: string, intent: object): Promise<Reply> => {
  keys += 1;
  return dispatch({ key: `k${keys}`, from: from(name), at: 'console/channel/ops', address: {}, ...intent } as Intent);
};
const say = (name: string, words: string) => ask(name, { kind: 'words', words });
const press = (name: string, control: Pick<Control, 'action' | 'record' | 'value'>) => ask(name, { kind: 'press', ...control });

type Filled = Readonly<Record<string, string>>;

/** Fills in the dialog that was opened, over what stands in it, and sends it. */
async function fill(name: string, opening: Reply, answers: Filled): Promise<Reply> {
  if (opening.kind !== 'form') throw new Error(`No form: ${JSON.stringify(opening)}`);
  const { form } = opening;
  const initial = Object.fromEntries(
    form.sections.flatMap(({ fields }) => fields.map((field) => [field.name, field.initial ?? ''])),
  );
  return ask(name, { kind: 'submit', doing: form.doing, input: form.input, answers: { ...initial, ...answers } });
}

const textOf = (card: Card): string =>
  [
    card.title,
    ...card.blocks.flatMap((block) => {
      if (block.kind === 'text') return [plainWords(block.text)];
      if (block.kind === 'facts') return block.facts.map(({ label, value }) => `${label}: ${plainWords(value)}`);
      if (block.kind === 'list') return block.items.map(plainWords);
      return [];
    }),
  ].join('\n');
const read = (reply: Reply): string => (reply.kind === 'card' ? textOf(reply.card) : JSON.stringify(reply));
const controlsOf = (card: Card): readonly Control[] =>
  card.blocks.flatMap((block) => (block.kind === 'controls' ? block.controls : []));
const labelsOf = (reply: Reply): readonly string[] =>
  reply.kind === 'card' ? controlsOf(reply.card).map(({ label }) => label) : [];

/** The cards that wait for a place, as they would be shown now, newest first. */
async function shown(place: string): Promise<readonly Card[]> {
  const rows = await db.sql<{ record: string; content: Card; live: string | null }[]>`
    select record_id as record, content, live from bellman.delivery where place = ${place} order by seq desc`;
  return Promise.all(
    rows.map(async ({ record, content, live }) => {
      const loaded = live === null ? undefined : await loadView(db, record);
      return (loaded && live !== null && renderLive(changes.liveCards, live, viewOf(loaded), 0)) || content;
    }),
  );
}
/** Presses the button with this label on the newest card of a place that has it. */
async function pressOn(name: string, place: string, label: string, record: string): Promise<Reply> {
  for (const card of await shown(place)) {
    const control = controlsOf(card).find((one) => one.label === label && one.record === record);
    if (control) return press(name, control);
  }
  throw new Error(`No ${label} of ${record} at ${place}`);
}
const direct = (name: string): string => `console/person/${name}`;

const FORM: Filled = {
  title: 'Encrypt the backups',
  description: 'Turn on encryption.',
  type: 'Minor',
  priority: 'Medium',
  risk: 'low',
  backout: 'Turn it off.',
  start: '2027-01-11 22:00',
  end: '2027-01-11 23:00',
};
async function raised(answers: Filled = {}): Promise<string> {
  const reply = read(await fill('ray', await say('ray', 'rfc new'), { ...FORM, ...answers }));
  const id = /RFC-\d+/u.exec(reply)?.[0];
  if (!id) throw new Error(reply);
  return id;
}
async function voting(answers: Filled = {}): Promise<string> {
  const id = await raised(answers);
  await say('ray', `rfc submit ${id}`);
  await pressOn('max', direct('max'), 'Agree', id);
  return id;
}
const statusOf = async (id: string): Promise<string> => {
  const [row] = await db.sql<{ status: string }[]>`select status from bellman.record where id = ${id}`;
  return row?.status ?? '';
};

describe('the form of an RFC', () => {
  test('has the names that scripts rely on, and only the needed ones are needed', async () => {
    const reply = await say('ray', 'rfc new');
    const fields = reply.kind === 'form' ? reply.form.sections.flatMap((section) => section.fields) : [];
    expect(fields.map(({ label }) => label)).toEqual([
      'Title',
      'Description',
      'Type',
      'Priority',
      'Category',
      'Affected items',
      'Risk',
      'Impact',
      'Benefit',
      'Implementation plan',
      'Backout plan',
      'Start',
      'End',
      'Change owner',
      'Implementer',
      'Linked records',
    ]);
    expect(fields.filter(({ optional }) => !optional).map(({ label }) => label)).toEqual([
      'Title',
      'Description',
      'Type',
      'Priority',
      'Risk',
      'Backout plan',
      'Start',
      'End',
    ]);
  });
  test('echoes number, day and zone, and sends the card with Submit, which is the only one', async () => {
    const reply = await fill('ray', await say('ray', 'rfc new'), FORM);
    expect(read(reply)).toMatch(/RFC-\d+ is a draft: Encrypt the backups\nWindow: Mon 11 Jan 2027, 22:00 \(UTC\) to/u);
    expect(labelsOf(reply)).toEqual([]);
    expect(controlsOf((await shown(direct('ray')))[0] as Card).map(({ label }) => label)).toContain('Submit');
  });
  test.each<[string, Filled, string]>([
    ['a past window', { start: '2026-01-01 10:00' }, 'start'],
    ['an end before the start', { end: '2027-01-11 21:00' }, 'end'],
    ['a date that is none', { start: '2027-02-31 10:00' }, 'start'],
    ['an emergency without a link', { type: 'Emergency' }, 'links'],
    ['a linked record that does not exist', { links: 'INC-999' }, 'links'],
    ['a title of 5,000 characters', { title: 'x'.repeat(5000) }, 'title'],
    ['a missing title', { title: '  ' }, 'title'],
    ['a type that is none', { type: 'huge' }, 'type'],
  ])('is shown again for %s, and nothing is raised', async (_name, wrong, field) => {
    const before = await db.sql`select 1 from bellman.record where kind = 'RFC'`;
    const reply = await fill('ray', await say('ray', 'rfc new'), { ...FORM, ...wrong });
    expect(reply).toMatchObject({ kind: 'mend', fields: { [field]: expect.any(String) } });
    expect(await db.sql`select 1 from bellman.record where kind = 'RFC'`).toHaveLength(before.length);
  });
  test('takes any text as text', async () => {
    const odd = '<!channel> @everyone שלום 🚒 <@U1> *x*';
    const id = await raised({ title: odd, description: odd, risk: odd, backout: odd });
    expect(read(await say('ray', `rfc show ${id}`))).toContain(odd);
  });
  test('is pre-filled for an edit; saving it unchanged changes nothing', async () => {
    const id = await voting({ start: 'in 8d', end: 'in 9d' });
    expect(read(await fill('ray', await say('ray', `rfc edit ${id}`), {}))).toContain('Nothing changed');
    expect(await statusOf(id)).toBe('voting');
    expect(read(await say('ann', `rfc edit ${id}`))).toContain('Only the requester and the change owner');
  });
  test('is pre-filled for a copy, without the window', async () => {
    const id = await raised({ title: 'A first one' });
    const opening = await say('ann', `rfc copy ${id}`);
    const fields = opening.kind === 'form' ? opening.form.sections.flatMap((section) => section.fields) : [];
    expect(fields.find(({ name }) => name === 'title')?.initial).toBe('A first one');
    expect(fields.find(({ name }) => name === 'start')?.initial).toBeUndefined();
    expect(read(await fill('ann', opening, { start: 'tomorrow 22:00', end: 'tomorrow 23:00' }))).toContain('is a draft');
  });
});

describe('from draft to done', () => {
  test('as people press it', async () => {
    const id = await raised();
    expect(read(await pressOn('ray', direct('ray'), 'Submit', id))).toContain('In review');
    expect(await statusOf(id)).toBe('in review');
    expect(read(await pressOn('ann', direct('max'), 'Agree', id))).toContain('change-manager');
    const change = await pressOn('max', direct('max'), 'Change', id);
    expect(read(await fill('max', change, { priority: 'High', category: 'storage' }))).toContain('minor, high');
    expect(await statusOf(id)).toBe('voting');

    expect(read(await pressOn('ray', CAB, 'Approve', id))).toContain('You raised');
    expect(read(await pressOn('eve', CAB, 'Approve', id))).toContain('not in the electorate');
    expect(read(await pressOn('ann', CAB, 'Approve', id))).toMatch(/Your vote is counted: approve. To change it/u);
    expect(read(await fill('bob', await pressOn('bob', CAB, 'Reject', id), { reason: 'Too soon' }))).toContain('reject');
    expect(read(await pressOn('cid', CAB, 'Abstain', id))).toContain('abstain');
    expect(read(await fill('dan', await pressOn('dan', CAB, 'Ask', id), { question: 'Tested?' }))).toContain(
      'The change owner is asked',
    );
    expect(read(await fill('ray', await pressOn('ray', direct('ray'), 'Answer', id), { answer: 'Twice.' }))).toContain('Twice.');
    expect(read(await pressOn('dan', CAB, 'Approve', id))).toContain('The ballot is decided: approved');
    expect(await statusOf(id)).toBe('approved');

    const [outcome, card] = await shown(CAB);
    expect(outcome?.title).toBe('Approved: ' + `${id}: Encrypt the backups`);
    expect(card && controlsOf(card)).toEqual([]);
    expect(card && textOf(card)).toContain('Too soon');

    expect(read(await say('eve', `rfc start ${id}`))).toContain('Only the implementer');
    expect(read(await say('ray', `rfc start ${id}`))).toContain('In progress');
    expect(read(await say('ray', `rfc done ${id}`))).toContain('Done');
    expect(read(await say('ray', `rfc done ${id}`))).toContain('Done');
    const past = read(await say('eve', `rfc history ${id}`));
    for (const words of ['raised it', 'agreed', 'voted reject: Too soon', 'ballot 1 ended: approved', 'made it'])
      expect(past).toContain(words);
  });
  test('failed and backed out, with reasons', async () => {
    const id = await voting();
    for (const name of ['ann', 'bob', 'cid']) await pressOn(name, CAB, 'Approve', id);
    await say('ray', `rfc start ${id}`);
    expect(read(await say('ray', `rfc failed ${id} disk full`))).toContain('disk full');
    expect(read(await say('ray', `rfc backout ${id} as planned`))).toContain('as planned');
    expect(read(await say('ray', `rfc backout ${id}`))).toContain('reason');
  });
  test('an edit of the window voids the votes and says so; the old button is explained', async () => {
    const id = await voting();
    const old = controlsOf((await shown(CAB)).find(({ title }) => title.includes(id)) as Card)[0] as Control;
    await press('ann', old);
    const edited = await fill('ray', await say('ray', `rfc edit ${id}`), { start: '2027-01-12 22:00', end: '2027-01-12 23:00' });
    expect(read(edited)).toContain('The ballot is void');
    expect(read(await press('ann', old))).toContain('was edited at');
    expect((await shown(direct('ann')))[0]?.title).toContain('Ballot void');
    await pressOn('max', direct('max'), 'Agree', id);
    expect(read(await press('bob', old))).toContain('A newer ballot is open');
  });
  test('a standard change asks for its reference', async () => {
    const id = await raised({ type: 'Standard' });
    await say('ray', `rfc submit ${id}`);
    const opening = await pressOn('max', direct('max'), 'Agree', id);
    expect(read(await fill('max', opening, { reference: 'PRE-7' }))).toContain('Confirmed as pre-approved');
    expect(await statusOf(id)).toBe('approved');
  });
  test('sent back, withdrawn, and nothing left to press', async () => {
    const id = await raised();
    await say('ray', `rfc submit ${id}`);
    await fill('max', await pressOn('max', direct('max'), 'Send back', id), { missing: 'A test plan' });
    expect(read(await say('ray', `rfc show ${id}`))).toContain('A test plan');
    expect(read(await say('ray', `rfc withdraw ${id}`))).toContain('Withdrawn');
    expect(read(await press('ray', { action: 'rfc.submit', record: id }))).toContain('is withdrawn, so it was not submitted');
    expect(read(await press('ann', { action: 'ballot.approve', record: id, value: '1' }))).toContain('no open ballot');
  });
});

describe('an emergency', () => {
  test('is five fields, straight to the ECAB', async () => {
    const opening = await say('ray', 'rfc emergency');
    const fields = opening.kind === 'form' ? opening.form.sections.flatMap((section) => section.fields) : [];
    expect(fields.map(({ label }) => label)).toEqual(['Title', 'Linked incident', 'What you will do', 'How to go back', 'Start']);
    const answers = { title: 'Free the disk', incident: 'INC-1', work: 'Delete logs', backout: 'None needed', start: 'now' };
    const reply = read(await fill('ray', opening, answers));
    expect(reply).toContain('ECAB votes in');
    const id = /RFC-\d+/u.exec(reply)?.[0] ?? '';
    for (const name of ['ann', 'bob']) await pressOn(name, direct(name), 'Approve', id);
    expect(await statusOf(id)).toBe('approved');
    await say('ray', `rfc start ${id}`);
    expect(read(await say('ray', `rfc done ${id}`))).toContain('Risk, End');
    await fill('ray', await say('ray', `rfc edit ${id}`), { risk: 'low', end: 'in 1h' });
    expect(read(await say('ray', `rfc done ${id}`))).toContain('Done');
  });
  test('names an incident that exists', async () => {
    const answers = { title: 'x', incident: 'INC-99', work: 'x', backout: 'x', start: 'now' };
    expect(await fill('ray', await say('ray', 'rfc emergency'), answers)).toMatchObject({
      kind: 'mend',
      fields: { incident: expect.any(String) },
    });
  });
  test('made already is recorded as such, reviewed and closed', async () => {
    const answers = {
      title: 'Freed the disk',
      incident: 'INC-1',
      work: 'Deleted logs',
      backout: 'None',
      start: '2027-01-04 08:00',
    };
    const id = /RFC-\d+/u.exec(read(await fill('ray', await say('ray', 'rfc already'), answers)))?.[0] ?? '';
    for (const name of ['ann', 'bob']) await pressOn(name, direct(name), 'Approve', id);
    expect(read(await say('ray', `rfc done ${id}`))).toContain('Risk, End');
    await fill('ray', await say('ray', `rfc edit ${id}`), { risk: 'low', end: '2027-01-04 08:30' });
    expect(read(await say('ray', `rfc done ${id}`))).toContain('not reviewed yet');
    const opening = await press('max', { action: 'rfc.made-review', record: id });
    expect(read(await fill('max', opening, { findings: 'Rotate logs.' }))).toContain('Rotate logs.');
    expect(read(await say('ray', `rfc done ${id}`))).toContain('Done');
  });
});

describe('votes, conflicts and delegations', () => {
  test('are listed with their buttons, those not voted in first', async () => {
    const id = await voting({ title: 'For the list' });
    const before = await say('dan', 'rfc votes');
    expect(read(before)).toContain(`${id}: For the list, not voted yet`);
    expect(labelsOf(before).slice(0, 4)).toEqual(['Approve', 'Reject', 'Abstain', 'Ask']);
    await pressOn('dan', CAB, 'Approve', id);
    expect(read(await say('dan', 'rfc votes'))).toContain(`${id}: For the list, voted: approve`);
    expect(read(await say('eve', 'rfc votes'))).toContain('No open ballot waits for you');
  });
  test('a conflict of interest takes the vote out', async () => {
    const id = await voting();
    await pressOn('ann', CAB, 'Approve', id);
    expect(read(await say('ann', `rfc recuse ${id} my team`))).toContain('You take no part');
    expect(read(await pressOn('ann', CAB, 'Approve', id))).toContain('take no part in the ballot');
  });
  test('a delegate votes for the member, and the card says so', async () => {
    const id = await voting();
    expect(read(await say('cid', 'rfc delegate @zoe until 2027-01-31'))).toContain('votes for you until');
    expect(read(await pressOn('zoe', CAB, 'Approve', id))).toContain('Your vote for');
    expect(read(await say('zoe', 'rfc votes'))).toContain('voted: approve');
    expect(read(await say('eve', 'rfc delegate @zoe until 2027-01-31'))).toContain('board');
  });
});

describe('looking, following and handing over', () => {
  test('watch, link, assign, list, one field whole', async () => {
    const id = await raised({ title: 'To be followed', description: 'y'.repeat(2000) });
    expect(labelsOf(await say('eve', `rfc watch ${id}`))).toEqual(['Stop watching']);
    expect(read(await press('eve', { action: 'rfc.unwatch', record: id }))).toContain('no longer watch');
    expect(read(await say('eve', `rfc link ${id} INC-1`))).toContain('linked with INC-1');
    expect(read(await say('eve', `rfc link ${id} INC-77`))).toContain('There is no INC-77');
    expect(read(await say('ray', `rfc assign ${id} @dan`))).toContain('change owner');
    expect(read(await say('eve', `rfc assign ${id} @eve`))).toContain('change-manager');
    for (const which of ['', ' mine', ' all', ' closed', ' voting', ' review', ' approved', ' progress']) {
      expect(read(await say('dan', `rfc list${which}`))).toContain('RFCs');
    }
    expect(read(await say('dan', 'rfc list mine'))).toContain(id);
    expect(read(await say('dan', `rfc show ${id} description`))).toContain('y'.repeat(2000));
    expect(labelsOf(await say('eve', `rfc show ${id}`))).toContain('Watch');
  });
  test.each(['show', 'edit', 'history', 'submit', 'start', 'watch', 'recuse', 'withdraw', 'copy', 'done', 'failed', 'cancel'])(
    '/rfc %s of an RFC that does not exist says so',
    async (word) => {
      expect(read(await say('ray', `rfc ${word} RFC-999`))).toContain('There is no RFC-999');
    },
  );
  test('a record of another kind, a missing argument and an unknown word are explained', async () => {
    expect(read(await say('ray', 'rfc show INC-1'))).toContain('does not work as the RFC');
    expect(read(await say('ray', 'rfc submit'))).toContain('needs the RFC');
    expect(read(await say('ray', 'rfc fly'))).toContain('I do not know /rfc fly');
  });
});
