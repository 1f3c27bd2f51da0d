/** Cadences and quiet hours against somebody who watches the wall clock, minute by minute (`wall.ts`). */
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { firstPoint, pointAfter, shortestGap, type Weekly } from '../../src/core/cadence.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/instant.ts';
import { afterQuiet, type Quiet } from '../../src/core/quiet.ts';
import { seenAwake, seenNext } from './wall.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/St_Johns',
  'Africa/Cairo',
  'America/Santiago',
  'UTC',
] as const;

const zone = fc.constantFrom(...ZONES);
/** Often at night, where the clock jumps. */
const time = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 23 })), fc.constantFrom(0, 1, 15, 30, 45, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
/** Often around the days on which clocks change. */
const at = fc
  .tuple(
    fc.constantFrom(
      '2027-03-10',
      '2027-03-25',
      '2027-04-01',
      '2027-04-27',
      '2027-09-01',
      '2027-10-25',
      '2027-11-04',
      '2028-02-27',
    ),
    fc.integer({ min: 0, max: 8 * 24 * 60 * 60 }),
  )
  .map(([day, seconds]) => Date.parse(day) + seconds * 1000);
const weekly: fc.Arbitrary<Weekly> = fc.record({
  rule: fc.constant('weekly' as const),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  times: fc.uniqueArray(time, { minLength: 1, maxLength: 3 }),
  zone,
});

describe('a weekly rule', () => {
  test.prop([weekly, at], { numRuns: 150 })(
    'points where the wall clock shows its time next, whatever the zone does',
    (rule, now) => {
      expect(firstPoint(rule, now)).toBe(seenNext(rule, now));
    },
  );

  test.prop([weekly, at, fc.integer({ min: -3 * DAY, max: 3 * DAY })], { numRuns: 100 })(
    'goes on after the due time and after now, whichever is later: early counts, and late is not caught up',
    (rule, due, off) => {
      expect(pointAfter(rule, due, due + off)).toBe(seenNext(rule, Math.max(due, due + off)));
    },
  );

  test('keeps its time on the wall when daylight saving begins and ends', () => {
    const rule: Weekly = { rule: 'weekly', days: [1, 2, 3, 4, 5, 6, 7], times: ['09:00'], zone: 'Europe/Berlin' };
    expect(firstPoint(rule, Date.parse('2027-03-27T09:00Z'))).toBe(Date.parse('2027-03-28T07:00Z'));
    expect(firstPoint(rule, Date.parse('2027-10-30T09:00Z'))).toBe(Date.parse('2027-10-31T08:00Z'));
  });

  test('at a time that is left out comes an hour later, and at a time that comes twice comes once', () => {
    const rule: Weekly = { rule: 'weekly', days: [7], times: ['02:30'], zone: 'Europe/Berlin' };
    expect(firstPoint(rule, Date.parse('2027-03-27T12:00Z'))).toBe(Date.parse('2027-03-28T01:30Z'));
    const first = Date.parse('2027-10-31T00:30Z');
    expect(firstPoint(rule, Date.parse('2027-10-30T12:00Z'))).toBe(first);
    expect(firstPoint(rule, first)).toBe(Date.parse('2027-11-07T01:30Z'));
  });
});

describe('a span', () => {
  test.prop([fc.integer({ min: 1, max: 48 * 60 }), at, fc.integer({ min: -10 * DAY, max: 10 * DAY })])(
    'goes on at the first step from the due time that is later than both',
    (minutes, due, off) => {
      const now = due + off;
      let step = due;
      while (step <= due || step <= now) step += minutes * MINUTE;
      expect(pointAfter(minutes * MINUTE, due, now)).toBe(step);
    },
  );
});

describe('quiet hours', () => {
  const quiet: fc.Arbitrary<Quiet> = fc.record({ from: time, to: time, zone }).filter(({ from, to }) => from !== to);

  test.prop([quiet, at], { numRuns: 150 })('end where the watcher of the wall clock sees them end', (hours, moment) => {
    expect(afterQuiet(hours, moment)).toBe(seenAwake(hours, moment));
  });

  test.prop([quiet, at])('are over at their end, so nothing is moved twice', (hours, moment) => {
    const moved = afterQuiet(hours, moment);
    expect(afterQuiet(hours, moved)).toBe(moved);
  });

  test('move a time over midnight to the morning, and leave one at their end', () => {
    const hours: Quiet = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };
    expect(afterQuiet(hours, Date.parse('2027-01-15T22:30Z'))).toBe(Date.parse('2027-01-16T06:00Z'));
    expect(afterQuiet(hours, Date.parse('2027-01-16T06:00Z'))).toBe(Date.parse('2027-01-16T06:00Z'));
    expect(afterQuiet(hours, Date.parse('2027-01-15T20:59Z'))).toBe(Date.parse('2027-01-15T20:59Z'));
  });
});

describe('the shortest gap of a cadence', () => {
  test('is that between two times of a day, over midnight too', () => {
    const rule = (...times: string[]): Weekly => ({ rule: 'weekly', days: [1], times, zone: 'UTC' });
    expect(shortestGap(rule('09:00', '16:00'))).toBe(7 * HOUR);
    expect(shortestGap(rule('00:10', '23:50'))).toBe(20 * MINUTE);
    expect(shortestGap(rule('09:00'))).toBe(DAY);
    expect(shortestGap({ rule: 'on change' })).toBeUndefined();
  });
});
