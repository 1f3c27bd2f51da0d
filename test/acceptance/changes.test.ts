/** Changes as their people meet them on Slack: who gets which buttons, and what each notice says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
