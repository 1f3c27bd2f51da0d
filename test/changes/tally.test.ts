import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  type Choice,
  count,
  fewestVoters,
  quorumOf,
  type Roll,
  type Rule,
  type Threshold,
  thresholdOf,
  unheld,
  verdict,
} from '../../src/changes/tally.ts';
import { type Case, CHOICES, future, passes, type Votes } from './oracle.ts';

const rule = (more: Partial<Rule> = {}): Rule => ({ threshold: { kind: 'majority' }, emergency: false, mandatory: [], ...more });

/** `roll('aarx..')`: a approve, r reject, x abstain, . not voted; the people are p0, p1, ... */
const roll = (votes: string): Roll => {
  const named: Record<string, Choice> = { a: 'approve', r: 'reject', x: 'abstain' };
  const cast = [...votes].flatMap((vote, at) => {
    const choice = named[vote];
    return choice ? [[`p${at}`, choice] as const] : [];
  });
  return { electorate: [...votes].map((_, at) => `p${at}`), votes: Object.fromEntries(cast) };
};
const said = (votes: string, more: Partial<Rule> = {}, final = false) => {
  const found = verdict(rule(more), roll(votes), final);
  return found && `${found.outcome}: ${found.because}`;
};
const at = (threshold: Threshold): Partial<Rule> => ({ threshold });

describe('a majority', () => {
  test.each([
    ['....', undefined],
    ['aa..', undefined],
    ['aaa.', 'approved: certain'],
    ['aa.', 'approved: certain'],
    ['rr..', 'rejected: impossible'],
    ['ar..', undefined],
    ['aaaa', 'approved: all voted'],
    ['aarr', 'rejected: all voted'],
    ['axxx', 'rejected: all voted'],
    ['xxx.', 'rejected: impossible'],
  ])('%s is %s', (votes, wanted) => expect(said(votes)).toBe(wanted));

  test.each([
    ['a...', 'expired: no quorum'],
    ['aa..', 'approved: deadline'],
    ['ar..', 'rejected: deadline'],
    ['aar.', 'approved: deadline'],
    ['....', 'expired: no quorum'],
  ])('%s at the deadline is %s', (votes, wanted) => expect(said(votes, {}, true)).toBe(wanted));
});

describe('other thresholds', () => {
  test.each<[Threshold, string, string | undefined]>([
    [{ kind: 'any' }, 'a...', undefined],
    [{ kind: 'any' }, 'ar..', 'approved: certain'],
    [{ kind: 'any' }, 'rrrr', 'rejected: all voted'],
    [{ kind: 'unanimous' }, 'aar.', 'rejected: impossible'],
    [{ kind: 'unanimous' }, 'aaa.', undefined],
    [{ kind: 'unanimous' }, 'aaax', 'approved: all voted'],
    [{ kind: 'count', least: 3 }, 'aarr.', undefined],
    [{ kind: 'count', least: 3 }, 'aaarr', 'approved: all voted'],
    [{ kind: 'count', least: 1 }, 'arrr.', undefined],
    [{ kind: 'count', least: 1 }, 'arrrr', 'rejected: all voted'],
    [{ kind: 'percent', percent: 66 }, 'aar', 'approved: all voted'],
    [{ kind: 'percent', percent: 67 }, 'aar', 'rejected: all voted'],
    [{ kind: 'percent', percent: 100 }, 'aax', 'approved: all voted'],
  ])('%o with %s is %s', (threshold, votes, wanted) => expect(said(votes, at(threshold))).toBe(wanted));

  test('are read from the words of a board', () => {
    expect(thresholdOf('percent 66')).toEqual({ kind: 'percent', percent: 66 });
    expect(thresholdOf('Count 3')).toEqual({ kind: 'count', least: 3 });
    expect(thresholdOf('unanimous')).toEqual({ kind: 'unanimous' });
    expect(thresholdOf('any')).toEqual({ kind: 'any' });
    expect(thresholdOf('percent 101')).toEqual({ kind: 'majority' });
  });
});

describe('the quorum', () => {
  test('is half the electorate rounded up, at least two', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((size) => quorumOf(rule(), size))).toEqual([2, 2, 2, 2, 3, 3, 4]);
  });
  test('is what the board says', () => expect(quorumOf(rule({ quorum: 5 }), 4)).toBe(5));
  test('of an emergency board is two', () => expect(quorumOf(rule({ emergency: true }), 9)).toBe(2));
});

describe('an emergency board', () => {
  const emergency: Partial<Rule> = { threshold: { kind: 'any' }, emergency: true };
  test('needs any two', () => {
    expect(said('a....', emergency)).toBeUndefined();
    expect(said('aa...', emergency)).toBe('approved: certain');
    expect(said('arrrr', emergency)).toBe('rejected: all voted');
  });
  test("is content with the on-call's approval when another took part", () => {
    expect(said('ax...', { ...emergency, onCall: 'p0' })).toBe('approved: certain');
    expect(said('xa...', { ...emergency, onCall: 'p0' })).toBeUndefined();
    expect(said('a....', { ...emergency, onCall: 'p0' })).toBeUndefined();
  });
  test('lets the on-call alone decide only when the board sets the quorum to one', () => {
    expect(said('a....', { ...emergency, onCall: 'p0', quorum: 1 })).toBe('approved: certain');
    expect(said('a....', { ...emergency, onCall: 'p1', quorum: 1 })).toBeUndefined();
  });
});

describe('a mandatory role', () => {
  const security = (...holders: string[]): Partial<Rule> => ({ mandatory: [{ role: 'security', holders }] });
  test('must approve by one of its holders', () => {
    expect(said('aaa.', security('p3'))).toBeUndefined();
    expect(said('aaa.', security('p3'), true)).toBe('expired: mandatory missing');
    expect(said('.aaa', security('p3'))).toBe('approved: certain');
  });
  test('rejects by one of its holders, whatever the others vote', () => {
    expect(said('aaar', security('p3'))).toBe('rejected: mandatory reject');
    expect(said('...r', security('p3'))).toBe('rejected: mandatory reject');
  });
  test('may still reject by its other holder, so nothing is certain before', () => {
    expect(said('aaa.', security('p2', 'p3'))).toBeUndefined();
    expect(said('aaax', security('p2', 'p3'))).toBe('approved: all voted');
  });
  test('expires the ballot once all its holders abstained', () => {
    expect(said('...x', security('p3'))).toBe('expired: mandatory missing');
    expect(said('..xx', security('p2', 'p3'))).toBe('expired: mandatory missing');
  });
  test('without a holder in the electorate is known', () => {
    expect(unheld(rule(security('p9')), ['p0', 'p1'])).toEqual(['security']);
    expect(unheld(rule(security('p1')), ['p0', 'p1'])).toEqual([]);
  });
});

test('fewer voters than can ever pass are known', () => {
  expect(fewestVoters(rule(), ['p0', 'p1'])).toBe(2);
  expect(fewestVoters(rule({ quorum: 1, threshold: { kind: 'any' } }), ['p0'])).toBe(1);
  expect(fewestVoters(rule({ quorum: 1 }), ['p0'])).toBe(2);
  expect(fewestVoters(rule({ threshold: { kind: 'count', least: 4 } }), ['p0', 'p1', 'p2'])).toBe(4);
});

interface Small extends Case {
  readonly size: number;
}

const thresholds = fc.oneof(
  fc.constantFrom<Threshold>({ kind: 'majority' }, { kind: 'any' }, { kind: 'unanimous' }),
  fc.integer({ min: 1, max: 6 }).map((least): Threshold => ({ kind: 'count', least })),
  fc.integer({ min: 1, max: 100 }).map((percent): Threshold => ({ kind: 'percent', percent })),
);

const small: fc.Arbitrary<Small> = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    threshold: thresholds,
    quorum: fc.option(fc.integer({ min: 1, max: size }), { nil: undefined }),
    emergency: fc.boolean(),
    onCall: fc.option(fc.integer({ min: 0, max: size - 1 }), { nil: undefined }),
    holders: fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
    votes: fc.array(fc.constantFrom(...CHOICES), { minLength: size, maxLength: size }),
  }),
);

const ruleFrom = ({ threshold, quorum, emergency, onCall, holders }: Small): Rule => ({
  threshold,
  emergency,
  ...(quorum === undefined ? {} : { quorum }),
  ...(onCall === undefined ? {} : { onCall: `p${onCall}` }),
  mandatory: holders.map((some, index) => ({
    role: index === 0 ? 'security' : 'service-desk',
    holders: some.map((one) => `p${one}`),
  })),
});
const rollFrom = (votes: Votes): Roll => ({
  electorate: votes.map((_, index) => `p${index}`),
  votes: Object.fromEntries(votes.flatMap((vote, index) => (vote ? [[`p${index}`, vote]] : []))),
});

describe('against every possible continuation', () => {
  property.prop([small], { numRuns: 1500 })('a ballot is decided exactly when the rule justifies it', (one) => {
    // With fewer people than its quorum a ballot does not open, or ends void.
    fc.pre(one.size >= (one.quorum ?? 2));
    const found = verdict(ruleFrom(one), rollFrom(one.votes), false);
    const { certain, possible } = future(one);
    const allVoted = one.votes.every((vote) => vote !== undefined);
    if (found === undefined) {
      expect(allVoted).toBe(false);
      expect(certain).toBe(false);
      expect(possible).toBe(true);
    } else if (found.outcome === 'approved') {
      expect(certain).toBe(true);
    } else {
      expect(possible).toBe(false);
    }
  });

  property.prop([small], { numRuns: 1500 })('the deadline decides by the votes as they stand', (one) => {
    const found = verdict(ruleFrom(one), rollFrom(one.votes), true);
    expect(found?.outcome === 'approved').toBe(passes(one));
    expect(found).toBeDefined();
  });

  property.prop([small, fc.constantFrom<Choice>('approve', 'reject', 'abstain')], { numRuns: 300 })(
    'a vote from outside the electorate counts for nothing',
    (one, choice) => {
      const plain = rollFrom(one.votes);
      const stuffed = { ...plain, votes: { ...plain.votes, stranger: choice } };
      expect(verdict(ruleFrom(one), stuffed, true)).toEqual(verdict(ruleFrom(one), plain, true));
      expect(count(stuffed)).toEqual(count(plain));
    },
  );
});
