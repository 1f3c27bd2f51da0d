/** A major problem and its plan on Slack, by the commands, fields and buttons of the table. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BANK, type Office, openOffice } from './stage.ts';

const MINUTE = 60_000;

let office: Office;
beforeAll(async () => {
  office = await openOffice([...BANK, '/bellman audience set all-staff #staff', '/bellman audience releasers all-staff @neil']);
});
afterAll(() => office.stop());

describe('a major problem', () => {
  test('is declared with an owner; its plan stands where it was said, each gap with the way to fill it', async () => {
    const { fill, say, reads } = office;
    await fill('kate', '/problem new', { Title: 'Refused connections', Details: 'Since the change.', Impact: 'High' });
    const told = await reads('jerry', 'direct', 'New problem: PRB-1 Refused connections');
    expect(told.text).toContain('It needs an owner: /problem owner PRB-1 @x. If it is major: /problem major PRB-1.');
    await say('ray', '/problem edit PRB-1');
    await reads('ray', 'answer', 'This is for the owner of PRB-1 and those who manage such records, so nothing was changed.');
    await fill('kate', '/incident new', { Title: 'Cannot connect' });
    await say('kate', '/problem link PRB-1 INC-1');
    await fill('kate', '/problem edit PRB-1', { Details: 'Since the change of Monday.' });
    await reads('kate', 'answer', /Since the change of Monday\.[\s\S]*INC-1 Cannot connect/u);
    await say('kate', '/problem major PRB-1');
    await reads('kate', 'answer', 'This needs the role problem-manager, so nothing was changed. Ask @jerry.');
    await fill('jerry', '/problem major PRB-1', { Owner: 'linda' });
    const plan = await reads('kate', '#general', 'Communication plan of PRB-1');
    expect(plan.text).toMatch(/Senior management: due .* Not ready: no destination; fill in Destination of \/comms line PRB-1/u);
    expect(plan.text).toMatch(/Press and media: not needed yet/u);
    expect(plan.buttons).toEqual(['Start this line', 'Start this line']);
    await reads('linda', 'direct', 'You own PRB-1');
  });

  test('is not declared twice, and no dialog opens for it', async () => {
    await office.say('jerry', '/problem major PRB-1');
    await office.reads('jerry', 'answer', 'PRB-1 is major already, owned by @linda.');
  });
});

describe('a line', () => {
  test('is arranged by its owner with all its fields, and by nobody else', async () => {
    const { dialog, fill, mend, say, reads } = office;
    await say('kate', '/comms line PRB-1 senior-management');
    await reads(
      'kate',
      'answer',
      'Only the owner of the plan, communications, and those who manage such records change its lines',
    );
    await fill('linda', '/comms line PRB-1 senior-management', {
      Cadence: '2h',
      'Ask for draft': '10m',
      'First due': 'in 40m',
      Releasers: ['charles', 'neil'],
      Destination: '#management',
      Author: 'linda',
    });
    await reads(
      'linda',
      'answer',
      /Senior management: due \{time\}.*Every 2h, released by @charles and @neil, goes to #management\./u,
    );
    expect(await fill('linda', '/comms line PRB-1 customers', { Cadence: '5s', Destination: '#staff' })).toEqual({
      Cadence: 'An update can be due every minute at most, and every 30 days at least. Write 30m, 2h or 1d.',
    });
    expect(await mend('linda', { Cadence: '1h', 'First due': '2020-01-01 10:00' })).toEqual({
      'First due': '2020-01-01 10:00 UTC is past; nothing was changed. Name a time to come, for example in 30m.',
    });
    expect(await mend('linda', { 'First due': 'in 30m', Destination: '#nowhere' })).toHaveProperty('Destination');
    expect(await mend('linda', { Destination: '#staff' })).toEqual({});
    await reads('linda', 'answer', /Customers and partners: .*goes to #staff\./u);
    await say('linda', '/comms line PRB-1 senior-management');
    expect(await dialog('linda')).toMatchObject({ Cadence: '2h', 'Ask for draft': '10m', Destination: '#C0MANAGEMENT' });
    expect(await mend('linda', {})).toEqual({});
    await reads('linda', 'answer', 'Senior management already stands like this, so nothing was changed.');
    await say('linda', '/comms line PRB-1 nonsense');
    await reads('linda', 'answer', 'This plan has no line nonsense. Its lines: ');
  });

  test('shows its text before release to nobody but those who write and release it', async () => {
    const { fill, say, reads, all } = office;
    await fill('linda', '/comms draft PRB-1 senior-management', { Text: 'Payments are slow. <!channel>' });
    const draft = await reads('charles', 'direct', 'To release: Senior management, PRB-1');
    expect(draft.buttons).toEqual(['Release', 'Edit', 'Send back', 'Skip']);
    expect(draft.calls).not.toContain('channel');
    await say('ray', '/comms draft PRB-1 senior-management');
    await reads(
      'ray',
      'answer',
      'Only its author, the owner, communications and its releasers write for the line senior management',
    );
    expect(all('ray', 'answer').filter(({ text }) => text.includes('Payments'))).toEqual([]);
  });

  test('is sent back, written again, released, and told where it goes; the next update has its time', async () => {
    const { press, reads, all, house } = office;
    await press('charles', 'direct', 'To release: Senior management', 'Send back', { 'What to change': 'Since when?' });
    await press('linda', 'direct', 'Sent back: Senior management', 'Write', { Text: 'Payments are slow since 9:00.' });
    await press('neil', 'direct', 'Payments are slow since 9:00.', 'Release');
    await reads('neil', 'answer', 'Leaves in 10s');
    await press('neil', 'direct', 'Leaves in 10s: Senior management', 'Undo');
    await reads('neil', 'answer', 'It awaits release again, with no approvals.');
    await press('neil', 'direct', 'Payments are slow since 9:00.', 'Release');
    await house.advance(11_000);
    const told = await reads('janet', '#management', 'Payments are slow since 9:00.');
    expect(told.text).toMatch(/As of .*\n.*\nNext update by/u);
    await house.advance(20 * MINUTE);
    await reads('linda', 'direct', 'Text wanted: All staff');
    expect(all('janet', '#management')).toHaveLength(1);
  });

  test('that nobody may release is overdue to its owner', async () => {
    const { reads, house } = office;
    await house.advance(20 * MINUTE);
    await reads('linda', 'direct', 'Overdue: Customers and partners, PRB-1');
    await reads('neil', 'direct', 'Overdue: All staff, PRB-1');
  });
});

describe('the ways back', () => {
  test('another owner accepts; resolving asks for closing updates; reopening starts the lines again; normal ends the plan', async () => {
    const { fill, say, press, reads } = office;
    await say('jerry', '/problem owner PRB-1 @ray');
    await press('ray', 'direct', 'Will you own PRB-1?', 'Accept');
    await reads('linda', 'direct', '@ray owns it now.');
    await fill('ray', '/problem resolve PRB-1', { Resolution: 'Patched.' });
    await reads('ray', 'direct', 'Write the last update on Refused connections for Senior management.');
    await say('ray', '/problem reopen PRB-1 it is back');
    await reads('ray', 'answer', 'The lines of its plan start again.');
    await say('jerry', '/problem normal PRB-1 only one branch');
    await reads('jerry', 'answer', 'Each audience that was told gets a last update');
  });
});
