/** Reviews: who may do what, what is chased, in which order the timeline is read, and what the minutes look like. */
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/chat/card.ts';
import { DAY, HOUR } from '../../src/core/instant.ts';
import type { Context, PersonId, Role } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { agendaOf, timelineOf } from '../../src/reviews/agenda.ts';
import { timelineCards } from '../../src/reviews/cards.ts';
import { minutesOf } from '../../src/reviews/minutes.ts';
import { type Review, type ReviewCommand, type ReviewEvent, review } from '../../src/reviews/review.ts';
import { anOrg, START, textOf } from '../comms/stage.ts';

const ORGANISATION = anOrg({ 'problem-manager': ['pat'], 'incident-manager': ['ina'] });

function context(person: PersonId, now = START): Context {
  const roles = new Set((Object.keys(ORGANISATION.roles) as Role[]).filter((role) => ORGANISATION.roles[role]?.includes(person)));
  return {
    record: 'REV-1',
    org: ORGANISATION,
    now,
    actor: { person, roles, active: true, bot: false, guest: false },
    other: () => undefined,
    take: () => 0,
  };
}

/** Decides and evolves; the events, or the code of the refusal. */
function does(
  state: Review,
  person: PersonId,
  command: ReviewCommand,
  now = START,
): readonly [Review, string | readonly ReviewEvent[]] {
  const decided = review.decide(state, command, context(person, now));
  return isRefusal(decided) ? [state, decided.refused] : [decided.reduce(review.evolve, state), decided];
}

const SCHEDULE = {
  type: 'schedule',
  of: 'INC-1',
  title: 'VPN drops',
  when: START + 2 * DAY,
  people: ['rita'],
  owner: 'olga',
} as const;
const called = does(review.initial, 'olga', SCHEDULE)[0];
const act = (state: Review) =>
  does(state, 'rita', { type: 'act', what: 'Add a second line', owner: 'sam', due: START + 3 * DAY })[0];

describe('calling a review', () => {
  test('is for whoever owns the record, and the managers; and for a time to come', () => {
    expect(does(review.initial, 'rita', SCHEDULE)[1]).toBe('review-not-yours');
    for (const person of ['olga', 'ina', 'pat']) expect(does(review.initial, person, SCHEDULE)[0].status).toBe('planned');
    expect(does(review.initial, 'olga', { ...SCHEDULE, when: START })[1]).toBe('review-is-past');
    expect(does(review.initial, 'olga', { ...SCHEDULE, of: 'RFC-1' })[1]).toBe('review-of-what');
  });

  test('derives its kind from the record, and each kind has an agenda of its own', () => {
    expect(called.kind).toBe('incident');
    expect(does(review.initial, 'pat', { ...SCHEDULE, of: 'PRB-1' })[0].kind).toBe('problem');
    expect(agendaOf('incident')).not.toEqual(agendaOf('problem'));
  });
});

describe('an action', () => {
  test('is noted by those who take part, and chased daily until its owner or a manager says that it is done', () => {
    expect(does(called, 'eve', { type: 'act', what: 'x', owner: 'eve', due: START })[1]).toBe('review-not-yours');
    const state = act(called);
    const late = START + 3 * DAY;
    const [chased, events] = does(state, 'bellman', { type: 'chase', action: 1 }, late);
    expect(events).toEqual([{ type: 'action-chased', action: 1, next: late + DAY }]);
    expect(does(chased, 'rita', { type: 'done', action: 1 })[1]).toBe('review-not-yours');
    expect(does(chased, 'sam', { type: 'done', action: 2 })[1]).toBe('unknown-action');
    const [done] = does(chased, 'sam', { type: 'done', action: 1 }, late + HOUR);
    expect(done.actions[0]?.done).toEqual({ by: 'sam', at: late + HOUR });
    expect(does(done, 'bellman', { type: 'chase', action: 1 })[1]).toEqual([]);
    expect(does(done, 'pat', { type: 'done', action: 1 })[1]).toEqual([]);
  });
});

describe('closing a review', () => {
  test('needs minutes and every action done; afterwards nothing changes any more', () => {
    const state = act(called);
    expect(does(state, 'olga', { type: 'close' })[1]).toBe('minutes-missing');
    const [minuted] = does(state, 'rita', { type: 'minute', text: 'We met.' });
    expect(does(minuted, 'rita', { type: 'close' })[1]).toBe('review-not-yours');
    expect(does(minuted, 'olga', { type: 'close' })[1]).toBe('actions-open');
    const [done] = does(minuted, 'sam', { type: 'done', action: 1 });
    const [closed] = does(done, 'olga', { type: 'close' });
    expect(closed.status).toBe('closed');
    expect(does(closed, 'olga', { type: 'minute', text: 'Other.' })[1]).toBe('review-closed');
    expect(does(closed, 'bellman', { type: 'chase', action: 1 })[1]).toEqual([]);
  });

  test('arbitration is the problem manager’s', () => {
    expect(does(called, 'ina', { type: 'settle', text: 'x' })[1]).toBe('role-needed');
    expect(does(called, 'pat', { type: 'settle', text: 'The supplier pays.' })[0].decisions).toEqual([
      { text: 'The supplier pays.', by: 'pat', at: START },
    ]);
  });
});

describe('the timeline', () => {
  const entry = (seq: number, type: string, words: Record<string, unknown> = {}) => ({
    seq,
    at: START + seq,
    actor: 'olga',
    type,
    data: {},
    words,
  });
  const entries = [
    entry(1, 'problem.raised'),
    entry(2, 'problem.workaround-found', { workaround: 'Restart it' }),
    entry(3, 'analysis.cause-found', { cause: 'A full disk' }),
    entry(4, 'evidence.kept', { text: 'secret' }),
    entry(5, 'problem.resolved', { resolution: 'Disk replaced' }),
  ];

  test('of an incident follows time, that of a problem what was done', () => {
    expect(timelineOf('incident', entries).map(({ lines }) => lines.length)).toEqual([5]);
    const sections = timelineOf('problem', entries);
    expect(sections.map(({ heading }) => heading)).toEqual(['What was found out', 'What was done', 'How it was run']);
    expect(sections[1]?.lines).toHaveLength(2);
    expect(JSON.stringify(sections)).not.toContain('secret');
  });

  test('is cut into cards that every platform can show, nothing said twice, and says what was left out', () => {
    const many = Array.from({ length: 900 }, (_, at) =>
      entry(at, 'problem.resolved', { resolution: `Step ${at}. ${'x'.repeat(60)}` }),
    );
    const pages = timelineCards('REV-1', { ...called, timeline: timelineOf('incident', many) });
    const texts = pages.map((page) => textOf(page));
    for (const said of texts) expect(said.length).toBeLessThan(LIMITS.card);
    const steps = texts.flatMap((said) => said.match(/Step \d+\./gu) ?? []);
    expect(new Set(steps).size).toBe(steps.length);
    const [, left = '0'] = /And (\d+) more entries/u.exec(texts.at(-1) ?? '') ?? [];
    expect(steps.length + Number(left)).toBe(900);
  });
});

describe('minutes', () => {
  const reading = { nameOf: (person: string) => `Ms ${person}`, timeOf: () => '10:00' };
  const state = does(act(called), 'rita', { type: 'minute', text: 'First.\n\n<script>alert(1)</script> # no *heading*' })[0];

  test('are a document in Markdown, in which nothing that people wrote is mark-up', () => {
    const document = minutesOf('REV-1', state, 'md', reading);
    expect(document).toContain('# REV\\-1'.replace('\\-', '-'));
    expect(document).toContain('\\<script\\>');
    expect(document).toContain('\\# no \\*heading\\*');
    expect(document).toContain('| 1 | Add a second line | Ms sam | 10:00 | not yet |');
    expect(document).toContain('| --- | --- |');
  });

  test('and in HTML', () => {
    const document = minutesOf('REV-1', state, 'html', reading);
    expect(document).not.toContain('<script>');
    expect(document).toContain('<td>Add a second line</td><td>Ms sam</td>');
  });
});
