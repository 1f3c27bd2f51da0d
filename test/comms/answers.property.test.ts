/** Whatever readers and coordinators do, and in whatever order: no question is forgotten, and nobody is told an end twice. */
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { MINUTE } from '../../src/core/instant.ts';
import { answersTries, asks, asksByMail, questionsIn, seenOf, told } from './answers-stage.ts';
import type { Stage } from './stage.ts';

const COORDINATORS = ['cora', 'carl', 'olga', 'pat'] as const;

type Step =
  | { readonly do: 'ask'; readonly by: string; readonly text: string; readonly mail: boolean }
  | { readonly do: 'answer' | 'answer-all' | 'leave'; readonly by: string; readonly question: number }
  | { readonly do: 'draft'; readonly text: string }
  | { readonly do: 'release' | 'undo' | 'skip' | 'resolve' | 'reopen' }
  | { readonly do: 'pass'; readonly minutes: number; readonly asleep: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      by: fc.constantFrom('rita', 'sam'),
      text: fc.constantFrom('Why?', 'When?'),
      mail: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('answer' as const, 'answer-all' as const, 'answer-all' as const, 'leave' as const),
      by: fc.constantFrom(...COORDINATORS),
      question: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('draft' as const), text: fc.constantFrom('It is faster.', 'It is slower.') }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('release' as const, 'release' as const, 'release' as const, 'undo' as const, 'skip' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('resolve' as const, 'reopen' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 120 }), asleep: fc.boolean() }),
  },
);

function take(stage: Stage, update: string, one: Step): void {
  const line = stage.line('customers');
  switch (one.do) {
    case 'ask': {
      if (one.mail) asksByMail(stage, `${one.by}@x.example`, update, one.text);
      else asks(stage, one.by, update, one.text);
      break;
    }
    case 'answer':
    case 'answer-all':
      answersTries(stage, one.by, { type: one.do, question: one.question, text: `So ${one.question}.` });
      break;
    case 'leave':
      answersTries(stage, one.by, { type: 'leave', question: one.question, reason: 'No.' });
      break;
    case 'draft':
      stage.tries('olga', 'plan', { type: 'draft', line: 'customers', text: one.text } as never);
      break;
    case 'release':
      if (line.update) stage.tries('cora', 'plan', { type: 'release', ...seenOf(stage) } as never);
      break;
    case 'undo':
      if (line.update) stage.tries('cora', 'plan', { type: 'undo', update: line.update.id } as never);
      break;
    case 'skip':
      stage.tries('olga', 'plan', { type: 'skip', line: 'customers', reason: 'x' } as never);
      break;
    case 'resolve':
    case 'reopen':
      stage.tries('pat', 'problem', { type: one.do, resolution: 'x', reason: 'x' } as never);
      break;
    case 'pass':
      stage.pass(one.minutes * MINUTE, one.asleep);
      break;
    default:
      one satisfies never;
  }
}

/** What says to an asker that the question is over. */
const END = /^(Answer to your question|Your question is answered|Your question is not answered)/u;

test.prop([fc.array(step, { minLength: 5, maxLength: 50 })], { numRuns: 200 })(
  'an open question always has a time at which it is chased; one that is over told its asker so, once',
  (steps) => {
    const { stage, update } = told();
    for (const one of steps) {
      take(stage, update, one);
      for (const question of questionsIn(stage)) {
        expect(stage.timers.has(`question.${question.number}`)).toBe(question.status === 'open');
        // What waits for an update has one that it can wait for.
        if (question.status === 'to all') expect(stage.line(question.line).status).not.toBe('closed');
      }
    }
    const places = new Set(questionsIn(stage).map(({ place }) => place));
    for (const place of places) {
      const over = questionsIn(stage).filter((one) => one.place === place && !['open', 'to all'].includes(one.status));
      expect(stage.at(place).filter(({ title }) => END.test(title))).toHaveLength(over.length);
    }
  },
);

test.prop([fc.array(step, { minLength: 5, maxLength: 40 })], { numRuns: 100 })(
  'whoever answers can end every question that is open, and what awaits an update ends with its release',
  (steps) => {
    const { stage, update } = told();
    for (const one of steps) take(stage, update, one);
    for (const { number, status } of questionsIn(stage)) {
      if (status === 'open') answersTries(stage, 'cora', { type: 'leave', question: number, reason: 'No.' });
    }
    stage.pass(MINUTE);
    const { update: next } = stage.line('customers');
    if (next && next.status !== 'awaiting release')
      stage.tries('olga', 'plan', {
        type: 'draft',
        line: 'customers',
        text: `Done. ${questionsIn(stage)
          .map(({ answer = '' }) => answer)
          .join(' ')}`,
      } as never);
    if (next) stage.tries('cora', 'plan', { type: 'release', ...seenOf(stage) } as never);
    stage.pass(MINUTE);
    for (const { number, status } of questionsIn(stage)) {
      if (status === 'open') answersTries(stage, 'cora', { type: 'leave', question: number, reason: 'No.' });
    }
    expect(questionsIn(stage).filter(({ status }) => status === 'open' || status === 'to all')).toEqual([]);
  },
);
