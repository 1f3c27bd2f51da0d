/** A holding statement is released beforehand, and goes out once if nothing is released in time. */
import { describe, expect, test } from 'vitest';
import { liveCards } from '../../src/comms/index.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import { holdingOf } from '../../src/comms/update.ts';
import { MINUTE } from '../../src/core/instant.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { controlsOf, majorProblem, START, type Stage, textOf } from './stage.ts';

const LINE = 'customers';
const PLACE = `console/channel/${LINE}`;

const idOf = (stage: Stage): string => holdingOf(stage.line(LINE))?.id ?? '';
const press = (stage: Stage, update: string, by = 'cora') => {
  const line = stage.line(LINE);
  const of = [line.update, ...(line.beside ?? [])].find((one) => one?.id === update);
  const seen = of ? draftHash(line, of).slice(0, HASH_ON_BUTTON) : '';
  return stage.does(by, { type: 'release', update, seen });
};

/** Handed in by Olga, to go out 10 minutes after due, and released beforehand. */
function standingBy(released = true) {
  const stage = majorProblem();
  stage.does('olga', { type: 'holding', line: LINE, text: 'We are still at it.', after: 10 * MINUTE });
  const id = idOf(stage);
  if (released) press(stage, id);
  stage.heard();
  return { stage, id };
}

const tell = (stage: Stage) => {
  stage.does('olga', { type: 'draft', line: LINE, text: 'It works again for half of you.' });
  press(stage, stage.line(LINE).update?.id ?? '');
};

describe('a holding statement', () => {
  test('goes to its releasers whole, with the buttons of any draft, and stands by once released', () => {
    const stage = majorProblem();
    stage.heard();
    stage.does('olga', { type: 'holding', line: LINE, text: 'We are still at it.', after: 10 * MINUTE });
    const [card] = stage.to('cora');
    expect(textOf(card)).toContain('If nothing is released 10m after due, this reaches Customers and partners once.');
    expect(textOf(card)).toContain('Update delayed: Refused connections');
    expect(textOf(card)).toContain('Our update is delayed; the next comes by');
    expect(controlsOf(card).map(({ label }) => label)).toEqual(['Release', 'Edit', 'Send back', 'Skip']);
    press(stage, idOf(stage));
    const shown = liveCards.draft?.(stage.view(), stage.now, idOf(stage));
    expect(textOf(shown)).toContain('Holding statement stands by: Customers and partners, PRB-1\nReleased by @cora.');
    expect(stage.at(PLACE)).toEqual([]);
  });

  test('goes out once if nothing is released so long after due; owner and releasers hear of it, and the update stays due', () => {
    const { stage, id } = standingBy();
    stage.pass(40 * MINUTE - 1);
    expect(stage.at(PLACE)).toEqual([]);
    stage.pass(1);
    expect(textOf(stage.at(PLACE)[0])).toContain(
      'We are still at it.\nOur update is delayed; the next comes by 2027-01-15 10:10 UTC. Reference: UPD-1.',
    );
    for (const person of ['olga', 'cora', 'carl']) {
      expect(stage.to(person).map(({ title }) => title)).toContain('Holding statement went out: Customers and partners, PRB-1');
    }
    expect(stage.plan.outcomes[id]).toMatchObject({ what: 'released', by: ['cora'], held: true });
    expect(stage.line(LINE)).toMatchObject({ told: true, released: 0, update: { due: START + 30 * MINUTE } });
    stage.passMinutes(300);
    expect(stage.at(PLACE)).toHaveLength(1);
    expect(stage.said.filter(({ content }) => content.title === 'Overdue: Customers and partners, PRB-1')).not.toEqual([]);
  });

  test('is withdrawn when the update itself is released, and does not go out while that leaves', () => {
    const { stage, id } = standingBy();
    stage.pass(40 * MINUTE - 5000);
    tell(stage);
    stage.passMinutes(120);
    expect(stage.at(PLACE).map(({ title }) => title)).toEqual(['Update 1: Refused connections']);
    expect(stage.plan.outcomes[id]?.what).toBe('replaced');
  });

  test('goes out after all when that release is taken back', () => {
    const { stage } = standingBy();
    stage.pass(40 * MINUTE - 5000);
    tell(stage);
    const update = stage.line(LINE).update?.id ?? '';
    stage.pass(6000);
    expect(stage.at(PLACE)).toEqual([]);
    stage.does('cora', { type: 'undo', update });
    stage.pass(1);
    expect(stage.at(PLACE).map(({ title }) => title)).toEqual(['Update delayed: Refused connections']);
  });

  test('is withdrawn when its line is asked for the last word', () => {
    const { stage, id } = standingBy();
    stage.does('olga', { type: 'resolve', resolution: 'x' }, 'problem');
    stage.passMinutes(300);
    expect(stage.at(PLACE)).toEqual([]);
    expect(stage.plan.outcomes[id]?.what).toBe('replaced');
  });

  test('that nobody released does not go out', () => {
    const { stage } = standingBy(false);
    stage.passMinutes(300);
    expect(stage.at(PLACE)).toEqual([]);
  });

  test('whose releaser lost the right does not go out; owner and releasers hear of it', () => {
    const { stage } = standingBy();
    stage.org = { ...stage.org, roles: { ...stage.org.roles, communications: ['carl'] } };
    stage.passMinutes(60);
    expect(stage.at(PLACE)).toEqual([]);
    expect(stage.to('olga').map(({ title }) => title)).toContain('Did not leave: Customers and partners, PRB-1');
  });

  test('written anew takes the place of the one before, and must be released again', () => {
    const { stage, id } = standingBy();
    stage.does('olga', { type: 'holding', line: LINE, text: 'Patience.', after: 5 * MINUTE });
    expect(idOf(stage)).toBe(id);
    stage.passMinutes(60);
    expect(stage.at(PLACE)).toEqual([]);
  });

  test.each([
    ['not-your-text', 'rita', 'Text.', 10 * MINUTE],
    ['draft-unfilled', 'olga', 'Since ‹when›.', 10 * MINUTE],
    ['holding-out-of-bounds', 'olga', 'Text.', 1000],
  ])('is refused as %s', (code, by, text, after) => {
    const outcome = majorProblem().tries(by, 'plan', { type: 'holding', line: LINE, text, after } as never);
    expect(isRefusal(outcome) && outcome.refused).toBe(code);
  });
});
