/** The schedule of a plan: what it shows, in words too, and that any words make a drawing that can be rasterised. */
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { png } from '../../src/chat/picture.ts';
import type { Line } from '../../src/comms/line.ts';
import { noPlan, type Outcome, type Plan } from '../../src/comms/plan.ts';
import { scheduleOf, scheduleWords } from '../../src/comms/schedule.ts';
import { drawSchedule } from '../../src/comms/schedule-drawing.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/instant.ts';

const START = Date.UTC(2026, 10, 22, 12, 0);

const line = (audience: string, due?: number): Line => ({
  audience,
  status: 'active',
  cadence: HOUR,
  approvals: 1,
  places: [],
  released: 0,
  told: false,
  ...(due === undefined
    ? {}
    : { update: { id: `PRB-1.${due}`, phase: 'progress', status: 'upcoming', due, nudged: false, notices: 0 } }),
});
const over = (audience: string, what: Outcome['what'], at: number, due = at): Outcome => ({
  line: audience,
  what,
  at,
  due,
  late: at > due,
  by: ['p1'],
  needed: 1,
  number: 1,
});
const plan = (lines: readonly Line[], ...outcomes: readonly Outcome[]): Plan => ({
  ...noPlan,
  status: 'running',
  title: 'Refused connections',
  declaredAt: START,
  lines,
  outcomes: Object.fromEntries(outcomes.map((one, at) => [`PRB-1.${at}`, one])),
});

describe('the schedule of a plan', () => {
  const now = START + 3 * HOUR + 2 * MINUTE;
  const told = plan(
    [line('customers', START + 2 * HOUR), line('press', START + 4 * HOUR), { ...line('all-staff'), status: 'not needed yet' }],
    over('customers', 'released', START + HOUR, START + 30 * MINUTE),
    over('press', 'released', START + HOUR),
    over('press', 'skipped', START + 2 * HOUR),
    over('press', 'replaced', START + 2 * HOUR),
  );
  const schedule = scheduleOf('PRB-1', told, now);

  test('marks what was released, late, skipped, is due next and overdue, each on its line', () => {
    expect(schedule.rows.map(({ marks }) => marks.map(({ is }) => is))).toEqual([
      ['late', 'overdue'],
      ['released', 'skipped', 'due'],
      [],
    ]);
    expect(schedule.rows.map(({ says }) => says)).toEqual(['1 released, 1 late', '1 released, 1 skipped', 'not needed yet']);
  });

  test('leaves out a statement that only stands by', () => {
    const holding = { id: 'PRB-1.9', phase: 'holding', status: 'ready', due: START, nudged: true, notices: 0 } as const;
    const [first, ...others] = told.lines;
    const standing = { ...told, lines: [{ ...(first ?? line('customers')), beside: [holding] }, ...others] };
    expect(scheduleOf('PRB-1', standing, now).rows).toEqual(schedule.rows);
  });

  test('says all of it in words', () => {
    expect(scheduleWords(schedule)).toBe(
      'Schedule of PRB-1 as of Sun 22 Nov, 15:00 UTC: 3 lines, 2 updates released, 1 of them late, 1 skipped. Overdue: Customers and partners. Due next: Press and media, Sun 22 Nov, 16:00 UTC.',
    );
  });

  test('is the same drawing while nothing happens, for some minutes', () => {
    const later = scheduleOf('PRB-1', told, now + 2 * MINUTE);
    expect(drawSchedule(later)).toBe(drawSchedule(schedule));
    expect(drawSchedule(scheduleOf('PRB-1', told, now + 10 * MINUTE))).not.toBe(drawSchedule(schedule));
  });

  test('looks a day back, counts what was before that, and reaches to the last time that is due', () => {
    const old = plan(
      [line('customers', START + 4 * DAY)],
      over('customers', 'released', START),
      over('customers', 'released', START + 2 * DAY),
    );
    const shown = scheduleOf('PRB-1', old, START + 2 * DAY + HOUR);
    expect(shown.from).toBe(START + DAY + HOUR);
    expect(shown.to).toBeGreaterThan(START + 4 * DAY);
    expect(drawSchedule(shown)).toContain('>+1</text>');
  });

  test('holds no mark-up but its own, whatever people call things', async () => {
    const words = fc.string({ unit: 'binary', maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(words, words, fc.integer({ min: 0, max: 40 }), async (title, audience, hours) => {
        const own = { ...plan([line(audience, START + hours * HOUR)], over(audience, 'released', START + HOUR)), title };
        const svg = drawSchedule(scheduleOf('PRB-1', own, START + 20 * HOUR));
        const picture = await png(svg);
        expect(Buffer.from(picture.subarray(1, 4)).toString()).toBe('PNG');
        expect(svg).not.toContain('<script');
      }),
      {
        numRuns: 12,
        examples: [
          ['<script>&"]]>', '</text><script/>', 3],
          ['\u0000\ud800\ufffe', '\u200f', 0],
        ],
      },
    );
  }, 20_000);
});
