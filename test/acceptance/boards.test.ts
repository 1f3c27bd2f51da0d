/** What waits for whom, the board with its picture, the ledger and the figures, by the words that people say on Slack. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PLAIN_RFC } from '../story/tried.ts';
import { eventually } from '../support/bellman.ts';
import { BANK, type Office, openOffice } from './stage.ts';

const MINUTE = 60_000;

let office: Office;
beforeAll(async () => {
  office = await openOffice([...BANK, '/bellman audience set customers #staff']);
  const { fill, reads } = office;
  await fill('kate', '/problem new', { Title: 'Refused connections', Details: 'Since the change.', Impact: 'High' });
  await reads('jerry', 'direct', 'New problem: PRB-1 Refused connections');
  await fill('jerry', '/problem major PRB-1', { Owner: 'linda' });
});
afterAll(() => office.stop());

/** The board as it stands in the channel now. */
const board = () => office.all('kate', '#general').findLast(({ text }) => text.includes('Communication plan of PRB-1'));

test('the board shows its schedule as a picture with words, drawn anew when something happened', async () => {
  const first = await eventually('a board with a picture', () => board()?.pictures?.length === 1 && board());
  expect(first.pictures?.[0]).toMatch(/^Schedule of PRB-1 as of .*: 6 lines, 0 updates released\. Due next: /u);
  await office.house.advance(31 * MINUTE);
  const late = await eventually('the board with what is overdue', () => board()?.pictures?.[0]?.includes('Overdue:') && board());
  expect(late.id).toBe(first.id);
});

test('/comms plan shows the board as it is, and puts it where it is wanted once', async () => {
  const { say, press, reads, all, house } = office;
  await say('kate', '/comms plan PRB-1');
  const shown = await reads('kate', '#general', 'Communication plan of PRB-1');
  expect(shown.buttons).not.toContain('Keep it here');
  await office.sayIn('kate', '#staff', '/comms plan PRB-1');
  await press('kate', '#staff', 'Communication plan of PRB-1', 'Keep it here');
  const boards = () => all('kate', '#staff').filter(({ text }) => text.includes('Communication plan of PRB-1'));
  await eventually('a board that stays', () => boards().length === 2);
  await press('kate', '#staff', 'Communication plan of PRB-1', 'Keep it here');
  await reads('kate', 'answer', 'It stands already');
  await house.advance(MINUTE);
  expect(boards()).toHaveLength(2);
});

test('/comms due is what waits for whoever asks, each with its button; nothing for others', async () => {
  const { say, press, reads } = office;
  await say('linda', '/comms due');
  const mine = await reads('linda', 'direct', /4 overdue of 4 that wait for you/u);
  expect(mine.text).toMatch(/Write: Working staff, PRB-1 Refused connections, overdue since \{[^}]*\}/u);
  await say('ray', '/comms due');
  await reads('ray', 'answer', 'Nothing waits for you');
  await press('linda', 'direct', 'overdue of 4 that wait for you', 'Write PRB-1, Customers and partners', {
    Text: 'Some connections are refused.',
  });
  await say('jamie', '/comms due');
  await reads('jamie', 'direct', /1 overdue of 1 that wait for you\nRelease: /u);
  await press('jamie', 'direct', '1 overdue of 1 that wait for you', 'Look at PRB-1, Customers and partners');
  await reads('jamie', 'direct', /Overdue: .*\n[\s\S]*Some connections are refused\./u);
});

test('the ledger has what was released and skipped, whole as a file; punctuality counts it', async () => {
  const { fill, say, press, reads, house } = office;
  await fill('linda', '/comms skip PRB-1 all-staff', { Reason: 'the same as to customers' });
  await press('jamie', 'direct', 'Overdue: Customers and partners, PRB-1', 'Release');
  await house.advance(11_000);
  await reads('janet', '#staff', 'Some connections are refused.');
  await eventually('that it was delivered', async () => {
    const rows = await house.db.sql`select 1 from bellman.delivery where update_id is not null and state = 'sent'`;
    return rows.length > 0;
  });
  await say('kate', '/comms ledger PRB-1');
  const ledger = await reads('kate', 'direct', 'Ledger of PRB-1');
  expect(ledger.text).toMatch(
    /UPD-1 Customers and partners, first: due \{[^}]*\}, released \{[^}]*\} \d+m late by @jamie, delivered to 1 of 1 \{[^}]*\}\./u,
  );
  expect(ledger.text).toMatch(/All staff, first: due \{[^}]*\}; skipped: the same as to customers\./u);
  await press('kate', 'direct', 'Ledger of PRB-1', 'As CSV');
  const told = await reads('kate', 'answer', 'rows as CSV. SHA-256:');
  expect(told.text).toContain('Download');
  await say('ray', '/report punctuality');
  const figures = await reads('ray', 'direct', 'Punctuality in 2027-01');
  expect(figures.text).toMatch(/Customers and partners: 1 due, 0 on time \(0%\), 1 late, half of the late ones by \d+m or more/u);
  await say('ray', '/report punctuality May');
  await reads('ray', 'answer', '"May" is not a month.');
});

test('a change is announced by its owner, follows its window, and is called off to those who were told', async () => {
  const { fill, say, press, reads, house } = office;
  await fill('ray', '/rfc new', PLAIN_RFC);
  await say('kate', '/rfc announce RFC-1');
  await reads('kate', 'answer', 'This needs the role change-manager');
  await say('ray', '/rfc announce RFC-1 soon');
  await reads('ray', 'answer', '"soon" does not say how long before.');
  await say('ray', '/rfc announce RFC-1 2d 1h');
  await reads('ray', 'answer', /To be announced: RFC-1: .*\n3 audiences are told beforehand\./u);
  const plan = await reads('kate', '#general', 'Communication plan of RFC-1');
  expect(plan.text).toMatch(/Customers and partners: due .* Announced 2d before, 1h before, at its start and end/u);
  await say('ray', '/rfc announce RFC-1');
  await reads('ray', 'answer', 'Announced already: RFC-1');
  await fill('ray', '/comms draft RFC-1 customers', { Text: 'The archive moves on Wednesday night.' });
  await press('jamie', 'direct', 'To release: Customers and partners, RFC-1', 'Release');
  await house.advance(11_000);
  await reads('janet', '#staff', 'The archive moves on Wednesday night.');
  await fill('ray', '/rfc edit RFC-1', { Start: '2027-01-25 22:00', End: '2027-01-25 23:00' });
  await reads('ray', 'direct', 'Text wanted: Customers and partners, RFC-1');
  await say('ray', '/comms draft RFC-1 customers');
  expect((await office.dialog('ray')).Text).toContain('takes place at another time');
  await office.mend('ray', { Text: 'The archive moves on Monday.' });
  await press('jamie', 'direct', 'The archive moves on Monday.', 'Release');
  await house.advance(11_000);
  await reads('janet', '#staff', /Update 2, moved: .*\n[\s\S]*The archive moves on Monday\./u);
  await say('ray', '/rfc withdraw RFC-1');
  await eventually('that the last word is asked for', async () => {
    const rows = await house.db.sql`select 1 from bellman.comms_update where record_id = 'RFC-1' and phase = 'normal'`;
    return rows.length === 1;
  });
  await reads('kate', '#general', 'Closing: 1 last update is to be written.');
  await say('ray', '/rfc announce RFC-1');
  await reads('ray', 'answer', 'RFC-1 is withdrawn, so there is nothing to announce beforehand.');
});
