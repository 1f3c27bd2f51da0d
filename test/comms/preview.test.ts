import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/chat/card.ts';
import { weightOf } from '../../src/comms/draft-check.ts';
import type { Sources } from '../../src/comms/drafting.ts';
import { sheetState } from '../../src/comms/facts.ts';
import type { Line } from '../../src/comms/line.ts';
import { previewCard } from '../../src/comms/preview.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { majorProblem, type Stage, textOf } from './stage.ts';

const sourcesOf = (stage: Stage): Sources => ({
  view: stage.view(),
  plan: stage.plan,
  org: stage.org,
  own: {},
  now: stage.now,
});
const withText = (line: Line, text: string): Line => ({
  ...line,
  last: { text: 'It was late. '.repeat(200), at: 0 },
  update: line.update && {
    ...line.update,
    draft: { text, by: 'olga', at: 0, approvals: [], leaks: [{ why: 'name', what: 'Olga', at: 0 }] },
  },
});
const told = (stage: Stage): readonly Line[] => stage.plan.lines.filter(({ update }) => update);

describe('the preview', () => {
  test('says of each audience what it would read now: the draft, or else the facts in words', () => {
    const stage = majorProblem();
    const filled = stage.tries('olga', sheetState.name, {
      type: 'fill',
      facts: { affected: 'Payments fail' },
      texts: {},
      names: [],
    } as never);
    expect(isRefusal(filled)).toBe(false);
    stage.does('olga', { type: 'draft', line: 'customers', text: 'Written by hand.' });
    const shown = textOf(previewCard('PRB-1', sourcesOf(stage), told(stage), 1));
    expect(shown).toMatch(/Senior management, nobody wrote it yet\..*:\nImpact: Payments fail\./u);
    expect(shown).toMatch(/Customers and partners, awaits its release\..*:\nWritten by hand\./u);
    expect(shown).toContain('1 more line is not yours to see before their release.');
  });

  test.each([1, 4, 12])('of %i lines stays within what every platform shows, and says how to see the rest', (count) => {
    const stage = majorProblem();
    const [line] = told(stage);
    if (!line) throw new Error('No line');
    const lines = Array.from({ length: count }, (_, at) =>
      withText({ ...line, audience: `audience-${at}` }, '(1*2) <b>. '.repeat(270)),
    );
    const card = previewCard('PRB-1', sourcesOf(stage), lines, 3);
    expect(weightOf(card.blocks)).toBeLessThan(LIMITS.card - 150);
    expect(card.blocks.length).toBeLessThan(LIMITS.components);
    expect(textOf(card)).toContain(
      count === 1 ? 'All of it: /comms draft PRB-1 audience-0' : 'All of it: /comms preview PRB-1 audience-0',
    );
  });
});
