import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { type Card, LIMITS } from '../../src/chat/card.ts';
import { unsureCard } from '../../src/comms/after-cards.ts';
import { planCard } from '../../src/comms/cards.ts';
import { liveCards } from '../../src/comms/index.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import { partsOf } from '../../src/comms/long-text.ts';
import { MINUTE } from '../../src/core/instant.ts';
import { anOrg, controlsOf, majorProblem, START, type Stage, textOf } from './stage.ts';

/** What a card costs where names and escaping are dearest: a mention of 25 characters, two for each mark, five for `&`. */
const weight = (card: Card): number =>
  [...textOf(card).replaceAll(/@\w+|<[^>]+>/gu, 'x'.repeat(25))].reduce(
    (sum, one) => sum + (one === '&' ? 5 : /[\\*_~`|[\](){}#+\-.!:/@<>]/u.test(one) ? 2 : one.length),
    0,
  );

/** A text or facts is one component, a row of buttons one and each button one more. */
const components = (card: Card): number =>
  1 + card.blocks.reduce((sum, block) => sum + 1 + (block.kind === 'controls' ? block.controls.length : 0), 0);

const fits = (card: Card) => {
  expect(weight(card)).toBeLessThanOrEqual(LIMITS.card);
  expect(components(card)).toBeLessThanOrEqual(LIMITS.components);
  for (const block of card.blocks) if (block.kind === 'facts') expect(block.facts.length).toBeLessThanOrEqual(LIMITS.facts);
};

const seen = (stage: Stage, line: string) => {
  const found = stage.line(line);
  return found.update ? draftHash(found, found.update).slice(0, HASH_ON_BUTTON) : '';
};

const crowd = Array.from({ length: 30 }, (_, at) => `person${at}`);
const many = Array.from({ length: 30 }, (_, at) => `slack/channel/C0123456${at}`);

describe('the board', () => {
  test('fits every platform with everything missing and every line waiting for its text', () => {
    const stage = majorProblem(anOrg({ 'problem-manager': ['pat'] }));
    stage.does('rita', { type: 'edit', intake: { ...stageIntake, title: '&'.repeat(150) } }, 'problem');
    for (const line of ['press', 'emergency-services']) stage.does('olga', { type: 'start', line });
    stage.passMinutes(40);
    fits(planCard('PRB-99999', stage.plan, stage.now));
  });

  test('fits with many places and releasers, and says how many it does not name', () => {
    const audiences = Object.fromEntries(
      ['senior-management', 'all-staff', 'customers', 'working-staff', 'press', 'emergency-services'].map((key) => [
        key,
        { key, places: many, releasers: crowd },
      ]),
    );
    const stage = majorProblem(anOrg({ 'problem-manager': ['pat'] }, audiences));
    const card = planCard('PRB-1', stage.plan, stage.now);
    fits(card);
    expect(textOf(card)).toMatch(/and (26|29) more \(reaches 30 channels\)/u);
  });

  test('fits with fifteen lines, and with forty, those due first', () => {
    const stage = majorProblem();
    const [line] = stage.plan.lines;
    if (!line) throw new Error('A plan has lines');
    const withLines = (count: number) => ({
      ...stage.plan,
      lines: Array.from({ length: count }, (_, at) => ({
        ...line,
        audience: `audience-${at}`,
        label: `Partners & friends of region ${at}`,
        places: many,
        releasers: crowd,
        ...(line.update
          ? { update: { ...line.update, id: `PRB-1.${at}`, status: 'drafting' as const, due: stage.now + (count - at) * MINUTE } }
          : {}),
      })),
    });
    const fifteen = planCard('PRB-1', withLines(15), stage.now);
    fits(fifteen);
    expect(textOf(fifteen)).toContain('Partners & friends of region 0: due');
    expect(controlsOf(fifteen)[0]?.label).toBe('Write: Partners & friends of region 14');
    const forty = planCard('PRB-1', withLines(40), stage.now);
    fits(forty);
    expect(textOf(forty)).toContain('Partners & friends of region 39: due');
    expect(textOf(forty)).not.toContain('Partners & friends of region 0: due');
    expect(textOf(forty)).toContain('And 24 more lines');
  });

  test('has a picture of the schedule, with its words', () => {
    const stage = majorProblem();
    const pictures = planCard('PRB-1', stage.plan, stage.now).blocks.filter(({ kind }) => kind === 'picture');
    expect(pictures).toMatchObject([
      { svg: expect.stringContaining('Senior management'), alternative: expect.stringContaining('Schedule of PRB-1') },
    ]);
  });

  test('says of each line when it is due, and which are overdue', () => {
    const stage = majorProblem();
    stage.passMinutes(31);
    const card = planCard('PRB-1', stage.plan, stage.now);
    expect(textOf(card)).toContain('Senior management: overdue since 2027-01-15 09:30 UTC');
    expect(card.summary).toContain('4 overdue');
    expect(controlsOf(card).map(({ label }) => label)).toEqual([
      'Write',
      'Write',
      'Write',
      'Write',
      'Start this line',
      'Start this line',
    ]);
  });
});

const stageIntake = { title: '', details: '', impact: 'low', urgency: 'low', items: '' } as const;

describe('a draft’s card', () => {
  test('shows the outcome without buttons once it is released', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'draft', line: 'customers', text: 'We are looking into it.' });
    const id = stage.line('customers').update?.id ?? '';
    const live = () => liveCards.draft?.(stage.view(), stage.now, id);
    expect(controlsOf(live())).toHaveLength(4);
    stage.does('cora', { type: 'release', update: id, seen: seen(stage, 'customers') });
    stage.leave();
    expect(controlsOf(live())).toEqual([]);
    expect(textOf(live())).toContain('Released as UPD-1 2027-01-15 09:00 UTC by @cora.');
  });

  test('says that it was sent back, and by whom it was skipped', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'draft', line: 'customers', text: 'Text.' });
    const id = stage.line('customers').update?.id ?? '';
    const live = () => textOf(liveCards.draft?.(stage.view(), stage.now, id));
    stage.does('cora', { type: 'send-back', update: id, seen: seen(stage, 'customers'), what: 'Shorter.' });
    expect(live()).toContain('It is being written again.');
    stage.does('carl', { type: 'skip', line: 'customers', reason: 'x' });
    expect(live()).toContain('Skipped 2027-01-15 09:00 UTC by @carl.');
  });

  test('of a long text shows all of it, in parts before the card with the buttons, and fits', () => {
    const stage = majorProblem();
    stage.heard();
    const text = Array.from({ length: 30 }, (_, at) => `Paragraph ${at}: ${'word '.repeat(18)}`.trim()).join('\n\n');
    stage.does('olga', { type: 'draft', line: 'customers', text });
    const cards = stage.to('cora');
    expect(cards.length).toBeGreaterThan(1);
    for (const card of cards) fits(card);
    for (let at = 0; at < 30; at += 1) expect(cards.some((card) => textOf(card).includes(`Paragraph ${at}:`))).toBe(true);
    expect(controlsOf(cards.at(-1))).toHaveLength(4);
  });
});

describe('a long update', () => {
  test('leaves in numbered parts, cut at paragraph ends', () => {
    const stage = majorProblem();
    const paragraph = 'A sentence about it. '.repeat(60).trim();
    stage.does('olga', { type: 'draft', line: 'customers', text: [paragraph, paragraph, paragraph].join('\n\n') });
    stage.heard();
    const update = stage.line('customers').update?.id ?? '';
    stage.does('cora', { type: 'release', update, seen: seen(stage, 'customers') });
    stage.leave();
    const parts = stage.said.filter((said) => said.update === update).map(({ content }) => content);
    expect(parts.map(({ title }) => title)).toEqual([
      '(1 of 3) Update 1: Refused connections',
      '(2 of 3) Update 1: Refused connections',
      '(3 of 3) Update 1: Refused connections',
    ]);
    for (const part of parts) fits(part);
    expect(parts.map((part) => textOf(part).includes('As of'))).toEqual([true, false, false]);
    expect(parts.map((part) => textOf(part).includes('Next update by'))).toEqual([false, false, true]);
  });

  property.prop([fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\n\n', '. ', '&', '😀', '*', 'ß'), maxLength: 9000 })], {
    numRuns: 60,
  })('loses nothing but blanks where it is cut', (text) => {
    const parts = partsOf(text);
    expect(parts.join('').replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''));
    for (const part of parts) {
      expect(part).not.toBe('');
      expect(part.isWellFormed()).toBe(true);
      expect(part.replaceAll('&', '&amp;').length).toBeLessThanOrEqual(2200);
    }
  });
});

test('what is unsure stands on one card that says how much there is', () => {
  const stage = majorProblem();
  stage.does('olga', { type: 'draft', line: 'customers', text: 'Text.' });
  const update = stage.line('customers').update?.id ?? '';
  stage.does('cora', { type: 'release', update, seen: seen(stage, 'customers') });
  stage.leave();
  for (const place of many) stage.does('bellman', { type: 'undelivered', update, place, unsure: true, why: 'time-out' });
  const card = unsureCard('PRB-1', stage.plan, update);
  fits(card);
  expect(card.title).toContain('30 unsure');
  expect(stage.now).toBe(START + 10_000);
  stage.pass(MINUTE);
});

test('a line on which two must agree and only one may release is told to be not ready', () => {
  const stage = majorProblem();
  expect(textOf(planCard('PRB-1', stage.plan, stage.now))).not.toContain('two must agree');
  stage.does('pat', { type: 'line', line: 'customers', approvals: 2, releasers: ['carl'] });
  expect(textOf(planCard('PRB-1', stage.plan, stage.now))).toContain(
    'Not ready: two must agree and one may release; fill in Releasers of /comms line PRB-1 customers',
  );
});
