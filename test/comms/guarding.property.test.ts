/** Whatever people do, and whoever classifies what at whatever time: nothing is said to anybody or anywhere above what may be (S3). */
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { classOfLine } from '../../src/comms/guarding.ts';
import { draftHash } from '../../src/comms/line.ts';
import { classOfPlace } from '../../src/core/place-class.ts';
import { guardedOf, mayHear } from '../../src/core/reading.ts';
import { CLASSES, isAbove, USUAL_CLASS } from '../../src/core/record.ts';
import { aTitle, BANK, majorProblem, rooms, type Said, Stage } from './stage.ts';

const LINES = ['senior-management', 'all-staff', 'customers', 'working-staff', 'press'];
const DRILL = 'console/channel/drill';
const PLACES = [
  ...LINES.map((line) => `console/channel/${line}`),
  'console/channel/ops',
  DRILL,
  'status/channel/main',
  'call/address/+49301',
];
const line = fc.constantFrom(...LINES);
const of = fc.constantFrom(...CLASSES);

type Step =
  | { readonly do: 'record' | 'facts'; readonly of: (typeof CLASSES)[number] }
  | { readonly do: 'line'; readonly line: string; readonly of: (typeof CLASSES)[number]; readonly places: readonly string[] }
  | { readonly do: 'place'; readonly place: string; readonly of: (typeof CLASSES)[number] }
  | { readonly do: 'tell'; readonly line: string; readonly passes: number }
  | { readonly do: 'normal' | 'exercise' | 'resolve' | 'declare' }
  | { readonly do: 'pass'; readonly minutes: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('record' as const, 'facts' as const), of }),
  fc.record({
    do: fc.constant('line' as const),
    line,
    of,
    places: fc.uniqueArray(fc.constantFrom(...PLACES), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ do: fc.constant('place' as const), place: fc.constantFrom(...PLACES), of }),
  { weight: 4, arbitrary: fc.record({ do: fc.constant('tell' as const), line, passes: fc.constantFrom(0, 5, 11) }) },
  fc.record({ do: fc.constantFrom('normal' as const, 'exercise' as const, 'resolve' as const, 'declare' as const) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 300 }) }) },
) as fc.Arbitrary<Step>;

/** Does a step as those would who may; a refusal is as good an answer as any. */
function take(stage: Stage, one: Step): unknown {
  const tries = (by: string, part: string, command: object): unknown => stage.tries(by, part, command as never);
  switch (one.do) {
    case 'record':
      return tries('pat', 'problem', { type: 'classify', class: one.of });
    case 'facts':
      return tries('olga', 'sheet', {
        type: 'fill',
        facts: { affected: one.of },
        texts: { customers: 'Made.' },
        names: [],
        class: one.of,
      });
    case 'line':
      return tries('pat', 'plan', { type: 'line', line: one.line, class: one.of, places: one.places });
    case 'place':
      stage.org = { ...stage.org, placeClasses: { ...stage.org.placeClasses, [one.place]: one.of } };
      return undefined;
    case 'tell': {
      tries('olga', 'plan', { type: 'start', line: one.line });
      tries('olga', 'plan', { type: 'draft', line: one.line, text: 'We are looking into it.' });
      const found = stage.plan.lines.find(({ audience }) => audience === one.line);
      if (found?.update)
        tries('cora', 'plan', { type: 'release', update: found.update.id, seen: draftHash(found, found.update).slice(0, 16) });
      return stage.pass(one.passes * 1000);
    }
    case 'normal':
      return tries('pat', 'problem', { type: 'normal', reason: 'x' });
    case 'declare':
      return tries('pat', 'problem', { type: 'declare', owner: 'olga', place: 'console/channel/ops' });
    case 'resolve':
      return tries('pat', 'problem', { type: 'resolve', resolution: 'x' });
    case 'exercise':
      return tries('cora', 'plan', { type: 'exercise', kind: 'problem', title: 'Refused connections', class: stage.plan.class });
    case 'pass':
      return stage.passMinutes(one.minutes);
    default:
      return one satisfies never;
  }
}

/** What may be said now, where it is said. */
function judge(stage: Stage, said: readonly Said[]): void {
  const guarded = guardedOf(rooms.part, stage.loaded.states);
  for (const { to, update, bare, content } of said) {
    // What the record itself tells its people is in earnest: the exercise is about its plan.
    if (stage.plan.exercise !== undefined && stage.plan.status !== 'none' && !/^(PRB-1 is|You own)/u.test(content.title)) {
      expect(to).toEqual({ place: DRILL });
      expect(content.title).toMatch(/^EXERCISE: /u);
    }
    if (update === undefined && !bare) expect({ to, may: mayHear(guarded, to, stage.org, stage.now) }).toEqual({ to, may: true });
    if (bare) expect(JSON.stringify(content)).not.toMatch(/PRB-1|Refused/u);
    const outcome = update === undefined ? undefined : stage.plan.outcomes[update];
    const told = stage.plan.lines.find(({ audience }) => audience === outcome?.line);
    if (!outcome || !told || !('place' in to)) continue;
    const most = classOfLine(told);
    expect({ to, above: isAbove(outcome.class ?? USUAL_CLASS, most) }).toEqual({ to, above: false });
    expect({ to, above: isAbove(outcome.class ?? USUAL_CLASS, classOfPlace(to.place, stage.org)) }).toEqual({ to, above: false });
  }
}

const ORG = { ...BANK, exercisePlaces: [DRILL] };

/** A problem that is not major, on which an exercise may be run, or one with a plan in earnest. */
function begun(major: boolean): Stage {
  if (major) return majorProblem(ORG);
  const stage = new Stage(ORG);
  stage.does('rita', { type: 'raise', intake: aTitle }, 'problem');
  return stage;
}

test.prop([fc.boolean(), fc.array(step, { minLength: 5, maxLength: 40 })], { numRuns: 150 })(
  'nothing reaches whom or where it may not',
  (major, steps) => {
    const stage = begun(major);
    stage.heard();
    // A class that changes while time passes is judged when the update leaves; here each step ends before the next begins.
    for (const one of steps) {
      take(stage, one);
      judge(stage, stage.heard());
    }
  },
);
