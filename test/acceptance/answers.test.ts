/** What readers answer to updates on Slack: seen, asked, answered, answered to all, decided; by the words and buttons of the issue. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/bellman.ts';
import { BANK, type Office, openOffice } from './stage.ts';

const UNDO = 11_000;

let office: Office;
beforeAll(async () => {
  office = await openOffice([
    ...BANK,
    '/bellman audience set customers #staff',
    '/bellman audience set senior-management #management',
  ]);
  await office.fill('kate', '/problem new', { Title: 'Refused connections', Impact: 'High' });
  await office.fill('jerry', '/problem major PRB-1', { Owner: 'linda' });
  await office.fill('linda', '/comms draft PRB-1 customers', { Text: 'Payments are slow.' });
  await released('Payments are slow.');
});
afterAll(() => office.stop());

/** Jamie releases the draft that reads so, and it leaves. */
async function released(reading: string): Promise<void> {
  await office.press('jamie', 'direct', reading, 'Release');
  await office.house.advance(UNDO);
}

describe('under an update on Slack', () => {
  test('Seen counts a reader once, and the board has the sum', async () => {
    const { press, reads, house } = office;
    const update = await reads('kate', '#staff', 'Payments are slow.');
    expect(update.buttons).toEqual(['Seen', 'Ask']);
    await press('kate', '#staff', 'Payments are slow.', 'Seen');
    await reads('kate', 'answer', 'Noted: you have seen this update.');
    await press('kate', '#staff', 'Payments are slow.', 'Seen');
    await reads('kate', 'answer', 'That you have seen this update was noted before; you count once.');
    await press('ray', '#staff', 'Payments are slow.', 'Seen');
    await reads('kate', '#general', /Customers and partners: .* Update 1 seen by 2\./u);
    const [{ entries }] = await house.db.sql<[{ entries: number }]>`
      select count(*)::int as entries from bellman.journal where record_id = 'PRB-1' and type = 'answers.seen-counted'`;
    expect(entries).toBeLessThanOrEqual(2);
  });

  test('Ask reaches those who answer; the answer comes to whoever asked, and says by which role', async () => {
    const { press, reads, say } = office;
    await press('kate', '#staff', 'Payments are slow.', 'Ask', { Question: 'Is my money safe? <!channel>' });
    await reads('kate', 'answer', 'You get the answer in a direct message.');
    const question = await reads('jamie', 'direct', 'Question: Customers and partners, PRB-1');
    expect(question.buttons).toEqual(['Answer', 'Answer to all', 'Leave']);
    expect(question.calls).toEqual(['kate']);
    await reads('linda', 'direct', /@kate asks about update 1, \{time\}: Is my money safe\?/u);
    await say('jamie', '/comms questions');
    await reads('jamie', 'answer', /PRB-1\.q1, Customers and partners, open for .*Is my money safe\?/u);
    await press('jamie', 'direct', 'Question: Customers', 'Answer', { Answer: 'Yes, it is.' });
    const answer = await reads('kate', 'direct', 'Yes, it is.');
    expect(answer.text).toContain('Answered by communications.');
    await reads('linda', 'direct', 'Question answered: Customers and partners, PRB-1');
  });

  test('an answer to all is in the next update, which links the one before and tells whoever asked', async () => {
    const { press, reads, house } = office;
    await press('ray', '#staff', 'Payments are slow.', 'Ask', { Question: 'Since when?' });
    await press('linda', 'direct', 'Since when?', 'Answer to all', { Answer: 'Since nine.' });
    await reads('ray', 'direct', 'It is answered to everybody with the next update');
    await reads('jamie', 'direct', /Payments are slow\.[\s\S]*Question: Since when\?\s+Answer: Since nine\./u);
    await released('Answer: Since nine.');
    const update = await reads('kate', '#staff', 'Answer: Since nine.');
    expect(update.text).toMatch(/The update before: .*UPD-1/u);
    await reads('ray', 'direct', 'Your question is answered: Refused connections');
    const [row] = await house.db.sql<[{ content: string }]>`
      select d.content::text as content from bellman.delivery d
      where d.update_id is not null and d.content::text like '%Since nine%'`;
    expect(row.content).not.toContain('The update before');
  });

  test('a question can be left with a reason, and is chased while it is open', async () => {
    const { press, reads, house } = office;
    await press('kate', '#staff', 'Answer: Since nine.', 'Ask', { Question: 'Whose fault is it?' });
    await reads('jamie', 'direct', 'Whose fault is it?');
    await house.advance(31 * 60_000);
    await reads('jamie', 'direct', 'Question open for 31m: Customers and partners, PRB-1');
    await press('jamie', 'direct', 'Whose fault is it?', 'Leave', { Reason: 'The review will say.' });
    await reads('kate', 'direct', 'It was left by communications: The review will say.');
  });
});

describe('a decision asked of management', () => {
  test('is released like an update; the first answer counts, goes to the owner, and later ones are told', async () => {
    const { fill, mend, press, reads } = office;
    expect(
      await fill('linda', '/comms ask-decision PRB-1', {
        Question: 'Close the branches?',
        Options: 'Close',
        'Needed by': 'in 2h',
      }),
    ).toHaveProperty('Options');
    expect(await mend('linda', { Options: '- Close them\n- Wait' })).toEqual({});
    await fill('linda', '/comms draft PRB-1 senior-management', { Text: 'Half of the branches are down.' });
    await reads('jamie', 'direct', /Decision needed from you by \{time\}: Close the branches\?[\s\S]*Close them[\s\S]*Wait/u);
    await released('Half of the branches are down.');
    const asked = await reads('janet', '#management', 'Close the branches?');
    expect(asked.buttons).toEqual(['Close them', 'Wait', 'Seen', 'Ask']);
    await press('janet', '#management', 'Close the branches?', 'Wait');
    await reads('janet', 'answer', 'It is recorded with your name, and the owner has it.');
    await reads(
      'linda',
      'direct',
      /Decided: Refused connections, PRB-1[\s\S]*Wait[\s\S]*Decided by @janet for Senior management/u,
    );
    await press('charles', '#management', 'Close the branches?', 'Close them');
    await reads('charles', 'answer', 'It was decided already: Wait, by @janet');
    const decided = await eventually('the journal has it', async () => {
      const [row] = await office.house.db.sql<{ actor: string }[]>`
        select actor from bellman.journal where record_id = 'PRB-1' and type = 'answers.decided'`;
      return row;
    });
    expect(decided.actor).toMatch(/^p\d+$/u);
  });
});
