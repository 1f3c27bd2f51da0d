import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { png } from '../../src/chat/picture.ts';
import { type Actor, bellmanItself, type Context, type PartName, type Role } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import {
  type Analysis,
  type AnalysisCommand,
  analysis,
  cellOf,
  MOST_BRANCHES,
  MOST_CAUSES,
} from '../../src/problems/analysis.ts';
import { fishbone, fishboneWords } from '../../src/problems/fishbone.ts';
import { type Problem, problem } from '../../src/problems/problem.ts';
import { START } from '../comms/stage.ts';

const actor = (person: string, ...roles: Role[]): Actor => ({ ...bellmanItself, person, roles: new Set(roles) });
const raised: Problem = {
  ...problem.initial,
  raised: { by: 'rita', at: START },
  standing: { status: 'open', major: false, owner: 'olga' },
};

/** The analysis after these commands, and what became of the last one. */
function play(commands: readonly AnalysisCommand[], by: Actor = actor('rita'), of: Problem = raised) {
  const context = {
    record: 'PRB-1',
    actor: by,
    now: START,
    org: {
      version: 1,
      roles: {},
      boards: {},
      audiences: {},
      delegations: {},
      resolvers: { 'network-team': { tier: 2, members: ['nina'] } },
    },
    // The only other part that the rules ask for.
    other: (<S>(_part: PartName<S>) => of as unknown as S) as Context['other'],
    take: () => 0,
  } as Context;
  let state: Analysis = analysis.initial;
  let last = '';
  for (const command of commands) {
    const decision = analysis.decide(state, command, context);
    last = isRefusal(decision) ? decision.refused : decision.map(({ type }) => type).join(' ');
    if (!isRefusal(decision)) state = decision.reduce((next, event) => analysis.evolve(next, event), state);
  }
  return { state, last };
}

const fill = (cells: Partial<Record<'what-is' | 'where-is', string>>): AnalysisCommand => ({ type: 'fill', cells });

describe('the table of a problem', () => {
  test('is filled in by several people, none of whom takes back what another wrote meanwhile', () => {
    const { state } = play([
      fill({ 'what-is': 'Cards are refused', 'where-is': '' }),
      // This form was opened before that one was saved.
      fill({ 'what-is': '', 'where-is': 'In the north' }),
    ]);
    expect(cellOf(state, 'what-is')).toBe('Cards are refused');
    expect(cellOf(state, 'where-is')).toBe('In the north');
  });

  test('changes nothing when the form says what stands there', () => {
    expect(play([fill({ 'what-is': 'x' }), fill({ 'what-is': 'x' })]).last).toBe('');
  });

  test('does not change once the problem is resolved', () => {
    const resolved: Problem = { ...raised, standing: { status: 'resolved', major: false } };
    expect(play([fill({ 'what-is': 'x' })], actor('rita'), resolved).last).toBe('is-resolved');
    expect(play([fill({ 'what-is': 'x' })], actor('rita'), problem.initial).last).toBe('unknown-record');
  });
});

describe('a possible cause', () => {
  test('is named once; the same words again change its test and result', () => {
    const { state } = play([
      { type: 'suspect', cause: 'Old firmware' },
      { type: 'suspect', cause: 'old firmware ', test: 'Swap one switch', result: 'explains-it' },
      { type: 'suspect', cause: 'Old firmware', result: 'does-not-explain-it' },
    ]);
    expect(state.suspects).toEqual([
      { cause: 'Old firmware', by: 'rita', test: 'Swap one switch', result: 'does-not-explain-it' },
    ]);
  });
});

describe('the true cause', () => {
  test('is named by the owner or a problem manager', () => {
    const found: AnalysisCommand = { type: 'cause', text: 'A loop in the cabling' };
    expect(play([found], actor('rita')).last).toBe('not-yours');
    expect(play([found], actor('olga')).last).toBe('cause-found');
    expect(play([found], actor('pat', 'problem-manager')).state.cause?.text).toBe('A loop in the cabling');
  });
});

describe('the fishbone', () => {
  const many = (branches: number, causes: number): AnalysisCommand[] =>
    Array.from({ length: causes }, (_, at) => ({ type: 'branch', name: `Branch ${at % branches}`, cause: `Cause ${at}` }));

  test('keeps each cause once, below one branch of that name', () => {
    const { state } = play([
      { type: 'branch', name: 'People', cause: 'Nobody was told' },
      { type: 'branch', name: 'people', cause: 'nobody was told' },
      { type: 'branch', name: 'PEOPLE', cause: 'New on the job' },
    ]);
    expect(state.branches).toEqual([{ name: 'People', causes: ['Nobody was told', 'New on the job'] }]);
  });

  test('has branches that resolver groups look into, given by those who work on the problem', () => {
    const to: AnalysisCommand = { type: 'give-branch', name: 'people', group: 'network-team' };
    const branch: AnalysisCommand = { type: 'branch', name: 'People', cause: 'Nobody was told' };
    const { state } = play([branch, to], actor('olga'));
    expect(state.branches).toEqual([{ name: 'People', causes: ['Nobody was told'], group: 'network-team' }]);
    expect(fishboneWords('x', state.branches)).toContain('People (network-team): Nobody was told');
    expect(play([to], actor('kate')).last).toBe('not-yours');
    expect(play([{ ...to, group: 'martians' }], actor('olga')).last).toBe('unknown-resolvers');
    expect(play([to, to], actor('olga')).last).toBe('');
  });

  test('holds sixty causes and twelve branches, and says so beyond', () => {
    const { state } = play(many(6, MOST_CAUSES));
    expect(state.branches.flatMap(({ causes }) => causes)).toHaveLength(MOST_CAUSES);
    expect(play(many(6, MOST_CAUSES + 1)).last).toBe('too-many-causes');
    expect(play(many(MOST_BRANCHES + 1, MOST_BRANCHES + 1)).last).toBe('too-many-branches');
  });

  test('is drawn with every branch and cause in it, and is a picture', async () => {
    const { branches } = play(many(6, MOST_CAUSES)).state;
    const svg = fishbone('Refused connections', branches);
    for (let at = 0; at < MOST_CAUSES; at += 1) expect(svg).toContain(`>Cause ${at}<`);
    const picture = await png(svg);
    expect([...picture.slice(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect(fishboneWords('Refused connections', branches)).toContain('Branch 5: Cause 5');
  });

  const said = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });
  property.prop([fc.array(fc.record({ name: said, causes: fc.array(said, { maxLength: 8 }) }), { maxLength: 12 }), said], {
    numRuns: 40,
  })('no text leaves its frame or breaks the drawing', (branches, effect) => {
    const svg = fishbone(effect, branches);
    const width = Number(/width="(\d+)/u.exec(svg)?.[1]);
    for (const [, x] of svg.matchAll(/<text x="(-?[\d.]+)"/gu)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(width);
    }
    expect(svg.replaceAll(/<[^>]+>/gu, '')).not.toMatch(/[<>]/u);
  });
});
