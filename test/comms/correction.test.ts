/** What left and was wrong is corrected to everybody who got it; the last word reaches everybody who was ever told. */
import { describe, expect, test } from 'vitest';
import { liveCards } from '../../src/comms/index.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import type { PlanCommand } from '../../src/comms/plan-command.ts';
import { updateOf } from '../../src/comms/update.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { controlsOf, majorProblem, type Stage, textOf } from './stage.ts';

const LINE = 'customers';

const press = (stage: Stage, id: string, line = LINE, by = 'cora') => {
  const own = stage.line(line);
  const update = updateOf(own, id);
  const seen = update ? draftHash(own, update).slice(0, HASH_ON_BUTTON) : '';
  stage.does(by, { type: 'release', update: id, seen });
  stage.leave();
};
const tell = (stage: Stage, line: string, text: string): string => {
  if (!stage.line(line).update) stage.does('olga', { type: 'start', line });
  const id = stage.line(line).update?.id ?? '';
  stage.does('olga', { type: 'draft', line, text });
  press(stage, id, line);
  return id;
};
const refusal = (stage: Stage, by: string, command: PlanCommand) => {
  const outcome = stage.tries(by, 'plan', command);
  return isRefusal(outcome) ? outcome.refused : 'accepted';
};
const correct = (stage: Stage, update: string, what: 'correction' | 'retraction' = 'correction', by = 'olga') =>
  stage.does(by, { type: 'correct', what, update, text: 'It is every third teller.' });
const carried = (stage: Stage, id: string) => stage.said.filter(({ update }) => update === id);
const beside = (stage: Stage, line = LINE): string => stage.line(line).beside?.[0]?.id ?? '';

/** The customers were told something wrong. */
function told() {
  const stage = majorProblem();
  const wrong = tell(stage, LINE, 'Every second teller cannot log on.');
  stage.heard();
  stage.asks.length = 0;
  return { stage, wrong };
}

describe('a correction', () => {
  test('waits for its release like any text, beside what is due, and goes to everybody who got the wrong one and nowhere else', () => {
    const { stage, wrong } = told();
    const due = stage.line(LINE).update;
    correct(stage, wrong);
    const [card] = stage.to('cora');
    expect(textOf(card)).toContain('Correction of UPD-1: Refused connections');
    expect(textOf(card)).toContain('Goes to: everybody who got UPD-1');
    expect(controlsOf(card).map(({ label }) => label)).toEqual(['Release', 'Edit', 'Send back', 'Skip']);
    const id = beside(stage);
    press(stage, id);
    expect(carried(stage, id).map(({ to }) => to)).toEqual([{ told: [wrong], except: [] }]);
    const said = textOf(carried(stage, id)[0]?.content);
    expect(said).toContain('Correction of UPD-1 of 2027-01-15 09:00 UTC.');
    expect(said).toContain('It is every third teller.');
    expect(said).toContain('Reference: UPD-2.');
    expect(stage.line(LINE).update).toEqual(due);
    expect(stage.line(LINE).released).toBe(1);
  });

  test('is called by its name to whoever made it, and one that did not arrive names no text that was wrong', () => {
    const { stage, wrong } = told();
    correct(stage, wrong, 'retraction');
    const id = beside(stage);
    press(stage, id);
    expect(stage.to('olga').map(({ title }) => title)).toContain('Retraction released: Customers and partners, PRB-1');
    stage.does('bellman', { type: 'undelivered', update: id, place: 'email/address/a@b.example', unsure: false, why: 'bounced' });
    const missed = stage.to('olga').find(({ title }) => title.startsWith('Retraction not delivered: Customers and partners'));
    expect(textOf(missed)).toContain('Nobody got it instead.');
    expect(textOf(missed)).not.toContain('Every second teller');
  });

  test('marks the wrong one, whose text is not offered again', () => {
    const { stage, wrong } = told();
    correct(stage, wrong);
    const id = beside(stage);
    press(stage, id);
    expect(stage.plan.outcomes[wrong]?.corrected).toEqual({ what: 'correction', update: id });
    const rows = stage.asks.flatMap((ask) => (ask.ask === 'project' && ask.row.id === wrong ? [ask.row.outcome] : []));
    expect(rows.at(-1)).toBe('corrected');
    expect(textOf(liveCards.draft?.(stage.view(), stage.now, wrong))).toContain('A correction of it was released since.');
    expect(refusal(stage, 'olga', { type: 'no-change', update: stage.line(LINE).update?.id ?? '' })).toBe('no-last-text');
  });

  test('that is not released in time is overdue like any update, and can be sent back, written again and skipped', () => {
    const { stage, wrong } = told();
    correct(stage, wrong);
    const id = beside(stage);
    stage.passMinutes(16);
    expect(stage.to('cora').map(({ title }) => title)).toContain('Overdue: Customers and partners, PRB-1');
    const seen = () => {
      const line = stage.line(LINE);
      const update = updateOf(line, id);
      return update ? draftHash(line, update).slice(0, HASH_ON_BUTTON) : '';
    };
    stage.does('cora', { type: 'send-back', update: id, seen: seen(), what: 'Say since when.' });
    stage.does('olga', { type: 'draft', line: LINE, update: id, text: 'Since nine it is every third.' });
    expect(updateOf(stage.line(LINE), id)?.draft?.text).toBe('Since nine it is every third.');
    stage.does('cora', { type: 'skip', line: LINE, update: id, reason: 'Said by telephone.' });
    expect(stage.line(LINE).beside).toEqual([]);
    expect(stage.timers.has(`plan.${LINE}.${id.split('.')[1]}`)).toBe(false);
  });

  test('of a line that is closed works as well', () => {
    const { stage, wrong } = told();
    stage.does('olga', { type: 'resolve', resolution: 'x' }, 'problem');
    tell(stage, LINE, 'It works again.');
    correct(stage, wrong, 'retraction');
    const id = beside(stage);
    press(stage, id);
    expect(carried(stage, id)).toHaveLength(1);
    expect(stage.line(LINE).status).toBe('closed');
  });

  test('may be asked for by its releasers, communications and the owner; of what left, and once at a time', () => {
    const { stage, wrong } = told();
    const command = { type: 'correct', what: 'correction', update: wrong, text: 'x' } as const;
    expect(refusal(stage, 'rita', command)).toBe('may-not-correct');
    expect(refusal(stage, 'olga', { ...command, update: stage.line(LINE).update?.id ?? '' })).toBe('not-left-yet');
    expect(refusal(stage, 'olga', { ...command, update: 'PRB-1.99' })).toBe('unknown-update');
    correct(stage, wrong);
    expect(refusal(stage, 'cora', command)).toBe('correction-waits');
    press(stage, beside(stage));
    correct(stage, wrong, 'retraction');
    press(stage, beside(stage));
    expect(refusal(stage, 'cora', command)).toBe('retracted-already');
  });
});

test('a retraction stops at once what has not left everywhere', () => {
  const { stage, wrong } = told();
  correct(stage, wrong, 'retraction');
  expect(stage.asks).toContainEqual({ ask: 'unsay', update: wrong });
});

describe('the last word', () => {
  const last = (stage: Stage, line = LINE) => {
    stage.heard();
    const id = stage.line(line).update?.id ?? '';
    stage.does('olga', { type: 'draft', line, text: 'It works again.' });
    press(stage, id, line);
    return carried(stage, id).map(({ to }) => to);
  };
  const resolve = (stage: Stage) => stage.does('olga', { type: 'resolve', resolution: 'x' }, 'problem');

  test('also goes to every place that its line told before, each once', () => {
    const { stage, wrong } = told();
    stage.does('olga', { type: 'line', line: LINE, places: ['console/channel/other'] });
    const second = tell(stage, LINE, 'Still.');
    resolve(stage);
    expect(last(stage)).toEqual([
      { place: 'console/channel/other' },
      { told: [wrong, second], except: ['console/channel/other'] },
    ]);
  });

  test('goes to a line without a destination that told somebody before', () => {
    const { stage, wrong } = told();
    const { plan } = stage;
    stage.loaded.states.plan = {
      ...plan,
      lines: plan.lines.map((line) => (line.audience === LINE ? { ...line, places: [] } : line)),
    };
    resolve(stage);
    expect(last(stage)).toEqual([{ told: [wrong], except: [] }]);
  });

  test('is asked of a line that told somebody in an earlier round and was never started again', () => {
    const stage = majorProblem();
    const wrong = tell(stage, 'press', 'Statement.');
    stage.does('pat', { type: 'normal', reason: 'x' }, 'problem');
    stage.does('pat', { type: 'declare', owner: 'olga', place: 'console/channel/ops' }, 'problem');
    expect(stage.line('press').status).toBe('not needed yet');
    resolve(stage);
    expect(stage.line('press')).toMatchObject({ status: 'active', update: { phase: 'resolved' } });
    expect(last(stage, 'press')).toContainEqual({ told: [wrong], except: ['console/channel/press'] });
  });

  test('is asked of a line whose audience the organisation has no more', () => {
    const stage = majorProblem({
      ...majorProblem().org,
      audiences: {
        ...majorProblem().org.audiences,
        suppliers: { key: 'suppliers', places: ['console/channel/suppliers'], releasers: [] },
      },
    });
    tell(stage, 'suppliers', 'Something.');
    const { suppliers: _gone, ...audiences } = stage.org.audiences;
    stage.org = { ...stage.org, audiences };
    stage.does('pat', { type: 'normal', reason: 'x' }, 'problem');
    stage.does('pat', { type: 'declare', owner: 'olga', place: 'console/channel/ops' }, 'problem');
    expect(stage.line('suppliers').status).toBe('closed');
    resolve(stage);
    expect(stage.line('suppliers')).toMatchObject({ status: 'active', update: { phase: 'resolved' } });
  });
});
