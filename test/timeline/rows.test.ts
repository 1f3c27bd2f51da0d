import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../src/core/history.ts';
import { BELLMAN, bellmanItself, type Context } from '../../src/core/record.ts';
import { timelineCard } from '../../src/timeline/cards.ts';
import { drawTimeline, type Named } from '../../src/timeline/drawing.ts';
import { timelineDocument, timelineTable } from '../../src/timeline/export.ts';
import { type Row, timelineRows } from '../../src/timeline/rows.ts';
import { type Timeline, timeline } from '../../src/timeline/timeline.ts';

const NOW = Date.UTC(2027, 0, 15, 9);
const entry = (seq: number, type: string, data: object = {}, text?: string): HistoryEntry => ({
  seq,
  at: NOW + seq * 60_000,
  actor: 'p1',
  type,
  data: { ...data },
  ...(text === undefined ? {} : { words: { text } }),
});
const named: Named = {
  person: (id) => (id === BELLMAN ? 'Bellman' : `Person ${id}`),
  plain: ({ words }) => words.map((piece) => (typeof piece === 'string' ? piece : JSON.stringify(piece))).join(''),
};

describe('a timeline', () => {
  const entries = [
    entry(1, 'incident.raised'),
    entry(2, 'timeline.added', {}, 'The switch was replaced'),
    entry(3, 'timeline.message-kept', { message: 'm', how: 'pin', author: 'p2', at: NOW }, 'It smells of smoke'),
  ];
  const words = (rows: readonly Row[]) => rows.map(named.plain);

  test('tells what was done, written and kept; a message stands where it was written', () => {
    expect(words(timelineRows(entries))).toEqual(['It smells of smoke', 'raised', 'The switch was replaced']);
    expect(words(timelineRows(entries, 'newest'))).toEqual(['The switch was replaced', 'raised', 'It smells of smoke']);
    expect(timelineRows(entries)[0]).toMatchObject({ who: 'p2', kind: 'kept' });
  });

  test('shows a message as it was edited last, and none of the text of one that was deleted', () => {
    const edited = [
      ...entries,
      entry(4, 'timeline.message-edited', { message: 'm' }, 'It smells'),
      entry(5, 'timeline.message-edited', { message: 'm' }, 'It burns'),
    ];
    expect(timelineRows(edited)[0]).toMatchObject({ words: ['It burns'], since: 'edited' });
    const deleted = timelineRows([...edited, entry(6, 'timeline.message-deleted', { message: 'm' })]);
    expect(words(deleted).join()).not.toMatch(/burns|smells/u);
    expect(deleted).toHaveLength(3);
  });

  test('is shown in pages that hold every row once', () => {
    const many = Array.from({ length: 120 }, (_, at) =>
      entry(at + 1, 'timeline.added', {}, `Step number ${at} was done with care`),
    );
    const rows = timelineRows(many);
    const shown = new Set<string>();
    for (let page = 1; page < 60; page += 1)
      for (const block of timelineCard('INC-1', rows, 'oldest', page).blocks)
        if (block.kind === 'list') for (const item of block.items) shown.add(JSON.stringify(item));
    expect(shown.size).toBe(120);
    expect(timelineCard('INC-1', rows, 'oldest', 999).title).toMatch(/page (\d+) of \1$/u);
  });

  property.prop([fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 60 })])(
    'is drawn and written whatever stands in it',
    (texts) => {
      const rows = timelineRows(texts.map((text, at) => entry(at + 1, 'timeline.added', {}, text)));
      const { svg, alternative, before } = drawTimeline('INC-1', 'Down', rows, named);
      expect(svg.isWellFormed()).toBe(true);
      expect(alternative.length).toBeLessThanOrEqual(1900);
      expect(before).toBe(Math.max(0, texts.length - 40));
      expect(timelineTable(rows, named)).toHaveLength(texts.length);
    },
  );

  test('as Markdown is a row an entry, and nothing in it is mark-up', () => {
    const rows = timelineRows([entry(1, 'timeline.added', {}, 'a | b\n<script> *c*')]);
    expect(timelineDocument('INC-1', 'Down', rows, named)).toContain('| Person p1 | a \\| b<br>\\<script\\> \\*c\\* |');
  });
});

describe('a kept message', () => {
  const context: Context = {
    record: 'INC-1',
    actor: bellmanItself,
    org: { version: 0, roles: {}, boards: {}, audiences: {}, delegations: {} },
    now: NOW,
    other: () => undefined,
    take: () => 0,
  };
  const state: Timeline = { messages: { m: { text: 'a' } } };

  test('is kept once, however often it is pinned or marked', () => {
    const keep = { type: 'keep', message: 'm', by: 'emoji', as: { text: 'a', at: NOW } } as const;
    expect(timeline.decide(timeline.initial, keep, context)).toMatchObject([{ type: 'message-kept' }]);
    expect(timeline.decide(state, keep, context)).toEqual([]);
  });

  test('is followed only where something changed', () => {
    expect(timeline.decide(state, { type: 'follow', message: 'm', text: 'a' }, context)).toEqual([]);
    expect(timeline.decide(state, { type: 'follow', message: 'other', text: 'a' }, context)).toEqual([]);
    expect(timeline.decide(state, { type: 'follow', message: 'm', text: 'b' }, context)).toMatchObject([
      { type: 'message-edited' },
    ]);
    const [gone] = timeline.decide(state, { type: 'follow', message: 'm' }, context) as readonly [never];
    expect(timeline.decide(timeline.evolve(state, gone), { type: 'follow', message: 'm' }, context)).toEqual([]);
  });
});
