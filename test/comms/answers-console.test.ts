/** Answers by the console's door: of a record that everybody knows, and of a private one whose readers know only what they are told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

const UNDO = 11_000;
const SECRET = 'Zebra';

let house: House;
const as = (who: string, channel = 'general'): ConsoleUser => consoleUser(house.bellman.url, who, channel);

async function says(who: string, line: string, answers: Record<string, string> = {}): Promise<Said> {
  const said = await as(who).say(line);
  return said.kind === 'form' ? as(who).submit(said, answers) : said;
}

/** Presses a button, and fills in the dialog that it opens. */
async function presses(user: ConsoleUser, action: string, record: string, value: string, answers: Record<string, string> = {}) {
  const said = await user.press(action, record, value);
  return wordsOf(said.kind === 'form' ? await user.submit(said, answers) : said);
}

/** The draft of a line is written by its owner and released by Jamie; gives the update's id. */
async function told(record: string, line: string, text: string): Promise<string> {
  await says('linda', `/comms draft ${record} ${line}`, { text });
  return released(record, line);
}

async function released(record: string, line: string): Promise<string> {
  const look = JSON.stringify(await as('jamie').say(`/comms release ${record} ${line}`));
  const value = /"(\d+-[0-9a-f]{16})"/u.exec(look)?.[1] ?? '';
  expect(wordsOf(await as('jamie').press('comms.release', record, value))).toContain('Update');
  await house.advance(UNDO);
  const update = `${record}.${value.split('-')[0]}`;
  await eventually(`${update} is sent`, async () => {
    const rows = await house.db.sql`select 1 from bellman.delivery where update_id = ${update} and state = 'sent'`;
    return rows.length > 0;
  });
  return update;
}

beforeAll(async () => {
  house = await startHouse({ queue: 'postgres', startsAt: '2027-01-11T09:00:00Z' });
  for (const line of [
    '/bellman role grant @jerry problem-manager',
    '/bellman role grant @jamie communications',
    '/bellman role grant @kevin security',
    '/bellman audience set customers #cab',
    '/bellman audience set senior-management @janet',
  ])
    await as('admin').say(line);
  await says('linda', '/problem new', { title: 'Refused connections', impact: 'high' });
  await says('jerry', '/problem major PRB-1', { owner: '@linda' });
}, 60_000);
afterAll(() => house.stop());

describe('on the console', () => {
  let first = '';

  test('a reader has seen an update once, and asks once', async () => {
    first = await told('PRB-1', 'customers', 'Payments are slow.');
    const kate = as('kate', 'cab');
    await kate.reads('Payments are slow.');
    expect(await presses(kate, 'comms.seen', 'PRB-1', first)).toContain('Noted');
    expect(await presses(kate, 'comms.seen', 'PRB-1', first)).toContain('you count once');
    const question = { question: 'Is my money safe?' };
    expect(await presses(kate, 'comms.ask', 'PRB-1', first, question)).toContain('You get the answer');
    expect(await presses(kate, 'comms.ask', 'PRB-1', first, question)).toContain('waits for its answer');
    await as('jamie').reads(/Question: Customers and partners, PRB-1.*Is my money safe\?/u);
    await as('linda').reads(/Customers and partners.*Update 1 seen by 1\..* 1 question waits for an answer\./u);
  });

  test('an answer reaches whoever asked, and nobody answers who may not', async () => {
    expect(await presses(as('kate', 'cab'), 'comms.answer', 'PRB-1', '1')).toContain(
      'Only those who answer for the line customers',
    );
    expect(await presses(as('linda'), 'comms.answer', 'PRB-1', '1', { answer: 'Yes.' })).toContain('on its way');
    expect(await as('kate').reads('Answer to your question')).toContain('Answered by the owner of PRB-1.');
    expect(await presses(as('jamie'), 'comms.answer', 'PRB-1', '1')).toContain('was answered already');
  });

  test('an answer to all leaves with the next update, which links the one before; a restart forgets nothing', async () => {
    await presses(as('kate', 'cab'), 'comms.ask', 'PRB-1', first, { question: 'Since when?' });
    expect(await presses(as('jamie'), 'comms.answer-all', 'PRB-1', '2', { answer: 'Since nine.' })).toContain(
      'released like any other',
    );
    await house.restart();
    await released('PRB-1', 'customers');
    const update = await as('kate', 'cab').reads('Answer: Since nine.');
    expect(update).toMatch(/The update before: .*#message-\S+ UPD-1/u);
    await as('kate').reads('Your question is answered');
    expect(wordsOf(await as('jamie').say('/comms questions'))).toContain('No question waits');
  });
});

describe('of a private record', () => {
  test('management decides by what it was told, and asks; it reads nothing else of it, and others nothing at all', async () => {
    await says('linda', '/problem new', { title: `${SECRET} breach`, impact: 'high' });
    await says('linda', '/problem class PRB-2 private');
    await says('jerry', '/problem major PRB-2', { owner: '@linda' });
    await says('linda', '/comms ask-decision PRB-2', {
      question: 'Tell the police?',
      options: 'Yes\nNo',
      neededBy: 'in 2h',
      audience: 'Senior management',
    });
    const update = await told('PRB-2', 'senior-management', 'Data may have left.');
    await as('janet').reads('Tell the police?');
    const direct = (action: string, value: string, answers = {}) => pressesDirectly('janet', action, 'PRB-2', value, answers);
    expect(wordsOf(await as('janet').say('/problem show PRB-2'))).not.toContain(SECRET);
    expect(await direct('comms.seen', update)).toContain('Noted');
    expect(await direct('comms.decide', `${update}:0`)).toContain('recorded with your name');
    await as('linda').reads(/Decided:.*Yes.*for Senior management/u);
    expect(await direct('comms.ask', update, { question: 'Whose data?' })).toContain('You get the answer');
    for (const action of ['comms.seen', 'comms.ask', 'comms.decide'])
      expect(await presses(as('kate', 'cab'), action, 'PRB-2', action === 'comms.decide' ? `${update}:1` : update)).toContain(
        'There is no PRB-2',
      );
  });
});

/** Presses a button in somebody's direct messages. */
async function pressesDirectly(who: string, action: string, record: string, value: string, answers: Record<string, string>) {
  const post = async (path: string, body: object): Promise<Said> => {
    const answer = await fetch(`${house.bellman.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: who, direct: true, key: crypto.randomUUID(), ...body }),
    });
    return (await answer.json()) as Said;
  };
  const said = await post('/console/press', { action, record, value });
  return wordsOf(
    said.kind === 'form' ? await post('/console/submit', { doing: said.form?.doing, input: said.form?.input, answers }) : said,
  );
}
