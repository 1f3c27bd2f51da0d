import { describe, expect, test } from 'vitest';
import type { Block } from '../../src/chat/card.ts';
import { lengthOf } from '../../src/chat/history-card.ts';
import { liveCards } from '../../src/comms/index.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import type { PlanCommand } from '../../src/comms/plan-command.ts';
import type { SheetCommand } from '../../src/comms/sheet.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { BANK, controlsOf, majorProblem, type Stage, textOf } from './stage.ts';

const CUSTOMERS = 'customers';
const facts = { affected: 'Payments are refused.', known: 'One switch failed.' };
const fill = (more: Partial<SheetCommand> = {}): SheetCommand => ({
  type: 'fill',
  facts,
  texts: { customers: 'Payments are refused. We look into it.', 'working-staff': 'State: payments are refused.' },
  names: ['Olga Orlova'],
  ...more,
});
const tells = (stage: Stage, person: string, command: SheetCommand) => stage.tries(person, 'sheet', command);
const told = (stage: Stage, command = fill()): Stage => {
  const outcome = tells(stage, 'olga', command);
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return stage;
};
const draftOf = (stage: Stage, line = CUSTOMERS) => stage.line(line).update?.draft;
const card = (stage: Stage, line = CUSTOMERS) => liveCards.draft?.(stage.view(), stage.now, stage.line(line).update?.id ?? '');
const seen = (stage: Stage): string => {
  const line = stage.line(CUSTOMERS);
  return line.update ? draftHash(line, line.update).slice(0, HASH_ON_BUTTON) : '';
};
const refusal = (stage: Stage, person: string, command: PlanCommand): string => {
  const outcome = stage.tries(person, 'plan', command);
  return isRefusal(outcome) ? outcome.refused : 'accepted';
};
const release = (stage: Stage, was: string): string =>
  refusal(stage, 'cora', { type: 'release', update: stage.line(CUSTOMERS).update?.id ?? '', seen: was });
const changed = { facts: { ...facts, workaround: 'Pay by code.' }, texts: { customers: 'Payments are refused. Pay by code.' } };

describe('the situation sheet', () => {
  test('gives every line that is being told a draft at once, and its releasers have it', () => {
    const stage = told(majorProblem());
    expect(draftOf(stage)).toMatchObject({ text: 'Payments are refused. We look into it.', by: 'olga', facts: 1, made: true });
    expect(stage.line(CUSTOMERS).update?.status).toBe('awaiting release');
    expect(draftOf(stage, 'working-staff')?.text).toBe('State: payments are refused.');
    expect(stage.to('cora').map(textOf).join('\n')).toContain('To release: Customers and partners, PRB-1');
    expect(stage.line('press').update).toBeUndefined();
  });

  test('is filled in by owner, authors, communications and managers, and by nobody else', () => {
    for (const person of ['olga', 'cora', 'pat', 'ada'])
      expect(tells(majorProblem(), person, fill())).not.toHaveProperty('refused');
    expect(tells(majorProblem(), 'rita', fill())).toMatchObject({
      refused: 'not-your-facts',
      facts: { people: ['olga', 'cora', 'carl'] },
    });
  });

  test('changes nothing when it says the same again', () => {
    const stage = told(majorProblem());
    expect(tells(stage, 'olga', fill())).toEqual([]);
  });

  test('knows the same time in other words', () => {
    const at = { expectedAt: 1_800_000_000_000 };
    const stage = told(majorProblem(), fill({ facts: { ...facts, ...at, expected: '09:20 (Europe/Berlin)' } }));
    expect(tells(stage, 'olga', fill({ facts: { ...facts, ...at, expected: '08:20 UTC' } }))).toEqual([]);
    expect(tells(stage, 'olga', fill({ facts: { ...facts, expected: 'not known' } }))).not.toEqual([]);
  });

  test('makes nothing of facts that a line may not carry, and nothing with a gap in it', () => {
    const stage = told(majorProblem(), fill({ class: 'private', texts: { customers: 'A', 'working-staff': 'State: ‹what›.' } }));
    expect(draftOf(stage)).toBeUndefined();
    expect(draftOf(stage, 'working-staff')).toBeUndefined();
  });

  test('makes anew what nobody touched, and the text that stays is as it was', () => {
    const stage = told(majorProblem());
    const before = draftOf(stage, 'working-staff');
    stage.passMinutes(1);
    told(stage, fill({ ...changed, texts: { ...changed.texts, 'working-staff': 'State: payments are refused.' } }));
    expect(draftOf(stage)).toMatchObject({ text: 'Payments are refused. Pay by code.', facts: 2, made: true });
    expect(draftOf(stage, 'working-staff')).toEqual(before);
  });

  test('is not handed on by anybody but Bellman', () => {
    const stage = majorProblem();
    const forged: PlanCommand = { type: 'facts', version: 9, by: 'rita', changes: [], texts: { customers: 'Ha.' }, names: [] };
    expect(stage.tries('rita', 'plan', forged)).toEqual([]);
    expect(draftOf(stage)).toBeUndefined();
  });
});

test('a line takes the texts of an audience that there is', () => {
  const stage = majorProblem();
  expect(refusal(stage, 'olga', { type: 'line', line: 'customers', template: 'costumers' })).toBe('unknown-template-set');
  expect(refusal(stage, 'olga', { type: 'line', line: 'customers', template: 'press' })).toBe('accepted');
});

describe('a draft that somebody wrote', () => {
  const written = (): Stage => {
    const stage = told(majorProblem());
    stage.does('olga', { type: 'draft', line: CUSTOMERS, text: 'Payments are refused. We are on it.' });
    stage.passMinutes(5);
    stage.heard();
    return stage;
  };

  test('stays when the facts change, is marked, and its writer hears of it', () => {
    const stage = told(written(), fill(changed));
    expect(draftOf(stage)?.text).toBe('Payments are refused. We are on it.');
    const shown = textOf(card(stage));
    expect(shown).toContain('The facts changed at 2027-01-15 09:05 UTC after this was written.');
    expect(shown).toContain('Workaround: Pay by code.');
    expect(controlsOf(card(stage)).map(({ action }) => action)).toContain('comms.remake');
    expect(stage.to('olga').map(textOf).join('\n')).toContain('Facts changed: Customers and partners, PRB-1');
  });

  test('is not marked when only how guarded the facts are changed', () => {
    const stage = told(written(), fill({ class: 'public', texts: {} }));
    expect(draftOf(stage)?.outdated).toBeUndefined();
  });

  test('is released only by whoever saw that the facts have left it behind', () => {
    const stage = written();
    const before = seen(stage);
    told(stage, fill(changed));
    expect(release(stage, before)).toBe('draft-changed');
    expect(release(stage, seen(stage))).toBe('accepted');
  });

  test('must be seen again each time that the facts change', () => {
    const stage = told(written(), fill(changed));
    const once = seen(stage);
    told(stage, fill({ ...changed, facts: { ...changed.facts, next: 'A new switch comes.' } }));
    expect(release(stage, once)).toBe('draft-changed');
    expect(textOf(card(stage))).toContain('Workaround: Pay by code.');
    expect(textOf(card(stage))).toContain('Next step: A new switch comes.');
  });

  test('is as of now once it is handed in again, or made anew', () => {
    for (const command of [
      { text: 'Payments are refused. We are on it.' },
      { text: 'Payments are refused. Pay by code.', made: true },
    ]) {
      const stage = told(written(), fill(changed));
      stage.does('olga', { type: 'draft', line: CUSTOMERS, ...command });
      expect(draftOf(stage)?.outdated).toBeUndefined();
      expect(draftOf(stage)).toMatchObject({ facts: 2, ...command });
    }
  });

  test('that was sent back is not overwritten', () => {
    const stage = told(majorProblem());
    stage.does('cora', {
      type: 'send-back',
      update: stage.line(CUSTOMERS).update?.id ?? '',
      seen: seen(stage),
      what: 'Shorter.',
    });
    told(stage, fill(changed));
    expect(stage.line(CUSTOMERS).update?.status).toBe('drafting');
    expect(draftOf(stage)?.text).toBe('Payments are refused. We look into it.');
  });

  test('does not change while it is leaving', () => {
    const stage = told(majorProblem());
    expect(release(stage, seen(stage))).toBe('accepted');
    told(stage, fill(changed));
    stage.leave();
    expect(stage.line(CUSTOMERS).last?.text).toBe('Payments are refused. We look into it.');
  });
});

describe('the card of a draft', () => {
  const words = [
    { word: 'db-prod-3', forbidden: false },
    { word: 'Falcon', forbidden: true },
  ];
  const withText = (text: string, org = { ...BANK, words }): Stage =>
    told(majorProblem(org), fill({ texts: { customers: text } }));

  test('says what may not leave, and why', () => {
    expect(textOf(card(withText('Olga restarts db-prod-3 (CI-7).')))).toContain(
      'May not leave: "Olga" (a person\'s name), "db-prod-3" (word list), "CI-7" (a configuration item).',
    );
  });

  test('cannot be released with a forbidden word, whenever it was forbidden', () => {
    const stage = withText('Falcon is late.');
    expect(release(stage, seen(stage))).toBe('word-forbidden');
    stage.org = { ...BANK, words: [] };
    expect(release(stage, seen(stage))).toBe('accepted');
    const later = withText('Falcon is late.', { ...BANK, words: [] });
    later.org = { ...BANK, words };
    expect(release(later, seen(later))).toBe('word-forbidden');
  });

  test('is released with a word that is only watched', () => {
    const stage = withText('db-prod-3 is late.');
    expect(release(stage, seen(stage))).toBe('accepted');
  });

  test('of a correction says it too', () => {
    const stage = withText('It is late.');
    const wrong = stage.line(CUSTOMERS).update?.id ?? '';
    release(stage, seen(stage));
    stage.leave();
    stage.does('cora', { type: 'correct', what: 'correction', update: wrong, text: 'CI-7 is late, says Olga.', names: ['Olga'] });
    const mending = stage.line(CUSTOMERS).beside?.[0]?.id ?? '';
    expect(textOf(liveCards.draft?.(stage.view(), stage.now, mending))).toContain('May not leave: "CI-7"');
  });

  test('shows what is new since the last update', () => {
    const stage = told(majorProblem());
    release(stage, seen(stage));
    stage.leave();
    told(stage, fill({ ...changed, texts: { customers: 'Payments are refused. We found the switch.' } }));
    const shown = textOf(card(stage));
    expect(shown).toContain('Since the last update: 1 sentence new, 1 gone, 1 as before.');
    expect(shown).toContain('New: We found the switch.');
    expect(shown).toContain('Gone: We look into it.');
  });

  test('tells a text that senior management would not read to its end', () => {
    const stage = told(majorProblem(), fill({ texts: { 'senior-management': 'word '.repeat(121) } }));
    expect(textOf(card(stage, 'senior-management'))).toContain('Long: 121 words; senior management reads at most 120.');
  });

  test('stays within what every platform shows, however long text, facts and difference are', () => {
    const long = (word: string) => `${word} `.repeat(400).trim();
    const stage = told(majorProblem({ ...BANK, words }), fill({ texts: { customers: `${long('one')}. db-prod-3.` } }));
    release(stage, seen(stage));
    stage.leave();
    stage.does('olga', { type: 'draft', line: CUSTOMERS, text: `${long('two.')} db-prod-3 CI-7` });
    told(stage, fill({ facts: { affected: 'a'.repeat(400), known: 'k'.repeat(600), doing: 'd'.repeat(500) } }));
    const shown = card(stage);
    expect(textOf(shown)).toContain('The facts changed at');
    expect(textOf(shown)).toContain('May not leave:');
    expect(weightOf(shown?.blocks ?? [])).toBeLessThanOrEqual(3500);
  });
});

const weightOf = (blocks: readonly Block[]): number =>
  blocks.reduce(
    (sum, block) =>
      sum +
      (block.kind === 'text'
        ? lengthOf(block.text)
        : block.kind === 'list'
          ? block.items.reduce((all, item) => all + lengthOf(item), 0)
          : block.kind === 'facts'
            ? block.facts.reduce((all, { label, value }) => all + lengthOf([label]) + lengthOf(value), 0)
            : 0),
    0,
  );
