import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { cadenceField, cadenceWords, parseCadence, parseQuiet, quietWords } from '../../src/chat/cadence-words.ts';
import type { Cadence } from '../../src/core/cadence.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/instant.ts';

const HERE = 'Europe/Berlin';

describe('a cadence as people write it', () => {
  test.each<[string, Cadence]>([
    ['30m', 30 * MINUTE],
    ['every 30 minutes', 30 * MINUTE],
    ['Every 2 hours', 2 * HOUR],
    ['1 day', DAY],
    ['PT30M', 30 * MINUTE],
    [
      'weekdays 9:00 16:00 Europe/London',
      { rule: 'weekly', days: [1, 2, 3, 4, 5], times: ['09:00', '16:00'], zone: 'Europe/London' },
    ],
    [
      'every weekday at 16:00 and 09:00 europe/london',
      { rule: 'weekly', days: [1, 2, 3, 4, 5], times: ['09:00', '16:00'], zone: 'Europe/London' },
    ],
    ['daily 9:00', { rule: 'weekly', days: [1, 2, 3, 4, 5, 6, 7], times: ['09:00'], zone: HERE }],
    ['mon,thu 10:00', { rule: 'weekly', days: [1, 4], times: ['10:00'], zone: HERE }],
    ['fri-mon 10:00', { rule: 'weekly', days: [1, 5, 6, 7], times: ['10:00'], zone: HERE }],
    ['On change', { rule: 'on change' }],
    ['once', { rule: 'once' }],
    ['on demand', { rule: 'on demand' }],
  ])('%s', (said, cadence) => {
    expect(parseCadence(said, HERE)).toEqual(cadence);
  });

  test.each(['', 'often', 'daily', '9:00', 'daily 25:00', 'weekdays 9:00 Europe/Nowhere', 'daily 9:00 UTC UTC', 'P1M', '-30m'])(
    'is not: %s',
    (said) => {
      expect(parseCadence(said, HERE)).toBeUndefined();
    },
  );

  const cadence: fc.Arbitrary<Cadence> = fc.oneof(
    fc.integer({ min: 1, max: 100_000 }).map((minutes) => minutes * MINUTE),
    fc.constantFrom<Cadence>({ rule: 'on change' }, { rule: 'once' }, { rule: 'on demand' }),
    fc.record({
      rule: fc.constant('weekly' as const),
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }).map((days) => days.sort()),
      times: fc.uniqueArray(fc.constantFrom('00:00', '09:05', '16:30', '23:59'), { minLength: 1 }).map((times) => times.sort()),
      zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC'),
    }),
  );
  property.prop([cadence])('is what a form gives back after it showed it', (one) => {
    expect(parseCadence(cadenceField(one), 'Asia/Tokyo')).toEqual(one);
  });

  test('reads as a sentence', () => {
    const words = (said: string) => cadenceWords(parseCadence(said, HERE));
    expect(words('30m')).toBe('Every 30m');
    expect(words('weekdays 9:00 16:00')).toBe('Every weekday at 09:00 and 16:00 (Europe/Berlin)');
    expect(words('mon,thu 10:00')).toBe('Every Monday and Thursday at 10:00 (Europe/Berlin)');
    expect(words('daily 9:00')).toBe('Every day at 09:00 (Europe/Berlin)');
    expect(words('on change')).toBe('On every change');
    expect(words('once')).toBe('Once');
    expect(cadenceWords(undefined)).toBe('On demand');
  });
});

describe('quiet hours as people write them', () => {
  test('have a zone, or that of whoever writes', () => {
    expect(parseQuiet('22:00-7:00 europe/london', HERE)).toEqual({ from: '22:00', to: '07:00', zone: 'Europe/London' });
    const here = parseQuiet('22:00 - 07:00', HERE);
    expect(here && quietWords(here)).toBe('22:00 to 07:00 (Europe/Berlin)');
  });

  test.each(['22:00', '22:00-22:00', '22-7', '22:00-07:00 Nowhere/Atall', 'at night'])('are not: %s', (said) => {
    expect(parseQuiet(said, HERE)).toBeUndefined();
  });
});
