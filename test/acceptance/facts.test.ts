/** Facts told once on Slack: the sheet by its fields, the drafts that come of it, and the marks on what was written by hand. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BANK, type Office, openOffice } from './stage.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice([...BANK, '/bellman audience set customers #staff']);
  await office.fill('kate', '/problem new', { Title: 'Refused connections', Details: 'Since the change.', Impact: 'High' });
  await office.fill('jerry', '/problem major PRB-1', { Owner: 'linda' });
});
afterAll(() => office.stop());

test('the sheet of facts gives every releaser the drafts, and marks what was written by hand when it changes', async () => {
  const { fill, dialog, mend, say, reads, press, house } = office;
  const sheet = {
    Affected: 'Card payments are refused in all branches',
    'What we know': 'One of two switches failed',
    'What we are doing': 'We move the traffic',
    'Expected time': 'in 2h',
    Class: 'Public',
  };
  expect(await fill('linda', '/comms facts PRB-1', sheet)).toEqual({});
  await reads(
    'jamie',
    'direct',
    /To release: Customers and partners, PRB-1[\s\S]*refused in all branches\.[\s\S]*What we are doing: We move the traffic\./u,
  );
  await press('jamie', 'direct', 'To release: Customers and partners', 'Edit', { Text: 'Payments are refused. Jerry has it.' });
  const draft = await reads('jamie', 'direct', /Payments are refused\. Jerry has it\.[\s\S]*May not leave: "Jerry"/u);
  expect(draft.buttons).toContain('Release');
  await say('linda', '/comms facts PRB-1');
  expect(await dialog('linda')).toMatchObject({ Affected: sheet.Affected, 'Expected time': '2027-01-11 11:00', Class: 'Public' });
  expect(await mend('linda', { Workaround: 'Customers can pay by code' })).toEqual({});
  await reads('jamie', 'direct', /The facts changed at [\s\S]*Workaround: Customers can pay by code/u);
  await press('jamie', 'direct', 'The facts changed at', 'Make it anew from the facts');
  await press('jamie', 'direct', 'What you can do: Customers can pay by code.', 'Release');
  await house.advance(10_000);
  await reads('janet', '#staff', 'What you can do: Customers can pay by code.');
});
