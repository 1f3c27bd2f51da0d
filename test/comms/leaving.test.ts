/** A release can be taken back for ten seconds; then it leaves, if those who released it still may. */
import { describe, expect, test } from 'vitest';
import { liveCards } from '../../src/comms/index.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import type { PlanCommand } from '../../src/comms/plan-command.ts';
import { MINUTE } from '../../src/core/instant.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { anOrg, BANK, controlsOf, majorProblem, START, type Stage, textOf } from './stage.ts';

const LINE = 'customers';
const PLACE = `console/channel/${LINE}`;

const idOf = (stage: Stage, line = LINE): string => stage.line(line).update?.id ?? '';
const seen = (stage: Stage, line = LINE): string => {
  const own = stage.line(line);
  return own.update ? draftHash(own, own.update).slice(0, HASH_ON_BUTTON) : '';
};
const release = (stage: Stage, by = 'cora', line = LINE) =>
  stage.does(by, { type: 'release', update: idOf(stage, line), seen: seen(stage, line) });
const refusal = (stage: Stage, by: string, command: PlanCommand) => {
  const before = JSON.stringify(stage.plan);
  const outcome = stage.tries(by, 'plan', command);
  expect(JSON.stringify(stage.plan)).toBe(before);
  return isRefusal(outcome) ? outcome.refused : 'accepted';
};
const draftShown = (stage: Stage, update: string) => liveCards.draft?.(stage.view(), stage.now, update);

/** The customers' update, written by Olga and released by Cora a moment ago. */
function leaving(line = LINE) {
  const stage = majorProblem();
  if (!stage.line(line).update) stage.does('olga', { type: 'start', line });
  stage.does('olga', { type: 'draft', line, text: 'Half of the tellers cannot log on.' });
  const update = idOf(stage, line);
  release(stage, 'cora', line);
  stage.heard();
  return { stage, update };
}

describe('a release', () => {
  test('leaves after ten seconds, with its number; nobody is told before', () => {
    const { stage, update } = leaving();
    stage.pass(9_999);
    expect(stage.said.filter((said) => said.update === update)).toEqual([]);
    stage.pass(1);
    expect(textOf(stage.at(PLACE)[0])).toContain('Reference: UPD-1.');
    expect(stage.plan.outcomes[update]).toMatchObject({ what: 'released', upd: 'UPD-1', by: ['cora'], number: 1 });
  });

  test('shows every releaser that it leaves, with Undo; once it left, without', () => {
    const { stage, update } = leaving();
    expect(textOf(draftShown(stage, update))).toContain('Leaves in 10s: Customers and partners, PRB-1\nReleased by @cora.');
    expect(controlsOf(draftShown(stage, update)).map(({ label, action }) => [label, action])).toEqual([['Undo', 'comms.undo']]);
    stage.leave();
    expect(textOf(draftShown(stage, update))).toContain('Released as UPD-1');
    expect(controlsOf(draftShown(stage, update))).toEqual([]);
  });

  test('to emergency services leaves at once', () => {
    const { stage, update } = leaving('emergency-services');
    expect(stage.plan.outcomes[update]?.upd).toBe('UPD-1');
    expect(refusal(stage, 'cora', { type: 'undo', update })).toBe('left-already');
  });

  test('can be taken back for as long as its line says, and not at all where it says so', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'line', line: LINE, undo: 30_000 });
    stage.does('olga', { type: 'draft', line: LINE, text: 'Text.' });
    release(stage);
    stage.pass(29_000);
    expect(stage.line(LINE).update?.status).toBe('leaving');
    stage.pass(1000);
    expect(stage.line(LINE).released).toBe(1);
    stage.does('olga', { type: 'line', line: LINE, undo: 0 });
    stage.does('olga', { type: 'draft', line: LINE, text: 'More.' });
    release(stage);
    expect(stage.line(LINE).released).toBe(2);
    expect(refusal(stage, 'olga', { type: 'line', line: LINE, undo: 10 * MINUTE })).toBe('undo-out-of-bounds');
  });

  test('taken back in time by any releaser awaits release again, without its approvals, and its releaser hears of it', () => {
    const { stage, update } = leaving();
    expect(refusal(stage, 'olga', { type: 'undo', update })).toBe('not-a-releaser');
    stage.does('carl', { type: 'undo', update });
    expect(textOf(stage.to('cora')[0])).toContain(
      'Release taken back: Customers and partners, PRB-1\n@carl took the release back',
    );
    stage.pass(MINUTE);
    expect(stage.at(PLACE)).toEqual([]);
    expect(stage.line(LINE).update).toMatchObject({ status: 'awaiting release', draft: { approvals: [] } });
    expect(stage.does('carl', { type: 'undo', update })).toEqual([]);
    release(stage, 'carl');
    stage.leave();
    expect(stage.plan.outcomes[update]).toMatchObject({ by: ['carl'], upd: 'UPD-1' });
  });

  test('that left is not taken back; correcting it is named', () => {
    const { stage, update } = leaving();
    stage.leave();
    const outcome = stage.tries('cora', 'plan', { type: 'undo', update } as never);
    expect(outcome).toEqual({ refused: 'left-already', facts: { line: LINE, at: START + 10_000, upd: 'UPD-1' } });
  });

  test('is not edited, skipped, sent back, taken on or rearranged while it leaves; its releaser who presses again changes nothing', () => {
    const { stage, update } = leaving();
    for (const command of [
      { type: 'draft', line: LINE, text: 'Another.' },
      { type: 'no-change', update },
      { type: 'take', update },
      { type: 'skip', line: LINE, reason: 'x' },
      { type: 'send-back', update, seen: seen(stage), what: 'x' },
      { type: 'line', line: LINE, places: ['console/channel/other'] },
    ] as const) {
      expect([command.type, refusal(stage, command.type === 'line' ? 'olga' : 'carl', command)]).toEqual([
        command.type,
        'update-leaving',
      ]);
    }
    expect(release(stage)).toEqual([]);
    stage.leave();
    expect(stage.at(PLACE)).toHaveLength(1);
  });

  test('pressed by two at once counts once, and the second hears who has it', () => {
    const { stage, update } = leaving();
    const outcome = stage.tries('carl', 'plan', { type: 'release', update, seen: seen(stage) } as never);
    expect(outcome).toEqual({ refused: 'update-leaving', facts: { line: LINE, by: ['cora'], at: START + 10_000 } });
  });

  test.each([
    ['lost the role', anOrg({ ...BANK.roles, communications: ['carl'] }, BANK.audiences)],
    ['left the organisation', { ...BANK, inactive: ['cora'] }],
  ])('by somebody who %s meanwhile does not leave; owner and releasers hear of it', (_what, org) => {
    const { stage, update } = leaving();
    stage.org = org;
    stage.leave();
    expect(stage.at(PLACE)).toEqual([]);
    expect(stage.line(LINE).update).toMatchObject({ id: update, status: 'awaiting release', draft: { approvals: [] } });
    for (const person of ['olga', 'carl', 'cora']) {
      expect(textOf(stage.to(person)[0])).toContain('whoever released it no longer may. It awaits release again');
    }
  });

  test('does not leave when its record is resolved meanwhile; owner and releaser hear of it, and nothing is said later', () => {
    const { stage, update } = leaving();
    stage.does('olga', { type: 'resolve', resolution: 'Disk replaced.' }, 'problem');
    expect(textOf(stage.to('cora')[0])).toContain('PRB-1 changed before the released update left, so nobody was told.');
    expect(stage.to('olga').map(({ title }) => title)).toContain('Did not leave: Customers and partners, PRB-1');
    stage.pass(MINUTE);
    expect(stage.at(PLACE)).toEqual([]);
    expect(stage.plan.outcomes[update]?.what).toBe('replaced');
  });

  test('that should have left while nobody was there leaves once afterwards, late if it is', () => {
    const { stage, update } = leaving();
    stage.pass(40 * MINUTE, true);
    expect(stage.said.filter((said) => said.update === update)).toHaveLength(1);
    expect(stage.plan.outcomes[update]?.late).toBe(true);
    expect(stage.said.filter(({ content }) => content.title.startsWith('Overdue: Customers'))).toEqual([]);
  });

  test('in time is in time although it leaves seconds after', () => {
    const stage = majorProblem();
    stage.does('olga', { type: 'draft', line: LINE, text: 'Text.' });
    stage.pass(30 * MINUTE - 1000);
    const update = idOf(stage);
    release(stage);
    stage.leave();
    expect(stage.plan.outcomes[update]?.late).toBeUndefined();
    expect(stage.said.filter(({ content }) => content.title.startsWith('Overdue: Customers'))).toEqual([]);
  });

  test('is kept as a row with its number and what became of it', () => {
    const { stage, update } = leaving();
    stage.leave();
    const rows = stage.asks.flatMap((ask) => (ask.ask === 'project' && ask.row.id === update ? [ask.row] : []));
    expect(rows.map(({ outcome }) => outcome)).toEqual(['upcoming', 'awaiting release', 'leaving', 'released']);
    expect(rows.at(-1)).toMatchObject({ number: 1, audience: LINE, by: ['cora'], late: false });
    expect(rows[1]).toMatchObject({ waitsFor: ['communications'] });
  });
});

describe('a releaser who is away', () => {
  const away = (stage: Stage, who = 'cora', to = 'bea', span = 60 * MINUTE) => {
    stage.org = { ...stage.org, delegations: { [who]: { to, until: stage.now + span } } };
  };
  const written = (approvals = 1, by = 'olga') => {
    const stage = majorProblem();
    away(stage);
    stage.does(by, { type: 'draft', line: LINE, text: 'Text.' });
    const { plan } = stage;
    stage.loaded.states.plan = { ...plan, lines: plan.lines.map((line) => ({ ...line, approvals })) };
    return stage;
  };

  test('is stood in for by whom they named, who gets the draft; journal and card say for whom', () => {
    const stage = written();
    expect(stage.to('bea').map(({ title }) => title)).toContain('To release: Customers and partners, PRB-1');
    const update = idOf(stage);
    release(stage, 'bea');
    stage.leave();
    expect(stage.plan.outcomes[update]).toMatchObject({ by: ['bea'], standIns: { bea: 'cora' } });
    expect(textOf(draftShown(stage, update))).toContain('by @bea for @cora.');
  });

  test('is stood in for only while it lasts, and only by one hop', () => {
    const stage = written();
    stage.org = { ...stage.org, delegations: { ...stage.org.delegations, bea: { to: 'rita', until: stage.now + MINUTE } } };
    const command = { type: 'release', update: idOf(stage), seen: seen(stage) } as const;
    expect(refusal(stage, 'rita', command)).toBe('not-a-releaser');
    stage.pass(60 * MINUTE);
    expect(refusal(stage, 'bea', command)).toBe('not-a-releaser');
  });

  test('is one person with whoever stands in, where two must release', () => {
    const stage = written(2);
    release(stage, 'bea');
    expect(release(stage, 'cora')).toEqual([]);
    expect(stage.line(LINE).update?.status).toBe('awaiting release');
    release(stage, 'carl');
    stage.leave();
    expect(Object.values(stage.plan.outcomes)).toMatchObject([{ by: ['bea', 'carl'], standIns: { bea: 'cora' } }]);
  });

  test('does not look at an own text through somebody else, where two must release', () => {
    const stage = written(2, 'cora');
    expect(refusal(stage, 'bea', { type: 'release', update: idOf(stage), seen: seen(stage) })).toBe('wrote-it');
  });

  test('and loses the right takes it from whoever stood in', () => {
    const stage = written();
    release(stage, 'bea');
    stage.org = { ...stage.org, roles: { ...stage.org.roles, communications: ['carl'] } };
    stage.leave();
    expect(stage.line(LINE).update?.status).toBe('awaiting release');
  });
});

describe('a request for a text', () => {
  const again = () => {
    const { stage } = leaving();
    stage.leave();
    stage.passMinutes(75);
    return stage;
  };
  const card = (stage: Stage, name: 'write' | 'asked') => liveCards[name]?.(stage.view(), stage.now, idOf(stage));

  test('offers to write, to say that nothing changed, to take it and to skip it, to its author and in the channel', () => {
    const stage = again();
    for (const name of ['write', 'asked'] as const) {
      expect(controlsOf(card(stage, name)).map(({ label }) => label)).toEqual(['Write', 'No change', 'I’ll take it', 'Skip']);
    }
  });

  test('answered with No change hands in the last text as of now, which is released like any other', () => {
    const stage = again();
    const update = idOf(stage);
    stage.does('olga', { type: 'no-change', update });
    expect(stage.line(LINE).update).toMatchObject({
      status: 'awaiting release',
      draft: { text: 'Half of the tellers cannot log on.', by: 'olga', at: stage.now },
    });
    expect(stage.does('olga', { type: 'no-change', update })).toEqual([]);
    stage.heard();
    release(stage);
    stage.leave();
    expect(textOf(stage.at(PLACE)[0])).toContain('Half of the tellers cannot log on.');
  });

  test('has no last text to repeat before the first update and for the last word', () => {
    const stage = majorProblem();
    expect(refusal(stage, 'olga', { type: 'no-change', update: idOf(stage) })).toBe('no-last-text');
    const later = again();
    later.does('olga', { type: 'resolve', resolution: 'x' }, 'problem');
    expect(refusal(later, 'olga', { type: 'no-change', update: idOf(later) })).toBe('no-last-text');
  });

  test('taken by somebody who may write makes them its author, for this update, and the others see it', () => {
    const stage = again();
    const update = idOf(stage);
    expect(refusal(stage, 'rita', { type: 'take', update })).toBe('not-your-text');
    stage.heard();
    stage.does('carl', { type: 'take', update });
    expect(stage.to('carl').map(({ title }) => title)).toEqual(['Text wanted: Customers and partners, PRB-1']);
    expect(textOf(card(stage, 'write'))).toContain('@carl has taken it.');
    expect(textOf(card(stage, 'asked'))).toContain('@carl writes the update');
    expect(stage.does('carl', { type: 'take', update })).toEqual([]);
    stage.does('carl', { type: 'draft', line: LINE, text: 'Better.' });
    expect(refusal(stage, 'olga', { type: 'take', update })).toBe('written-already');
    release(stage);
    stage.leave();
    stage.passMinutes(60);
    expect(textOf(card(stage, 'asked'))).toContain('@olga writes the update');
  });
});
