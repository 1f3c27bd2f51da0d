import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/core/instant.ts';
import { approved, board, buttons, ecab, fields, MONDAY, org, RFC, submitted, voting, wordsOf, world } from './world.ts';

const refused = (code: string) => expect.objectContaining({ refused: code });
const events = (...types: string[]) => expect.objectContaining({ events: types });
const nothing = events();

describe('raising', () => {
  test('makes a draft of revision 1 and sends its card with Submit to the requester', () => {
    const here = world();
    expect(here.by('requester', { type: 'raise', way: 'form', fields: fields() })).toEqual(events('raised'));
    expect(here.rfc()).toMatchObject({ status: 'draft', revision: 1, requester: 'requester', lastEditor: 'requester' });
    expect(here.heard('requester')).toEqual(['RFC-1: Encrypt the backups']);
    expect(buttons(here.live('rfc'))).toEqual(['Submit', 'Edit', 'Withdraw']);
  });
  test.each([
    ['start-past', { start: MONDAY - 6 * MINUTE }],
    ['end-before-start', { end: MONDAY + 7 * DAY }],
    ['links-needed', { type: 'emergency' }],
  ] as const)('is refused: %s', (code, wrong) => {
    const raise = { type: 'raise', way: 'form', fields: fields(wrong) } as const;
    expect(world().by('requester', raise)).toEqual(refused(code));
  });
  test('takes a start that passed while the form was filled in', () => {
    const raise = { type: 'raise', way: 'form', fields: fields({ start: MONDAY - 4 * MINUTE }) } as const;
    expect(world().by('requester', raise)).toEqual(events('raised'));
  });
  test('links the records that it names', () => {
    const here = world();
    here.by('requester', { type: 'raise', way: 'form', fields: fields({ links: ['INC-1'] }) });
    expect(here.asked).toContainEqual({ ask: 'link', to: 'INC-1' });
  });
  test('is the first thing that can happen', () => {
    expect(world().by('requester', { type: 'submit' })).toEqual(refused('unknown-record'));
  });
});

describe('submitting', () => {
  test('asks every change manager whose own RFC it is not', () => {
    const here = submitted(org({ roles: { 'change-manager': ['manager', 'requester', 'other'] } }));
    expect(here.rfc().reviews).toMatchObject([{ for: ['manager', 'other'], since: MONDAY }]);
    expect(here.heard('manager')).toEqual(['Review RFC-1: Encrypt the backups']);
    expect(buttons(here.live('rfc-review:1'))).toEqual(['Agree', 'Change', 'Send back']);
  });
  test('shows the requester who is waited for since when', () => {
    const words = wordsOf(submitted().live('rfc'));
    expect(words).toContain('{"person":"manager"}');
    expect(words).toContain(`{"time":${MONDAY}}`);
  });
  test('tells the admins when nobody can review', () => {
    const here = submitted(org({ roles: { admin: ['admin'], 'change-manager': ['requester'] } }));
    expect(here.heard('admin')).toEqual(['Review waits: RFC-1: Encrypt the backups']);
  });
  test('tells the change owner and the implementer that they are named', () => {
    const here = submitted(org(), { owner: 'owner', implementer: 'hands' });
    expect(here.heard('owner')).toEqual(['You are change owner of RFC-1: Encrypt the backups']);
    expect(here.heard('hands')).toEqual(['You are implementer of RFC-1: Encrypt the backups']);
  });
  test('twice is harmless', () => expect(submitted().by('requester', { type: 'submit' })).toEqual(nothing));
  test('is for the requester and the change owner', () => {
    const here = world();
    here.by('requester', { type: 'raise', way: 'form', fields: fields({ owner: 'owner' }) });
    expect(here.by('a', { type: 'submit' })).toEqual(refused('not-your-rfc'));
    expect(here.by('owner', { type: 'submit' })).toEqual(events('submitted'));
  });
  test('is refused once its start is past', () => {
    const here = world();
    here.by('requester', { type: 'raise', way: 'form', fields: fields() });
    here.advance(8 * DAY);
    expect(here.by('requester', { type: 'submit' })).toEqual(refused('start-past'));
  });
  test('is refused for what is decided', () =>
    expect(approved().by('requester', { type: 'submit' })).toEqual(refused('not-a-draft')));
});

describe('the review is due', () => {
  test.each([
    ['ten minutes for emergency priority', { priority: 'emergency' }, MONDAY + 10 * MINUTE],
    ['ten minutes for an emergency change', { type: 'emergency', links: ['INC-1'] }, MONDAY + 10 * MINUTE],
    ['four hours for high', { priority: 'high' }, MONDAY + 4 * HOUR],
    ['a working day for the others', { priority: 'low' }, MONDAY + 8 * HOUR],
  ] as const)('%s', (_name, more, due) => {
    expect(submitted(org(), more).rfc().reviews[0]?.due).toBe(due);
  });
  test("in the board's own time", () => {
    const here = submitted(org({ boards: { CAB: board(['a', 'b', 'c'], { review: 2 * HOUR }) } }));
    expect(here.rfc().reviews[0]?.due).toBe(MONDAY + 2 * HOUR);
  });
  test('and is reminded of half way, then told to the admins, then again with growing gaps', () => {
    const here = submitted();
    here.heard('manager');
    here.advance(4 * HOUR - 1);
    expect(here.heard('manager')).toEqual([]);
    here.advance(1);
    expect(here.heard('manager')).toEqual(['Review RFC-1: Encrypt the backups']);
    expect(here.heard('admin')).toEqual([]);
    here.advance(4 * HOUR);
    expect(here.heard('admin')).toEqual(['Review waits: RFC-1: Encrypt the backups']);
    here.advance(8 * HOUR);
    expect(here.heard('admin')).toHaveLength(1);
    here.advance(8 * HOUR);
    expect(here.heard('admin')).toHaveLength(0);
    here.advance(8 * HOUR);
    expect(here.heard('admin')).toHaveLength(1);
  });
  test('no more once it is done', () => {
    const here = voting();
    expect(here.timers.has('change.review')).toBe(false);
  });
});

describe('agreeing', () => {
  test('opens the ballot of the CAB', () => {
    const here = submitted();
    expect(here.by('manager', { type: 'agree', revision: 1 })).toEqual(events('balloted', 'opened', 'voting'));
    expect(here.rfc().status).toBe('voting');
    expect(here.round()).toMatchObject({ board: 'CAB', revision: 1, electorate: ['a', 'b', 'c', 'd'] });
    expect(here.heard('console/channel/cab')).toEqual(['Vote on RFC-1: Encrypt the backups']);
    expect(buttons(here.live('rfc-review:1'))).toEqual([]);
  });
  test('is for change managers', () => {
    expect(submitted().by('a', { type: 'agree', revision: 1 })).toEqual(refused('role-needed'));
  });
  test.each(['requester', 'owner'])('is refused to its own %s', (person) => {
    const here = submitted(org({ roles: { 'change-manager': ['manager', person] } }), { owner: 'owner' });
    expect(here.by(person, { type: 'agree', revision: 1 })).toEqual(refused('own-review'));
  });
  test('to a revision that was edited meanwhile is explained', () => {
    const here = submitted();
    here.by('requester', { type: 'edit', fields: { risk: 'high' } });
    expect(here.by('manager', { type: 'agree', revision: 1 })).toEqual(refused('old-review'));
    expect(here.by('manager', { type: 'agree', revision: 2 })).toEqual(events('balloted', 'opened', 'voting'));
  });
  test('twice is harmless', () => expect(voting().by('manager', { type: 'agree', revision: 1 })).toEqual(nothing));
  test('to what is not in review is refused', () => {
    const here = world();
    here.by('requester', { type: 'raise', way: 'form', fields: fields() });
    expect(here.by('manager', { type: 'agree', revision: 1 })).toEqual(refused('not-in-review'));
  });
});

describe('a standard change', () => {
  test('is approved with the reference of its pre-approval, without a ballot', () => {
    const here = submitted(org(), { type: 'standard' });
    expect(here.by('manager', { type: 'agree', revision: 1, reference: 'PRE-12' })).toEqual(events('confirmed'));
    expect(here.rfc()).toMatchObject({ status: 'approved', approval: { confirmed: { by: 'manager', reference: 'PRE-12' } } });
    expect(here.ballot().rounds).toEqual([]);
    expect(here.heard('requester')).toContain('Approved: RFC-1: Encrypt the backups');
  });
  test('becomes minor without it and goes to the ballot', () => {
    const here = submitted(org(), { type: 'standard' });
    expect(here.by('manager', { type: 'agree', revision: 1 })).toEqual(events('edited', 'balloted', 'opened', 'voting'));
    expect(here.rfc()).toMatchObject({ status: 'voting', revision: 2, fields: { type: 'minor' } });
  });
});

describe('changing priority and category', () => {
  test('agrees to the rest', () => {
    const here = submitted();
    expect(here.by('manager', { type: 'reclassify', revision: 1, fields: { priority: 'low', category: 'storage' } })).toEqual(
      events('edited', 'balloted', 'opened', 'voting'),
    );
    expect(here.rfc()).toMatchObject({ revision: 1, fields: { priority: 'low', category: 'storage' }, lastEditor: 'requester' });
  });
  test('with the type makes the change manager the last editor, who then cannot vote', () => {
    const here = submitted(org({ boards: { CAB: board(['a', 'b', 'manager']) } }));
    here.by('manager', { type: 'reclassify', revision: 1, fields: { priority: 'low', category: '', type: 'major' } });
    expect(here.round()).toMatchObject({ revision: 2, electorate: ['a', 'b'] });
    expect(here.vote('manager', 'approve')).toEqual(refused('excluded-from-ballot'));
  });
  test('to an emergency needs a linked record', () => {
    const fields = { priority: 'emergency', category: '', type: 'emergency' } as const;
    expect(submitted().by('manager', { type: 'reclassify', revision: 1, fields })).toEqual(refused('links-needed'));
  });
  test('of a standard change still waits for its reference', () => {
    const here = submitted(org(), { type: 'standard' });
    expect(here.by('manager', { type: 'reclassify', revision: 1, fields: { priority: 'low', category: '' } })).toEqual(
      events('edited'),
    );
    expect(here.rfc().status).toBe('in review');
  });
});

describe('sending back', () => {
  test('makes it a draft again and tells the requester what is missing', () => {
    const here = submitted();
    here.heard('requester');
    expect(here.by('manager', { type: 'send-back', revision: 1, missing: 'Who is on call?' })).toEqual(events('sent-back'));
    expect(here.rfc().status).toBe('draft');
    expect(here.heard('requester')).toHaveLength(1);
    expect(wordsOf(here.live('rfc'))).toContain('Who is on call?');
    expect(buttons(here.live('rfc'))).toContain('Submit');
    expect(here.by('requester', { type: 'submit' })).toEqual(events('submitted'));
    expect(here.live('rfc-review:1').title).toContain('Sent back');
    expect(buttons(here.live('rfc-review:2'))).toContain('Agree');
  });
});

describe('a ballot that cannot open', () => {
  test.each([
    ['there is no board', 'no-board', org({ boards: {} }), {}],
    ['too few may vote', 'too-few-voters', org({ boards: { CAB: board(['a', 'requester']) } }), {}],
    ['the deadline is past', 'deadline-past', org(), { start: MONDAY + 4 * HOUR, end: MONDAY + 5 * HOUR }],
    [
      'no holder of a mandatory role may vote',
      'no-role-holder',
      org({ boards: { CAB: board(['a', 'b'], { mandatory: ['security'] }) } }),
      {},
    ],
  ] as const)('because %s is shown, and told to change managers, admins and requester', (_name, why, start, more) => {
    const here = submitted(start, more);
    for (const person of ['manager', 'admin', 'requester']) here.heard(person);
    expect(here.by('manager', { type: 'agree', revision: 1 })).toEqual(events('balloted', 'refused-to-open', 'not-opened'));
    expect(here.rfc()).toMatchObject({ status: 'in review', reviews: [{}, { stuck: { why } }] });
    expect(here.heard('manager')).toEqual(['Cannot open RFC-1: Encrypt the backups']);
    expect(here.heard('admin')).toEqual(['The ballot cannot open: RFC-1: Encrypt the backups']);
    expect(here.heard('requester')).toEqual(['The ballot cannot open: RFC-1: Encrypt the backups']);
    expect(wordsOf(here.live('rfc'))).toContain('the ballot cannot open');
  });
  test('opens by Agree once that is mended', () => {
    const here = submitted(org({ boards: {} }));
    here.by('manager', { type: 'agree', revision: 1 });
    here.set({ boards: { CAB: board(['a', 'b']) } });
    expect(here.by('manager', { type: 'agree', revision: 1 })).toEqual(events('balloted', 'opened', 'voting'));
  });
  test('goes to review anew when its window is moved', () => {
    const here = submitted(org(), { start: MONDAY + 4 * HOUR, end: MONDAY + 5 * HOUR });
    here.by('manager', { type: 'agree', revision: 1 });
    const later = { start: MONDAY + 9 * HOUR, end: MONDAY + 10 * HOUR };
    expect(here.by('requester', { type: 'edit', fields: later })).toEqual(events('edited', 'submitted'));
    expect(here.by('manager', { type: 'agree', revision: 2 })).toEqual(events('balloted', 'opened', 'voting'));
  });
});

describe('editing (rule 7)', () => {
  test('a draft changes nothing but the draft', () => {
    const here = world();
    here.by('requester', { type: 'raise', way: 'form', fields: fields() });
    here.by('requester', { type: 'edit', fields: { risk: 'high' } });
    expect(here.rfc()).toMatchObject({ status: 'draft', revision: 1, fields: { risk: 'high' } });
  });
  test('a material field while voting voids the ballot, and every voter is told why', () => {
    const here = voting();
    here.vote('a', 'approve');
    for (const person of ['a', 'b', 'console/channel/cab']) here.heard(person);
    expect(here.by('requester', { type: 'edit', fields: { start: MONDAY + 8 * DAY, end: MONDAY + 9 * DAY } })).toEqual(
      events('edited', 'submitted', 'ended'),
    );
    expect(here.rfc()).toMatchObject({ status: 'in review', revision: 2 });
    expect(here.round().end).toMatchObject({ outcome: 'void', because: 'edited', fields: ['start', 'end'] });
    for (const person of ['a', 'b', 'c', 'd', 'console/channel/cab']) {
      expect(here.heard(person)).toContain('Ballot void: RFC-1: Encrypt the backups');
    }
    expect(buttons(here.live('ballot:1'))).toEqual([]);
    expect(here.timers.has('ballot.deadline')).toBe(false);
    expect(here.vote('b', 'approve', { round: 1 })).toEqual(refused('ballot-ended'));
    here.by('manager', { type: 'agree', revision: 2 });
    expect(here.vote('b', 'approve', { round: 1 })).toEqual(refused('old-ballot'));
    expect(here.vote('b', 'approve', { round: 2 })).toEqual(events('voted'));
    expect(here.live('ballot:1').title).toContain('Ballot void');
    expect(buttons(here.live('ballot:2'))).toEqual(['Approve', 'Reject', 'Abstain', 'Ask']);
  });
  test('a material field after approval withdraws the approval and goes back to review', () => {
    const here = approved();
    expect(here.by('requester', { type: 'edit', fields: { backout: 'Restore the snapshot.' } })).toEqual(
      events('edited', 'submitted'),
    );
    expect(here.rfc().approval).toBeUndefined();
    expect(here.by('requester', { type: 'start' })).toEqual(refused('not-approved'));
    expect(here.timers.has('change.start')).toBe(false);
  });
  test('a material field after the start is refused', () => {
    const here = approved();
    here.by('requester', { type: 'start' });
    expect(here.by('requester', { type: 'edit', fields: { items: 'backup server' } })).toEqual(refused('started-already'));
    expect(here.by('requester', { type: 'edit', fields: { benefit: 'safety' } })).toEqual(events('edited'));
  });
  test.each(['description', 'items', 'risk', 'plan', 'backout'] as const)('%s is material', (name) => {
    const here = voting();
    here.by('requester', { type: 'edit', fields: { [name]: 'something else' } });
    expect(here.rfc().status).toBe('in review');
  });
  test.each([{ type: 'major' }, { implementer: 'other' }] as const)('%o is material', (more) => {
    const here = voting();
    here.by('requester', { type: 'edit', fields: more });
    expect(here.rfc().status).toBe('in review');
  });
  test.each(['title', 'category', 'impact', 'benefit'] as const)('%s only notifies', (name) => {
    const here = voting(org(), { owner: 'owner' });
    here.heard('owner');
    here.by('requester', { type: 'edit', fields: { [name]: 'something else' } });
    expect(here.rfc()).toMatchObject({ status: 'voting', revision: 1 });
    expect(here.heard('owner')).toHaveLength(1);
  });
  test('to the same values changes nothing', () => {
    expect(voting().by('requester', { type: 'edit', fields: fields() })).toEqual(nothing);
  });
  test('is for the requester and the change owner', () => {
    expect(voting().by('a', { type: 'edit', fields: { title: 'x' } })).toEqual(refused('not-your-rfc'));
  });
  test('to a past window is refused', () => {
    expect(voting().by('requester', { type: 'edit', fields: { start: MONDAY - HOUR } })).toEqual(refused('start-past'));
  });
  test('what is over is refused', () => {
    const here = voting();
    here.by('requester', { type: 'withdraw' });
    expect(here.by('requester', { type: 'edit', fields: { title: 'x' } })).toEqual(refused('rfc-closed'));
  });
  test('takes away links that it no longer names', () => {
    const here = submitted(org(), { links: ['INC-1', 'INC-2'] });
    here.by('requester', { type: 'edit', fields: { links: ['INC-2', 'PRB-1'] } });
    expect(here.asked).toContainEqual({ ask: 'unlink', to: 'INC-1' });
    expect(here.asked).toContainEqual({ ask: 'link', to: 'PRB-1' });
  });
});

describe('assigning', () => {
  test('a change owner only notifies', () => {
    const here = voting();
    expect(here.by('requester', { type: 'assign', as: 'owner', person: 'owner' })).toEqual(events('edited'));
    expect(here.rfc()).toMatchObject({ status: 'voting', fields: { owner: 'owner' } });
    expect(here.heard('owner')).toHaveLength(1);
  });
  test('an implementer while voting voids the ballot', () => {
    const here = voting();
    here.by('manager', { type: 'assign', as: 'implementer', person: 'a' });
    expect(here.rfc()).toMatchObject({ status: 'in review', revision: 2 });
  });
  test('is for its own people and change managers', () => {
    expect(voting().by('a', { type: 'assign', as: 'owner', person: 'a' })).toEqual(refused('role-needed'));
  });
});

describe('taking back', () => {
  test('withdraws it and voids its ballot', () => {
    const here = voting();
    expect(here.by('requester', { type: 'withdraw' })).toEqual(events('withdrawn', 'ended'));
    expect(here.round().end).toMatchObject({ outcome: 'void', because: 'withdrawn' });
    expect(here.timers.size).toBe(0);
    expect(here.vote('a', 'approve')).toEqual(refused('ballot-ended'));
    expect(here.by('requester', { type: 'withdraw' })).toEqual(nothing);
  });
  test('is for its own people', () => expect(voting().by('a', { type: 'withdraw' })).toEqual(refused('not-your-rfc')));
  test('after approval is cancelling', () => {
    const here = approved();
    expect(here.by('requester', { type: 'withdraw' })).toEqual(refused('not-withdrawable'));
    expect(here.by('a', { type: 'cancel' })).toEqual(refused('role-needed'));
    expect(here.by('requester', { type: 'cancel' })).toEqual(events('cancelled'));
    expect(here.by('requester', { type: 'cancel' })).toEqual(nothing);
    expect(here.timers.size).toBe(0);
  });
  test('before approval is cancelling only for change managers', () => {
    expect(voting().by('requester', { type: 'cancel' })).toEqual(refused('not-cancellable'));
    expect(voting().by('manager', { type: 'cancel' })).toEqual(events('cancelled', 'ended'));
  });
});

describe('the decision', () => {
  test('is told once to each whom it concerns, and to the board', () => {
    const here = voting(org(), { owner: 'owner', implementer: 'hands' });
    here.by('x', { type: 'watch' });
    here.by('owner', { type: 'watch' });
    const listeners = ['requester', 'owner', 'hands', 'x', 'console/channel/cab', 'manager'];
    for (const person of listeners) here.heard(person);
    for (const person of ['a', 'b', 'c']) here.vote(person, 'approve');
    const outcome = 'Approved: RFC-1: Encrypt the backups';
    expect(listeners.map((person) => here.heard(person))).toEqual([[outcome], [outcome], [outcome], [outcome], [outcome], []]);
  });
  test('against it offers its people Edit and resubmit, and the change manager Open again', () => {
    const here = voting();
    for (const person of ['a', 'b']) here.vote(person, 'reject', { reason: 'No test yet.' });
    expect(here.rfc().status).toBe('rejected');
    expect(here.heard('requester')).toContain('Rejected: RFC-1: Encrypt the backups');
    expect(here.heard('manager')).toContain('Rejected: RFC-1: Encrypt the backups');
    expect(buttons(here.live('rfc-outcome:1.own'))).toEqual(['Edit and resubmit', 'Withdraw']);
    expect(buttons(here.live('rfc-outcome:1.manager'))).toEqual(['Open again']);
    expect(buttons(here.live('rfc-outcome:1.reader'))).toEqual([]);
    expect(wordsOf(here.live('rfc'))).toContain('No test yet.');
  });
  test('leads by Edit and resubmit to a new revision, with the earlier reasons for the reviewers', () => {
    const here = voting();
    for (const person of ['a', 'b']) here.vote(person, 'reject', { reason: 'No test yet.' });
    here.heard('manager');
    expect(here.by('requester', { type: 'edit', fields: { plan: 'Test first.' }, submit: true })).toEqual(
      events('edited', 'submitted'),
    );
    expect(here.rfc()).toMatchObject({ status: 'in review', revision: 2 });
    expect(wordsOf(here.live('rfc-review:2'))).toContain('No test yet.');
    expect(buttons(here.live('rfc-outcome:1.own'))).toEqual([]);
  });
  test('is a new revision also when nothing was edited', () => {
    const here = voting();
    for (const person of ['a', 'b']) here.vote(person, 'reject');
    expect(here.by('requester', { type: 'submit' })).toEqual(events('submitted'));
    expect(here.rfc().revision).toBe(2);
  });
  test('can be voted on again when a change manager opens it again', () => {
    const here = voting();
    for (const person of ['a', 'b']) here.vote(person, 'reject');
    expect(here.by('requester', { type: 'open-again' })).toEqual(refused('role-needed'));
    expect(here.by('manager', { type: 'open-again' })).toEqual(events('balloted', 'opened', 'voting'));
    expect(here.round()).toMatchObject({ number: 2, revision: 1, votes: {} });
    expect(here.by('manager', { type: 'open-again' })).toEqual(nothing);
  });
  test('for it is not opened again', () => {
    expect(approved().by('manager', { type: 'open-again' })).toEqual(refused('not-turned-down'));
  });
});

describe('the work', () => {
  test('starts from the approved revision, by its people', () => {
    const here = approved();
    expect(here.by('a', { type: 'start' })).toEqual(refused('not-your-work'));
    expect(here.by('requester', { type: 'start' })).toEqual(events('started'));
    expect(here.by('requester', { type: 'start' })).toEqual(nothing);
    expect(here.rfc().status).toBe('in progress');
  });
  test('started before its window is told to the change managers', () => {
    const here = approved();
    here.heard('manager');
    here.by('requester', { type: 'start' });
    expect(here.heard('manager')).toEqual(['Started early: RFC-1: Encrypt the backups']);
  });
  test('is refused before approval and after its window', () => {
    expect(voting().by('requester', { type: 'start' })).toEqual(refused('not-approved'));
    const here = approved();
    here.advance(8 * DAY);
    expect(here.by('requester', { type: 'start' })).toEqual(refused('window-over'));
  });
  test('ends done, failed or backed out', () => {
    const started = () => {
      const here = approved();
      here.by('requester', { type: 'start' });
      return here;
    };
    expect(started().by('requester', { type: 'done' })).toEqual(events('done'));
    const here = started();
    expect(here.by('requester', { type: 'failed', reason: 'disk full' })).toEqual(events('failed'));
    expect(buttons(here.live('rfc-failed'))).toEqual(['Back out']);
    expect(here.by('requester', { type: 'back-out', reason: 'as planned' })).toEqual(events('backed-out'));
    expect(here.by('requester', { type: 'back-out', reason: 'as planned' })).toEqual(nothing);
    expect(wordsOf(here.live('rfc'))).toContain('as planned');
    expect(here.timers.size).toBe(0);
  });
  test('that is not in progress does not end', () => {
    expect(approved().by('requester', { type: 'done' })).toEqual(refused('not-in-progress'));
    expect(approved().by('requester', { type: 'failed', reason: '' })).toEqual(refused('not-in-progress'));
    expect(approved().by('requester', { type: 'extend', end: MONDAY + 9 * DAY })).toEqual(refused('not-in-progress'));
    expect(approved().by('requester', { type: 'back-out', reason: 'x' })).toEqual(refused('nothing-to-back-out'));
  });
});

describe('when its start has passed', () => {
  test('its people are asked Start now, Move window, Cancel; later the change managers too', () => {
    const here = approved();
    for (const person of ['requester', 'manager']) here.heard(person);
    here.advance(7 * DAY);
    expect(here.heard('requester')).toEqual(['Start now? RFC-1: Encrypt the backups']);
    expect(buttons(here.live('rfc-start:1'))).toEqual(['Start now', 'Move window', 'Cancel']);
    expect(here.heard('manager')).toEqual([]);
    here.advance(HOUR);
    expect(here.heard('manager')).toEqual(['Start now? RFC-1: Encrypt the backups']);
    here.by('requester', { type: 'start' });
    expect(buttons(here.live('rfc-start:1'))).toEqual([]);
  });
});

describe('when its end has passed', () => {
  test('its people are asked Done, Failed, Need longer, and asked again at the new end', () => {
    const here = approved();
    here.advance(7 * DAY);
    here.by('requester', { type: 'start' });
    here.heard('requester');
    here.advance(2 * HOUR);
    expect(here.heard('requester')).toEqual(['How did it go? RFC-1: Encrypt the backups']);
    expect(buttons(here.live('rfc-end'))).toEqual(['Done', 'Failed', 'Need longer', 'Back out']);
    expect(here.by('requester', { type: 'extend', end: here.now })).toEqual(refused('end-not-ahead'));
    expect(here.by('requester', { type: 'extend', end: here.now + HOUR })).toEqual(events('extended'));
    here.advance(HOUR - 1);
    expect(here.heard('requester')).toEqual([]);
    here.advance(1);
    expect(here.heard('requester')).toHaveLength(1);
    here.by('requester', { type: 'done' });
    here.advance(2 * DAY);
    expect(here.heard('requester')).toEqual([]);
  });
});

describe('an emergency at night', () => {
  const short = { type: 'emergency', priority: 'emergency', links: ['INC-1'], start: MONDAY, risk: '' } as const;
  const { end: _end, ...withoutEnd } = fields(short);
  const raised = (start = org()) => {
    const here = world(start);
    const answer = here.by('requester', { type: 'raise', way: 'short', fields: withoutEnd });
    return { here, answer };
  };

  test('goes straight to the ECAB, whose members are asked at once', () => {
    const { here, answer } = raised();
    expect(answer).toEqual(events('raised', 'balloted', 'opened', 'voting'));
    expect(here.round()).toMatchObject({ board: 'ECAB', deadline: MONDAY + 30 * MINUTE });
    for (const place of ['a', 'b', 'c', 'console/channel/ecab'])
      expect(here.heard(place)).toEqual(['Vote on RFC-1: Encrypt the backups']);
  });
  test('needs a linked record', () => {
    const raise = { type: 'raise', way: 'short', fields: { ...withoutEnd, links: [] } } as const;
    expect(world().by('requester', raise)).toEqual(refused('links-needed'));
  });
  test('without an ECAB waits in review, and says so', () => {
    const { here, answer } = raised(org({ boards: {} }));
    expect(answer).toEqual(events('raised', 'balloted', 'refused-to-open', 'not-opened'));
    expect(here.heard('manager')).toEqual(['Cannot open RFC-1: Encrypt the backups']);
  });
  test('is approved by any two', () => {
    const { here } = raised();
    here.vote('a', 'approve');
    expect(here.rfc().status).toBe('voting');
    here.vote('b', 'approve');
    expect(here.rfc().status).toBe('approved');
  });
  test('a material edit while voting is one even of an empty field', () => {
    const { here } = raised();
    here.by('requester', { type: 'edit', fields: { risk: 'high' } });
    expect(here.rfc()).toMatchObject({ status: 'in review', revision: 2 });
  });
  test('is completed after its start and cannot be closed before that', () => {
    const { here } = raised();
    for (const person of ['a', 'b']) here.vote(person, 'approve');
    here.by('requester', { type: 'start' });
    expect(here.by('requester', { type: 'done' })).toEqual(refused('not-complete'));
    here.advance(4 * HOUR);
    expect(here.heard('requester')).toContain('How did it go? RFC-1: Encrypt the backups');
    expect(wordsOf(here.live('rfc-end'))).toContain('Risk, End');
    expect(here.by('requester', { type: 'edit', fields: { backout: 'other' } })).toEqual(refused('started-already'));
    expect(here.by('requester', { type: 'edit', fields: { risk: 'low', end: here.now + HOUR } })).toEqual(events('edited'));
    expect(here.rfc()).toMatchObject({ status: 'in progress', revision: 1 });
    expect(here.by('requester', { type: 'done' })).toEqual(events('done'));
  });
});

describe('a change made already (rule 8)', () => {
  const made = {
    type: 'emergency',
    priority: 'emergency',
    links: ['INC-1'],
    start: MONDAY - 2 * HOUR,
    end: MONDAY - HOUR,
  } as const;
  const raised = () => {
    const here = world(org({ boards: { ECAB: ecab(['a', 'b', 'c']) } }));
    here.by('requester', { type: 'raise', way: 'already', fields: fields(made) });
    return here;
  };
  test('is recorded as such and voted on within 24 hours', () => {
    const here = raised();
    expect(here.rfc()).toMatchObject({ status: 'voting', way: 'already' });
    expect(here.round().deadline).toBe(MONDAY + 24 * HOUR);
    expect(wordsOf(here.live('ballot:1'))).toContain('made before it was approved');
  });
  test('cannot lie ahead', () => {
    const raise = {
      type: 'raise',
      way: 'already',
      fields: fields({ ...made, start: MONDAY + HOUR, end: MONDAY + DAY }),
    } as const;
    expect(world().by('requester', raise)).toEqual(refused('made-later'));
  });
  test('is told to change managers and admins when it is not approved', () => {
    const here = raised();
    for (const person of ['manager', 'admin']) here.heard(person);
    here.advance(DAY);
    expect(here.rfc().status).toBe('expired');
    for (const person of ['manager', 'admin']) expect(here.heard(person)).toEqual(['Expired: RFC-1: Encrypt the backups']);
  });
  test('is reviewed within five working days, and closed only then', () => {
    const here = raised();
    for (const person of ['a', 'b']) here.vote(person, 'approve');
    expect(here.rfc().madeReview?.due).toBe(Date.parse('2027-01-08T17:00Z'));
    expect(here.by('requester', { type: 'start' })).toEqual(refused('made-already'));
    expect(here.by('requester', { type: 'done' })).toEqual(refused('review-missing'));
    here.heard('manager');
    here.advance(5 * DAY);
    expect(here.heard('manager')).toEqual([
      'Review the change made already: RFC-1: Encrypt the backups',
      'Review the change made already: RFC-1: Encrypt the backups',
    ]);
    expect(here.by('requester', { type: 'review-made', findings: 'ok' })).toEqual(refused('role-needed'));
    expect(here.by('manager', { type: 'review-made', findings: 'ok' })).toEqual(events('made-reviewed'));
    expect(here.by('requester', { type: 'done' })).toEqual(events('done'));
    expect(here.timers.size).toBe(0);
  });
  test('stays on record, and can be backed out', () => {
    const here = raised();
    expect(here.by('requester', { type: 'withdraw' })).toEqual(refused('made-stays'));
    expect(here.by('manager', { type: 'cancel' })).toEqual(refused('made-stays'));
    expect(here.by('requester', { type: 'edit', fields: { description: 'other' } })).toEqual(refused('started-already'));
    expect(here.by('requester', { type: 'back-out', reason: 'did not help' })).toEqual(events('backed-out', 'ended'));
    expect(here.round().end).toMatchObject({ outcome: 'void', because: 'backed out' });
  });
  test('of another RFC is not what it is', () => {
    expect(approved().by('manager', { type: 'review-made', findings: 'x' })).toEqual(refused('not-made-already'));
    const here = world(org({ roles: { 'change-manager': ['requester'] } }));
    here.by('requester', { type: 'raise', way: 'already', fields: fields(made) });
    expect(here.by('requester', { type: 'review-made', findings: 'x' })).toEqual(refused('own-review'));
  });
});

describe('following it', () => {
  test('watching twice is harmless, and ends', () => {
    const here = voting();
    expect(here.by('x', { type: 'watch' })).toEqual(events('watched'));
    expect(here.by('x', { type: 'watch' })).toEqual(nothing);
    expect(here.by('x', { type: 'unwatch' })).toEqual(events('unwatched'));
    expect(here.by('x', { type: 'unwatch' })).toEqual(nothing);
  });
  test('linking', () => {
    const here = voting();
    expect(here.by('x', { type: 'link', to: 'INC-1' })).toEqual(events('linked'));
    expect(here.by('x', { type: 'link', to: 'INC-1' })).toEqual(nothing);
    expect(here.by('x', { type: 'link', to: RFC })).toEqual(refused('link-to-self'));
  });
});
