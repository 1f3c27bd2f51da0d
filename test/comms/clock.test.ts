/** The clock of a line in people's hands: rules, quiet hours, deadlines, what must come before, pause, rest and moves (M3). */
import { describe, expect, test } from 'vitest';
import { parseCadence } from '../../src/chat/cadence-words.ts';
import { planCard } from '../../src/comms/cards.ts';
import type { Bounds } from '../../src/comms/deadline.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import type { PlanCommand } from '../../src/comms/plan-command.ts';
import type { Cadence } from '../../src/core/cadence.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/core/instant.ts';
import { isRefusal, type Refusal } from '../../src/core/refusal.ts';
import { anOrg, aTitle, BANK, majorProblem, START, Stage, textOf } from './stage.ts';

const LINE = 'customers';
/** START is a Friday, 09:00 UTC and 10:00 in Berlin. */
const at = (when: string): number => Date.parse(`${when}Z`);
const rule = (said: string): Cadence => parseCadence(said, 'UTC') ?? 0;

const withAudience = (audience: string, set: object) =>
  anOrg(BANK.roles, { ...BANK.audiences, [audience]: { key: audience, places: ['console/channel/x'], releasers: [], ...set } });

const arranged = (cadence: Cadence, line = LINE): Stage => {
  const stage = majorProblem();
  stage.does('olga', { type: 'line', line, cadence });
  return stage;
};

const tries = (stage: Stage, by: string, command: PlanCommand): Refusal | undefined => {
  const before = JSON.stringify(stage.plan);
  const outcome = stage.tries(by, 'plan', command);
  if (!isRefusal(outcome)) return undefined;
  expect(JSON.stringify(stage.plan)).toBe(before);
  return outcome;
};

const press = (stage: Stage, line = LINE, by = 'cora'): Refusal | undefined => {
  const { update } = stage.line(line);
  if (update?.status !== 'awaiting release') stage.does('olga', { type: 'draft', line, text: 'Half of the tellers wait.' });
  const now = stage.line(line);
  const seen = now.update ? draftHash(now, now.update).slice(0, HASH_ON_BUTTON) : '';
  return tries(stage, by, { type: 'release', update: now.update?.id ?? '', seen });
};
/** Released, and out: the time to take it back is over. */
const released = (stage: Stage, line = LINE): void => {
  expect(press(stage, line)).toBeUndefined();
  stage.pass(10 * SECOND);
};
const due = (stage: Stage, line = LINE) => stage.line(line).update?.due;
const board = (stage: Stage) => textOf(planCard('PRB-1', stage.plan, stage.now));
const bind = (stage: Stage, line: string, bounds: Bounds, more: { by?: string; known?: number } = {}) => {
  const { by = 'olga', known } = more;
  return tries(stage, by, { type: 'bind', line, bounds, ...(known === undefined ? {} : { known }) });
};

describe('a line with a rule', () => {
  test('is due at its times on the wall, over the weekend and over daylight saving', () => {
    const stage = arranged(rule('weekdays 9:00 16:00 Europe/Berlin'));
    released(stage);
    expect(due(stage)).toBe(at('2027-01-15T15:00'));
    released(stage);
    expect(due(stage)).toBe(at('2027-01-18T08:00'));
    stage.now = at('2027-03-26T15:30');
    released(stage);
    expect(due(stage)).toBe(at('2027-03-29T07:00'));
  });

  test('has its first update after 30 minutes, or at its next time if that is earlier', () => {
    const soon = new Stage(withAudience(LINE, { cadence: rule('daily 9:10') }));
    const later = new Stage(withAudience(LINE, { cadence: rule('daily 16:00') }));
    for (const stage of [soon, later]) {
      stage.does('rita', { type: 'raise', intake: aTitle }, 'problem');
      stage.does('pat', { type: 'declare', owner: 'olga' }, 'problem');
    }
    expect([due(soon), due(later)]).toEqual([START + 10 * MINUTE, START + 30 * MINUTE]);
  });

  test('an early update counts for its period, and a late one is not caught up', () => {
    const stage = arranged(rule('daily 10:00 11:00 12:00'));
    stage.does('cora', { type: 'move', line: LINE, due: at('2027-01-15T10:00'), reason: 'x' });
    stage.now = at('2027-01-15T09:50');
    released(stage);
    expect(due(stage)).toBe(at('2027-01-15T11:00'));
    stage.now = at('2027-01-16T11:20');
    released(stage);
    expect(due(stage)).toBe(at('2027-01-16T12:00'));
  });
});

describe('a line that is told of every change', () => {
  const reweigh = (stage: Stage) =>
    stage.does('rita', { type: 'edit', intake: { ...aTitle, impact: 'low' } } as never, 'problem');

  test('has nothing due between two changes, and something soon when the priority changes; its text is asked for at once', () => {
    const stage = arranged(rule('on change'));
    released(stage);
    expect(due(stage)).toBeUndefined();
    stage.pass(3 * DAY);
    reweigh(stage);
    expect(due(stage)).toBe(stage.now + 15 * MINUTE);
    stage.heard();
    stage.pass(0);
    expect(stage.to('olga').map(({ title }) => title)).toContain('Text wanted: Customers and partners, PRB-1');
  });

  test('has what is prepared sooner, and is not asked twice for two changes', () => {
    const stage = arranged(rule('on change'));
    const first = stage.line(LINE).update?.id;
    reweigh(stage);
    expect(stage.line(LINE).update).toMatchObject({ id: first, due: START + 15 * MINUTE });
    stage.does('rita', { type: 'edit', intake: aTitle } as never, 'problem');
    expect(stage.line(LINE).update).toMatchObject({ id: first, due: START + 15 * MINUTE });
  });

  test('hears nothing of an edit that changes no priority, of a pause, or on other lines', () => {
    const stage = arranged(rule('on change'));
    released(stage);
    stage.does('rita', { type: 'edit', intake: { ...aTitle, details: 'More.' } } as never, 'problem');
    expect(due(stage)).toBeUndefined();
    stage.does('cora', { type: 'pause', line: LINE, reason: 'x' });
    const before = due(stage, 'all-staff');
    reweigh(stage);
    expect([due(stage), due(stage, 'all-staff')]).toEqual([undefined, before]);
  });

  test('hears the last word when it is resolved, and goes on when it is reopened', () => {
    const stage = arranged(rule('on change'));
    released(stage);
    stage.does('olga', { type: 'resolve', resolution: 'x' }, 'problem');
    expect(stage.line(LINE).update?.phase).toBe('resolved');
    stage.does('olga', { type: 'reopen', reason: 'x' }, 'problem');
    expect(due(stage)).toBe(stage.now + 30 * MINUTE);
  });
});

test('a line that is told once has nothing due after it, until the last word', () => {
  const stage = arranged(rule('once'));
  released(stage);
  stage.pass(7 * DAY);
  expect(due(stage)).toBeUndefined();
  stage.does('olga', { type: 'resolve', resolution: 'x' }, 'problem');
  expect(stage.line(LINE).update?.phase).toBe('resolved');
});

test('the template is slower for what is less pressing, and what the organisation set stays', () => {
  const cadences = (impact: string, org = BANK) => {
    const stage = new Stage(org);
    stage.does('rita', { type: 'raise', intake: { ...aTitle, impact } } as never, 'problem');
    stage.does('pat', { type: 'declare', owner: 'olga' }, 'problem');
    return ['customers', 'working-staff'].map((line) => stage.line(line).cadence);
  };
  expect(cadences('high')).toEqual([HOUR, 30 * MINUTE]);
  expect(cadences('low')).toEqual([2 * HOUR, HOUR]);
  expect(cadences('low', withAudience(LINE, { cadence: 45 * MINUTE }))).toEqual([45 * MINUTE, HOUR]);
});

describe('quiet hours', () => {
  const quiet = { from: '10:00', to: '13:00', zone: 'UTC' };

  test('move what falls into them to their end, and the board says from when', () => {
    const stage = majorProblem(withAudience(LINE, { quiet }));
    stage.now = START + 25 * MINUTE;
    released(stage);
    expect(due(stage)).toBe(at('2027-01-15T13:00'));
    expect(board(stage)).toContain('due 2027-01-15 13:00 UTC');
    expect(board(stage)).toContain('moved out of quiet hours from 2027-01-15 10:30 UTC');
  });

  test('never make emergency services wait', () => {
    const stage = majorProblem(withAudience('emergency-services', { quiet: { ...quiet, from: '09:00' } }));
    stage.does('olga', { type: 'start', line: 'emergency-services' });
    expect(due(stage, 'emergency-services')).toBe(START + 30 * MINUTE);
  });

  test('do not hold a release, nor a due time that was set by hand, nor a deadline', () => {
    const stage = majorProblem(withAudience(LINE, { quiet: { ...quiet, from: '09:00' } }));
    expect(due(stage)).toBe(at('2027-01-15T13:00'));
    stage.does('cora', { type: 'move', line: LINE, due: START + HOUR, reason: 'It cannot wait.' });
    expect(due(stage)).toBe(START + HOUR);
    released(stage);
    expect(due(stage)).toBe(at('2027-01-15T13:00'));
    bind(stage, LINE, { declared: [HOUR, 2 * HOUR] });
    expect(due(stage)).toBe(START + 2 * HOUR);
  });
});

describe('deadlines', () => {
  test('count from the declaration and from when it was known; the earlier one counts', () => {
    const stage = majorProblem();
    bind(stage, 'press', { declared: [4 * HOUR] });
    expect(stage.line('press')).toMatchObject({ status: 'active', update: { phase: 'first', due: START + 4 * HOUR } });
    bind(stage, 'press', { known: [DAY] }, { known: START - 21 * HOUR });
    expect(due(stage, 'press')).toBe(START + 3 * HOUR);
    expect(board(stage)).toContain('deadline 2027-01-15 12:00 UTC');
  });

  test('follow each other, a month to the end of a shorter one', () => {
    const stage = majorProblem();
    stage.now = at('2027-01-31T09:00');
    bind(stage, 'press', { known: [DAY, 72 * HOUR, { months: 1, zone: 'Europe/Berlin' }] }, { known: at('2027-01-31T08:00') });
    expect(due(stage, 'press')).toBe(at('2027-02-01T08:00'));
    released(stage, 'press');
    expect(due(stage, 'press')).toBe(at('2027-02-03T08:00'));
    released(stage, 'press');
    expect(due(stage, 'press')).toBe(at('2027-02-28T08:00'));
    released(stage, 'press');
    expect(due(stage, 'press')).toBeUndefined();
  });

  test('bring the cadence forward, never back', () => {
    const stage = arranged(4 * HOUR);
    released(stage);
    bind(stage, LINE, { declared: [HOUR, 2 * HOUR] });
    expect(due(stage)).toBe(START + 2 * HOUR);
    released(stage);
    expect(due(stage)).toBe(START + 6 * HOUR);
  });

  test('that are far away are asked for a third of the way before, a day at most', () => {
    const stage = majorProblem();
    bind(stage, 'press', { declared: [6 * HOUR, 30 * DAY] });
    stage.heard();
    stage.pass(4 * HOUR - MINUTE);
    expect(stage.to('olga').some(({ title }) => title.includes('Press'))).toBe(false);
    stage.pass(MINUTE);
    expect(stage.to('olga').some(({ title }) => title === 'Text wanted: Press and media, PRB-1')).toBe(true);
    released(stage, 'press');
    stage.heard();
    stage.pass(START + 29 * DAY - stage.now);
    expect(stage.to('olga').some(({ title }) => title === 'Text wanted: Press and media, PRB-1')).toBe(true);
  });

  test('stay with an update that is skipped before them, and go with one that is skipped at them', () => {
    const stage = majorProblem();
    bind(stage, LINE, { declared: [2 * HOUR, 5 * HOUR] });
    stage.does('cora', { type: 'skip', line: LINE, reason: 'x' });
    expect(due(stage)).toBe(START + 90 * MINUTE);
    stage.does('cora', { type: 'skip', line: LINE, reason: 'x' });
    expect(due(stage)).toBe(START + 2 * HOUR);
    stage.does('cora', { type: 'skip', line: LINE, reason: 'x' });
    expect(due(stage)).toBe(START + 3 * HOUR);
  });

  test('are not moved past by hand, unless a releaser set them aside, with a reason that the board shows', () => {
    const stage = majorProblem();
    bind(stage, 'press', { declared: [2 * HOUR] });
    const later: PlanCommand = { type: 'move', line: 'press', due: START + 3 * HOUR, reason: 'x' };
    expect(tries(stage, 'olga', later)).toMatchObject({ refused: 'past-deadline', facts: { at: START + 2 * HOUR } });
    expect(tries(stage, 'olga', { type: 'line', line: 'press', due: START + 3 * HOUR })?.refused).toBe('past-deadline');
    expect(tries(stage, 'olga', { type: 'override', line: 'press', reason: 'x' })?.refused).toBe('not-a-releaser');
    stage.does('cora', { type: 'override', line: 'press', reason: 'The authority agreed.' });
    expect(board(stage)).toContain('set aside by @cora (The authority agreed.)');
    expect(tries(stage, 'olga', later)).toBeUndefined();
    expect(due(stage, 'press')).toBe(START + 3 * HOUR);
  });

  test.each<[string, Bounds, { by?: string; known?: number }]>([
    ['known-missing', { known: [DAY] }, {}],
    ['known-in-the-future', { known: [DAY] }, { known: START + 1 }],
    ['unknown-line', { after: 'aliens' }, {}],
    ['after-circle', { after: 'press' }, {}],
    ['not-before-too-late', { declared: [HOUR], notBefore: START + 2 * HOUR }, {}],
    ['not-your-plan', { declared: [HOUR] }, { by: 'rita' }],
  ])('that make no sense are refused: %s', (code, bounds, more) => {
    expect(bind(majorProblem(), 'press', bounds, more)?.refused).toBe(code);
  });

  test('are tightened by whoever arranges the plan, and loosened only by a releaser', () => {
    const stage = majorProblem();
    stage.does('ada', { type: 'line', line: 'press', releasers: ['carl'] });
    expect(bind(stage, 'press', { declared: [4 * HOUR] })).toBeUndefined();
    expect(bind(stage, 'press', { declared: [3 * HOUR] })).toBeUndefined();
    expect(bind(stage, 'press', { declared: [5 * HOUR] })?.refused).toBe('may-not-loosen');
    expect(bind(stage, 'press', { declared: [] })?.refused).toBe('may-not-loosen');
    expect(bind(stage, 'press', { declared: [] }, { by: 'carl' })).toBeUndefined();
    expect(stage.line('press').bounds).toEqual({});
  });
});

describe('what must come first', () => {
  test('is loosened only by a releaser: the time made earlier or taken away, another audience before it', () => {
    const stage = majorProblem();
    bind(stage, LINE, { notBefore: START + 5 * HOUR, after: 'all-staff' });
    for (const looser of [{ notBefore: START + HOUR }, { notBefore: START }, { after: 'working-staff' }, { after: '' }]) {
      expect(bind(stage, LINE, looser)?.refused).toBe('may-not-loosen');
    }
    expect(bind(stage, LINE, { notBefore: START + 6 * HOUR })).toBeUndefined();
    expect(bind(stage, LINE, { notBefore: START, after: '' }, { by: 'cora' })).toBeUndefined();
    expect(stage.line(LINE).bounds).toEqual({});
  });

  test('a time: a release before it is refused with the time, and after an override it leaves', () => {
    const stage = majorProblem();
    bind(stage, LINE, { notBefore: START + 2 * HOUR });
    expect(due(stage)).toBe(START + 2 * HOUR);
    expect(press(stage)).toMatchObject({ refused: 'not-before', facts: { at: START + 2 * HOUR } });
    expect(tries(stage, 'cora', { type: 'move', line: LINE, due: START + HOUR, reason: 'x' })?.refused).toBe('not-before');
    expect(tries(stage, 'olga', { type: 'line', line: LINE, due: START + HOUR })?.refused).toBe('not-before');
    stage.does('cora', { type: 'override', line: LINE, reason: 'It is on the radio.' });
    expect(press(stage)).toBeUndefined();
  });

  test('a time: once it has come, it binds nothing', () => {
    const stage = majorProblem();
    bind(stage, LINE, { notBefore: START + 2 * HOUR });
    stage.now = START + 2 * HOUR;
    expect(press(stage)).toBeUndefined();
  });

  test('another audience: staff before customers before press', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'start', line: 'press' });
    bind(stage, LINE, { after: 'all-staff' });
    bind(stage, 'press', { after: LINE });
    expect(bind(stage, 'all-staff', { after: 'press' })?.refused).toBe('after-circle');
    expect(press(stage, 'press')).toMatchObject({ refused: 'not-before-line', facts: { after: LINE } });
    expect(press(stage)).toMatchObject({ refused: 'not-before-line', facts: { after: 'all-staff' } });
    released(stage, 'all-staff');
    released(stage);
    released(stage, 'press');
    expect(stage.line('press').told).toBe(true);
  });

  test('another audience: the last word follows the same order', () => {
    const stage = majorProblem();
    bind(stage, LINE, { after: 'all-staff' });
    released(stage, 'all-staff');
    released(stage);
    stage.does('olga', { type: 'resolve', resolution: 'x' }, 'problem');
    expect(press(stage)?.refused).toBe('not-before-line');
    released(stage, 'all-staff');
    released(stage);
    expect(stage.line(LINE).status).toBe('closed');
  });

  test('another audience: a holding statement waits too, goes out once it may, and keeps no deadline', () => {
    const stage = majorProblem();
    bind(stage, LINE, { after: 'all-staff', declared: [2 * HOUR] });
    stage.does('olga', { type: 'holding', line: LINE, text: 'We are still at it.', after: 5 * MINUTE });
    const line = stage.line(LINE);
    const held = line.beside?.[0];
    if (!held) throw new Error('No holding statement');
    stage.does('cora', { type: 'release', update: held.id, seen: draftHash(line, held).slice(0, HASH_ON_BUTTON) });
    const out = () => stage.at(`console/channel/${LINE}`).length;
    stage.pass(50 * MINUTE);
    expect(out()).toBe(0);
    released(stage, 'all-staff');
    stage.pass(HOUR);
    expect(out()).toBe(1);
    expect(stage.line(LINE).round).toBeUndefined();
  });

  test('is set aside for one update only', () => {
    const stage = majorProblem();
    bind(stage, LINE, { notBefore: START + 5 * HOUR });
    stage.does('cora', { type: 'override', line: LINE, reason: 'x' });
    released(stage);
    expect(press(stage)?.refused).toBe('not-before');
  });

  test('an override needs something to set aside', () => {
    expect(tries(majorProblem(), 'cora', { type: 'override', line: LINE, reason: 'x' })?.refused).toBe('nothing-to-override');
  });
});

describe('a paused line', () => {
  const paused = () => {
    const stage = majorProblem();
    stage.does('cora', { type: 'pause', line: LINE, reason: 'Lawyers look at it.' });
    stage.heard();
    return stage;
  };

  test('asks and chases nobody for a week, and the board says who paused it and why', () => {
    const stage = paused();
    stage.pass(7 * DAY);
    expect(stage.said.filter(({ content }) => content.title.includes('Customers'))).toEqual([]);
    expect(stage.timers.has(`plan.${LINE}`)).toBe(false);
    expect(board(stage)).toContain('paused by @cora (Lawyers look at it.)');
  });

  test('is released by nobody until it is resumed', () => {
    const stage = paused();
    expect(press(stage)).toMatchObject({ refused: 'line-paused', facts: { by: 'cora' } });
    stage.does('olga', { type: 'resume', line: LINE, reason: 'They agreed.' });
    expect(press(stage)).toBeUndefined();
  });

  test('that is not needed yet can be paused beforehand; started, it still asks nobody', () => {
    const stage = majorProblem();
    stage.does('cora', { type: 'pause', line: 'press', reason: 'Only the CEO speaks.' });
    expect(board(stage)).toContain('not needed yet, paused by @cora (Only the CEO speaks.)');
    stage.does('olga', { type: 'start', line: 'press' });
    stage.heard();
    stage.pass(DAY);
    expect(stage.said.filter(({ content }) => content.title.includes('Press'))).toEqual([]);
  });

  test('cannot be paused while a release can still be taken back: what was released leaves', () => {
    const stage = majorProblem();
    press(stage);
    expect(tries(stage, 'cora', { type: 'pause', line: LINE, reason: 'x' })?.refused).toBe('update-leaving');
    stage.pass(10 * SECOND);
    expect(stage.line(LINE).told).toBe(true);
  });

  test('goes on at the next point of its cadence, and asks before it', () => {
    const stage = paused();
    stage.pass(3 * HOUR);
    stage.does('olga', { type: 'resume', line: LINE, reason: 'x' });
    expect(due(stage)).toBe(START + 3 * HOUR + 30 * MINUTE);
    stage.heard();
    stage.pass(15 * MINUTE);
    expect(stage.to('olga').map(({ title }) => title)).toContain('Text wanted: Customers and partners, PRB-1');
  });

  test('that is resumed before it was due is due as it was', () => {
    const stage = paused();
    stage.pass(10 * MINUTE);
    stage.does('olga', { type: 'resume', line: LINE, reason: 'x' });
    expect(due(stage)).toBe(START + 30 * MINUTE);
  });

  test('still owes the last word', () => {
    const stage = majorProblem();
    released(stage);
    stage.does('cora', { type: 'pause', line: LINE, reason: 'x' });
    stage.does('olga', { type: 'resolve', resolution: 'x' }, 'problem');
    expect(stage.line(LINE)).toMatchObject({ paused: undefined, update: { phase: 'resolved' } });
  });

  test('is paused and resumed by those who arrange it or release it, and tells the others', () => {
    const stage = majorProblem();
    expect(tries(stage, 'rita', { type: 'pause', line: LINE, reason: 'x' })?.refused).toBe('not-your-plan');
    stage.does('cora', { type: 'pause', line: LINE, reason: 'Lawyers look at it.' });
    expect(stage.to('carl').map(textOf).join()).toContain('Paused: Customers and partners, PRB-1');
    expect(stage.to('cora').map(({ title }) => title)).not.toContain('Paused: Customers and partners, PRB-1');
    expect(stage.does('cora', { type: 'pause', line: LINE, reason: 'again' })).toEqual([]);
  });
});

describe('reminders that rest', () => {
  test('come again when the rest is over; the due time stays and the board says until when', () => {
    const stage = majorProblem();
    stage.pass(20 * MINUTE);
    stage.does('olga', { type: 'snooze', line: LINE, span: 30 * MINUTE });
    expect(due(stage)).toBe(START + 30 * MINUTE);
    expect(board(stage)).toContain('reminders rest until 2027-01-15 09:50 UTC');
    const about = () => stage.heard().filter(({ content }) => content.title.includes('Customers'));
    about();
    stage.pass(29 * MINUTE);
    expect(about()).toEqual([]);
    stage.pass(MINUTE);
    expect(about().map(({ content }) => content.title)).toContain('Overdue: Customers and partners, PRB-1');
    expect(board(stage)).not.toContain('reminders rest');
  });

  test('do not rest for longer than a day, nor at the word of somebody who has nothing to do with it', () => {
    const stage = majorProblem();
    expect(tries(stage, 'olga', { type: 'snooze', line: LINE, span: DAY + MINUTE })?.refused).toBe('snooze-out-of-bounds');
    expect(tries(stage, 'rita', { type: 'snooze', line: LINE, span: MINUTE })?.refused).toBe('not-your-text');
    expect(tries(stage, 'olga', { type: 'snooze', line: 'press', span: MINUTE })?.refused).toBe('line-not-started');
  });
});

describe('a due time that is moved', () => {
  test('begins the ladder anew and tells those who look after the line', () => {
    const stage = majorProblem();
    stage.pass(40 * MINUTE);
    stage.does('cora', { type: 'move', line: LINE, due: START + 2 * HOUR, reason: 'The vendor calls at eleven.' });
    expect(stage.line(LINE).update).toMatchObject({ due: START + 2 * HOUR, notices: 0 });
    expect(stage.to('olga').map(textOf).join()).toContain('The vendor calls at eleven.');
    stage.heard();
    stage.pass(64 * MINUTE);
    expect(stage.heard().filter(({ content }) => content.title.includes('Customers'))).toEqual([]);
    stage.pass(MINUTE);
    expect(stage.to('olga').map(({ title }) => title)).toContain('Text wanted: Customers and partners, PRB-1');
  });

  test.each<[string, string, number]>([
    ['due-in-the-past', 'cora', START],
    ['not-your-plan', 'rita', START + HOUR],
  ])('is refused: %s', (code, by, when) => {
    expect(tries(majorProblem(), by, { type: 'move', line: LINE, due: when, reason: 'x' })?.refused).toBe(code);
  });
});

describe('the settings of a line', () => {
  const set = (stage: Stage, by: string, wishes: object) =>
    tries(stage, by, { type: 'line', line: LINE, ...wishes } as PlanCommand);

  test('template, class, mechanism and approvals are kept, and class and approvals make another draft of it', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'draft', line: LINE, text: 'x' });
    const hash = () => {
      const line = stage.line(LINE);
      return line.update ? draftHash(line, line.update) : '';
    };
    const hashes = [hash()];
    for (const wish of [{ class: 'sensitive' }, { approvals: 2 }]) {
      expect(set(stage, 'olga', wish)).toBeUndefined();
      hashes.push(hash());
    }
    expect(new Set(hashes).size).toBe(3);
    set(stage, 'olga', { template: 'all-staff', mechanism: 'thread' });
    expect(stage.line(LINE)).toMatchObject({ template: 'all-staff', class: 'sensitive', mechanism: 'thread', approvals: 2 });
  });

  test('a status page is a destination of its own, and leaves with its mechanism', () => {
    const stage = majorProblem();
    set(stage, 'olga', { mechanism: 'status-page' });
    expect(stage.line(LINE).places).toEqual(['console/channel/customers', 'status/channel/main']);
    set(stage, 'olga', { mechanism: 'press-page' });
    expect(stage.line(LINE).places).toEqual(['console/channel/customers', 'press/channel/main']);
    set(stage, 'olga', { mechanism: 'as-destination' });
    expect(stage.line(LINE).places).toEqual(['console/channel/customers']);
  });

  test('nobody lowers the approvals of a line that they write or own; a problem manager does, and the releasers hear of it', () => {
    const stage = majorProblem();
    set(stage, 'olga', { approvals: 2 });
    expect(set(stage, 'olga', { approvals: 1 })).toMatchObject({ refused: 'own-approvals', facts: { people: ['pat', 'ada'] } });
    stage.heard();
    expect(set(stage, 'pat', { approvals: 1 })).toBeUndefined();
    expect(stage.to('cora').map(({ title }) => title)).toContain('Releasers changed: Customers and partners, PRB-1');
  });

  test('going back to on demand ends the clock once what is due was told', () => {
    const stage = majorProblem();
    set(stage, 'olga', { cadence: { rule: 'on demand' } });
    expect(due(stage)).toBe(START + 30 * MINUTE);
    released(stage);
    expect(due(stage)).toBeUndefined();
  });
});
