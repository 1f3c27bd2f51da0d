/** When a change is announced (M7). */
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { announcementAfter, announcements, BEFORE, firstAnnouncement } from '../../src/comms/announcements.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/instant.ts';

const START = Date.UTC(2027, 0, 31, 22, 0);
const WINDOW = { start: START, end: START + 2 * HOUR };

describe('a change is announced', () => {
  test('five days, a day and an hour before it starts, at its start and at its end', () => {
    expect(announcements(WINDOW, BEFORE).map(({ due, phase }) => [(due - START) / HOUR, phase])).toEqual([
      [-120, 'first'],
      [-24, 'first'],
      [-1, 'first'],
      [0, 'progress'],
      [2, 'progress'],
    ]);
  });

  test('at its start alone when it has no end yet', () => {
    expect(announcements({ start: START }, []).map(({ due }) => due)).toEqual([START]);
  });

  test('with texts that are asked for in good time', () => {
    const hours = announcements(WINDOW, BEFORE).map(({ lead }) => lead / MINUTE);
    expect(hours).toEqual([24 * 60, 288, 20, 20, 20]);
  });

  test('at once, where the plan begins after the first points', () => {
    expect(firstAnnouncement(WINDOW, BEFORE, START - 2 * DAY)).toMatchObject({
      due: START - 2 * DAY + 30 * MINUTE,
      phase: 'first',
    });
    expect(firstAnnouncement(WINDOW, BEFORE, START - 6 * DAY)).toMatchObject({ due: START - 5 * DAY });
    expect(firstAnnouncement(WINDOW, BEFORE, START - HOUR - 10 * MINUTE)).toMatchObject({ due: START - HOUR });
    expect(firstAnnouncement(WINDOW, BEFORE, START + MINUTE)).toMatchObject({ due: START + 2 * HOUR, phase: 'progress' });
    expect(firstAnnouncement(WINDOW, BEFORE, START + 3 * HOUR)).toBeUndefined();
  });

  property.prop([
    fc.integer({ min: -30 * DAY, max: 30 * DAY }),
    fc.array(fc.integer({ min: -HOUR, max: 20 * DAY }), { maxLength: 6 }),
    fc.option(fc.integer({ min: -DAY, max: DAY }), { nil: undefined }),
  ])('never in the past, never twice, and always to the end', (offset, before, length) => {
    const window = { start: START, ...(length === undefined ? {} : { end: START + length }) };
    const now = START + offset;
    const seen: number[] = [];
    for (let at = firstAnnouncement(window, before, now); at; at = announcementAfter(window, before, at.due)) seen.push(at.due);
    expect(seen.every((due) => due > now)).toBe(true);
    expect([...new Set(seen)].sort((a, b) => a - b)).toEqual(seen);
    const last = Math.max(START, window.end ?? START);
    expect(seen.at(-1)).toBe(now < last ? last : undefined);
  });
});
