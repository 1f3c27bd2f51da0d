import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { parseSpan, parseTime, parseUntil, spanWords, timeField, timeWords } from '../../src/chat/time-words.ts';

const instant = (iso: string) => Date.parse(iso);
const now = instant('2027-03-27T20:00Z');

describe('a time as people write it', () => {
  const table: readonly (readonly [words: string, zone: string, expected: string | undefined])[] = [
    ['now', 'UTC', '2027-03-27T20:00Z'],
    ['in 30m', 'UTC', '2027-03-27T20:30Z'],
    ['In 1h 30m', 'UTC', '2027-03-27T21:30Z'],
    ['22:00', 'UTC', '2027-03-27T22:00Z'],
    ['19:00', 'UTC', '2027-03-28T19:00Z'],
    ['today 22:00', 'Europe/Berlin', '2027-03-27T21:00Z'],
    ['tomorrow 22:00', 'Europe/Berlin', '2027-03-28T20:00Z'],
    ['2027-01-31 22:00', 'America/New_York', '2027-02-01T03:00Z'],
    ['2027-01-31', 'UTC', '2027-01-31T00:00Z'],
    ['2027-01-31T22:00+02:00', 'UTC', '2027-01-31T20:00Z'],
    ['2027-02-30 10:00', 'UTC', undefined],
    ['tomorrow', 'UTC', undefined],
    ['25:00', 'UTC', undefined],
    ['soon', 'UTC', undefined],
    ['', 'UTC', undefined],
    ['in -5m', 'UTC', undefined],
  ];
  test.each(table)('%j in %s is %s', (words, zone, expected) => {
    expect(parseTime(words, now, zone)).toBe(expected === undefined ? undefined : instant(expected));
  });

  test.each([
    ['2027-03-28', 'Europe/Berlin', '2027-03-28T21:59:59.999Z'],
    ['today', 'UTC', '2027-03-27T23:59:59.999Z'],
    ['tomorrow', 'UTC', '2027-03-28T23:59:59.999Z'],
    ['2027-01-31 22:00', 'UTC', '2027-01-31T22:00Z'],
    ['2027-02-30', 'UTC', undefined],
  ])('until %j in %s is %s: a day counts to its end', (words, zone, expected) => {
    expect(parseUntil(words, now, zone)).toBe(expected === undefined ? undefined : instant(expected));
  });

  test('is shown with day and zone', () => {
    expect(timeWords(instant('2027-01-15T21:00Z'), 'Europe/Berlin')).toBe('Fri 15 Jan 2027, 22:00 (Europe/Berlin)');
  });

  property.prop([
    fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
    fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
  ])('that a field shows is understood again, unless the clock was turned back at that moment', (date, zone) => {
    const minute = Math.floor(date.getTime() / 60_000) * 60_000;
    const again = parseTime(timeField(minute, zone), now, zone);
    expect([minute, minute - 3_600_000]).toContain(again);
  });
});

describe('a span as people write it', () => {
  test.each([
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['1h30m', 5_400_000],
    ['90s', 90_000],
    ['0m', undefined],
    ['5', undefined],
    ['five minutes', undefined],
  ])('%j is %s ms', (words, expected) => {
    expect(parseSpan(words)).toBe(expected);
  });

  property.prop([fc.integer({ min: 1, max: 5_000_000 })])('is understood again as it is written', (seconds) => {
    expect(parseSpan(spanWords(seconds * 1000))).toBe(seconds * 1000);
  });
});
