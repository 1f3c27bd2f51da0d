/**
 * To whoever is none of its people a private record does not exist (S3): by whatever is said or pressed about it they get the words
 * for a record that there is not, and its title stands nowhere that they can look.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Argument, Command } from '../../src/chat/registry.ts';
import { everything } from '../../src/rooms.ts';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

/** No word of anything else. */
const SECRET = 'Zebra';
/** Holds every role whose holders are not among the people of private records. */
const OUTSIDER = 'kate';
const ROLES_OF_THE_OUTSIDER = ['admin', 'auditor', 'service-desk', 'release-manager'];
const SETUP = [
  ...ROLES_OF_THE_OUTSIDER.map((role) => `/bellman role grant @${OUTSIDER} ${role}`),
  '/bellman role grant @neil change-manager',
  '/bellman role grant @jerry problem-manager',
  '/bellman role grant @linda incident-manager',
  '/bellman role grant @jamie communications',
  '/bellman role grant @kevin security',
  '/bellman board create CAB #cab',
  ...['charles', 'kevin', 'jamie'].map((member) => `/bellman board add CAB @${member}`),
  '/bellman audience set all-staff #general',
];
const RFC = {
  description: `${SECRET} all traffic`,
  type: 'minor',
  priority: 'low',
  risk: `${SECRET} risk`,
  plan: 'p',
  backout: 'b',
  start: 'in 3d',
  end: 'in 4d',
};

/** Only what is declared is looked at; no handler runs. */
const nobody = undefined as unknown as Parameters<typeof everything>[0];
const registry = everything(nobody, { dataDir: '', url: () => undefined });

let house: House;
const as = (who: string): ConsoleUser => consoleUser(house.bellman.url, who);

/** Says something whose dialog is filled in, where there is one. */
async function says(who: string, line: string, answers: Record<string, string> = {}): Promise<Said> {
  const said = await as(who).say(line);
  return said.kind === 'form' ? as(who).submit(said, answers) : said;
}

/** Raises a problem, and says which number it got. */
const raised = async (title: string): Promise<string> =>
  /PRB-\d+/u.exec(wordsOf(await says('ray', '/problem new', { title })))?.[0] ?? '';

/** Presses the newest button of this kind that somebody has before them. */
const pressed = (who: string, action: string, record: string): Promise<Said> =>
  eventually(`${action} before ${who}`, async () => {
    const state = await (await fetch(`${house.bellman.url}/console/state?as=${who}`)).text();
    const values = [...state.matchAll(new RegExp(`"value":"([^"]+)","action":"${action}","record":"${record}"`, 'gu'))];
    const value = values.at(-1)?.[1];
    return value === undefined ? undefined : as(who).press(action, record, value);
  });

/** Everything that somebody can read on the console. */
async function readBy(who: string): Promise<string> {
  const state = await (await fetch(`${house.bellman.url}/console/state?as=${who}`)).json();
  return wordsOf((state as { messages: { content: unknown }[] }).messages.map(({ content }) => content));
}

/** Titles have no word in common, for what reads alike is asked about before it is raised. The private records of each kind: `PRB-1`, `INC-1`, `RFC-1`; those with the number 900 do not exist, and those with 2 are the outsider's own. */
const PRIVATE = 1;
const OWN = 2;
const MISSING = 900;
const KINDS = ['PRB', 'INC', 'RFC', 'KER', 'REL', 'REV', 'RSK', 'CI'];

beforeAll(async () => {
  house = await startHouse({ queue: 'postgres', startsAt: '2027-01-11T09:00:00Z' });
  for (const line of SETUP) await as('admin').say(line);
  for (const root of ['problem', 'incident']) {
    const id = `${root === 'problem' ? 'PRB' : 'INC'}-1`;
    await says('ray', `/${root} new`, { title: root === 'problem' ? 'Quartz' : 'Velvet' });
    await says('ray', `/${root} class ${id} private`);
    await says('ray', `/${root} edit ${id}`, {
      title: `${SECRET} is ${root}`,
      details: `${SECRET} details, xylophone humming`,
      impact: 'high',
      urgency: 'high',
    });
    await says(OUTSIDER, `/${root} new`, { title: root === 'problem' ? 'Orchard' : 'Riverbank' });
  }
  await says('ray', '/rfc new', { ...RFC, title: 'Something', description: 'd', risk: 'r' });
  await says('ray', '/rfc class RFC-1 confidential');
  await says('ray', '/rfc edit RFC-1', { ...RFC, title: `${SECRET} change` });
  await says(OUTSIDER, '/rfc new', { ...RFC, title: 'Open to all', description: 'd', risk: 'r' });
  // The private records are linked with those that everybody sees, told of in the open, voted on, declared major, and overdue.
  await says('ray', '/incident new', { title: 'Canteen menu' });
  await says('ray', '/problem link PRB-1 INC-3');
  await says('ray', '/rfc link RFC-1 INC-3');
  await says('jerry', '/ker new PRB-1', {
    title: `${SECRET} known`,
    symptom: `${SECRET} symptom`,
    workaround: `${SECRET} workaround`,
  });
  await says('jerry', '/problem workaround PRB-1', { workaround: `${SECRET} workaround` });
  await says('ray', '/rfc submit RFC-1');
  await as('neil').reads('Review RFC-1');
  await as('neil').press('rfc.agree', 'RFC-1', '2');
  await as('neil').press('rfc.agree', 'RFC-1', '1');
  await as('charles').reads(SECRET);
  await says('jerry', '/problem major PRB-1', { owner: '@ray' });
  await says('linda', '/incident major INC-1', { owner: '@ray' });
  await as('ray').reads(/Communication plan of PRB-1/u);
  // What is told of a private problem to staff, in the open: they read the text, and not what it is called.
  await says('ray', '/comms draft PRB-1 all-staff', { text: 'Some files cannot be opened. You need do nothing.' });
  await pressed('jamie', 'comms.release', 'PRB-1');
  await house.advance(15_000);
  await as(OUTSIDER).reads('Some files cannot be opened');
  for (const minutes of [20, 30, 60, 240]) await house.advance(minutes * 60_000);
  await as('ray').reads(/Overdue/u);
}, 60_000);
afterAll(() => house.stop());

/** What is said for an argument that is not a record. */
function word(argument: Argument<unknown>): string {
  switch (argument.kind) {
    case 'choice':
      return argument.choices?.[0] ?? 'x';
    case 'person':
    case 'people':
      return '@ray';
    case 'channel':
    case 'destination':
    case 'destinations':
      return '#general';
    case 'audience':
      return 'customers';
    case 'time':
      return 'tomorrow';
    case 'span':
      return '30m';
    default:
      return '1';
  }
}

const takesRecord = ({ kind }: Argument<unknown>): boolean => kind === 'record' || kind === 'records';
const kindsOf = (argument: Argument<unknown>): readonly string[] =>
  KINDS.filter((kind) => argument.kind === 'records' || argument.schema.safeParse(`${kind}-1`).success);

/** The command with a record of this kind and number at this argument, and the outsider's own records at the others. */
function line(command: Command, at: string, kind: string, number: number): string {
  const words = Object.entries(command.args).map(([name, argument]) => {
    if (name === at) return `${kind}-${number}`;
    if (takesRecord(argument)) return `${kindsOf(argument)[0]}-${OWN}`;
    return `${argument.keyword === undefined ? '' : `${argument.keyword} `}${word(argument)}`;
  });
  return `/${command.name} ${words.join(' ')}`;
}

/** Every command with each kind of record at each of its arguments. */
const said = registry.commands.flatMap((command) =>
  Object.entries(command.args).flatMap(([name, argument]) =>
    takesRecord(argument) ? kindsOf(argument).map((kind) => [command, name, kind] as const) : [],
  ),
);

/** What somebody got, with the record's number left out. */
const without = (answer: Said, kind: string, number: number): unknown =>
  JSON.parse(
    JSON.stringify(answer, (key, value: unknown) =>
      ['id', 'at', 'key', 'version'].includes(key) ? undefined : value,
    ).replaceAll(new RegExp(`${kind}-${number}\\b`, 'gu'), `${kind}-n`),
  );

/** The answer to a line; a dialog is sent as it was opened, with what must not be empty. */
async function answers(text: string): Promise<readonly Said[]> {
  const first = await as(OUTSIDER).say(text);
  if (first.kind !== 'form') return [first];
  const fields = (first.form as unknown as { sections: { fields: { name: string; kind: string; initial?: string }[] }[] })
    .sections;
  const filled = Object.fromEntries(fields.flatMap((section) => section.fields.map((field) => [field.name, filledIn(field)])));
  return [first, await as(OUTSIDER).submit(first, filled)];
}

const filledIn = ({ kind, initial }: { kind: string; initial?: string }): string =>
  initial ?? { person: '@ray', people: '@ray', time: 'tomorrow', span: '30m', places: '#general', records: 'INC-3' }[kind] ?? 'x';

describe('somebody who is none of the people of a private record', () => {
  test('there are commands to try', () => {
    expect(said.length).toBeGreaterThan(40);
  });

  test.each(said.map(([command, name, kind]) => [`/${command.name} (${name}: ${kind})`, command, name, kind] as const))(
    '%s answers as for a record that there is not',
    async (_title, command, name, kind) => {
      const [hidden, missing] = [PRIVATE, MISSING].map(async (number) =>
        (await answers(line(command, name, kind, number))).map((answer) => without(answer, kind, number)),
      );
      expect(await hidden).toEqual(await missing);
    },
  );

  test.each(registry.buttons.flatMap(({ name }) => ['PRB', 'INC', 'RFC'].map((kind) => [name, kind] as const)))(
    'pressing %s of a %s answers as for a record that there is not',
    async (name, kind) => {
      const [hidden, missing] = [PRIVATE, MISSING].map(async (number) =>
        without(await as(OUTSIDER).press(name, `${kind}-${number}`, `${kind}-${number}.1`), kind, number),
      );
      const [got, expected] = [await hidden, await missing];
      // A button that is about no record answers everybody, with files and links of their own.
      if (JSON.stringify(expected).includes('/exports/')) expect(JSON.stringify(got)).not.toContain(SECRET);
      else expect(got).toEqual(expected);
    },
  );

  test('finds its title in no list and no record that it is linked with', async () => {
    const lists = [
      ...registry.commands
        .filter(({ args }) => Object.values(args).every(({ optional }) => optional))
        .map(({ name }) => `/${name}`),
      '/problem list all',
      '/incident list all',
      '/rfc list all',
      '/ker list all',
      '/ker search known symptom workaround',
      '/incident show INC-3',
      '/incident history INC-3',
      '/bellman audit show INC-3',
      '/bellman audit show ORG-1',
    ];
    for (const text of lists) expect(`${text}: ${wordsOf(await as(OUTSIDER).say(text))}`).not.toContain(SECRET);
    for (const text of ['/problem list', '/ker list', '/ker search known symptom workaround'])
      expect(wordsOf(await as('jerry').say(text))).toContain(SECRET);
    expect(wordsOf(await as('ray').say('/incident show INC-3'))).toContain(SECRET);
    expect(wordsOf(await as(OUTSIDER).say('/incident show INC-3'))).toContain('PRB-1');
  });

  test('reads it in no message, in whatever channel, and is offered it by no completion', async () => {
    const read = await readBy(OUTSIDER);
    expect(read).not.toContain(SECRET);
    const completed = await (
      await fetch(`${house.bellman.url}/console/complete?as=${OUTSIDER}&text=${encodeURIComponent('/problem show PRB')}`)
    ).json();
    expect(JSON.stringify((completed as { items: unknown }).items)).not.toContain('PRB-1');
  });

  test.each(['correct', 'retract'])('/comms %s answers for its update as for one that there is not', async (what) => {
    expect(wordsOf(await as('jamie').say('/comms ledger PRB-1'))).toContain('UPD-1');
    const [hidden, missing] = [1, 900].map(async (number) =>
      JSON.stringify((await answers(`/comms ${what} UPD-${number}`)).map((answer) => without(answer, 'UPD', number))).replaceAll(
        'UPD-1',
        'UPD-n',
      ),
    );
    expect(await hidden).toEqual(await missing);
  });

  test.each(['/status', '/status/feed.atom', '/status/feed.json', '/press', '/metrics', '/healthz', '/readyz'])(
    'finds it nowhere at %s',
    async (path) => {
      expect(await (await fetch(`${house.bellman.url}${path}`)).text()).not.toContain(SECRET);
    },
  );

  test('gets none of its words in an export of the journal, whose chain can be checked all the same', async () => {
    const exported = async (who: string) => {
      const reply = await says(who, '/bellman audit export 2027-01-01 2027-01-31');
      const link = /\/exports\/[\w-]{43}(?=")/u.exec(JSON.stringify(reply))?.[0];
      return (await fetch(`${house.bellman.url}${link}`)).text();
    };
    await as('admin').say('/bellman role grant @kevin auditor');
    const mine = await exported(OUTSIDER);
    expect(mine).not.toContain(SECRET);
    expect(mine).toContain('"record":"PRB-1"');
    expect(await exported('kevin')).toContain(SECRET);
  });
});

test('a card that stood in the open is taken back when its record becomes private, and says so', async () => {
  const id = await raised('Jasmine tea');
  await says('jerry', `/problem major ${id}`, { owner: '@ray' });
  await as(OUTSIDER).reads(`Communication plan of ${id}`);
  await says('ray', `/problem class ${id} private`);
  await as(OUTSIDER).reads(`${id} is no longer shown here`);
  await says('jerry', `/comms start ${id} press`);
  await house.advance(5000);
  const shown = await readBy(OUTSIDER);
  expect(shown).not.toContain(`Communication plan of ${id}`);
  expect(wordsOf(await as('ray').say(`/comms plan ${id}`))).toContain('Jasmine tea');
});

test('a channel that is guarded as well hears of a private record', async () => {
  const id = await raised('Kestrel flight');
  await says('ray', `/problem class ${id} private`);
  await says('ray', `/problem edit ${id}`, { title: 'Guarded matter' });
  expect(wordsOf(await as('neil').say('/bellman place class #management private'))).toContain('needs the role admin or security');
  expect(wordsOf(await as('kevin').say('/bellman place class #management private'))).toContain('Class of a place');
  expect(wordsOf(await as('neil').say('/bellman place list'))).toContain('is private');
  const management = consoleUser(house.bellman.url, 'jerry', 'management');
  await management.submit(await management.say(`/problem major ${id}`), { owner: '@ray' });
  // The console lets everybody read in every channel, so that this is seen.
  await as(OUTSIDER).reads(/Guarded matter/u);
});

test('what reads like a private record is not asked about when it is raised by others', async () => {
  const title = 'Xylophone humming';
  expect(wordsOf(await says('jerry', '/problem new', { title }))).toContain('PRB-1');
  expect(wordsOf(await says(OUTSIDER, '/problem new', { title }))).toContain('is raised');
});

describe('its own people', () => {
  test.each([
    ['ray', 'who raised it', 'PRB-1'],
    ['jerry', 'who manages such records', 'PRB-1'],
    ['linda', 'who manages such records', 'INC-1'],
    ['jamie', 'who holds communications, as it has a plan', 'PRB-1'],
    ['kevin', 'who holds security', 'INC-1'],
  ])('%s, %s, sees %s', async (who, _why, id) => {
    const root = id.startsWith('PRB') ? 'problem' : 'incident';
    expect(wordsOf(await as(who).say(`/${root} show ${id}`))).toContain(SECRET);
  });

  test('vote on a private change by cards that they got directly, and nothing stands in the channel of the board', async () => {
    const votes = await as('charles').say('/rfc votes');
    expect(wordsOf(votes)).toContain(SECRET);
    await as('charles').press('ballot.approve', 'RFC-1', '1');
    await as('kevin').press('ballot.approve', 'RFC-1', '1');
    await as('ray').reads(/Approved: RFC-1/u);
    await eventually('no card in #cab', async () => !(await readBy(OUTSIDER)).includes(SECRET));
  });

  test('get answers about it for themselves, also where everybody would have read them', async () => {
    const plan = (await as('ray').say('/comms plan PRB-1')) as Said & { message?: { only?: string } };
    expect(wordsOf(plan)).toContain(SECRET);
    expect(await readBy(OUTSIDER)).not.toContain(SECRET);
  });

  test('lose it when they have no part in it any more, and everybody has it back when its class is lowered', async () => {
    expect(wordsOf(await as('ray').say('/problem class PRB-1 sensitive'))).toContain('you may guard it more, but not less');
    expect(wordsOf(await as('kevin').say('/problem class PRB-1 sensitive'))).toContain('PRB-1 is sensitive');
    expect(wordsOf(await as(OUTSIDER).say('/problem show PRB-1'))).toContain(SECRET);
  });
});
