import { describe, expect, test } from 'vitest';
import { liveCards } from '../../src/comms/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/instant.ts';
import {
  answersDoes,
  answersTries,
  asks,
  asksByMail,
  heardBy,
  questionsIn,
  release,
  seenOf,
  tell,
  told,
} from './answers-stage.ts';
import { aTitle, BANK, controlsOf, Stage, textOf } from './stage.ts';

const refused = (code: string) => expect.objectContaining({ refused: code });

describe('a question', () => {
  test('reaches whoever holds communications and whoever writes the line, with its buttons', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Is my money safe?');
    for (const person of ['cora', 'carl', 'olga'])
      expect(heardBy(stage, person)).toEqual(['Question: Customers and partners, PRB-1']);
    expect(controlsOf(stage.to('cora')[0]).map(({ label }) => label)).toEqual(['Answer', 'Answer to all', 'Leave']);
    expect(textOf(stage.to('cora')[0])).toContain('@rita asks about update 1, 2027-01-15 09:00 UTC: Is my money safe?');
  });

  test('goes to the owner where nobody coordinates', () => {
    const { stage, update } = told();
    stage.org = { ...stage.org, roles: {} };
    stage.does('olga', { type: 'owner', owner: 'olga' });
    asks(stage, 'rita', update, 'Since when?');
    expect(heardBy(stage, 'olga')).toEqual(['Question: Customers and partners, PRB-1']);
  });

  test('is taken once, however often it is sent, and not without an end from one person', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'One?');
    expect(asks(stage, 'rita', update, 'One?')).toEqual([]);
    for (const text of ['Two?', 'Three?', 'Four?', 'Five?']) asks(stage, 'rita', update, text);
    expect(answersTries(stage, 'rita', { type: 'ask', update, text: 'Six?', place: 'x' })).toEqual(refused('too-many-questions'));
    expect(questionsIn(stage)).toHaveLength(5);
  });

  test('is about an update that was released, and about nothing else', () => {
    const { stage } = told();
    const command = { type: 'ask', update: 'PRB-1.99', text: 'What?', place: 'x' } as const;
    expect(answersTries(stage, 'rita', command)).toEqual(refused('unknown-update'));
  });
});

describe('an answer', () => {
  test('goes to whoever asked, where they asked, and says who answered by role', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Is my money safe?');
    stage.heard();
    answersDoes(stage, 'cora', { type: 'answer', question: 1, text: 'Yes.' });
    const [answer] = stage.at('console/person/rita');
    expect(textOf(answer)).toBe(
      'Answer to your question: Refused connections\nYou asked: Is my money safe?\nYes.\nAnswered by communications.',
    );
    expect(stage.said).toHaveLength(1);
    expect(questionsIn(stage)[0]).toMatchObject({ status: 'answered', ended: { by: 'cora', as: 'communications' } });
  });

  test('is given once, and only by those who answer for the line', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Why?');
    const answer = { type: 'answer', question: 1, text: 'So.' } as const;
    expect(answersTries(stage, 'pat', answer)).toEqual(refused('not-the-coordinator'));
    answersDoes(stage, 'olga', answer);
    expect(answersTries(stage, 'cora', answer)).toMatchObject({ refused: 'question-over', facts: { by: 'olga' } });
    expect(answersTries(stage, 'cora', { ...answer, question: 9 })).toEqual(refused('unknown-question'));
  });

  test('to somebody outside needs a releaser of the line', () => {
    const { stage, update } = told();
    asksByMail(stage, 'kim@customer.example', update, 'Refund?');
    const answer = { type: 'answer', question: 1, text: 'Yes.' } as const;
    expect(answersTries(stage, 'olga', answer)).toMatchObject({
      refused: 'outside-needs-releaser',
      facts: { people: ['cora', 'carl'] },
    });
    answersDoes(stage, 'cora', answer);
    expect(stage.at('email/address/kim@customer.example').map(textOf)).toEqual([expect.stringContaining('Yes.')]);
  });

  test('to a guest is one to somebody outside', () => {
    const { stage, update } = told();
    answersDoes(stage, 'gus', { type: 'ask', update, text: 'Why?', place: 'console/person/gus' }, { guest: true });
    expect(answersTries(stage, 'olga', { type: 'answer', question: 1, text: 'So.' })).toEqual(refused('outside-needs-releaser'));
  });

  test('can be left out, with a reason that the asker reads', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Whose fault is it?');
    stage.heard();
    answersDoes(stage, 'olga', { type: 'leave', question: 1, reason: 'The review will say.' });
    expect(stage.at('console/person/rita').map(textOf)).toEqual([
      'Your question is not answered: Refused connections\nYou asked: Whose fault is it?\nIt was left by the owner of PRB-1: The review will say.',
    ]);
  });
});

describe('an answer to all', () => {
  test('joins the next update, which waits for its release; whoever asked hears both', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Is my money safe?');
    stage.heard();
    answersDoes(stage, 'cora', { type: 'answer-all', question: 1, text: 'Yes, it is.' });
    expect(stage.line('customers').update).toMatchObject({
      status: 'awaiting release',
      draft: { by: 'cora', text: 'Payments are slow.\n\nQuestion: Is my money safe?\nAnswer: Yes, it is.' },
    });
    expect(heardBy(stage, 'rita')).toEqual(['Your question: Refused connections']);
    expect(questionsIn(stage)[0]?.status).toBe('to all');
    const next = release(stage);
    expect(heardBy(stage, 'rita')).toEqual([
      'Your question: Refused connections',
      'Your question is answered: Refused connections',
    ]);
    expect(questionsIn(stage)[0]?.status).toBe('answered to all');
    expect(next).not.toBe(update);
  });

  test('joins a text that awaits release already, and its approvals no longer count', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Since when?');
    stage.does('olga', { type: 'draft', line: 'customers', text: 'It is faster.' });
    answersDoes(stage, 'olga', { type: 'answer-all', question: 1, text: 'Since nine.' });
    expect(stage.line('customers').update?.draft?.text).toBe('It is faster.\n\nQuestion: Since when?\nAnswer: Since nine.');
  });

  test('starts the next update of a line that is told on demand', () => {
    const { stage } = told();
    const update = tell(stage, 'We are working on it.', 'press');
    asks(stage, 'rita', update, 'How many?');
    answersDoes(stage, 'cora', { type: 'answer-all', question: 1, text: 'Twelve.' });
    expect(stage.line('press').update).toMatchObject({ status: 'awaiting release' });
  });

  test('that was taken out of the text is open again, and not forgotten', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Since when?');
    answersDoes(stage, 'cora', { type: 'answer-all', question: 1, text: 'Since nine.' });
    stage.does('olga', { type: 'draft', line: 'customers', text: 'It is faster.' });
    stage.heard();
    release(stage);
    expect(questionsIn(stage)[0]?.status).toBe('open');
    expect(heardBy(stage, 'cora')).toContain('Question: Customers and partners, PRB-1');
    expect(heardBy(stage, 'rita')).toEqual([]);
  });

  test('goes into the update after a skipped one', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Since when?');
    answersDoes(stage, 'cora', { type: 'answer-all', question: 1, text: 'Since nine.' });
    stage.does('olga', { type: 'skip', line: 'customers', reason: 'x' });
    expect(stage.line('customers').update?.draft?.text).toContain('Answer: Since nine.');
    release(stage);
    expect(questionsIn(stage)[0]?.status).toBe('answered to all');
  });

  test('given while an update leaves goes into the one after it', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Since when?');
    stage.does('olga', { type: 'draft', line: 'customers', text: 'It is faster.' });
    const before = stage.line('customers').update?.id;
    stage.does('cora', { type: 'release', ...seenOf(stage) });
    expect(stage.line('customers').update?.status).toBe('leaving');
    answersDoes(stage, 'cora', { type: 'answer-all', question: 1, text: 'Since nine.' });
    stage.pass(11_000);
    expect(stage.plan.outcomes[before ?? '']?.what).toBe('released');
    expect(stage.line('customers').update?.draft?.text).toBe('It is faster.\n\nQuestion: Since when?\nAnswer: Since nine.');
    expect(questionsIn(stage)[0]?.status).toBe('to all');
  });

  test('is refused where no update comes any more, or where it does not fit', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Since when?');
    const wanted = { type: 'answer-all', question: 1, text: 'x'.repeat(900) } as const;
    stage.does('olga', { type: 'draft', line: 'customers', text: 'y'.repeat(2900) });
    expect(answersTries(stage, 'cora', wanted)).toEqual(refused('draft-full'));
    stage.does('pat', { type: 'resolve', resolution: 'x' } as never, 'problem');
    stage.does('olga', { type: 'draft', line: 'customers', text: 'It works.' });
    release(stage);
    expect(answersTries(stage, 'cora', wanted)).toEqual(refused('line-closed'));
  });
});

describe('an open question', () => {
  test('is chased with growing gaps, from the second time at the owner too, and once after a week', () => {
    const { stage, update } = told();
    stage.does('olga', { type: 'line', line: 'customers', author: 'anna' });
    asks(stage, 'rita', update, 'Well?');
    stage.heard();
    const chasedAt: number[] = [];
    const start = stage.now;
    for (let minutes = 0; minutes < 24 * 60; minutes += 1) {
      stage.pass(MINUTE);
      if (heardBy(stage, 'anna').some((title) => title.startsWith('Question open'))) chasedAt.push((stage.now - start) / MINUTE);
      if (chasedAt.length < 2) expect(heardBy(stage, 'olga').filter((title) => title.startsWith('Question'))).toEqual([]);
      stage.heard();
    }
    expect(chasedAt).toEqual([30, 90, 210, 450, 930, 1410]);
    stage.pass(7 * DAY, true);
    expect(heardBy(stage, 'olga').filter((title) => title.startsWith('Question open'))).toHaveLength(1);
    answersDoes(stage, 'cora', { type: 'answer', question: 1, text: 'So.' });
    stage.heard();
    stage.pass(12 * HOUR);
    expect(heardBy(stage, 'olga').filter((title) => title.startsWith('Question'))).toEqual([]);
  });

  test('among many has no card of its own: after ten there is one for all of them, which is shown again when the oldest is chased', () => {
    const { stage, update } = told();
    for (let at = 1; at <= 40; at += 1) asks(stage, `r${at}`, update, `Well ${at}?`);
    const cards = heardBy(stage, 'cora');
    expect(cards.filter((title) => title.startsWith('Question'))).toHaveLength(10);
    expect(cards.filter((title) => title.startsWith('Open questions'))).toHaveLength(1);
    const list = () => liveCards.questions?.(stage.view(), stage.now, 'customers');
    expect(textOf(list())).toContain('35 more wait; the ones shown are the oldest.');
    expect(controlsOf(list())).toHaveLength(15);
    stage.heard();
    stage.passMinutes(31);
    expect(heardBy(stage, 'cora').filter((title) => /question/iu.test(title))).toEqual([
      'Open questions: Customers and partners, PRB-1',
    ]);
    for (let at = 1; at <= 40; at += 1) answersDoes(stage, 'cora', { type: 'leave', question: at, reason: 'No.' });
    expect(textOf(list())).toContain('No question waits');
  });

  test('goes with a handover, once it is accepted', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Well?');
    stage.heard();
    stage.does('olga', { type: 'hand-over', to: 'nora' });
    expect(textOf(stage.to('nora')[0])).toContain('Open questions: 1');
    stage.heard();
    stage.does('nora', { type: 'answer-handover', from: 'olga', takes: true });
    expect(heardBy(stage, 'nora')).toContain('Question: Customers and partners, PRB-1');
    answersDoes(stage, 'nora', { type: 'answer', question: 1, text: 'So.' });
    expect(questionsIn(stage)[0]).toMatchObject({ status: 'answered', ended: { by: 'nora', as: 'owner' } });
  });

  test('is handed to whoever owns the plan from now on', () => {
    const { stage, update } = told();
    asks(stage, 'rita', update, 'Well?');
    stage.heard();
    stage.does('olga', { type: 'owner', owner: 'nora' });
    expect(heardBy(stage, 'nora')).toContain('Question: Customers and partners, PRB-1');
    expect(heardBy(stage, 'cora').filter((title) => title.startsWith('Question'))).toEqual([]);
  });
});

test('what was asked in an exercise ends with it, and nobody else heard of it', () => {
  const drill = 'console/channel/drill';
  const stage = new Stage({ ...BANK, exercisePlaces: [drill] });
  stage.does('rita', { type: 'raise', intake: aTitle }, 'problem');
  stage.heard();
  const command = { type: 'exercise', kind: 'problem', title: 'Refused connections' } as const;
  stage.does('cora', command);
  stage.does('cora', { type: 'draft', line: 'customers', text: 'Payments are slow.' });
  stage.does('carl', { type: 'release', ...seenOf(stage) });
  stage.pass(11_000);
  asks(stage, 'rita', 'PRB-1.3', 'Well?');
  expect(stage.timers.has('question.1')).toBe(true);
  stage.does('cora', command);
  expect(questionsIn(stage)).toMatchObject([{ status: 'left' }]);
  expect([...stage.timers.keys()].filter((key) => key.startsWith('question'))).toEqual([]);
  expect(stage.said.filter(({ to }) => !('place' in to) || to.place !== drill)).toEqual([]);
});
