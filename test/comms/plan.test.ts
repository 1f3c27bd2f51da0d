import { describe, expect, test } from 'vitest';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import { HOUR, MINUTE } from '../../src/core/instant.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { anOrg, BANK, controlsOf, majorProblem, START, Stage, textOf } from './stage.ts';

const MANAGEMENT = 'senior-management';

/** The hash that a button of the waiting draft carries. */
const seen = (stage: Stage, audience = MANAGEMENT): string => {
  const line = stage.line(audience);
  return line.update ? draftHash(line, line.update).slice(0, HASH_ON_BUTTON) : '';
};
const update = (stage: Stage, audience = MANAGEMENT): string => stage.line(audience).update?.id ?? '';
const draft = (stage: Stage, text = 'Half of the tellers cannot log on.', by = 'olga', line = MANAGEMENT) =>
  stage.does(by, { type: 'draft', line, text });
/** Releases what waits, and lets the time pass in which that can be taken back. */
const release = (stage: Stage, by = 'cora', line = MANAGEMENT) => {
  const events = stage.does(by, { type: 'release', update: update(stage, line), seen: seen(stage, line) });
  stage.leave();
  return events;
};
const refusal = (stage: Stage, by: string, command: Parameters<Stage['does']>[1], more = {}) => {
  const before = JSON.stringify(stage.plan);
  const outcome = stage.tries(by, 'plan', command, more);
  expect(JSON.stringify(stage.plan)).toBe(before);
  return isRefusal(outcome) ? outcome.refused : 'accepted';
};

describe('declaring a major problem', () => {
  test('makes a plan of six lines at once, press and emergency services not needed yet', () => {
    const { plan } = majorProblem();
    expect(plan.lines.map(({ audience, status, cadence }) => [audience, status, cadence])).toEqual([
      ['senior-management', 'active', HOUR],
      ['all-staff', 'active', 4 * HOUR],
      ['customers', 'active', HOUR],
      ['working-staff', 'active', 30 * MINUTE],
      ['press', 'not needed yet', undefined],
      ['emergency-services', 'not needed yet', undefined],
    ]);
    expect(plan.owner).toBe('olga');
  });

  test('makes the first updates due after 30 minutes, or the cadence if that is less', () => {
    const org = anOrg(BANK.roles, {
      ...BANK.audiences,
      customers: { key: 'customers', places: [], releasers: [], cadence: 10 * MINUTE },
    });
    const stage = majorProblem(org);
    expect(stage.line('customers').update?.due).toBe(START + 10 * MINUTE);
    expect(stage.line('all-staff').update?.due).toBe(START + 30 * MINUTE);
  });

  test('starts lines with what the organisation set for an audience', () => {
    const org = anOrg(BANK.roles, {
      customers: {
        key: 'customers',
        places: ['email/address/all@bank.example'],
        releasers: ['carl'],
        author: 'anna',
        cadence: 2 * HOUR,
      },
    });
    const line = majorProblem(org).line('customers');
    expect(line).toMatchObject({
      places: ['email/address/all@bank.example'],
      releasers: ['carl'],
      author: 'anna',
      cadence: 2 * HOUR,
    });
  });

  test('shows the board live where it was said, and to the owner', () => {
    const stage = majorProblem();
    const boards = stage.said.filter(({ live }) => live === 'plan');
    expect(boards.map(({ to }) => to)).toEqual([{ place: 'console/channel/ops' }, { person: 'olga' }]);
    expect(textOf(boards[0]?.content)).toContain('Senior management');
  });

  test('is not delayed by gaps: they are shown with the way to fill them', () => {
    const stage = majorProblem(anOrg({ 'problem-manager': ['pat'] }));
    const board = textOf(stage.at('console/channel/ops')[0]);
    expect(board).toContain('nobody may release; fill in Releasers of /comms line PRB-1 customers');
    expect(board).toContain('no destination; fill in Destination of /comms line PRB-1 press');
    expect(stage.line('customers').update?.due).toBe(START + 30 * MINUTE);
  });

  test('a second time changes nothing of a running plan', () => {
    const stage = majorProblem();
    expect(stage.does('bellman', { type: 'begin', kind: 'problem', owner: 'x', title: 'other' })).toEqual([]);
  });
});

describe('asking for the text', () => {
  test('happens in the author’s direct messages and the channel, lead before due, with Write', () => {
    const stage = majorProblem();
    stage.heard();
    stage.passMinutes(14);
    expect(stage.heard()).toEqual([]);
    stage.passMinutes(1);
    const asked = stage.to('olga').find(({ title }) => title.includes('Senior management'));
    expect(controlsOf(asked).map(({ label }) => label)).toEqual(['Write', 'I’ll take it', 'Skip']);
    expect(controlsOf(asked)[0]?.value).toBe(MANAGEMENT);
    expect(stage.at('console/channel/ops').some(({ title }) => title.includes('Senior management'))).toBe(true);
    expect(stage.line(MANAGEMENT).update?.status).toBe('drafting');
  });

  test('comes a third of the cadence before due when that is less than 15 minutes', () => {
    const stage = majorProblem();
    stage.passMinutes(19);
    expect(stage.line('working-staff').update?.status).toBe('upcoming');
    stage.passMinutes(1);
    expect(stage.line('working-staff').update?.status).toBe('drafting');
  });

  test('goes to the author when one is named', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'line', line: MANAGEMENT, author: 'anna' });
    stage.heard();
    stage.passMinutes(15);
    expect(stage.to('anna').map(({ title }) => title)).toEqual(['Text wanted: Senior management, PRB-1']);
  });

  test('is repeated once half of the lead is over', () => {
    const stage = majorProblem();
    stage.passMinutes(15);
    stage.heard();
    stage.pass(7.5 * MINUTE);
    expect(stage.to('olga').map(({ title }) => title)).toContain('Still no text: Senior management, PRB-1');
  });

  test('does not happen when the text is there already; its releasers are reminded instead', () => {
    const stage = majorProblem();
    draft(stage);
    stage.heard();
    stage.passMinutes(22);
    expect(stage.to('olga').some(({ title }) => title.includes('Senior management'))).toBe(false);
    stage.passMinutes(1);
    expect(stage.to('cora').map(({ title }) => title)).toEqual(['To release: Senior management, PRB-1']);
  });
});

describe('a draft', () => {
  test('goes to each releaser in direct messages, with the four buttons', () => {
    const stage = majorProblem();
    stage.heard();
    draft(stage);
    for (const releaser of ['cora', 'carl']) {
      const [card] = stage.to(releaser);
      expect(controlsOf(card).map(({ label }) => label)).toEqual(['Release', 'Edit', 'Send back', 'Skip']);
      expect(textOf(card)).toContain('Half of the tellers cannot log on.');
    }
  });

  test.each([
    ['the author', 'anna'],
    ['the owner', 'olga'],
    ['communications', 'cora'],
  ])('may be written by %s', (_who, person) => {
    const stage = majorProblem();
    stage.does('olga', { type: 'line', line: MANAGEMENT, author: 'anna' });
    draft(stage, 'Text.', person);
    expect(stage.line(MANAGEMENT).update?.draft?.by).toBe(person);
  });

  test('is refused from anybody else', () => {
    expect(refusal(majorProblem(), 'rita', { type: 'draft', line: MANAGEMENT, text: 'x' })).toBe('not-your-text');
  });

  test('is refused while a part of the template is not filled in', () => {
    expect(refusal(majorProblem(), 'olga', { type: 'draft', line: MANAGEMENT, text: 'Impact: ‹what›.' })).toBe('draft-unfilled');
  });

  test('handed in unchanged changes nothing', () => {
    const stage = majorProblem();
    draft(stage);
    expect(draft(stage)).toEqual([]);
  });

  test('edited from a card that shows an older text is refused', () => {
    const stage = majorProblem();
    draft(stage);
    const old = seen(stage);
    draft(stage, 'Newer.');
    expect(refusal(stage, 'cora', { type: 'draft', line: MANAGEMENT, text: 'Mine.', seen: old })).toBe('draft-changed');
  });

  test('edited while it waits changes the cards that are there instead of saying new ones', () => {
    const stage = majorProblem();
    draft(stage);
    stage.heard();
    stage.asks.length = 0;
    draft(stage, 'Newer.');
    expect(stage.to('cora')).toEqual([]);
    expect(stage.asks).toContainEqual({ ask: 'refresh', live: `draft:${update(stage)}` });
  });

  test('sent back tells its writer what to change, and comes to the releasers again', () => {
    const stage = majorProblem();
    draft(stage);
    stage.heard();
    stage.does('cora', { type: 'send-back', update: update(stage), seen: seen(stage), what: 'Say since when.' });
    expect(textOf(stage.to('olga')[0])).toContain('Say since when.');
    expect(stage.line(MANAGEMENT).update?.status).toBe('drafting');
    expect(refusal(stage, 'cora', { type: 'release', update: update(stage), seen: seen(stage) })).toBe('nothing-to-release');
    stage.heard();
    draft(stage, 'Since 9:00.');
    expect(stage.to('cora')).toHaveLength(1);
  });

  test('is sent back only by a releaser who saw it as it is', () => {
    const stage = majorProblem();
    draft(stage);
    const id = update(stage);
    const now = seen(stage);
    expect(refusal(stage, 'olga', { type: 'send-back', update: id, seen: now, what: 'x' })).toBe('not-a-releaser');
    expect(refusal(stage, 'cora', { type: 'send-back', update: id, seen: '0'.repeat(16), what: 'x' })).toBe('draft-changed');
  });
});

describe('a release', () => {
  test('says the update at each place of the line, with its number, as of when, and when the next comes', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'line', line: MANAGEMENT, places: ['console/channel/board', 'email/address/md@bank.example'] });
    draft(stage);
    stage.passMinutes(5);
    stage.heard();
    const id = update(stage);
    release(stage);
    const carried = stage.said.filter((said) => said.update === id);
    expect(carried.map(({ to, urgency }) => [to, urgency])).toEqual([
      [{ place: 'console/channel/board' }, 3],
      [{ place: 'email/address/md@bank.example' }, 3],
    ]);
    expect(textOf(carried[0]?.content)).toBe(
      [
        'Update 1: Refused connections',
        'As of 2027-01-15 09:00 UTC.',
        'Half of the tellers cannot log on.',
        'Next update by 2027-01-15 10:30 UTC. Reference: UPD-1.',
        '[Seen] [Ask]',
      ].join('\n'),
    );
  });

  test('moves the next due time to the next point of the cadence', () => {
    const stage = majorProblem();
    draft(stage);
    release(stage);
    expect(stage.line(MANAGEMENT).update?.due).toBe(START + 30 * MINUTE + HOUR);
  });

  test('that comes late is marked so, and skips the points that are past', () => {
    const stage = majorProblem();
    stage.passMinutes(160);
    draft(stage);
    stage.heard();
    release(stage);
    const [card] = stage.at('console/channel/senior-management');
    expect(textOf(card)).toContain('Late: it was due 2027-01-15 09:30 UTC');
    expect(stage.line(MANAGEMENT).update?.due).toBe(START + 30 * MINUTE + 3 * HOUR);
  });

  test.each([
    ['emergency-services', 0],
    ['press', 1],
    ['customers', 2],
    ['senior-management', 3],
    ['working-staff', 4],
    ['all-staff', 5],
  ])('to %s goes with urgency %i', (audience, urgency) => {
    const stage = majorProblem();
    if (!stage.line(audience).update) stage.does('olga', { type: 'start', line: audience });
    draft(stage, 'Text.', 'olga', audience);
    const id = update(stage, audience);
    release(stage, 'cora', audience);
    expect(stage.said.find((said) => said.update === id)?.urgency).toBe(urgency);
  });

  test('is refused to the owner, who is no releaser, and names who may', () => {
    const stage = majorProblem();
    draft(stage);
    const outcome = stage.tries('olga', 'plan', { type: 'release', update: update(stage), seen: seen(stage) } as never);
    expect(outcome).toEqual({ refused: 'not-a-releaser', facts: { line: MANAGEMENT, people: ['cora', 'carl'] } });
  });

  test('is refused to a problem manager and an admin as well', () => {
    const stage = majorProblem();
    draft(stage);
    for (const person of ['pat', 'ada']) {
      expect(refusal(stage, person, { type: 'release', update: update(stage), seen: seen(stage) })).toBe('not-a-releaser');
    }
  });

  test('is refused to whoever lost the role after the card was shown', () => {
    const stage = majorProblem();
    draft(stage);
    stage.org = anOrg({ ...BANK.roles, communications: ['carl'] }, BANK.audiences);
    expect(refusal(stage, 'cora', { type: 'release', update: update(stage), seen: seen(stage) })).toBe('not-a-releaser');
  });

  test('is refused to a guest who only has the role, and not to one who is named', () => {
    const stage = majorProblem();
    draft(stage);
    const command = { type: 'release', update: update(stage), seen: seen(stage) } as const;
    expect(refusal(stage, 'cora', command, { guest: true })).toBe('not-a-releaser');
    stage.does('olga', { type: 'line', line: MANAGEMENT, releasers: ['cora'] });
    const outcome = stage.tries('cora', 'plan', { ...command, seen: seen(stage) } as never, { guest: true });
    expect(isRefusal(outcome)).toBe(false);
  });

  test.each([
    ['the text', (stage: Stage) => draft(stage, 'Another text.')],
    [
      'a destination',
      (stage: Stage) => stage.does('olga', { type: 'line', line: MANAGEMENT, places: ['console/channel/other'] }),
    ],
    ['the releasers', (stage: Stage) => stage.does('ada', { type: 'line', line: MANAGEMENT, releasers: ['cora'] })],
  ])('is refused when %s changed after they looked', (_what, change) => {
    const stage = majorProblem();
    draft(stage);
    const old = seen(stage);
    change(stage);
    expect(refusal(stage, 'cora', { type: 'release', update: update(stage), seen: old })).toBe('draft-changed');
  });

  test('is refused without a destination', () => {
    const stage = majorProblem(anOrg(BANK.roles));
    draft(stage);
    expect(refusal(stage, 'cora', { type: 'release', update: update(stage), seen: seen(stage) })).toBe('no-destination');
  });

  test('pressed a second time is explained', () => {
    const stage = majorProblem();
    draft(stage);
    const command = { type: 'release', update: update(stage), seen: seen(stage) } as const;
    stage.does('cora', command);
    expect(refusal(stage, 'carl', command)).toBe('update-leaving');
    stage.leave();
    expect(refusal(stage, 'carl', command)).toBe('update-over');
  });

  test('by the author is fine where they are a releaser and one is enough', () => {
    const stage = majorProblem();
    draft(stage, 'Text.', 'cora');
    release(stage, 'cora');
    expect(stage.line(MANAGEMENT).released).toBe(1);
  });

  test('of something that never was is refused', () => {
    expect(refusal(majorProblem(), 'cora', { type: 'release', update: 'PRB-1.99', seen: 'x' })).toBe('unknown-update');
  });
});

describe('a line that needs two releasers', () => {
  const two = () => {
    const stage = majorProblem();
    draft(stage);
    const { plan } = stage;
    stage.loaded.states.plan = { ...plan, lines: plan.lines.map((line) => ({ ...line, approvals: 2 })) };
    return stage;
  };

  test('leaves after the second person', () => {
    const stage = two();
    release(stage, 'cora');
    expect(stage.line(MANAGEMENT).released).toBe(0);
    release(stage, 'carl');
    expect(stage.line(MANAGEMENT).released).toBe(1);
  });

  test('counts a person once', () => {
    const stage = two();
    release(stage, 'cora');
    expect(release(stage, 'cora')).toEqual([]);
    expect(stage.line(MANAGEMENT).released).toBe(0);
  });

  test('does not count its writer', () => {
    const stage = two();
    draft(stage, 'Mine.', 'cora');
    expect(refusal(stage, 'cora', { type: 'release', update: update(stage), seen: seen(stage) })).toBe('wrote-it');
  });

  test('forgets approvals when the text is edited, and tells who gave them', () => {
    const stage = two();
    release(stage, 'cora');
    stage.heard();
    draft(stage, 'Another text.');
    expect(stage.to('cora').map(({ title }) => title)).toEqual(['Text changed: Senior management, PRB-1']);
    release(stage, 'carl');
    expect(stage.line(MANAGEMENT).released).toBe(0);
  });
});

describe('an update that is overdue', () => {
  test('is said to releasers and owner at due, then after 5, 10, 20, 40 and every 60 minutes', () => {
    const stage = majorProblem();
    stage.heard();
    stage.passMinutes(30 + 5 + 10 + 20 + 40 + 60 + 60);
    const notices = stage.said.filter(
      ({ to, content }) => 'person' in to && to.person === 'cora' && content.title === 'Overdue: Senior management, PRB-1',
    );
    expect(notices.map(({ at }) => (at - START) / MINUTE)).toEqual([30, 35, 45, 65, 105, 165, 225]);
  });

  test('gives its author the button, and says to the others whom it waits for', () => {
    const stage = majorProblem();
    stage.passMinutes(29);
    stage.heard();
    stage.passMinutes(1);
    const card = (person: string) => stage.to(person).find(({ title }) => title === 'Overdue: Senior management, PRB-1');
    expect(controlsOf(card('olga')).map(({ label }) => label)).toEqual(['Write', 'I’ll take it', 'Skip']);
    expect(textOf(card('cora'))).toContain('It waits for its text by @olga.');
  });

  test('shows its releasers the draft again when that waits for them', () => {
    const stage = majorProblem();
    draft(stage);
    stage.passMinutes(29);
    stage.heard();
    stage.passMinutes(1);
    const card = stage.to('cora').find(({ title }) => title === 'Overdue: Senior management, PRB-1');
    expect(controlsOf(card).map(({ label }) => label)).toContain('Release');
  });

  test('reaches the problem managers after the third notice, and then the admins', () => {
    const stage = majorProblem();
    const first = (person: string) =>
      stage.said.find(({ to, content }) => 'person' in to && to.person === person && content.title.startsWith('Overdue: Senior'));
    stage.passMinutes(300);
    expect(((first('pat')?.at ?? 0) - START) / MINUTE).toBe(65);
    expect(((first('ada')?.at ?? 0) - START) / MINUTE).toBe(105);
  });

  test('of a line that is not ready goes to the owner with the way to mend it', () => {
    const stage = majorProblem(anOrg({ 'problem-manager': ['pat'] }));
    stage.heard();
    stage.passMinutes(30);
    const card = stage.to('olga').find(({ title }) => title === 'Overdue: Customers and partners, PRB-1');
    expect(textOf(card)).toContain('/comms line PRB-1 customers');
  });

  test('ends when it is released', () => {
    const stage = majorProblem();
    stage.passMinutes(36);
    draft(stage);
    release(stage);
    stage.heard();
    stage.passMinutes(20);
    expect(stage.said.some(({ content }) => content.title.includes('Overdue: Senior'))).toBe(false);
  });

  test('is said once for each line after a week off, not once for each time that was missed', () => {
    const stage = majorProblem();
    stage.heard();
    stage.pass(7 * 24 * HOUR, true);
    const titles = stage.to('cora').map(({ title }) => title);
    expect(titles).toHaveLength(4);
    expect(new Set(titles).size).toBe(4);
    expect(stage.to('olga').every(({ title }) => title.startsWith('Overdue'))).toBe(true);
  });
});

describe('skipping', () => {
  test('takes a reason, tells the owner and moves on', () => {
    const stage = majorProblem();
    draft(stage);
    stage.heard();
    stage.does('cora', { type: 'skip', line: MANAGEMENT, reason: 'They were told by phone.' });
    expect(textOf(stage.to('olga')[0])).toContain('They were told by phone.');
    expect(stage.line(MANAGEMENT).update?.due).toBe(START + 90 * MINUTE);
    expect(stage.line(MANAGEMENT).released).toBe(0);
  });

  test('is for the releasers and the owner', () => {
    const stage = majorProblem();
    expect(refusal(stage, 'pat', { type: 'skip', line: MANAGEMENT, reason: 'x' })).toBe('may-not-skip');
    stage.does('olga', { type: 'skip', line: MANAGEMENT, reason: 'x' });
  });

  test('from an old card is explained', () => {
    const stage = majorProblem();
    draft(stage);
    const old = update(stage);
    release(stage);
    expect(refusal(stage, 'cora', { type: 'skip', line: MANAGEMENT, update: old, reason: 'x' })).toBe('update-over');
  });
});

describe('the settings of a line', () => {
  const set = (wishes: object, by = 'olga', stage = majorProblem()) => {
    stage.does(by, { type: 'line', line: MANAGEMENT, ...wishes });
    return stage;
  };

  test.each(['olga', 'cora', 'pat', 'ada'])('may be changed by %s', (person) => {
    expect(set({ cadence: 2 * HOUR }, person).line(MANAGEMENT).cadence).toBe(2 * HOUR);
  });

  test('are refused to others', () => {
    expect(refusal(majorProblem(), 'rita', { type: 'line', line: MANAGEMENT, cadence: HOUR })).toBe('not-your-plan');
  });

  test('handed in as they were shown change nothing', () => {
    const stage = majorProblem();
    const { update: due } = stage.line(MANAGEMENT);
    const shown = { cadence: HOUR, lead: 15 * MINUTE, due: due?.due ?? 0, releasers: ['carl', 'cora'], author: 'olga' };
    expect(stage.does('olga', { type: 'line', line: MANAGEMENT, ...shown })).toEqual([]);
  });

  test('with a shorter cadence bring the next update forward, with a longer one leave its promised time', () => {
    expect(set({ cadence: 10 * MINUTE }).line(MANAGEMENT).update?.due).toBe(START + 10 * MINUTE);
    expect(set({ cadence: 5 * HOUR }).line(MANAGEMENT).update?.due).toBe(START + 30 * MINUTE);
  });

  test('move the first due time, and the clock with it', () => {
    const stage = set({ due: START + 3 * HOUR });
    expect(stage.timers.get('plan.senior-management')?.at).toBe(START + 3 * HOUR - 15 * MINUTE);
  });

  test.each([
    ['cadence-out-of-bounds', { cadence: 1000 }],
    ['cadence-out-of-bounds', { cadence: 31 * 24 * HOUR }],
    ['lead-too-long', { lead: 2 * HOUR }],
    ['due-in-the-past', { due: START }],
  ])('refuse %s', (code, wishes) => {
    expect(refusal(majorProblem(), 'olga', { type: 'line', line: MANAGEMENT, ...wishes })).toBe(code);
  });

  test('refuse a due time for a line that was not started', () => {
    expect(refusal(majorProblem(), 'olga', { type: 'line', line: 'press', due: START + HOUR })).toBe('line-not-started');
  });

  test('refuse a line that is not there', () => {
    expect(refusal(majorProblem(), 'olga', { type: 'line', line: 'regulator' })).toBe('unknown-line');
  });

  test('refuse to make the owner a releaser of an own line', () => {
    expect(refusal(majorProblem(), 'olga', { type: 'line', line: MANAGEMENT, releasers: ['cora', 'olga'] })).toBe('own-releaser');
  });

  test('refuse it to the author, whatever else they are, also when they name another author with it', () => {
    const stage = set({ author: 'pat' });
    const command = { type: 'line', line: MANAGEMENT, releasers: ['pat'] } as const;
    expect(refusal(stage, 'pat', command)).toBe('own-releaser');
    expect(refusal(stage, 'pat', { ...command, author: 'olga' })).toBe('own-releaser');
  });

  test('let a problem manager do it, and tell the present releasers', () => {
    const stage = majorProblem();
    stage.heard();
    set({ releasers: ['olga'] }, 'pat', stage);
    for (const releaser of ['cora', 'carl', 'olga']) {
      expect(stage.to(releaser).map(({ title }) => title)).toEqual(['Releasers changed: Senior management, PRB-1']);
    }
  });

  test('show a waiting draft to a releaser who is new', () => {
    const stage = majorProblem();
    draft(stage);
    stage.heard();
    set({ releasers: ['cora', 'nora'] }, 'pat', stage);
    expect(stage.to('nora').map(({ title }) => title)).toContain('To release: Senior management, PRB-1');
  });
});

describe('a line on demand', () => {
  test('takes no text until it is started', () => {
    const stage = majorProblem();
    expect(refusal(stage, 'olga', { type: 'draft', line: 'press', text: 'x' })).toBe('line-not-started');
    expect(stage.timers.has('plan.press')).toBe(false);
  });

  test('has a button on the board that starts it', () => {
    const board = majorProblem().at('console/channel/ops')[0];
    expect(controlsOf(board).map(({ label, value }) => [label, value])).toEqual([
      ['Start this line', 'press'],
      ['Start this line', 'emergency-services'],
    ]);
  });

  test('is due 30 minutes after its start, and once released has nothing due until started again', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'start', line: 'press' });
    expect(stage.line('press').update?.due).toBe(START + 30 * MINUTE);
    expect(stage.does('olga', { type: 'start', line: 'press' })).toEqual([]);
    draft(stage, 'Statement.', 'olga', 'press');
    release(stage, 'cora', 'press');
    expect(stage.line('press').update).toBeUndefined();
    expect(stage.timers.has('plan.press')).toBe(false);
    expect(refusal(stage, 'olga', { type: 'draft', line: 'press', text: 'x' })).toBe('nothing-due');
    stage.does('olga', { type: 'start', line: 'press' });
    expect(stage.line('press').update?.phase).toBe('progress');
  });

  test('becomes regular when it gets a cadence', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'start', line: 'press' });
    draft(stage, 'Statement.', 'olga', 'press');
    release(stage, 'cora', 'press');
    stage.does('olga', { type: 'line', line: 'press', cadence: 2 * HOUR });
    expect(stage.line('press').update?.due).toBe(stage.now + 30 * MINUTE);
  });

  test('is started by those who may arrange the plan', () => {
    expect(refusal(majorProblem(), 'rita', { type: 'start', line: 'press' })).toBe('not-your-plan');
  });
});

describe('the end of a plan', () => {
  const resolve = (stage: Stage) => stage.does('olga', { type: 'resolve', resolution: 'Disk replaced.' }, 'problem');

  test('asks each active line at once for its closing update, due within the hour or the cadence', () => {
    const stage = majorProblem();
    stage.heard();
    resolve(stage);
    expect(stage.plan.lines.map(({ audience, update: last }) => [audience, last?.phase, last?.due])).toEqual([
      [MANAGEMENT, 'resolved', START + HOUR],
      ['all-staff', 'resolved', START + HOUR],
      ['customers', 'resolved', START + HOUR],
      ['working-staff', 'resolved', START + 30 * MINUTE],
      ['press', undefined, undefined],
      ['emergency-services', undefined, undefined],
    ]);
    expect(stage.to('olga').filter(({ title }) => title.startsWith('Text wanted'))).toHaveLength(4);
  });

  test('asks a line on demand that was told', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'start', line: 'press' });
    draft(stage, 'Statement.', 'olga', 'press');
    release(stage, 'cora', 'press');
    resolve(stage);
    expect(stage.line('press').update?.phase).toBe('resolved');
  });

  test('closes a line with its closing update, which says that it is the last', () => {
    const stage = majorProblem();
    resolve(stage);
    draft(stage, 'It works again.');
    stage.heard();
    release(stage);
    expect(stage.line(MANAGEMENT)).toMatchObject({ status: 'closed', update: undefined });
    const [card] = stage.at('console/channel/senior-management');
    expect(card?.title).toBe('Update 1, resolved: Refused connections');
    expect(textOf(card)).toContain('This is the last update');
    expect(refusal(stage, 'olga', { type: 'draft', line: MANAGEMENT, text: 'x' })).toBe('line-closed');
  });

  test('replaces a draft that waited, and says so on its card', () => {
    const stage = majorProblem();
    draft(stage);
    const old = update(stage);
    const command = { type: 'release', update: old, seen: seen(stage) } as const;
    resolve(stage);
    expect(stage.plan.outcomes[old]?.what).toBe('replaced');
    expect(refusal(stage, 'cora', command)).toBe('update-over');
  });

  test('chases closing updates like any other', () => {
    const stage = majorProblem();
    resolve(stage);
    stage.heard();
    stage.passMinutes(60);
    expect(stage.to('cora').some(({ title }) => title === 'Overdue: Senior management, PRB-1')).toBe(true);
  });

  test('starts nothing new', () => {
    const stage = majorProblem();
    resolve(stage);
    expect(refusal(stage, 'olga', { type: 'start', line: 'press' })).toBe('plan-closing');
  });

  test('by becoming normal asks only those lines that were told, and closes the others', () => {
    const stage = majorProblem();
    draft(stage);
    release(stage);
    stage.does('pat', { type: 'normal', reason: 'Few are affected.' }, 'problem');
    expect(stage.line(MANAGEMENT).update?.phase).toBe('normal');
    expect(stage.line('customers')).toMatchObject({ status: 'closed', update: undefined });
    expect(stage.timers.has('plan.customers')).toBe(false);
  });

  test('is undone by reopening: the lines that were in use start again', () => {
    const stage = majorProblem();
    draft(stage);
    release(stage);
    resolve(stage);
    draft(stage, 'It works again.');
    release(stage);
    stage.passMinutes(10);
    stage.does('olga', { type: 'reopen', reason: 'It failed again.' }, 'problem');
    expect(stage.line(MANAGEMENT)).toMatchObject({ status: 'active', released: 2 });
    expect(stage.line(MANAGEMENT).update).toMatchObject({ phase: 'progress', due: stage.now + 30 * MINUTE });
    expect(stage.line('press').status).toBe('not needed yet');
  });

  test('lets a record be declared major again; numbers go on', () => {
    const stage = majorProblem();
    draft(stage);
    release(stage);
    stage.does('pat', { type: 'normal', reason: 'x' }, 'problem');
    const old = update(stage);
    stage.does('pat', { type: 'declare', owner: 'otto' }, 'problem');
    expect(stage.plan).toMatchObject({ status: 'running', owner: 'otto' });
    expect(stage.plan.outcomes[old]?.what).toBe('replaced');
    expect(stage.line(MANAGEMENT).released).toBe(1);
    expect(new Set(stage.plan.lines.flatMap(({ update: one }) => (one ? [one.id] : []))).size).toBe(4);
  });
});

test('without a plan every command of a person is refused', () => {
  const stage = new Stage();
  stage.does('rita', { type: 'raise', intake: { title: 'x', details: '', impact: 'low', urgency: 'low', items: '' } }, 'problem');
  for (const command of [
    { type: 'line', line: MANAGEMENT },
    { type: 'start', line: 'press' },
    { type: 'draft', line: MANAGEMENT, text: 'x' },
    { type: 'release', update: 'PRB-1.1', seen: 'x' },
    { type: 'send-back', update: 'PRB-1.1', seen: 'x', what: 'x' },
    { type: 'skip', line: MANAGEMENT, reason: 'x' },
    { type: 'settle', update: 'PRB-1.1', again: true },
  ] as const) {
    expect(refusal(stage, 'olga', command)).toBe('no-plan');
  }
});
