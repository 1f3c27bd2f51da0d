/** Problems as people speak of them: each row of P1 to P5 and P11 to P14 done from chat, and read back. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

const HOUR = 3_600_000;
const NAMES = ['admin', 'jerry', 'kate', 'ray', 'linda'] as const;

let house: House;
let people: Readonly<Record<(typeof NAMES)[number], ConsoleUser>>;
const shown = (said: Said) => wordsOf(said.message);
const say = (who: (typeof NAMES)[number], words: string) => people[who].say(words);
const fill = async (who: (typeof NAMES)[number], words: string, answers: Record<string, string>) =>
  people[who].submit(await say(who, words), answers);
/** What the problem's card says to Jerry. */
const card = async () => shown(await say('jerry', '/problem show PRB-1'));

beforeAll(async () => {
  house = await startHouse({ environment: { BELLMAN_ADMINS: 'console:admin' }, startsAt: '2027-01-11T09:00:00Z' });
  const url = house.bellman.consoleUrl ?? '';
  people = Object.fromEntries(NAMES.map((name) => [name, consoleUser(url, name)])) as typeof people;
  for (const who of ['jerry', 'kate', 'ray', 'linda'] as const) await say(who, '/bellman help');
  await say('admin', '/bellman role grant @jerry problem-manager');
  await say('admin', '/bellman role grant @kate service-desk');
  await say('admin', '/bellman service-level set any high 4h');
  await say('admin', '/bellman service-level set network critical 4h');
  await fill('kate', '/bellman contact set', { email: 'kate@bank.example', phone: '+49 30 123456' });
});
afterAll(() => house.stop());

test('P1, P2, P4: a problem holds who raised it and how they are reached, where it came from, its priority with its reasons, and the rest', async () => {
  const raised = await fill('kate', '/problem new', {
    title: 'Refused connections',
    details: 'One connection in five is refused.',
    impact: 'High',
    urgency: 'High',
    subCategory: 'VPN',
    items: 'gateway',
    source: 'Another function',
  });
  expect(shown(raised)).toContain('PRB-1 is raised');
  await fill('jerry', '/problem edit PRB-1', {
    title: 'Refused connections',
    details: 'One connection in five is refused.',
    category: 'Network',
    impact: 'High',
    urgency: 'High',
    subCategory: 'VPN',
    items: 'gateway',
    source: 'Another function',
    reasons: 'Only two people know the gateway.',
    agreements: 'SLA Payments, OLA network team',
    documents: 'https://wiki.example/gateway',
    solution: 'Newer firmware',
  });
  const whole = await card();
  for (const part of [
    'kate@bank.example',
    '+49',
    'console @kate',
    'another function',
    'critical (impact high, urgency high)',
    'Only two people know the gateway.',
    'SLA Payments, OLA network team',
    'https://wiki.example/gateway',
    'Newer firmware',
    'network, VPN',
    'gateway',
    '4h: by',
  ])
    expect(whole).toContain(part);
  // Whoever does not work on it reads where Kate chats, and no more.
  const toOthers = shown(await say('linda', '/problem show PRB-1'));
  expect(toOthers).toContain('console @kate');
  expect(toOthers).not.toContain('kate@bank.example');
  expect(shown(await say('admin', '/bellman service-level list'))).toContain('network, critical within 4h');
  expect(shown(await say('kate', '/bellman service-level set any low 1h'))).toContain('problem-manager');
  expect(shown(await say('admin', '/bellman service-level set any low soon'))).toContain('is not a length of time');
});

test('P1: the target response time is warned of before it is missed, and met by the first work', async () => {
  await house.advance(3 * HOUR + 60_000);
  await people.jerry.reads('waits for its first work');
  await fill('jerry', '/problem analyse PRB-1', { 'what-is': 'VPN connections', 'what-not': 'Cash machines' });
  expect(await card()).toMatch(/4h: by .*; met/u);
});

test('P3: its life goes on by what is done and by hand, and the list says where it is', async () => {
  const listed = async () => shown(await say('linda', '/problem list'));
  expect(await listed()).toContain('Refused connections, investigated');
  expect(shown(await fill('jerry', '/problem edit PRB-1', { title: 'Refused connections', stage: 'Error control' }))).toContain(
    '/ker new PRB-1',
  );
  await fill('jerry', '/problem cause PRB-1', { text: 'The firmware forgets a key.' });
  expect(await card()).toContain('The firmware forgets a key.');
  expect(await listed()).toContain('root cause known');
  await fill('jerry', '/ker new PRB-1', { symptom: 'Refused', workaround: 'Connect twice.' });
  await eventually('that it is in error control', async () => (await listed()).includes('error control'));
  expect(shown(await say('linda', '/problem history PRB-1'))).toContain('root cause known');
});

test('P1, P13: incidents and changes are linked and unlinked, both ends know, and incidents are counted', async () => {
  await fill('kate', '/incident new', { title: 'Printer jammed on floor two' });
  await fill('kate', '/incident new', { title: 'Mail arrives late' });
  await fill('ray', '/rfc new', {
    title: 'Firmware 9',
    description: 'The gateway gets firmware 9.',
    type: 'Minor',
    priority: 'Low',
    risk: 'None that is known.',
    backout: 'Firmware 8.',
    start: '2027-01-20 22:00',
    end: '2027-01-20 23:00',
  });
  await say('kate', '/problem link PRB-1 INC-2 RFC-1');
  // The answer names what was linked earlier, too.
  expect(shown(await say('kate', '/problem link PRB-1 INC-1'))).toContain('Mail arrives late');
  await eventually('that the incident knows', async () => shown(await say('kate', '/incident show INC-2')).includes('PRB-1'));
  expect(await card()).toMatch(/Incidents\s+2/u);
  expect(shown(await say('linda', '/problem unlink PRB-1 INC-2'))).toContain('so nothing was changed');
  expect(shown(await say('kate', '/problem unlink PRB-1 INC-9'))).toContain('is not linked with INC-9');
  await say('kate', '/problem unlink PRB-1 INC-2');
  await eventually('that it forgets', async () => !shown(await say('kate', '/incident show INC-2')).includes('PRB-1'));
  const whole = await card();
  expect(whole).toMatch(/Incidents\s+1/u);
  for (const part of ['INC-1', 'RFC-1', 'KER-1']) expect(whole).toContain(part);
});

test('P13: whether a change is backed out or kept is asked with two buttons, and its owner is told', async () => {
  expect(shown(await say('linda', '/problem outcome PRB-1 RFC-1'))).toContain('so nothing was changed');
  expect(shown(await say('jerry', '/problem outcome PRB-1 RFC-9'))).toContain('is not linked with RFC-9');
  const asked = JSON.stringify(await say('jerry', '/problem outcome PRB-1 RFC-1'));
  for (const label of ['Back out', 'Keep']) expect(asked).toContain(`"label":"${label}"`);
  const form = await people.jerry.press('problem.back-out', 'PRB-1', 'RFC-1');
  expect((await people.jerry.submit(form, { reason: '' })).kind).toBe('mend');
  await people.jerry.submit(form, { reason: 'One in five is refused still.' });
  await people.ray.reads('To be backed out: RFC-1');
  await people.ray.reads('/rfc backout RFC-1');
  expect(await card()).toContain('RFC-1 is backed out: One in five is refused still.');
  expect(shown(await say('ray', '/rfc history RFC-1'))).toContain('to be backed out, decided for PRB-1');
});

test('P11: the vendor gets a document that lacks nothing, a team is invited, the problem manager arbitrates', async () => {
  const form = await say('jerry', '/problem escalate PRB-1 vendor');
  const whole = {
    vendor: 'Contoso',
    point: '8 h without progress',
    description: 'Connections are refused.',
    errors: 'E91',
    tried: '1. Restart: no change',
    documents: 'none',
    tools: 'tcpdump',
  };
  const lacking = await people.jerry.submit(form, { ...whole, tried: '', tools: '' });
  expect(Object.keys(lacking.fields ?? {})).toEqual(['tried', 'tools']);
  expect(shown(await people.jerry.submit(form, whole))).toContain('Escalation 1 of PRB-1');
  expect(shown(await people.jerry.press('problem.vendor-document', 'PRB-1', '1'))).toContain('As Markdown');
  const folder = join(house.dataDir, 'exports');
  const [file = ''] = (await readdir(folder)).filter((name) => name.startsWith('prb-1-escalation-1'));
  expect(await readFile(join(folder, file), 'utf8')).toContain('1. Restart: no change');
  expect(shown(await say('jerry', '/problem escalate PRB-1 team'))).toContain('because nobody is named');
  await say('jerry', '/problem escalate PRB-1 team @linda @ray');
  await people.linda.reads('PRB-1 asks you into its team');
  expect(shown(await say('kate', '/problem escalate PRB-1 arbitration'))).toContain('problem-manager');
  await fill('jerry', '/problem escalate PRB-1 arbitration', { question: 'Who pays', decision: 'The network team.' });
  await people.linda.reads('Who pays: The network team.');
  expect(await card()).toContain('Contoso (1)');
});

test('P12: it is left open on purpose, and chased once its review is overdue', async () => {
  expect(shown(await fill('jerry', '/problem defer PRB-1', { reason: 'x', review: '2027-01-01' }))).toContain('has passed');
  const left = await fill('jerry', '/problem defer PRB-1', { reason: 'The gateway is replaced in March.', review: 'in 2d' });
  // Nobody owns it yet.
  expect(shown(left)).toContain('the problem managers are reminded');
  expect(shown(await say('linda', '/problem list'))).toContain('Refused connections, deferred');
  await house.advance(49 * HOUR);
  await people.jerry.reads('PRB-1 waits for its review');
});

test('P14: it is closed once nothing is missing; its open incidents are told what solved it, and closed', async () => {
  expect(shown(await say('jerry', '/problem close PRB-1'))).toContain('is not resolved yet');
  await fill('jerry', '/problem resolve PRB-1', { resolution: 'Firmware 9 remembers the key.' });
  expect(shown(await say('kate', '/problem close PRB-1'))).toContain('so nothing was changed');
  // An edit that left the category and details out.
  await fill('jerry', '/problem edit PRB-1', { title: 'Refused connections', solution: 'Firmware 9' });
  const refused = shown(await say('jerry', '/problem close PRB-1'));
  for (const part of ['the details', 'the category', '/problem edit PRB-1']) expect(refused).toContain(part);
  await fill('jerry', '/problem edit PRB-1', {
    title: 'Refused connections',
    details: 'One in five.',
    category: 'Network',
    solution: 'Firmware 9',
  });
  await fill('jerry', '/problem close PRB-1', { category: 'Permanently solved' });
  expect(await card()).toContain('closed, permanently solved');
  await people.kate.reads('PRB-1, to which it belongs, is solved: Firmware 9');
  await eventually('that the incident is closed', async () =>
    shown(await say('kate', '/incident show INC-1')).includes('closed'),
  );
  expect(shown(await say('kate', '/incident show INC-2'))).not.toContain('closed');
  expect(shown(await say('linda', '/problem list closed'))).toContain('Refused connections');
  expect(shown(await say('linda', '/problem list'))).not.toContain('Refused connections');
});

test('P5: a major one has an owner, a plan, and an implementation review before its end', async () => {
  await fill('kate', '/problem new', { title: 'Backups stop at midnight', details: 'Every night.', category: 'Software' });
  await fill('jerry', '/problem major PRB-2', { owner: '@ray' });
  expect(shown(await say('ray', '/comms plan PRB-2'))).toContain('PRB-2');
  await fill('ray', '/problem cause PRB-2', { text: 'The disk is full.' });
  await fill('ray', '/problem resolve PRB-2', { resolution: 'A larger disk.' });
  expect(shown(await say('linda', '/problem show PRB-2'))).toContain('implementation review');
  await fill('ray', '/problem close PRB-2', { category: 'Permanently solved' });
  expect(shown(await say('linda', '/problem show PRB-2'))).toContain('closed, permanently solved');
});

test('P3, P17: calling its review brings a resolved problem into implementation review', async () => {
  await fill('kate', '/problem new', { title: 'Clocks drift by a minute' });
  await fill('jerry', '/problem resolve PRB-3', { resolution: 'Another time server.' });
  await fill('jerry', '/review schedule PRB-3', { when: 'in 3d', people: '@ray' });
  await eventually('that it is in review', async () =>
    shown(await say('linda', '/problem show PRB-3')).includes('implementation review'),
  );
});
