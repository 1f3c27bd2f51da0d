import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { delegateOf, drift, standsFor } from '../../src/changes/electorate.ts';
import type { Round } from '../../src/changes/round.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/instant.ts';
import { BELLMAN, type Org } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { type Case, future, passes } from './oracle.ts';
import { approved, board, buttons, ecab, fields, MONDAY, org, role, voting, type World, wordsOf, world } from './world.ts';

const refused = (code: string, facts: object = {}) =>
  expect.objectContaining({ refused: code, facts: expect.objectContaining(facts) });
const events = (...types: string[]) => expect.objectContaining({ events: types });
const nothing = events();
const cab = (members: readonly string[], more = {}) => org({ boards: { CAB: board(members, more) } });

describe('the electorate (rule 1)', () => {
  test('is the board less requester, implementer, last editor and whoever declared a conflict', () => {
    const here = world(cab(['requester', 'hands', 'editor', 'conflicted', 'a', 'b']));
    here.by('requester', { type: 'raise', way: 'form', fields: fields({ implementer: 'hands', owner: 'editor' }) });
    here.by('requester', { type: 'submit' });
    here.by('editor', { type: 'edit', fields: { plan: 'by night' } });
    here.onBallot('conflicted', { type: 'recuse', reason: 'my cousin sells it' });
    here.by('manager', { type: 'agree', revision: 2 });
    expect(here.round().electorate).toEqual(['a', 'b']);
    for (const [person, why] of [
      ['requester', 'requester'],
      ['hands', 'implementer'],
      ['editor', 'editor'],
      ['conflicted', 'conflict'],
    ] as const) {
      expect(here.vote(person, 'approve')).toEqual(refused('excluded-from-ballot', { why, electorate: ['a', 'b'] }));
    }
  });
  test('is frozen: whoever joins the board later does not vote', () => {
    const here = voting();
    here.set({ boards: { CAB: board(['a', 'b', 'c', 'd', 'late']) } });
    expect(here.vote('late', 'approve')).toEqual(refused('not-in-electorate'));
  });
  test('loses whoever recuses, with the vote, and the quorum is counted anew', () => {
    const here = voting(cab(['a', 'b', 'c', 'd', 'e']));
    here.vote('a', 'approve');
    expect(here.onBallot('a', { type: 'recuse', reason: '' })).toEqual(events('conflict-declared', 'left'));
    expect(here.round().electorate).toEqual(['b', 'c', 'd', 'e']);
    expect(here.round().votes).toEqual({});
    expect(here.vote('a', 'approve')).toEqual(refused('left-ballot'));
    expect(here.onBallot('a', { type: 'recuse', reason: '' })).toEqual(nothing);
    expect(wordsOf(here.live('ballot:1'))).toContain('takes no part any more (conflict)');
  });
  test('loses former members before anything is counted', () => {
    const here = voting();
    here.vote('a', 'approve');
    here.set({ boards: { CAB: board(['b', 'c', 'd']) } });
    expect(here.vote('b', 'approve')).toEqual(events('left', 'voted'));
    expect(here.vote('c', 'approve')).toEqual(events('voted', 'ended', 'decided'));
    expect(here.round()).toMatchObject({ electorate: ['b', 'c', 'd'], end: { outcome: 'approved' } });
  });
  test('loses former members at the deadline too', () => {
    const here = voting();
    for (const person of ['a', 'b']) here.vote(person, 'approve');
    here.set({ boards: { CAB: board(['b', 'c', 'd']) } });
    here.advance(48 * HOUR);
    expect(here.round().end).toMatchObject({ outcome: 'expired', because: 'no quorum' });
  });
  test('loses whom the people room says', () => {
    const here = voting();
    here.vote('a', 'approve');
    expect(here.onBallot(BELLMAN, { type: 'leave', person: 'a', why: 'deactivated' })).toEqual(events('left'));
    expect(here.round().votes).toEqual({});
    expect(here.onBallot(BELLMAN, { type: 'leave', person: 'a', why: 'deactivated' })).toEqual(nothing);
    expect(here.onBallot(BELLMAN, { type: 'leave', person: 'stranger', why: 'deactivated' })).toEqual(nothing);
  });
  test('below the minimum ends the ballot void, told to change managers and admins', () => {
    const here = voting(cab(['a', 'b']));
    here.vote('a', 'approve');
    for (const person of ['manager', 'admin']) here.heard(person);
    expect(here.onBallot('b', { type: 'recuse', reason: '' })).toEqual(events('conflict-declared', 'left', 'ended', 'decided'));
    expect(here.rfc().status).toBe('void');
    expect(here.round().end).toMatchObject({ outcome: 'void', because: 'too few voters' });
    for (const person of ['manager', 'admin']) expect(here.heard(person)).toEqual(['Ballot void: RFC-1: Encrypt the backups']);
    expect(buttons(here.live('rfc-outcome:1.manager'))).toEqual(['Open again']);
  });
  test('of a recusal after the decision stays as it was', () => {
    const here = approved();
    expect(here.onBallot('a', { type: 'recuse', reason: '' })).toEqual(events('conflict-declared'));
    expect(here.rfc().status).toBe('approved');
  });
});

describe('voting (rule 2)', () => {
  test('counts one live vote a person, which may be changed until it is decided', () => {
    const here = voting();
    expect(here.vote('a', 'approve')).toEqual(events('voted'));
    expect(here.vote('a', 'abstain')).toEqual(events('voted'));
    expect(here.round().votes).toMatchObject({ a: { choice: 'abstain', by: 'a' } });
    expect(here.entries.filter(({ type }) => type === 'ballot.voted')).toHaveLength(2);
  });
  test('twice the same is harmless', () => {
    const here = voting();
    here.vote('a', 'approve');
    expect(here.vote('a', 'approve')).toEqual(nothing);
  });
  test('needs a reason to reject, which may be mended', () => {
    const here = voting();
    expect(here.vote('a', 'reject', { reason: '' })).toEqual(refused('reason-needed'));
    expect(here.vote('a', 'reject', { reason: 'too soon' })).toEqual(events('voted'));
    expect(here.vote('a', 'reject', { reason: 'too late' })).toEqual(events('voted'));
    expect(here.round().votes.a?.reason).toBe('too late');
  });
  test('asks for nothing but cards to be refreshed', () => {
    const here = voting();
    const before = here.asked.length;
    here.vote('a', 'approve');
    expect(here.asked.slice(before)).toEqual([
      { ask: 'refresh', live: 'ballot:1' },
      { ask: 'refresh', live: 'rfc' },
    ]);
  });
  test('without a ballot, on another one, or after it, is explained', () => {
    const none = world();
    none.by('requester', { type: 'raise', way: 'form', fields: fields() });
    expect(none.vote('a', 'approve')).toEqual(refused('no-ballot'));
    expect(voting().vote('a', 'approve', { round: 7 })).toEqual(refused('no-ballot'));
    expect(approved().vote('d', 'approve')).toEqual(refused('ballot-ended', { outcome: 'approved' }));
  });
  test('at the deadline comes too late', () => {
    const here = voting();
    here.timers.delete('ballot.deadline');
    here.advance(48 * HOUR);
    expect(here.vote('a', 'approve')).toEqual(refused('deadline-over'));
  });
});

describe('mandatory roles (rule 4)', () => {
  const security = (...holders: string[]) =>
    org({ roles: role(...holders), boards: { CAB: board(['a', 'b', 'c', 'd'], { mandatory: ['security'] }) } });
  test('reject by one of their holders', () => {
    const here = voting(security('d'));
    expect(here.vote('d', 'reject')).toEqual(events('voted', 'ended', 'decided'));
    expect(here.round().end).toMatchObject({ outcome: 'rejected', because: 'mandatory reject', roles: ['security'] });
  });
  test('are waited for', () => {
    const here = voting(security('d'));
    for (const person of ['a', 'b', 'c']) here.vote(person, 'approve');
    expect(here.rfc().status).toBe('voting');
    here.advance(48 * HOUR);
    expect(here.round().end).toMatchObject({ outcome: 'expired', because: 'mandatory missing', roles: ['security'] });
  });
  test('count only while they are held; a holder who lost the role is replaced by nobody', () => {
    const here = voting(security('c', 'd'));
    here.vote('d', 'approve');
    here.set({ roles: role('a', 'c') });
    expect(here.vote('a', 'approve')).toEqual(events('role-lost', 'voted'));
    expect(here.round().rule.mandatory).toEqual([{ role: 'security', holders: ['c'] }]);
  });
  test('without a holder left end the ballot void', () => {
    const here = voting(security('d'));
    expect(here.onBallot('d', { type: 'recuse', reason: '' })).toEqual(events('conflict-declared', 'left', 'ended', 'decided'));
    expect(here.round().end).toMatchObject({ outcome: 'void', because: 'no role holder', roles: ['security'] });
  });
});

describe('the deadline (rule 6)', () => {
  const hours = (type: 'minor' | 'major' | 'significant', start: number) =>
    (voting(org(), { type, start: MONDAY + start * HOUR, end: MONDAY + (start + 1) * HOUR }).round().deadline - MONDAY) / HOUR;
  test.each([
    ['minor', 100, 48],
    ['minor', 50, 46],
    ['major', 50, 26],
    ['significant', 50, 26],
  ] as const)('of a %s change in %i hours is in %i', (type, start, wanted) => expect(hours(type, start)).toBe(wanted));
  test('of an emergency is its start, unless that is now', () => {
    const links = ['INC-1'];
    const soon = voting(org(), { type: 'emergency', links, start: MONDAY + 20 * MINUTE });
    expect(soon.round().deadline).toBe(MONDAY + 20 * MINUTE);
    const atOnce = voting(org(), { type: 'emergency', links, start: MONDAY });
    expect(atOnce.round().deadline).toBe(MONDAY + 30 * MINUTE);
  });
  test('expires a ballot without quorum', () => {
    const here = voting();
    here.vote('a', 'approve');
    here.advance(48 * HOUR);
    expect(here.rfc().status).toBe('expired');
    expect(buttons(here.live('rfc'))).toEqual(['Edit and resubmit', 'Withdraw']);
  });
  test('rejects a tie', () => {
    const here = voting();
    here.vote('a', 'approve');
    here.vote('b', 'reject');
    here.advance(48 * HOUR);
    expect(here.round().end).toMatchObject({ outcome: 'rejected', because: 'deadline' });
  });
  test('of an earlier round decides nothing', () => {
    const here = voting();
    here.by('requester', { type: 'edit', fields: { risk: 'high' } });
    here.by('manager', { type: 'agree', revision: 2 });
    expect(here.onBallot(BELLMAN, { type: 'deadline', round: 1 })).toEqual(nothing);
    expect(here.onBallot(BELLMAN, { type: 'deadline', round: 2 })).toEqual(nothing);
    expect(here.onBallot(BELLMAN, { type: 'remind', round: 1, percent: 50 })).toEqual(nothing);
  });
  test('is reminded of at 50% and 80%, with the buttons, only to those who have not voted', () => {
    const here = voting();
    here.vote('a', 'approve');
    for (const person of ['a', 'b', 'c', 'd']) here.heard(person);
    here.advance(24 * HOUR);
    expect(['a', 'b', 'c', 'd'].map((person) => here.heard(person).length)).toEqual([0, 1, 1, 1]);
    here.vote('b', 'approve');
    expect(buttons(here.said.find(({ to }) => to === 'requester')?.card ?? here.live('ballot:1'))).toBeDefined();
    here.advance(0.3 * 48 * HOUR);
    expect(['a', 'b', 'c', 'd'].map((person) => here.heard(person).length)).toEqual([0, 0, 1, 1]);
  });
});

describe('delegation (rule 10)', () => {
  const delegated = (more: Partial<Org> = {}) => org({ delegations: { a: { to: 'z', until: MONDAY + DAY } }, ...more });

  test('is recorded as B for A', () => {
    const here = voting(delegated());
    expect(here.vote('z', 'approve')).toEqual(events('voted'));
    expect(here.round().votes).toMatchObject({ a: { by: 'z', choice: 'approve' } });
    expect(wordsOf(here.live('ballot:1'))).toContain('{"person":"z"}," for ",{"person":"a"}');
  });
  test("ends by A's own vote", () => {
    const here = voting(delegated());
    here.vote('z', 'approve');
    here.vote('a', 'reject');
    expect(here.round().votes).toMatchObject({ a: { by: 'a', choice: 'reject' } });
    expect(here.vote('z', 'approve')).toEqual(refused('not-in-electorate'));
  });
  test('is dated', () => {
    const here = voting(delegated());
    here.advance(DAY);
    expect(here.vote('z', 'approve')).toEqual(refused('not-in-electorate'));
  });
  test('is one hop', () => {
    const here = voting(delegated({ delegations: { a: { to: 'z', until: MONDAY + DAY }, z: { to: 'y', until: MONDAY + DAY } } }));
    expect(here.vote('y', 'approve')).toEqual(refused('not-in-electorate'));
  });
  test('is to nobody who is excluded, in the electorate, or a guest', () => {
    const to = (person: string) => voting(delegated({ delegations: { a: { to: person, until: MONDAY + DAY } } }));
    expect(to('requester').vote('requester', 'approve')).toEqual(refused('excluded-from-ballot'));
    const b = to('b');
    b.vote('b', 'approve');
    expect(Object.keys(b.round().votes)).toEqual(['b']);
    expect(to('z').vote('z', 'approve', { guest: true })).toEqual(refused('guest-delegate'));
  });
  test('gives nobody two votes', () => {
    const here = voting(delegated({ delegations: { a: { to: 'z', until: MONDAY + DAY }, b: { to: 'z', until: MONDAY + DAY } } }));
    here.vote('z', 'approve');
    here.vote('z', 'abstain');
    expect(here.round().votes).toMatchObject({ a: { by: 'z', choice: 'abstain' } });
    here.vote('a', 'approve');
    expect(here.vote('z', 'approve')).toEqual(events('voted'));
    expect(here.round().votes).toMatchObject({ a: { by: 'a' }, b: { by: 'z' } });
  });
  test('that ended leaves the vote, but gives its holder no second one', () => {
    const here = voting(delegated());
    here.vote('z', 'approve');
    here.set({ delegations: { a: { to: 'y', until: MONDAY + DAY }, b: { to: 'z', until: MONDAY + DAY } } });
    expect(here.vote('z', 'reject')).toEqual(refused('not-in-electorate'));
    expect(here.vote('y', 'abstain')).toEqual(events('voted'));
    expect(here.round().votes).toMatchObject({ a: { by: 'y', choice: 'abstain' } });
    expect(here.vote('z', 'reject')).toEqual(events('voted'));
    expect(here.round().votes).toMatchObject({ b: { by: 'z', choice: 'reject' } });
  });
  test('goes when the delegate declares a conflict, and A may still vote', () => {
    const here = voting(delegated());
    here.vote('z', 'approve');
    expect(here.onBallot('z', { type: 'recuse', reason: '' })).toEqual(events('conflict-declared', 'left'));
    expect(here.round().votes).toEqual({});
    expect(here.round().electorate).toEqual(['a', 'b', 'c', 'd']);
    expect(here.vote('a', 'approve')).toEqual(events('voted'));
  });
  test('reminds the delegate too', () => {
    const here = voting(delegated({ delegations: { a: { to: 'z', until: MONDAY + 3 * DAY } } }));
    here.advance(24 * HOUR);
    expect(here.heard('z')).toEqual(['Vote on RFC-1: Encrypt the backups']);
    expect(delegateOf(here.round(), 'b', here.org, here.now)).toBeUndefined();
  });
});

describe('the emergency board (rule 8)', () => {
  const links = ['INC-1'];
  test('passes by any two', () => {
    const here = voting(org({ boards: { ECAB: ecab(['a', 'b', 'c', 'd', 'e']) } }), { type: 'emergency', links });
    here.vote('a', 'approve');
    here.vote('b', 'reject');
    expect(here.vote('c', 'approve')).toEqual(events('voted', 'ended', 'decided'));
  });
  test('lets the on-call vote who is no member', () => {
    const here = voting(org({ boards: { ECAB: ecab(['a', 'b'], { onCall: 'duty' }) } }), { type: 'emergency', links });
    expect(here.round().electorate).toEqual(['a', 'b', 'duty']);
    here.vote('a', 'abstain');
    expect(here.vote('duty', 'approve')).toEqual(events('voted', 'ended', 'decided'));
  });
});

describe('questions (C7)', () => {
  const asked = () => {
    const here = voting(org(), { owner: 'owner' });
    here.heard('owner');
    here.onBallot('a', { type: 'ask', round: 1, question: 'Was it tested?' });
    return here;
  };
  test('go to the change owner, and stand on the card with their answer', () => {
    const here = asked();
    expect(here.heard('owner')).toEqual(['Question on RFC-1: Encrypt the backups']);
    expect(buttons(here.live('rfc-question:1.1'))).toEqual(['Answer']);
    expect(wordsOf(here.live('ballot:1'))).toContain('Was it tested?');
    expect(here.onBallot('owner', { type: 'answer', round: 1, number: 1, answer: 'Twice.' })).toEqual(events('answered'));
    expect(wordsOf(here.live('ballot:1'))).toContain('Twice.');
    expect(here.heard('a')).toEqual(['Question on RFC-1: Encrypt the backups']);
    expect(buttons(here.live('rfc-question:1.1'))).toEqual([]);
  });
  test('are asked by those who vote and answered by those whose RFC it is', () => {
    const here = asked();
    expect(here.onBallot('requester', { type: 'ask', round: 1, question: 'x' })).toEqual(refused('excluded-from-ballot'));
    expect(here.onBallot('b', { type: 'answer', round: 1, number: 1, answer: 'x' })).toEqual(refused('not-yours-to-answer'));
    expect(here.onBallot('owner', { type: 'answer', round: 1, number: 9, answer: 'x' })).toEqual(refused('no-question'));
    expect(here.onBallot('owner', { type: 'answer', round: 9, number: 1, answer: 'x' })).toEqual(refused('no-ballot'));
  });
  test('of the change owner go to the requester', () => {
    const here = voting(org(), { owner: 'a' });
    here.heard('requester');
    here.onBallot('a', { type: 'ask', round: 1, question: 'x' });
    expect(here.heard('requester')).toEqual(['Question on RFC-1: Encrypt the backups']);
  });
});

test('the decision, the tally and every name are in the journal (rule 12)', () => {
  const here = voting();
  here.vote('a', 'approve');
  here.vote('b', 'reject', { reason: 'secret reason' });
  here.vote('c', 'approve');
  here.vote('d', 'approve');
  const ended = here.entries.find(({ type }) => type === 'ballot.ended');
  expect(JSON.parse(ended?.body ?? '{}')).toMatchObject({
    data: {
      outcome: 'approved',
      tally: { approve: 3, reject: 1, abstain: 0 },
      names: [{ person: 'a' }, { person: 'b' }, { person: 'c' }, { person: 'd' }],
    },
  });
  expect(here.entries.some(({ body }) => body.includes('secret reason'))).toBe(false);
});

// No sequence of anything makes a decision that the rule does not justify.

/** The board, those whose RFC it is, and two who may get a member's vote. */
const person = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', 'd') },
  { weight: 3, arbitrary: fc.constantFrom('y', 'z') },
  { weight: 1, arbitrary: fc.constantFrom('requester', 'hands', 'manager') },
);
const member = fc.constantFrom('a', 'b', 'c', 'd');

type Action =
  | { readonly do: 'vote'; readonly who: string; readonly choice: 'approve' | 'reject' | 'abstain'; readonly old: boolean }
  | { readonly do: 'recuse' | 'deactivate'; readonly who: string }
  | { readonly do: 'members' | 'security'; readonly people: readonly string[] }
  | { readonly do: 'delegate'; readonly from: string; readonly to: string; readonly hours: number }
  | { readonly do: 'wait'; readonly hours: number }
  | { readonly do: 'edit' | 'agree' | 'again' | 'withdraw' | 'start' };

const some = fc.subarray(['a', 'b', 'c', 'd', 'requester', 'hands'], { minLength: 2 });
const vote = fc.record({
  do: fc.constant('vote' as const),
  who: person,
  choice: fc.constantFrom('approve' as const, 'reject' as const, 'abstain' as const),
  old: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
});
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 10, arbitrary: vote },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('recuse' as const, 'deactivate' as const), who: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('members' as const), people: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('security' as const), people: some }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('delegate' as const),
      from: member,
      to: person,
      hours: fc.integer({ min: 1, max: 60 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('edit', 'agree', 'agree', 'again', 'withdraw', 'start') }) as fc.Arbitrary<Action>,
  },
);

const boards = fc.record({
  threshold: fc.constantFrom('majority', 'any', 'unanimous', 'count 2', 'count 3', 'percent 60'),
  quorum: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  mandatory: fc.boolean(),
});

function act(here: World, one: Action): void {
  const round = here.ballot().rounds.at(-1)?.number ?? 1;
  switch (one.do) {
    case 'vote':
      here.vote(one.who, one.choice, { round: one.old && round > 1 ? round - 1 : round });
      return;
    case 'recuse':
      here.onBallot(one.who, { type: 'recuse', reason: '' });
      return;
    case 'deactivate':
      here.onBallot(BELLMAN, { type: 'leave', person: one.who, why: 'deactivated' });
      return;
    case 'members': {
      const { CAB } = here.org.boards;
      if (CAB) here.set({ boards: { ...here.org.boards, CAB: { ...CAB, members: one.people } } });
      return;
    }
    case 'security':
      here.set({ roles: { ...here.org.roles, security: one.people } });
      return;
    case 'delegate':
      here.set({ delegations: { ...here.org.delegations, [one.from]: { to: one.to, until: here.now + one.hours * HOUR } } });
      return;
    case 'wait':
      here.advance(one.hours * HOUR);
      return;
    case 'edit':
      here.by('requester', { type: 'edit', fields: { risk: `risk at ${here.now} ${here.entries.length}` }, submit: true });
      return;
    case 'agree':
      here.by('manager', { type: 'agree', revision: here.rfc().revision });
      return;
    case 'again':
      here.by('manager', { type: 'open-again' });
      return;
    case 'withdraw':
      here.by('requester', { type: 'withdraw' });
      return;
    case 'start':
      here.by('requester', { type: 'start' });
      return;
    default:
      one satisfies never;
  }
}

const caseOf = ({ rule, electorate, votes }: Round): Case => ({
  threshold: rule.threshold,
  quorum: rule.quorum,
  emergency: rule.emergency,
  onCall: undefined,
  holders: rule.mandatory.map(({ holders }) => holders.map((holder) => electorate.indexOf(holder))),
  votes: electorate.map((member) => votes[member]?.choice),
});

/** The decision of a round is what its rule makes of its votes, at that time and no sooner. */
function justified(round: Round): void {
  if (!round.end || round.end.outcome === 'void') return;
  const one = caseOf(round);
  const { certain, possible } = future(one);
  const over = round.end.at >= round.deadline;
  if (round.end.outcome === 'approved') expect(over ? passes(one) : certain).toBe(true);
  else expect(over ? passes(one) : possible).toBe(false);
}

/** Nobody who is excluded has a vote, cast one for somebody, or cast two. */
function clean(here: World, round: Round): void {
  const barred = [...round.excluded, ...round.left].map((one) => one.person);
  const casters = Object.values(round.votes).map(({ by }) => by);
  expect(new Set(casters).size).toBe(casters.length);
  for (const [member, { by }] of Object.entries(round.votes)) {
    expect(round.electorate).toContain(member);
    expect(barred).not.toContain(member);
    expect(barred).not.toContain(by);
    if (by !== member) expect(round.electorate).not.toContain(by);
  }
  expect(round.excluded.map((one) => one.person)).toContain(here.rfc().requester);
}

describe('whatever happens', () => {
  property.prop([boards, fc.array(action, { maxLength: 40 })], { numRuns: 400 })(
    'no decision is made that the rule in force does not justify, and no excluded vote counts',
    (rules, actions) => {
      const { quorum, threshold, mandatory } = rules;
      const CAB = board(['a', 'b', 'c', 'd', 'requester', 'hands'], {
        threshold,
        ...(quorum === undefined ? {} : { quorum }),
        mandatory: mandatory ? ['security'] : [],
      });
      const here = voting(org({ roles: role('c', 'd'), boards: { CAB } }), {
        implementer: 'hands',
        start: MONDAY + 30 * DAY,
        end: MONDAY + 31 * DAY,
      });
      for (const one of actions) {
        const before = here.ballot().rounds.at(-1);
        act(here, one);
        const { rounds } = here.ballot();
        for (const round of rounds) {
          justified(round);
          clean(here, round);
        }
        // A ballot that ended stays as it ended.
        const same = before?.end && rounds.find(({ number }) => number === before.number);
        if (same) expect(same).toEqual(before);
        const { status, approval, revision } = here.rfc();
        const last = rounds.at(-1);
        if (status === 'approved' || status === 'in progress') {
          expect(approval?.revision).toBe(revision);
          expect(last).toMatchObject({ revision, end: { outcome: 'approved' } });
        }
        if (status === 'voting') expect(last?.end).toBeUndefined();
        // What is certain is not left open after a vote was counted.
        const settled = one.do === 'vote' && last && !last.end && drift(last, here.org).gone.length === 0;
        if (settled) {
          const stands = future(caseOf(last));
          expect([stands.certain, !stands.possible]).toEqual([false, false]);
        }
      }
    },
  );

  property.prop([fc.dictionary(person, fc.record({ to: person, until: fc.constantFrom(MONDAY - 1, MONDAY + 1) })), person])(
    'a delegate stands for one member who named them, and never for themself twice',
    (delegations, who) => {
      const here = voting(org({ delegations }));
      const stands = standsFor(here.round(), { person: who, guest: false }, here.org, MONDAY);
      if (isRefusal(stands)) return;
      const { electorate, excluded } = here.round();
      expect(electorate).toContain(stands);
      expect(excluded.map((one) => one.person)).not.toContain(who);
      if (stands !== who) expect(delegations[stands]).toEqual({ to: who, until: MONDAY + 1 });
      if (electorate.includes(who)) expect(stands).toBe(who);
    },
  );
});
