/**
 * Whatever the cadence, the zone, the quiet hours and the deadlines are, and whatever the clock does: the next update is due where
 * somebody who watches the wall clock minute by minute would have it, and nothing is said twice or in a burst (M3).
 */
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Bounds } from '../../src/comms/deadline.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import type { PlanCommand } from '../../src/comms/plan-command.ts';
import type { PlanEvent } from '../../src/comms/plan-event.ts';
import type { Weekly } from '../../src/core/cadence.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../src/core/instant.ts';
import type { Quiet } from '../../src/core/quiet.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { seenAwake, seenNext } from '../core/wall.ts';
import { anOrg, aTitle, BANK, Stage } from './stage.ts';

const LINE = 'customers';

const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC');
const time = fc.constantFrom('00:00', '01:30', '02:00', '02:30', '03:00', '09:00', '16:00', '22:00');
const begins = fc.constantFrom(
  '2027-01-15T09:00Z',
  '2027-03-12T20:00Z',
  '2027-03-27T21:30Z',
  '2027-04-29T18:00Z',
  '2027-10-30T22:10Z',
  '2028-01-30T11:00Z',
);
const cadence: fc.Arbitrary<Weekly | number> = fc.oneof(
  fc.record({
    rule: fc.constant('weekly' as const),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }).map((days) => days.sort()),
    times: fc.uniqueArray(time, { minLength: 1, maxLength: 3 }).map((times) => times.sort()),
    zone,
  }),
  fc.constantFrom(30 * MINUTE, HOUR, 4 * HOUR, 90 * MINUTE, DAY),
);
const quiet = fc.option(
  fc.record({ from: time, to: time, zone }).filter(({ from, to }) => from !== to),
  { nil: undefined },
);
const terms = fc.option(fc.array(fc.constantFrom(HOUR, 4 * HOUR, DAY, 72 * HOUR), { minLength: 1, maxLength: 3 }), {
  nil: undefined,
});

type Step =
  | { readonly do: 'pass'; readonly minutes: number }
  | { readonly do: 'sleep' | 'jump'; readonly minutes: number }
  | { readonly do: 'release' | 'skip' | 'restart' }
  | { readonly do: 'release early'; readonly before: number }
  | { readonly do: 'pause' | 'snooze' | 'move'; readonly minutes: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ do: fc.constant('sleep' as const), minutes: fc.integer({ min: 60, max: 8 * 24 * 60 }) }),
  fc.record({ do: fc.constant('jump' as const), minutes: fc.integer({ min: -300, max: 300 }) }),
  fc.record({ do: fc.constantFrom('release' as const, 'release' as const, 'skip' as const, 'restart' as const) }),
  fc.record({ do: fc.constant('release early' as const), before: fc.integer({ min: 1, max: 50 }) }),
  fc.record({
    do: fc.constantFrom('pause' as const, 'snooze' as const, 'move' as const),
    minutes: fc.integer({ min: 1, max: 24 * 60 }),
  }),
);

interface Setting {
  readonly begins: string;
  readonly cadence: Weekly | number;
  readonly quiet: Quiet | undefined;
  readonly declared: readonly number[] | undefined;
}

/** What somebody who watches the clock expects: the next point, when its audience is awake, and no later than its deadline. */
function expected({ cadence: every, quiet: hours, declared }: Setting, began: Instant, due: Instant, now: Instant, out: number) {
  let point = due;
  if (typeof every === 'number') while (point <= due || point <= now) point += every;
  else point = seenNext(every, Math.max(due, now)) ?? Number.NaN;
  const awake = hours === undefined ? point : seenAwake(hours, point);
  const term = declared?.[out];
  return term === undefined ? awake : Math.min(awake, began + term);
}

function declared({ begins: when, cadence: every, quiet: hours, declared: bounds }: Setting): Stage {
  const audience = {
    key: LINE,
    places: ['console/channel/x'],
    releasers: [],
    cadence: every,
    ...(hours ? { quiet: hours } : {}),
  };
  const stage = new Stage(anOrg(BANK.roles, { ...BANK.audiences, [LINE]: audience }));
  stage.now = Date.parse(when);
  stage.does('rita', { type: 'raise', intake: aTitle }, 'problem');
  stage.does('pat', { type: 'declare', owner: 'olga' }, 'problem');
  if (bounds) stage.does('olga', { type: 'bind', line: LINE, bounds: { declared: bounds } as Bounds });
  return stage;
}

function release(stage: Stage): void {
  stage.does('olga', { type: 'draft', line: LINE, text: `As of ${stage.now}.` });
  const line = stage.line(LINE);
  const seen = line.update ? draftHash(line, line.update).slice(0, HASH_ON_BUTTON) : '';
  stage.does('cora', { type: 'release', update: line.update?.id ?? '', seen });
  stage.pass(10 * SECOND);
}

test.prop([fc.record({ begins, cadence, quiet, declared: terms }), fc.array(step, { minLength: 3, maxLength: 14 })], {
  numRuns: 60,
})('the next update is due where the watcher of the clock has it, one after the other', (setting, steps) => {
  const stage = declared(setting);
  const began = stage.now;
  let counted = 0;
  let earliest = 0;
  for (const one of steps) {
    const { update } = stage.line(LINE);
    const due = update?.due ?? 0;
    const before = stage.events.length;
    switch (one.do) {
      case 'pass':
        stage.pass(one.minutes * MINUTE);
        break;
      case 'sleep':
        stage.pass(one.minutes * MINUTE, true);
        break;
      case 'jump':
        stage.now += one.minutes * MINUTE;
        stage.pass(0);
        break;
      case 'restart':
        Object.assign(stage.loaded.states, JSON.parse(JSON.stringify(stage.loaded.states)));
        stage.pass(0);
        break;
      case 'skip': {
        stage.does('cora', { type: 'skip', line: LINE, reason: 'x' });
        const term = setting.declared?.[counted];
        if (term !== undefined && due >= began + term) counted += 1;
        expect(stage.line(LINE).update?.due).toBe(expected(setting, began, due, stage.now, counted));
        break;
      }
      case 'release':
      case 'release early': {
        if (one.do === 'release early' && due - one.before * MINUTE > stage.now)
          stage.pass(due - one.before * MINUTE - stage.now);
        release(stage);
        counted += 1;
        expect(stage.line(LINE).update?.due).toBe(expected(setting, began, due, stage.now, counted));
        break;
      }
      case 'pause':
        stage.does('cora', { type: 'pause', line: LINE, reason: 'x' });
        stage.pass(one.minutes * MINUTE);
        // Nobody is asked or chased meanwhile, and what fell due is not caught up.
        expect(stage.events.slice(before).filter(({ event }) => isReminder(event))).toEqual([]);
        stage.does('cora', { type: 'resume', line: LINE, reason: 'x' });
        expect(stage.line(LINE).update?.due).toBe(due > stage.now ? due : expected(setting, began, due, stage.now, counted));
        stage.pass(0);
        break;
      case 'snooze': {
        stage.does('olga', { type: 'snooze', line: LINE, span: one.minutes * MINUTE });
        stage.pass(one.minutes * MINUTE - 1);
        expect(stage.events.slice(before).filter(({ event }) => isReminder(event))).toEqual([]);
        stage.pass(1);
        expect(stage.line(LINE).update?.due).toBe(due);
        break;
      }
      case 'move': {
        const to = stage.now + one.minutes * MINUTE;
        const term = setting.declared?.[counted];
        const late = term !== undefined && to > began + term;
        const outcome = stage.tries('cora', 'plan', { type: 'move', line: LINE, due: to, reason: 'x' } as PlanCommand);
        expect(isRefusal(outcome) ? outcome.refused : undefined).toBe(late ? 'past-deadline' : undefined);
        expect(stage.line(LINE).update?.due).toBe(late ? due : to);
        // By hand an update may be due before the point that was told already.
        earliest = 0;
        stage.pass(0);
        break;
      }
      default:
        one satisfies never;
    }
    const happened = stage.events.slice(before).flatMap(({ event }) => ('line' in event && event.line === LINE ? [event] : []));
    // However long the clock stood still or jumped: one notice, one late update, no burst.
    if (one.do === 'sleep' || one.do === 'jump') {
      expect(happened.filter(isReminder).length).toBeLessThanOrEqual(1);
    }
    expect(happened.filter(({ type }) => type === 'released').length).toBeLessThanOrEqual(1);
    // Every update has its own period: no two of them for one point of the clock.
    for (const event of happened) {
      if (event.type !== 'released') continue;
      if (setting.declared === undefined) expect(event.due).toBeGreaterThan(earliest);
      earliest = event.due;
    }
    // Nothing is lost: what is being prepared always has its next step, and whoever waits for it knows when it is late.
    const now = stage.line(LINE).update;
    expect(stage.timers.has(`plan.${LINE}`)).toBe(now !== undefined);
    if (now && now.due < stage.now && one.do !== 'skip' && !one.do.startsWith('release')) expect(now.notices).toBeGreaterThan(0);
  }
});

const isReminder = (event: PlanEvent): boolean =>
  'line' in event && event.line === LINE && ['asked', 'nudged', 'overdue'].includes(event.type);

/** The same day of the next month, or its last one: counted on the fingers. */
function monthLater(at: Instant, months: number): Instant {
  const date = new Date(at);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()];
  let last = 28;
  while (new Date(Date.UTC(year, month, last + 1)).getUTCDate() === last + 1) last += 1;
  return Date.UTC(year, month, Math.min(day, last)) + (at % DAY);
}

test.prop([
  fc.integer({ min: Date.parse('2026-12-01T00:00Z') / MINUTE, max: Date.parse('2028-12-31T00:00Z') / MINUTE }),
  fc.integer({ min: 1, max: 3 }),
  fc.constantFrom(HOUR, DAY, 40 * DAY),
])(
  'a deadline of months is on the same day, or on the last of a shorter month; of two the earlier counts',
  (minute, months, span) => {
    const stage = declared({
      begins: new Date(minute * MINUTE).toISOString(),
      cadence: DAY,
      quiet: undefined,
      declared: undefined,
    });
    const known = stage.now - HOUR;
    stage.does('olga', {
      type: 'bind',
      line: 'press',
      bounds: { known: [{ months, zone: 'UTC' }], declared: [span] },
      known,
    });
    expect(stage.line('press').update?.due).toBe(Math.min(monthLater(known, months), stage.now + span));
  },
);
