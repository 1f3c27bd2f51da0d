import { describe, expect, test } from 'vitest';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import { updateCards } from '../../src/comms/update-card.ts';
import { HOUR } from '../../src/core/instant.ts';
import { answersDoes, answersIn, answersTries, release, seenOf } from './answers-stage.ts';
import { controlsOf, majorProblem, type Stage, textOf } from './stage.ts';

const LINE = 'senior-management';
const refused = (code: string) => expect.objectContaining({ refused: code });
const OPTIONS = ['Close the branches', 'Wait'];

const asking = (stage: Stage, more: object = {}) =>
  stage.tries('olga', 'plan', {
    type: 'want-decision',
    line: LINE,
    question: 'Close?',
    options: OPTIONS,
    neededBy: stage.now + 2 * HOUR,
    ...more,
  } as never);

/** Management was asked by a released update. */
function asked(): { readonly stage: Stage; readonly update: string } {
  const stage = majorProblem();
  asking(stage);
  stage.does('olga', { type: 'draft', line: LINE, text: 'Half of the branches are down.' });
  const update = release(stage, LINE);
  return { stage, update };
}

describe('a decision that is asked for', () => {
  test('is part of what is released: approvals before it do not count, the draft shows it, and nothing leaves before', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'draft', line: LINE, text: 'Half of the branches are down.' });
    const before = seenOf(stage, LINE);
    asking(stage);
    expect(stage.tries('cora', 'plan', { type: 'release', ...before } as never)).toEqual(refused('draft-changed'));
    expect(answersIn(stage).decisions).toEqual({});
    release(stage, LINE);
    expect(Object.keys(answersIn(stage).decisions)).toEqual([before.update]);
  });

  test('leaves with its options as buttons, before those of every update', () => {
    const { stage, update } = asked();
    const [card] = stage.at(`console/channel/${LINE}`);
    expect(textOf(card)).toContain('Decision needed from you by 2027-01-15 11:00 UTC: Close?\nClose the branches\nWait');
    expect(controlsOf(card).map(({ label, action, value }) => ({ label, action, value }))).toEqual([
      { label: 'Close the branches', action: 'comms.decide', value: `${update}:0` },
      { label: 'Wait', action: 'comms.decide', value: `${update}:1` },
      { label: 'Seen', action: 'comms.seen', value: update },
      { label: 'Ask', action: 'comms.ask', value: update },
    ]);
  });

  test('needs two to five options, a time to come, and somebody who may write the line', () => {
    const stage = majorProblem();
    expect(asking(stage, { options: ['One'] })).toEqual(refused('wrong-options'));
    expect(asking(stage, { options: ['1', '2', '3', '4', '5', '6'] })).toEqual(refused('wrong-options'));
    expect(asking(stage, { neededBy: stage.now })).toEqual(refused('needed-by-past'));
    expect(asking(stage, { line: 'nobody' })).toEqual(refused('unknown-line'));
    expect(
      stage.tries('rita', 'plan', {
        type: 'want-decision',
        line: LINE,
        question: 'Close?',
        options: OPTIONS,
        neededBy: stage.now + HOUR,
      } as never),
    ).toEqual(refused('not-your-text'));
  });

  test('is decided by the first who was told; the owner hears it, and later ones are told what was decided by whom', () => {
    const { stage, update } = asked();
    expect(answersTries(stage, 'gina', { type: 'decide', update, option: 0, told: false })).toEqual(refused('not-the-audience'));
    expect(answersTries(stage, 'gina', { type: 'decide', update, option: 7, told: true })).toEqual(refused('unknown-decision'));
    stage.heard();
    answersDoes(stage, 'gina', { type: 'decide', update, option: 1, told: true });
    expect(stage.to('olga').map(textOf)).toEqual([
      `Decided: Refused connections, PRB-1\nClose?\nWait\nDecided by @gina for Senior management, 2027-01-15 09:00 UTC.`,
    ]);
    expect(answersTries(stage, 'hans', { type: 'decide', update, option: 0, told: true })).toMatchObject({
      refused: 'decided-already',
      facts: { what: 'Wait', by: 'gina', mine: 'no' },
    });
    stage.heard();
    stage.pass(5 * HOUR);
    expect(stage.to('olga').filter(({ title }) => title.startsWith('Not decided'))).toEqual([]);
  });

  test('is not asked for any more once its update is retracted', () => {
    const { stage, update } = asked();
    stage.does('cora', { type: 'correct', what: 'retraction', update, text: 'We take it back.' });
    const [mends] = stage.line(LINE).beside ?? [];
    const seen = mends ? draftHash(stage.line(LINE), mends).slice(0, HASH_ON_BUTTON) : '';
    stage.does('cora', { type: 'release', update: mends?.id ?? '', seen });
    stage.pass(11_000);
    expect(answersTries(stage, 'gina', { type: 'decide', update, option: 0, told: true })).toEqual(refused('unknown-decision'));
    stage.heard();
    stage.pass(5 * HOUR);
    expect(stage.to('olga').filter(({ title }) => title.startsWith('Not decided'))).toEqual([]);
  });

  test('is brought to the owner when it is needed and not there, and again with growing gaps', () => {
    const { stage } = asked();
    const times: number[] = [];
    for (let hours = 1; hours <= 10; hours += 1) {
      stage.heard();
      stage.pass(HOUR);
      if (stage.to('olga').some(({ title }) => title.startsWith('Not decided yet'))) times.push(hours);
    }
    expect(times).toEqual([2, 3, 5, 9]);
  });
});

test('the buttons of an update stand under its last part, and under none of a preview', () => {
  const statement = { title: 'Slow', number: 1, phase: 'progress', text: 'Word. '.repeat(900), asOf: 0 } as const;
  const shown = updateCards({ ...statement, pressed: { record: 'PRB-1', update: 'PRB-1.1' } });
  expect(shown.length).toBeGreaterThan(1);
  expect(shown.map((one) => controlsOf(one).map(({ label }) => label))).toEqual([
    ...shown.slice(1).map(() => []),
    ['Seen', 'Ask'],
  ]);
  expect(updateCards(statement).flatMap(controlsOf)).toEqual([]);
});
