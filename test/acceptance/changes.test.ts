/** Changes as their people meet them on Slack: who gets which buttons, and what each notice says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/bellman.ts';
import { BANK, NEEDED, type Office, openOffice } from './stage.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice(BANK);
});
afterAll(() => office.stop());

describe('/rfc show', () => {
  test('has only the buttons that whoever looks can use', async () => {
    const { fill, say, press, reads } = office;
    await fill('ray', '/rfc new', { ...NEEDED, Title: 'Buttons for some', Implementer: 'kate' });
    await say('ray', '/rfc submit RFC-1');
    await press('neil', 'direct', 'Review RFC-1', 'Agree');
    for (const voter of ['charles', 'kevin']) await press(voter, '#cab', 'Vote on RFC-1', 'Approve');
    await reads('ray', 'direct', 'Approved: RFC-1');
    const shown = async (who: string) => {
      await say(who, '/rfc show RFC-1');
      return (await reads(who, 'direct', 'Description: All traffic')).buttons;
    };
    expect(await shown('janet')).toEqual(['Watch']);
    expect(await shown('kate')).toEqual(['Start now', 'Watch']);
    expect(await shown('neil')).toEqual(['Start now', 'Cancel', 'Watch']);
    expect(await shown('ray')).toEqual(['Start now', 'Move window', 'Cancel', 'Watch']);
  });
});

describe('what people of an RFC are told of an edit', () => {
  test('a change manager who reclassifies it: what it is now', async () => {
    const { fill, say, press, reads } = office;
    await fill('ray', '/rfc new', { ...NEEDED, Title: 'Reclassified', Type: 'Standard' });
    await say('ray', '/rfc submit RFC-2');
    await press('neil', 'direct', 'Review RFC-2', 'Agree', {});
    await reads('ray', 'direct', '@neil changed Type (now minor). This was done in its review.');
    await reads('charles', '#cab', 'Vote on RFC-2');
  });

  test('somebody who resubmits it after it was rejected: that it is reviewed again', async () => {
    const { press, reads } = office;
    for (const voter of ['charles', 'kevin']) await press(voter, '#cab', 'Vote on RFC-2', 'Reject', { Reason: 'Not tested' });
    await press('ray', 'direct', 'Rejected: RFC-2', 'Edit and resubmit', { Description: 'Tested now.', 'Change owner': 'kate' });
    await reads('kate', 'direct', '@ray changed Description, Change owner. It was turned down before; it is reviewed again');
    await reads('neil', 'direct', 'Revision 2 was rejected');
  });
});

describe('an RFC that goes to its board at once', () => {
  test('is shown to its requester as it stands, never as a draft', async () => {
    const { fill, reads, all } = office;
    await fill('ray', '/incident new', { Title: 'Mail is down' });
    await fill('ray', '/rfc emergency', {
      Title: 'Restart mail',
      'Linked incident': 'INC-1',
      'What you will do': 'Restart it.',
      'How to go back': 'Stop it.',
      Start: 'now',
    });
    await reads('charles', '#ecab', 'an emergency change of @ray');
    const card = await reads('ray', 'direct', /RFC-3: Restart mail\nVoting/u);
    expect(card.buttons).toEqual(['Edit', 'Withdraw']);
    expect(all('ray', 'direct').filter(({ text }) => text.includes('RFC-3: Restart mail\nDraft'))).toEqual([]);
  });

  test('made before it was approved: the change managers are asked for its review at once', async () => {
    const { fill, press, reads } = office;
    await fill('ray', '/rfc already', {
      Title: 'Unblocked a port',
      'Linked incident': 'INC-1',
      'What was done': 'Opened it.',
      'How to go back': 'Close it.',
      'Made at': 'today 03:10',
    });
    await press('neil', 'direct', 'Review the change made already: RFC-4', 'Reviewed', { 'What the review found': 'All well.' });
    await reads('ray', 'direct', 'All well.');
  });
});

describe('what is said when it is late or over', () => {
  test('a conflict of interest after the decision: that the decision stands', async () => {
    const { say, reads } = office;
    await say('charles', '/rfc recuse RFC-1 my brother sells it');
    await reads('charles', 'answer', 'The ballot was decided before, so what it decided stands');
  });

  test('an edit of an RFC that is over is refused before anything is written', async () => {
    const { say, reads } = office;
    await say('ray', '/rfc cancel RFC-1');
    await reads('ray', 'answer', 'Cancelled: RFC-1');
    await say('ray', '/rfc edit RFC-1');
    await reads('ray', 'answer', 'RFC-1 is cancelled, so it cannot be edited.');
  });

  test('a review that nobody does: its reminders come with the buttons, then it is overdue and the admins hear of it', async () => {
    const { fill, say, reads, all, house } = office;
    await fill('ray', '/rfc new', { ...NEEDED, Title: 'Nobody looks', Priority: 'High' });
    await say('ray', '/rfc submit RFC-5');
    await reads('ray', 'direct', 'Waiting for @neil since {time}, due {time}');
    await house.advance(2 * 60 * 60_000 + 60_000);
    await eventually('a reminder', () => all('neil', 'direct').filter(({ text }) => text.includes('Review RFC-5')).length === 2);
    await house.advance(2 * 60 * 60_000);
    const late = await reads('neil', 'direct', 'That time is over, and the admins are told that it waits.');
    expect(late.buttons).toEqual(['Agree', 'Change', 'Send back']);
    await reads('admin', 'direct', 'It waits for @neil since {time}.');
  });
});

describe('a change manager who is named while an RFC waits for review', () => {
  test('gets its card at once, and the requester sees who is waited for', async () => {
    const { fill, say, press, reads } = office;
    await fill('neil', '/rfc new', { ...NEEDED, Title: 'Waits for somebody', Start: 'in 6d', End: 'in 7d' });
    await say('neil', '/rfc submit RFC-6');
    await reads('neil', 'direct', 'Nobody can review it: it needs a change manager whose own RFC it is not.');
    await reads('admin', 'direct', '/bellman role grant @x change-manager');
    await say('admin', '/bellman role grant @jerry change-manager');
    await press('jerry', 'direct', 'Review RFC-6', 'Send back', { 'What is missing': 'A test report.' });
    await reads('neil', 'direct', 'Sent back by @jerry. What is missing: A test report.');
    await say('admin', '/bellman role revoke @jerry change-manager');
  });
});

describe('whoever loses the right to vote while a ballot is open', () => {
  test('leaves it at once, with the vote; below the fewest voters it is void and escalated', async () => {
    const { fill, say, press, reads } = office;
    await fill('ray', '/rfc new', { ...NEEDED, Title: 'Who may vote', Start: 'in 6d', End: 'in 7d' });
    await say('ray', '/rfc submit RFC-7');
    await press('neil', 'direct', 'Review RFC-7', 'Agree');
    await press('kevin', '#cab', 'Vote on RFC-7', 'Approve');
    await reads('charles', '#cab', /Vote on RFC-7.*\n[\s\S]*1 approved, 0 rejected/u);
    await say('admin', '/bellman board remove CAB @kevin');
    await reads(
      'charles',
      '#cab',
      /Vote on RFC-7.*\n[\s\S]*0 approved, 0 rejected[\s\S]*@kevin takes no part any more \(no longer a member\)/u,
    );
    await say('admin', '/bellman deactivate @linda');
    await say('linda', '/rfc watch RFC-7');
    await reads('linda', 'answer', 'Bots and deactivated accounts cannot do this');
    await reads('ray', 'direct', 'Ballot void: RFC-7');
    await reads('admin', 'direct', 'because too few people are left who may vote on it');
  });
});
