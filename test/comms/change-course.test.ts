/** The plan of a change (M7): announced as its window says, told anew when that moves, closed when it is done, failed or called off. */
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { PlanCommand } from '../../src/comms/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/instant.ts';
import { BELLMAN } from '../../src/core/record.ts';
import { BANK, START, Stage, textOf } from './stage.ts';

/** The work begins in a week, at 22:00, and takes two hours. */
const WORK = START + 7 * DAY + 13 * HOUR;
const WINDOW = { start: WORK, end: WORK + 2 * HOUR };

const SCHEDULE: PlanCommand = {
  type: 'schedule',
  owner: 'olga',
  title: 'Move the archive',
  place: 'console/channel/ops',
  window: WINDOW,
};

function scheduled(command: PlanCommand = SCHEDULE): Stage {
  const stage = new Stage({ ...BANK, roles: { ...BANK.roles, 'change-manager': ['mira'] } }, 'RFC-1');
  stage.does(BELLMAN, command);
  return stage;
}

/** Writes and releases what is due next on a line; it leaves. */
function tells(stage: Stage, line = 'customers', text = 'The archive moves.'): void {
  stage.does('olga', { type: 'draft', line, text });
  const update = stage.line(line).update?.id ?? '';
  const shown = stage.said.findLast(({ live }) => live === `draft:${update}`);
  const value = shown?.content.blocks.flatMap((block) => (block.kind === 'controls' ? block.controls : []))[0]?.value ?? '';
  stage.does('cora', { type: 'release', update, seen: value.split('-')[1] ?? '' });
  stage.leave();
}

const dueOf = (stage: Stage, line = 'customers') => stage.line(line).update?.due;
const phaseOf = (stage: Stage, line = 'customers') => stage.line(line).update?.phase;
const titles = (stage: Stage, line = 'customers') => stage.at(`console/channel/${line}`).map(({ title }) => title);

describe('the plan of a change', () => {
  test('tells those who use what changes; others start on demand and have the same announcements', () => {
    const stage = scheduled();
    expect(stage.plan).toMatchObject({ kind: 'change', owner: 'olga', window: WINDOW });
    expect(stage.plan.lines.filter(({ status }) => status === 'active').map(({ audience }) => audience)).toEqual([
      'all-staff',
      'customers',
      'working-staff',
    ]);
    expect(dueOf(stage)).toBe(WORK - 5 * DAY);
    stage.does('olga', { type: 'start', line: 'press' });
    expect(stage.line('press').update).toMatchObject({ due: WORK - 5 * DAY, phase: 'first' });
  });

  test('is arranged by the change managers too', () => {
    const stage = scheduled();
    stage.does('mira', { type: 'line', line: 'customers', places: ['console/channel/elsewhere'] });
    expect(stage.line('customers').places).toEqual(['console/channel/elsewhere']);
    expect(stage.tries('pat', 'plan', { type: 'line', line: 'customers', places: [] } as PlanCommand)).toMatchObject({
      refused: 'not-your-plan',
    });
  });

  test('announces it five days, a day and an hour before, at its start and at its end, each asked for ahead', () => {
    const stage = scheduled();
    const seen: unknown[] = [];
    for (let announced = 0; announced < 5; announced += 1) {
      const { update } = stage.line('customers');
      seen.push([((update?.due ?? 0) - WORK) / HOUR, update?.phase]);
      stage.pass((update?.due ?? 0) - (update?.lead ?? 0) - stage.now);
      expect(stage.line('customers').update?.status).toBe('drafting');
      tells(stage);
    }
    expect(seen).toEqual([
      [-120, 'first'],
      [-24, 'first'],
      [-1, 'first'],
      [0, 'progress'],
      [2, 'progress'],
    ]);
    expect(stage.line('customers').update).toBeUndefined();
  });

  test('announces as often as was wanted', () => {
    expect(dueOf(scheduled({ ...SCHEDULE, before: [2 * HOUR] }))).toBe(WORK - 2 * HOUR);
  });

  test('says when the next announcement comes', () => {
    const stage = scheduled();
    tells(stage);
    expect(textOf(stage.at('console/channel/customers')[0])).toContain('Next update by 2027-01-21 22:00 UTC');
  });

  test('shows on its board what is due later too', () => {
    const board = scheduled().at('console/channel/ops')[0];
    expect(textOf(board)).toContain('Announced 5d before, 1d before, 1h before, at its start and end');
    const drawn = board?.blocks.find((block) => block.kind === 'picture');
    expect(drawn?.svg).toContain('due later');
  });
});

describe('a window that moves', () => {
  const moved = { start: WORK + 3 * DAY, end: WORK + 3 * DAY + HOUR };

  test('takes the due times of those along who were told nothing yet', () => {
    const stage = scheduled();
    tells(stage);
    stage.does(BELLMAN, { type: 'reschedule', window: moved });
    expect(stage.line('all-staff').update).toMatchObject({ due: moved.start - 5 * DAY, phase: 'first' });
  });

  test('is told at once to those who were told the old one, wherever they were told; then the announcements go on', () => {
    const stage = scheduled();
    tells(stage);
    stage.does('olga', { type: 'line', line: 'customers', places: ['console/channel/new'] });
    stage.does(BELLMAN, { type: 'reschedule', window: moved });
    expect(stage.line('customers').update).toMatchObject({ phase: 'moved', due: stage.now + 15 * MINUTE });
    stage.passMinutes(0);
    expect(stage.to('olga').map(({ title }) => title)).toContain('Text wanted: Customers and partners, RFC-1');
    tells(stage, 'customers', 'It is three days later.');
    expect(stage.at('console/channel/new').map(({ title }) => title)).toEqual(['Update 2, moved: Move the archive']);
    const told = stage.said.flatMap(({ to }) => ('told' in to ? [to.told] : []));
    expect(told).toEqual([['RFC-1.2']]);
    expect(stage.line('customers').update).toMatchObject({ phase: 'first', due: moved.start - 5 * DAY });
  });

  test('is told on a paused line too: what people were told is not so', () => {
    const stage = scheduled();
    tells(stage);
    stage.does('olga', { type: 'pause', line: 'customers', reason: 'a holiday' });
    stage.does(BELLMAN, { type: 'reschedule', window: moved });
    stage.passMinutes(0);
    expect(stage.line('customers').update).toMatchObject({ phase: 'moved', status: 'drafting' });
  });

  test('back to where it was changes nothing; twice in a row it is told once', () => {
    const stage = scheduled();
    tells(stage);
    expect(stage.does(BELLMAN, { type: 'reschedule', window: WINDOW })).toEqual([]);
    stage.does(BELLMAN, { type: 'reschedule', window: moved });
    stage.does(BELLMAN, { type: 'reschedule', window: { start: WORK + 4 * DAY } });
    expect(phaseOf(stage)).toBe('moved');
    expect(Object.values(stage.plan.outcomes).filter(({ what }) => what === 'replaced')).toHaveLength(2);
    expect(stage.plan.lines.filter(({ update }) => update?.phase === 'moved')).toHaveLength(1);
  });
});

describe('the work', () => {
  test('that begins before it was announced to is told at once; what is due at its start stays', () => {
    const stage = scheduled();
    tells(stage);
    stage.does(BELLMAN, { type: 'work-started' });
    expect(stage.line('customers').update).toMatchObject({ phase: 'progress', due: stage.now + 15 * MINUTE });
    expect(stage.line('all-staff').update?.due).toBe(WORK - 5 * DAY);
  });

  test('that is done closes the plan: whoever was told gets the last word, the others none', () => {
    const stage = scheduled();
    tells(stage);
    stage.does(BELLMAN, { type: 'work-ended' });
    expect(stage.plan.status).toBe('closing');
    expect(phaseOf(stage)).toBe('resolved');
    expect(stage.line('all-staff')).toMatchObject({ status: 'closed', update: undefined });
    tells(stage, 'customers', 'The archive has moved.');
    expect(titles(stage)).toEqual(['Update 1: Move the archive', 'Update 2, done: Move the archive']);
    expect(textOf(stage.at('console/channel/customers')[1])).toContain('This is the last update on this.');
    expect(stage.line('customers').status).toBe('closed');
  });

  test('that failed is told to whoever was told, and once more when it is backed out after that', () => {
    const stage = scheduled();
    tells(stage);
    stage.does(BELLMAN, { type: 'work-failed' });
    stage.does(BELLMAN, { type: 'work-failed' });
    expect(Object.values(stage.plan.outcomes).filter(({ what }) => what === 'replaced')).toHaveLength(3);
    tells(stage, 'customers', 'It did not work.');
    expect(titles(stage)).toContain('Update 2, failed: Move the archive');
    expect(stage.line('customers').status).toBe('closed');
    stage.does(BELLMAN, { type: 'work-failed' });
    tells(stage, 'customers', 'Everything is as it was.');
    expect(titles(stage)).toContain('Update 3, failed: Move the archive');
  });

  test('that is called off is told to whoever was told, and to nobody else', () => {
    const stage = scheduled();
    tells(stage);
    stage.does(BELLMAN, { type: 'call-off' });
    expect(phaseOf(stage)).toBe('normal');
    expect(stage.plan.lines.filter(({ update }) => update)).toHaveLength(1);
    tells(stage, 'customers', 'It does not take place.');
    expect(titles(stage)).toContain('Update 2, called off: Move the archive');
  });

  test('that is called off before anybody was told ends without a word; begun again, it is announced anew', () => {
    const stage = scheduled();
    stage.does(BELLMAN, { type: 'call-off' });
    expect(stage.plan.lines.filter(({ update }) => update)).toEqual([]);
    stage.does(BELLMAN, SCHEDULE);
    expect(stage.plan.status).toBe('running');
    expect(dueOf(stage)).toBe(WORK - 5 * DAY);
  });
});

const happenings = fc.oneof(
  fc.record({ is: fc.constant('passes' as const), hours: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ is: fc.constant('tells' as const), line: fc.constantFrom('customers', 'all-staff', 'working-staff') }),
  fc.record({ is: fc.constant('moves' as const), hours: fc.integer({ min: -100, max: 300 }), ends: fc.boolean() }),
  fc.record({
    is: fc.constant('work' as const),
    type: fc.constantFrom('work-started' as const, 'work-ended' as const, 'work-failed' as const, 'call-off' as const),
  }),
);

property.prop([fc.array(happenings, { maxLength: 25 })], { numRuns: 60 })(
  'whatever becomes of a change, nothing is due in the past, and whoever was told hears the end',
  (all) => {
    const stage = scheduled();
    for (const one of all) {
      if (one.is === 'passes') stage.pass(one.hours * HOUR);
      else if (one.is === 'tells' && stage.line(one.line).update) tells(stage, one.line);
      else if (one.is === 'moves') {
        const start = WORK + one.hours * HOUR;
        stage.does(BELLMAN, { type: 'reschedule', window: { start, ...(one.ends ? { end: start + HOUR } : {}) } });
      } else if (one.is === 'work') stage.does(BELLMAN, { type: one.type });
    }
    for (const { event, at } of stage.events) {
      const opened = 'lines' in event ? event.lines.flatMap((line) => line.opened ?? []) : [];
      for (const { due } of opened) expect(due).toBeGreaterThan(at);
    }
    if (stage.plan.status !== 'closing') return;
    for (const line of stage.plan.lines) {
      const told = Object.values(stage.plan.outcomes).some((one) => one.line === line.audience && one.what === 'released');
      const ended = stage.events.some(
        ({ event }) =>
          event.type === 'released' && event.line === line.audience && ['resolved', 'normal', 'failed'].includes(event.phase),
      );
      expect([line.audience, told && !ended && !line.update]).toEqual([line.audience, false]);
    }
  },
);

test('a change without a plan asks in vain', () => {
  const stage = new Stage(BANK, 'RFC-1');
  for (const type of ['work-started', 'work-ended', 'work-failed', 'call-off'] as const)
    expect(stage.does(BELLMAN, { type })).toEqual([]);
  expect(stage.does(BELLMAN, { type: 'reschedule', window: WINDOW })).toEqual([]);
});
