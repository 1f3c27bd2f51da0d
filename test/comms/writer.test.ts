import { describe, expect, test } from 'vitest';
import { liveCards } from '../../src/comms/index.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import { controlsOf, majorProblem, type Stage, textOf } from './stage.ts';

const LINE = 'senior-management';

const updateOf = (stage: Stage): string => stage.line(LINE).update?.id ?? '';
const card = (stage: Stage, update: string) => liveCards.write?.(stage.view(), stage.now, update);
const seen = (stage: Stage): string => {
  const line = stage.line(LINE);
  return line.update ? draftHash(line, line.update).slice(0, HASH_ON_BUTTON) : '';
};

describe('the writer’s card', () => {
  test('has its button while the text is wanted, and loses it when that is handed in and released', () => {
    const stage = majorProblem();
    stage.passMinutes(15);
    const update = updateOf(stage);
    expect(textOf(card(stage, update))).toContain('Text wanted: Senior management, PRB-1');
    expect(controlsOf(card(stage, update)).map(({ label }) => label)).toEqual(['Write', 'I’ll take it', 'Skip']);
    stage.does('olga', { type: 'draft', line: LINE, text: 'Half of the tellers cannot log on.' });
    expect(textOf(card(stage, update))).toContain(
      'Handed in: Senior management, PRB-1\nHanded in to @cora and @carl for release.',
    );
    expect(controlsOf(card(stage, update))).toEqual([]);
    stage.does('cora', { type: 'release', update, seen: seen(stage) });
    expect(textOf(card(stage, update))).toContain('Handed in');
    expect(controlsOf(card(stage, update))).toEqual([]);
    stage.leave();
    expect(controlsOf(card(stage, update))).toEqual([]);
  });

  test('says who wants what changed, and that it is overdue meanwhile', () => {
    const stage = majorProblem();
    stage.passMinutes(15);
    const update = updateOf(stage);
    stage.does('olga', { type: 'draft', line: LINE, text: 'Half of the tellers cannot log on.' });
    stage.does('cora', { type: 'send-back', update, seen: seen(stage), what: 'Say since when.' });
    expect(textOf(card(stage, update))).toContain('@cora wants this changed: Say since when.');
    expect(controlsOf(card(stage, update)).map(({ label }) => label)).toEqual(['Write', 'I’ll take it', 'Skip']);
    stage.passMinutes(15);
    expect(textOf(card(stage, update))).toContain('Sent back and overdue: Senior management, PRB-1');
  });
});
