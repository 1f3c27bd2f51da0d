/** Escalation, deferral, outcome of a change and closure of a problem, by the words, labels and buttons that people have on Slack. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { discordEnvironment, discordServer, discordStage } from '../story/discord-stage.ts';
import { sees } from '../story/stage.ts';
import { PLAIN_RFC } from '../story/tried.ts';
import { startHouse } from '../support/bellman.ts';
import { BANK, type Office, openOffice } from './stage.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice(BANK);
  const { fill, reads } = office;
  await fill('kate', '/problem new', {
    Title: 'Refused connections',
    Details: 'One in five.',
    Category: 'Network',
    Source: 'Incidents',
  });
  await reads('jerry', 'direct', 'New problem: PRB-1 Refused connections');
  await fill('kate', '/incident new', { Title: 'Printer on floor two', Details: 'It is jammed.' });
  await fill('ray', '/rfc new', PLAIN_RFC);
  await office.say('kate', '/problem link PRB-1 INC-1 RFC-1');
});
afterAll(() => office.stop());

test('the vendor gets what lacks nothing; what Bellman knows stands in the form already', async () => {
  const { fill, say, dialog, press, reads } = office;
  await fill('jerry', '/problem suspect PRB-1', { 'Possible cause': 'Old firmware', Test: 'Swapped one switch' });
  await say('jerry', '/problem escalate PRB-1 vendor');
  const shown = await dialog('jerry');
  expect(shown.Description).toBe('One in five.');
  expect(shown['Resolutions tried']).toBe('1. Old firmware: Swapped one switch (not known yet)');
  await office.mend('jerry', {
    Vendor: 'Contoso',
    'Point of escalation': '8 h without progress',
    'Error messages': 'E91',
    Documents: 'none',
    'Diagnostic tools': 'tcpdump',
  });
  await reads('jerry', 'direct', 'Escalation 1 of PRB-1');
  await press('jerry', 'direct', 'Escalation 1 of PRB-1', 'As document');
  await reads('jerry', 'answer', 'As Markdown');
});

test('a change is backed out by a button with a reason, and its owner told', async () => {
  const { say, press, reads } = office;
  await say('kate', '/problem outcome PRB-1 RFC-1');
  await reads('kate', 'answer', 'This is for the owner of PRB-1');
  await say('jerry', '/problem outcome PRB-1 RFC-1');
  await press('jerry', 'direct', 'Did RFC-1 cure PRB-1?', 'Back out', { Reason: 'One in five is refused still.' });
  await reads('jerry', 'answer', 'RFC-1 is to be backed out');
  await reads('ray', 'direct', 'To be backed out: RFC-1');
  await say('jerry', '/problem outcome PRB-1 RFC-1');
  await press('jerry', 'direct', 'Decided before', 'Keep', { Reason: 'It does no harm.' });
  await reads('ray', 'direct', 'Kept: RFC-1');
});

test('it is deferred with a reason and a date, and closed with its category', async () => {
  const { fill, say, reads } = office;
  await fill('jerry', '/problem defer PRB-1', { Reason: 'Replaced in March.', 'Review on': '2027-03-01' });
  await reads('jerry', 'answer', 'PRB-1 is left open');
  await fill('jerry', '/problem resolve PRB-1', { Resolution: 'Newer firmware.' });
  await say('jerry', '/problem close PRB-1');
  await fill('jerry', '/problem cause PRB-1', { 'True cause': 'The firmware forgets a key.' });
  await fill('jerry', '/problem close PRB-1', { 'Closure category': 'Permanently solved' });
  await reads('jerry', 'answer', 'PRB-1 is closed');
  await reads('kate', 'direct', 'PRB-1, to which it belongs, is solved: Newer firmware.');
});

test('its card fits however much was written', async () => {
  const { fill, say, reads } = office;
  const long = 'Connections <to> the gateway & back are *refused*. '.repeat(58);
  await fill('kate', '/problem new', { Title: `Much ${'to say '.repeat(20)}`, Details: long });
  await reads('kate', '#general', 'PRB-2 is raised');
  await office.say('jerry', '/problem escalate PRB-2 team @kate @ray @linda @jamie @neil @charles @kevin');
  await fill('jerry', '/problem edit PRB-2', {
    'Affected items': 'gateway '.repeat(18),
    'Sub-category': 'x'.repeat(150),
    Site: 'y'.repeat(150),
    Reasons: long,
    'Affected SLAs and OLAs': long,
    Documents: long,
    'Permanent solution': long,
    Category: 'Process failure',
  });
  await fill('jerry', '/problem workaround PRB-2', { Workaround: long });
  await fill('jerry', '/problem defer PRB-2', { Reason: long, 'Review on': '2027-03-01' });
  await say('jerry', '/problem link PRB-2 INC-1 RFC-1 PRB-1');
  await fill('jerry', '/problem resolve PRB-2', { Resolution: long });
  await say('jerry', '/problem show PRB-2');
  await reads('jerry', 'answer', /Status: resolved[\s\S]*Virtual team: [\s\S]* and 2 more[\s\S]*What helps: /u);
});

test('on Discord the vendor’s form is asked in steps, what is known standing in it already', async () => {
  const fake = await discordServer();
  const house = await startHouse({ environment: discordEnvironment(fake), queue: 'postgres', startsAt: '2027-01-11T09:00:00Z' });
  try {
    await fake.gateway.connected(10_000);
    const stage = discordStage(fake, house.bellman.registry);
    await stage.say('admin', '#general', '/bellman role grant @jerry problem-manager');
    await stage.say('jerry', '#general', '/problem new');
    await stage.fill('jerry', { Title: 'Refused connections' });
    await sees(stage, 'jerry', '#general', 'PRB-1 is raised');
    await stage.say('jerry', '#general', '/problem escalate PRB-1 vendor');
    expect((await stage.dialog('jerry')).fields.Description).toBe('Refused connections');
    await stage.fill('jerry', {
      Vendor: 'Contoso',
      'Point of escalation': '8 h without progress',
      'Error messages': 'E91',
      'Resolutions tried': 'none',
      Documents: 'none',
      'Diagnostic tools': 'tcpdump',
    });
    await sees(stage, 'jerry', 'direct', 'Escalation 1 of PRB-1');
  } finally {
    await house.stop();
    await fake.close();
  }
});
